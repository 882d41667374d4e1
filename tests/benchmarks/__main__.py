"""`make bench SCALE=small`: fills a database of its own, measures the portal, writes it down.

Everything it starts is its own, listens on 127.0.0.1 only and ends with it.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from rtcm.children import Trouble, bound, free_port
from rtcm.place import wipe
from tests.benchmarks.ground import environment, say, start_servers
from tests.benchmarks.scales import SCALES

STAGES = ("pages", "registering", "board", "completing", "documents", "letters")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--folder", type=Path, help="keep the database here and use it again")
    parser.add_argument("--documents", type=int, help="certificates to make, not the scale's")
    parser.add_argument("--only", choices=STAGES, nargs="+", default=STAGES)
    return parser.parse_args()


def own_folder(ending: ExitStack) -> Path:
    """On a disk: what lies in memory only would flatter PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="rtcm-bench-", dir="/var/tmp"))
    ending.callback(wipe, folder)
    return folder


def main() -> int:
    arguments = read_arguments()
    began = time.monotonic()
    with ExitStack() as ending:
        folder = (arguments.folder or own_folder(ending)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            addresses = start_servers(folder, SCALES[arguments.scale], ending)
        except Trouble as trouble:
            say(str(trouble))
            return 1
        environment(folder, addresses, free_port(), free_port())
        documents = arguments.documents or SCALES[arguments.scale].documents
        words = ["-m", "tests.benchmarks.measuring", arguments.scale, str(documents), str(folder)]
        words += arguments.only
        status = subprocess.run(bound([sys.executable, *words]), check=False).returncode
    say(f"All of it took {time.monotonic() - began:.0f} s.")
    return status


if __name__ == "__main__":
    sys.exit(main())
