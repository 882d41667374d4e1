"""Starts real processes quickly: imports everything once, then forks for each one wanted.

A worker takes seconds of CPU to import what it needs; the fault tests start dozens. Forked before
any thread, connection or Celery machinery exists, each is a process like any other.

Reads one JSON object per line, `{"log": path, "words": [...]}`, and answers with a process id. The
first word is `celery`, `manage` or `call` (a dotted function and its arguments).
"""

import ctypes
import json
import os
import signal
import sys
import traceback
from typing import NoReturn

import celery.apps.worker
import celery.worker.consumer  # noqa: F401 - imported here, so that no child has to
import django
import kombu.transport.redis  # noqa: F401 - likewise
from celery.bin.celery import main as run_celery
from django.conf import settings
from django.core.management import execute_from_command_line
from django.utils.module_loading import import_string

PR_SET_PDEATHSIG = 1


def main() -> None:
    django.setup()
    for performer in settings.JOBS.values():
        import_string(performer)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries who has ended
    for line in sys.stdin:
        wanted = json.loads(line)
        pid = os.fork()
        if not pid:
            live(wanted["words"], wanted["log"])
        print(pid, flush=True)  # noqa: T201 - the answer


def live(words: list[str], log: str) -> NoReturn:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    code = 1
    try:
        run(words)
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else int(bool(ending.code))
    except BaseException:  # noqa: BLE001 - the last line of the log must tell
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os.write(1, f"[ended {code}]\n".encode())
        os._exit(code)


def run(words: list[str]) -> None:
    kind, *rest = words
    if kind == "call":
        import_string(rest[0])(*rest[1:])
    elif kind == "manage":
        execute_from_command_line(["manage.py", *rest])
    else:
        sys.argv = ["celery", *rest]
        run_celery()


if __name__ == "__main__":
    main()
