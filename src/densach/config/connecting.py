"""How the product reaches its database: SQLite in a file, or a PostgreSQL server."""

from __future__ import annotations

from typing import Any

import dj_database_url

_SQLITE = {
    # IMMEDIATE: a transaction that writes takes its lock at once and waits, instead of failing half way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
}
# The database takes the price of a turning disk for granted, and reads whole tables for two hundred rows; it starts two
# more processes for what one answers sooner, while all pages share its processors; and what is kept planned
# (history.prepared) it would plan anew wherever it guesses that this is worth the while.
_POSTGRESQL = {
    "options": "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan",
}
_OPTIONS = {"django.db.backends.sqlite3": _SQLITE, "django.db.backends.postgresql": _POSTGRESQL}


def connection_to(url: str) -> dict[str, Any]:
    """The settings of a connection to the database at an address, as Django takes them."""
    # Opening a connection costs more than most pages ask of it; one that broke is found out and opened anew.
    found: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)}
    found["OPTIONS"] = found.get("OPTIONS", {}) | _OPTIONS.get(found["ENGINE"], {})
    return found
