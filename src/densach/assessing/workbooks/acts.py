"""Signed decisions of this round and of earlier years, as the workbook of decisions lists them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from densach.assessing.domain import Decision, PaperAct, record_past_act, sign_act, subjects_for
from densach.assessing.models import Round
from densach.assessing.titles import BY_MODEL, Title
from densach.assessing.workbooks.finding import Commune
from densach.assessing.workbooks.reading import ReadRow
from densach.history.domain import Act
from densach.policy.library import Library
from densach.problems import Refused, problem


def record_decisions(rows: list[ReadRow], round_: Round, library: Library, commune: Commune, *, act: Act) -> None:
    """Record each act with all it recognises; refuses a code that names nobody and what the law does not let sign."""
    missing = [row for row in rows if _key(row, commune) is None]
    if missing:
        raise Refused(*(problem("W222", r.where("code"), column="Mã đối tượng", value=r.text("code")) for r in missing))
    by_act: dict[tuple[object, ...], list[ReadRow]] = defaultdict(list)
    for row in rows:
        by_act[tuple(row.values[key] for key in ("number", "signed", "office", "year", "model"))].append(row)
    for same in by_act.values():
        _record(same, round_, library, commune, act)


def _record(rows: list[ReadRow], round_: Round, library: Library, commune: Commune, act: Act) -> None:
    first = rows[0]
    title, year = BY_MODEL[first.text("model")], first.values["year"]
    paper = PaperAct(
        number=first.text("number"),
        signed_on=date.fromisoformat(first.text("signed")),
        office=first.text("office"),
        basis=first.text("basis"),
    )
    decisions = _decisions(rows, title, commune)
    if year == round_.year:
        sign_act(round_, title, paper, library, decisions, act=act)
    else:
        record_past_act(round_.place, title, int(str(year)), paper, library, decisions, act=act)


def _key(row: ReadRow, commune: Commune) -> int | None:
    return commune.coded(row.text("model"), row.text("code"), row.text("name"))


def _decisions(rows: list[ReadRow], title: Title, commune: Commune) -> list[Decision]:
    keys = [key for row in rows if (key := _key(row, commune)) is not None]
    subjects = subjects_for(title.kind, keys)
    return [
        Decision(
            subject=subjects[key],
            level=str(row.values["level"] or ""),
            reason=row.text("reason"),
            scorer=row.text("scorer"),
            paper_sheet=row.text("paper_sheet"),
        )
        for row, key in zip(rows, keys, strict=True)
    ]
