"""Whether a database is up to date is told by the names of migrations, without loading them."""

from __future__ import annotations

import pytest


def test_the_names_are_those_that_django_would_load() -> None:
    from django.db.migrations.loader import MigrationLoader

    from densach.config.database import migrations_that_are_there

    assert migrations_that_are_there() == set(MigrationLoader(None).disk_migrations)


@pytest.mark.django_db
def test_a_database_that_lacks_one_is_not_up_to_date() -> None:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from densach.config.database import is_migrated

    assert is_migrated()
    MigrationRecorder(connection).record_unapplied("jobs", "0001_start")
    assert not is_migrated()
