"""Columns that sort and compare alike on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


class BinaryText(_Text):
    """Text in the order of its bytes, whatever the language of the server: for keys of our own and for prefixes."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """The column, with the binary collation as this database calls it."""
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return super().db_parameters(connection) | {"collation": collation}
