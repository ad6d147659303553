"""The database that the first start of an installation makes, with the country in it.

To make it takes half a minute, so that each process of the tests makes it once and copies it; that an empty folder
becomes an installation is shown by `tests/cli/test_serve.py` and the stories of `make try`.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp

FILE = "densach.sqlite3"


def make_ready(home: Path, url: str = "") -> None:
    """Start for the first time in a folder, on the database at an address or on a file of its own."""
    environment = {**os.environ, "DENSACH_HOME": str(home), "DATABASE_URL": url}
    command = [sys.executable, "-m", "densach", "places", "show", "01"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def lay_ready(home: Path, name: str = FILE) -> Path:
    """Lay the database of a first start into a folder."""
    home.mkdir(parents=True, exist_ok=True)
    return Path(copyfile(_ready_file(), home / name))


@cache
def _ready_file() -> Path:
    home = Path(mkdtemp(prefix="densach-first-"))
    atexit.register(rmtree, home)
    make_ready(home)
    return home / FILE
