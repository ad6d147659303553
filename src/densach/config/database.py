"""A database that is ready to work with: the tables of this version and the places that come with it."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules

import click
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.history.domain import Act
from densach.places.seeding import is_seeded, seed_places
from densach.problems import Refused, problem
from densach.reporting.figures.quoting import holds_quoted, load_quoted
from densach.reporting.targets.national import holds_national, sync_national


def ensure_ready() -> None:
    """Make or bring up to date the configured database, in one sentence when there is something to do (else S107)."""
    try:
        _make_folder()
        _bring_up_to_date()
    except (DatabaseError, OSError) as error:
        raise Refused(problem("S107", "DATABASE_URL", reason=str(error).strip().splitlines()[0])) from error


def _make_folder() -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)


def is_migrated() -> bool:
    """Whether every migration was applied, by their names: to load them all takes a fifth of a short command."""
    return migrations_that_are_there() <= set(MigrationRecorder(connection).applied_migrations())


def migrations_that_are_there() -> set[tuple[str, str]]:
    """The migrations of this version, each by its app and its name."""
    folders = {app.label: Path(app.path) / "migrations" for app in apps.get_app_configs()}
    return {(label, name) for label, folder in folders.items() for _, name, _ in iter_modules([str(folder)])}


def _bring_up_to_date() -> None:
    if is_migrated() and is_seeded() and holds_quoted() and holds_national():
        return
    click.echo("Đang chuẩn bị cơ sở dữ liệu… / Preparing the database…", err=True)
    make_ready(Act(who="densach", at=timezone.now(), why="danh mục đi kèm sản phẩm"))


def make_ready(act: Act) -> None:
    """Give the configured database the tables of this version, and the country and what was published as it stands."""
    if connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
    else:
        _make_tables()
    call_command("createcachetable", verbosity=0)
    seed_places(act)
    load_quoted()
    sync_national(timezone.localdate(act.at), act)


def _make_tables() -> None:
    """Make the tables as all migrations leave them and hold each for applied, or do nothing.

    Django draws half of all models anew for each step of a migration: docs/decisions/0029-new-tables-at-once.md.
    """
    loader, recorder = MigrationLoader(None), MigrationRecorder(connection)
    models: list[type[Model]] = [recorder.Migration, *loader.project_state().apps.get_models()]
    with connection.schema_editor() as editor:
        for model in models:
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for app, name in loader.disk_migrations:
            recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
