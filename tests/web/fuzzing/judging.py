"""What is wrong with an answer: our own mistake, words that are lost, or something written though it was refused."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django.apps import apps
from django.db import connection, transaction

from tests.web.fuzzing.forms import TYPED
from tests.web.fuzzing.sending import Plan, body_of, fields_sent
from tests.web.fuzzing.walking import Found, route_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from django.test import Client

KEPT_LETTERS = 10  # at the beginning of what was typed: what is too long is shown back shortened
# Who tried what, and how often: written whether or not it succeeded. The country itself no form of a commune changes.
BESIDE = frozenset(
    {"django_session", "shared_cache", "usersessions_usersession", "places_place", "places_placeperiod",
     "places_lineage", "accounts_signin", "django_content_type", "auth_permission"}
)  # fmt: skip
ASKS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b")  # and writes nothing
WRITES_INTO = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# What the law did not let happen leaves a note of who tried it, and nothing else; what each test finds no page writes.
ONLY = {"history_entry": "WHERE event <> 'refused' AND who <> 'tests'"}
# Pages that answer a form with what was asked for: nothing is refused, though they lead nowhere.
ANSWERED_AT_ONCE = frozenset(
    {"phieu-nhan-vai/<uuid:uid>/in", "luat/<slug:rubric_id>/thu", "chung-nhan", "du-lieu-cua-toi/<uuid:uid>/tai-ve",
     "ban-soan/<uuid:uid>/soan/<slug:part>/kiem", "nguoi-va-vai/<uuid:uid>/ma"}
)  # fmt: skip
VERSIONS = frozenset({"version", "seen", "read"})  # what stood on the page, which somebody else may change meanwhile
NOT_SHOWN_BACK = frozenset({"mat-khau-dau:code", "nhan-vai:code"})  # whoever reads them over a shoulder could use them
NOT_A_PAGE_OF_OURS = frozenset({403, 404, 405, 413, 415, 429})


def state(tables: Iterable[str]) -> dict[str, str]:
    """Tables by a hash of their rows, without what is written beside; all of them where one is not told."""
    asked, ours = set(tables), {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table) for table in (ours if "" in asked else asked) - BESIDE}


def _rows_of(cursor: Any, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}" {ONLY.get(table, "")} ORDER BY 1')  # noqa: S608  - a table of ours
    return sha256(repr(cursor.fetchall()).encode()).hexdigest()


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables of which something was meanwhile written; "" for one not told."""
    into: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not ASKS.match(sql):
            table = WRITES_INTO.match(sql)
            into.add(table[1] if table else "")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield into


def fault_of(client: Client, found: Found, plan: Plan) -> str:
    """What is wrong with the answer to a form that was sent so; empty where nothing is."""
    body, kind = body_of(found.form, plan)
    with transaction.atomic(), written() as into:
        try:
            answers = [client.generic("POST", found.form.action, body, kind) for _ in range(1 + plan.twice)]
            fault = _judged(found, plan, answers[0])
            after = state(into) if _refuses(found, plan, answers[0]) and not plan.twice else {}
        except Exception as error:
            return f"{type(error).__name__}: {error!s:.200} at {_place(error)}"
        finally:
            transaction.set_rollback(True)
    # What was written is undone by now, so that the tables are as they were before.
    changed = [table for table, rows in state(after).items() if rows != after[table]]
    return f"{answers[0].status_code} though {changed} changed" if changed else fault


def fault_of_query(client: Client, page: str, query: str) -> str:
    """What is wrong with the answer to an address with a query that no link of ours has."""
    try:
        answer = client.get(f"{page.split('?', maxsplit=1)[0]}?{query}")
    except Exception as error:
        return f"{type(error).__name__}: {error!s:.200} at {_place(error)}"
    return f"status {answer.status_code}" if answer.status_code >= 500 else ""


def _place(error: Exception) -> str:
    ours = [each for each in traceback.extract_tb(error.__traceback__) if "/src/densach/" in each.filename]
    return " < ".join(f"{each.filename.split('/densach/')[-1]}:{each.lineno}" for each in ours[-1:-4:-1])


def _refuses(found: Found, plan: Plan, answer: HttpResponseBase) -> bool:
    """Whether a page says that what a browser sent cannot be taken."""
    is_page = answer.status_code not in NOT_A_PAGE_OF_OURS and not 300 <= answer.status_code < 400
    return is_page and plan.body == "form" and route_of(found.form.action) not in ANSWERED_AT_ONCE


def _judged(found: Found, plan: Plan, answer: HttpResponseBase) -> str:
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if not _refuses(found, plan, answer) or plan.spoils(found.form, "hidden") - VERSIONS:
        return ""  # what no browser spoils: there the page itself need not be known
    where, shown = route_of(found.form.action), shown_in(answer)
    lost = [
        name for name, text in typed_in(found, plan) if text not in shown and f"{where}:{name}" not in NOT_SHOWN_BACK
    ]
    return f"{answer.status_code} loses what was typed in {lost}" if lost else ""


def typed_in(found: Found, plan: Plan) -> list[tuple[str, str]]:
    """The beginnings of the texts that somebody typed, as a page can show them."""
    kinds = {each.name: each.kind for each in found.form.fields}
    sent = fields_sent(found.form, plan)
    once = {name: value for name, value in sent if kinds.get(name) in TYPED}
    return [(name, seen) for name, value in once.items() if (seen := _tidy(value.decode("utf-8", "replace")))]


def shown_in(answer: HttpResponseBase) -> str:
    """All that a page says, its fields included."""
    return _flat(unescape(answer.getvalue().decode()))


def _tidy(text: str) -> str:
    return _flat(text[:KEPT_LETTERS])


def _flat(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in normalize("NFC", text))
    return re.sub(r"\s+", " ", plain).strip()
