"""Child processes that never outlive us, however we end: Ctrl-C, SIGTERM or SIGKILL."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# The kernel watches the parent only from the moment it is asked to. A parent that was gone
# before that moment is noticed here, by the changed parent number.
STILL_OURS = '[ "$PPID" = "$0" ] || exit 1; exec "$@"'

# Reads the process groups of the children, then waits for its input to close, which happens when
# we end in whatever way; gives the groups five seconds to leave, then kills what is left.
GUARD = """
while read -r group; do groups="$groups $group"; done
for _ in $(seq 50); do
  alive=
  for group in $groups; do kill -0 -- "-$group" 2>/dev/null && alive=yes; done
  [ "$alive" ] || exit 0
  sleep 0.1
done
for group in $groups; do kill -KILL -- "-$group" 2>/dev/null; done
"""

FULL = "No space left on device"
REASONS = ("FATAL", "PANIC", "could not", "rror", "Fatal", "Can't")
DISK_FULL = "The disk is full: free some space and run it again."


class Trouble(Exception):  # noqa: N818 - not an error of the program
    """One sentence for the person at the terminal, shown without a traceback."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bound(command: Sequence[str | Path], death: str = "TERM") -> list[str | Path]:
    """The command, set up to get the signal `death` when the calling thread ends.

    Call it from the main thread: the kernel watches the thread, not the process.
    """
    watch = ["setpriv", "--pdeathsig", death, "sh", "-c", STILL_OURS, str(os.getpid())]
    return [*watch, *command]


@dataclass
class Child:
    """One process in a group of its own, writing to a log of its own."""

    name: str
    command: Sequence[str | Path]
    log: Path
    environment: Mapping[str, str] | None = None
    given: str = ""  # what it reads from its input
    keep: Sequence[int] = ()  # files that it inherits open
    farewell: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(init=False)

    def start(self) -> None:
        self.started = time.monotonic()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own words, no shell
                list(map(str, self.command)),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=self.environment,
                pass_fds=self.keep,
                start_new_session=True,
            )
        assert self.process.stdin  # noqa: S101 - for mypy
        with contextlib.suppress(BrokenPipeError):  # it ended at once; its log says why
            self.process.stdin.write(self.given.encode())
            self.process.stdin.close()

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def last_lines(self) -> list[str]:
        return self.log.read_text(errors="replace").strip().splitlines()[-40:] or ["nothing"]

    def last_words(self) -> str:
        """The last line of the log that tells a reason, or simply the last."""
        lines = self.last_lines()
        reasons = [line for line in lines if any(word in line for word in REASONS)]
        return (reasons or lines)[-1].strip()

    def ask_to_stop(self) -> None:
        if self.running:
            self.process.send_signal(self.farewell)

    def stop(self, patience: float = 10) -> None:
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # also what it started and left behind
        self.process.wait()


def stop_all(children: Sequence[Child], patience: float = 10) -> None:
    """Ask everybody at once, then wait for each."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop(patience)


def why(what: str, child: Child) -> Trouble:
    if any(FULL in line for line in child.last_lines()):
        return Trouble(DISK_FULL)
    return Trouble(f"{what}; {child.log} says: {child.last_words()}")


class Guard:
    """Stays when we are killed, clears the children's groups away, and goes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - likewise
            ["sh", "-c", GUARD],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def watch(self, child: Child) -> None:
        assert self.process.stdin  # noqa: S101 - for mypy
        self.process.stdin.write(f"{child.process.pid}\n".encode())
        self.process.stdin.flush()

    def dismiss(self) -> None:
        self.process.kill()
        self.process.communicate()
