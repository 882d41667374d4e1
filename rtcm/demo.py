"""`make demo`: the whole portal on this machine only, with its own servers and invented people.

Everything it starts ends with it. It imports no app, for it has to say a clear sentence when the
database cannot even start.
"""

import argparse
import contextlib
import errno
import http.client
import io
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, TextIO

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from rtcm.children import DISK_FULL, FULL, Child, Guard, Trouble, bound, stop_all, why
from rtcm.embedded import Servers, claim, missing, state_file, told, var
from rtcm.mailbox import Mailbox
from rtcm.place import wipe

BASE_DIR = Path(__file__).resolve().parent.parent
FOLDER = var(BASE_DIR) / "demo"
ENOUGH_ROOM = 250 * 1024 * 1024
QUICK_DEATH = 5  # seconds: who ends sooner than that is not helped by starting again
LAST_TRY = 5
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

STEPS = {
    "migrate": "Bringing the tables up to date",
    "load_countries": "Loading the countries",
    "sync_roles": "Giving the staff groups their permissions",
    "load_gcm": "Loading the objectives of the Global Compact",
    "load_library": "Loading the first works of the e-library",
    "make_issuer_key": "Making a key for signed credentials",
    "load_history": "Loading the centre's history",
    "load_demo": "Loading the invented trainings and people",
}
PROCESSES = {
    "web": ["gunicorn", "rtcm.wsgi"],
    "worker": [
        *["celery", "-A", "rtcm", "worker", "-Q", "mail,documents,default", "-c", "2"],
        *["--without-gossip", "--without-mingle", "--without-heartbeat"],
    ],
    "reconciler": ["manage", "reconcile"],
}
# A page gives up before its reader does; a worker told to end gives its work back.
OF_ITS_OWN = {
    "web": {"RTCM_STATEMENT_TIMEOUT_MS": "6000", "RTCM_LOCK_TIMEOUT_MS": "4000"},
    "worker": {"REMAP_SIGTERM": "SIGQUIT"},
}
WELCOME = """
The portal is at  http://localhost:{port}/  (only on this machine).
Sign in with the password `demo` as
  amina@example.org   participant        emil@example.org    focal point
  boris@example.org   participant        farid@example.org   administrator
  clara@example.org   coordinator        gunel@example.org   librarian
  dilara@example.org  expert             hasan@example.org   director
Letters are kept in {folder}/mail, logs in {folder}/log. Ctrl-C ends everything.
"""


class Ended(BaseException):
    """Somebody asked us to stop."""


def say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 - this is a program for a terminal


def check_port(port: int) -> None:
    if not 0 < port < 65536:
        raise Trouble(f"{port} is not a port: choose one between 1024 and 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except PermissionError:
            raise Trouble(f"Only root may use port {port}: choose one above 1023.") from None
        except OSError:
            other = f"make demo PORT={port + 1}"
            raise Trouble(f"Port {port} is taken by another program: try `{other}`.") from None


def check_room() -> None:
    if shutil.disk_usage(FOLDER).free < ENOUGH_ROOM:
        raise Trouble(DISK_FULL)


def only_one() -> TextIO:
    """The lock of the running demo; its servers may take a moment to end after it was killed."""
    state = state_file(BASE_DIR)
    held = claim(state)
    if not held:
        other = told(BASE_DIR)
        if Path(f"/proc/{other.get('pid')}").exists():
            where = other.get("environment", {}).get("PORT", "?")
            raise Trouble(f"The demo is already running at http://localhost:{where}/ .")
        held = claim(state, patience=30)
    if not held:
        raise Trouble("The servers of an earlier demo are still ending: try again in a minute.")
    tell(held, {})
    return held


def tell(held: TextIO, environment: dict[str, str]) -> None:
    """What `manage.py` in another terminal needs to know; see rtcm.embedded.addresses."""
    held.seek(0)
    held.truncate()
    held.write(json.dumps({"pid": os.getpid(), "environment": environment}))
    held.flush()


def prepare(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "rtcm.settings"
    command = "settings.py"
    try:
        django.setup()
        for command, sentence in STEPS.items():
            say(f"{sentence} ...")
            call_command(command, stdout=io.StringIO(), **quiet(command))
    except (CommandError, DatabaseError, ImproperlyConfigured) as error:
        if FULL in str(error):
            raise Trouble(DISK_FULL) from None
        raise Trouble(f"{command} says: {str(error).strip().splitlines()[0]}") from None
    connections.close_all()


def quiet(command: str) -> dict[str, Any]:
    said: dict[str, dict[str, Any]] = {
        "migrate": {"interactive": False, "verbosity": 0},
        "make_issuer_key": {"once": True},
    }
    return said.get(command, {})


def program(name: str) -> list[str | Path]:
    module, *words = PROCESSES[name]
    start = [BASE_DIR / "manage.py"] if module == "manage" else ["-m", module]
    return bound([sys.executable, *start, *words])


def wait_for_web(web: Child, port: int) -> None:
    for _ in range(300):
        if not web.running:
            break
        with contextlib.suppress(OSError, http.client.HTTPException):
            door = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            door.request("GET", "/healthz")
            if door.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise Trouble(f"The web server does not answer; {web.log} says: {web.last_words()}")


class Demo:
    def __init__(self, port: int) -> None:
        self.port = port
        self.children: list[Child] = []
        self.quick_deaths: Counter[str] = Counter()

    def run(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        with only_one() as held, contextlib.ExitStack() as ending:
            check_port(self.port)
            check_room()
            static_files = self.collect_static_files(ending)
            servers = Servers(FOLDER, held=held)
            ending.callback(servers.stop)
            servers.start(missing())
            mailbox = ending.enter_context(Mailbox(FOLDER / "mail", say))
            environment = self.environment(mailbox.port) | servers.addresses
            tell(held, environment)
            prepare(environment)
            if static_files.process.wait():
                raise why("The static files could not be collected", static_files)
            guard = Guard()
            ending.callback(guard.dismiss)
            ending.callback(stop_all, self.children, patience=5)
            self.start_processes(guard)
            wait_for_web(self.children[0], self.port)
            say(WELCOME.format(port=self.port, folder=os.path.relpath(FOLDER)))
            self.look_after(servers, guard)

    def environment(self, mail_port: int) -> dict[str, str]:
        return {
            "RTCM_DEMO": "1",
            "RTCM_DEBUG": "0",
            "PORT": str(self.port),
            "MEDIA_ROOT": str(FOLDER / "media"),
            "CREDENTIAL_KEYS": str(FOLDER / "keys"),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
        }

    def collect_static_files(self, ending: contextlib.ExitStack) -> Child:
        """While the database is being filled: the first time this takes as long."""
        child = Child("static files", bound(["make", "staticfiles/made"]), self.log("static"))
        child.start()
        ending.callback(child.stop)
        return child

    def log(self, name: str) -> Path:
        path = FOLDER / "log" / f"{name}.log"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
        return path

    def start_processes(self, guard: Guard) -> None:
        for name in PROCESSES:
            own = {"RTCM_PROCESS": name, "PYTHONUNBUFFERED": "1", **OF_ITS_OWN.get(name, {})}
            environment = {**os.environ, **own}
            child = Child(name, program(name), self.log(name), environment)
            self.children.append(child)
            child.start()
            guard.watch(child)

    def look_after(self, servers: Servers, guard: Guard) -> None:
        """Whatever is killed comes back, as an init system would see to it."""
        while True:
            time.sleep(0.5)
            for child in (*servers.children, *self.children):
                if not child.running:
                    self.count_death(child)
                    say(f"The {child.name} ended: starting it again.")
                    child.stop()
                    child.start()
                    guard.watch(child)

    def count_death(self, child: Child) -> None:
        quick = time.monotonic() - child.started < QUICK_DEATH
        self.quick_deaths[child.name] = self.quick_deaths[child.name] + 1 if quick else 0
        if self.quick_deaths[child.name] == LAST_TRY:
            raise why(f"The {child.name} keeps ending", child)


def reset() -> None:
    with claim(state_file(BASE_DIR)) or contextlib.nullcontext() as held:
        if not held:
            raise Trouble("The demo is running: end it first, then its data can be wiped.")
        wipe(FOLDER)
    say("The demo's data are gone; `make demo` starts afresh.")


def end(*_: object) -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    raise Ended


def sentence(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return DISK_FULL
    if isinstance(error, PermissionError):
        return f"{error.filename} belongs to another user: remove it or become that user."
    raise error


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="wipe the demo's data")
    arguments = parser.parse_args()
    for number in ENDINGS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, end)
    try:
        reset() if arguments.reset else Demo(arguments.port).run()
    except Ended:
        say("Everything has ended.")
    except (Trouble, OSError) as error:
        words = sentence(error) if isinstance(error, OSError) else str(error)
        print(words, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
