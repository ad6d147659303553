"""Signed decisions of this round and of earlier years, as the workbook of decisions lists them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from densach.assessing.domain import Decision, PaperAct, record_past_act, sign_act, subjects_for
from densach.assessing.models import Round, Subject
from densach.assessing.titles import Title, title_signed
from densach.assessing.workbooks.finding import Commune
from densach.assessing.workbooks.rows import ReadRow
from densach.history.domain import Act
from densach.policy.library import Library
from densach.problems import Problem, Refused, problem

_CELLS = {
    "R104": "reason",
    "R105": "office",
    "R106": "office",
    "R107": "level",
    "R112": "office",
    "R113": "level",
    "R114": "basis",
}


def record_decisions(rows: list[ReadRow], round_: Round, library: Library, commune: Commune, *, act: Act) -> None:
    """Record each act with all it recognises; refuses a code that names nobody and what the law does not let sign."""
    missing = [row for row in rows if _key(row, commune) is None]
    if missing:
        raise Refused(*(problem("W222", r.where("code"), column="Mã đối tượng", value=r.text("code")) for r in missing))
    by_act: dict[tuple[object, ...], list[ReadRow]] = defaultdict(list)
    for row in rows:
        by_act[tuple(row.value(key) for key in ("number", "signed", "office", "basis", "year", "model"))].append(row)
    for same in by_act.values():
        _record(same, round_, library, commune, act)


def _record(rows: list[ReadRow], round_: Round, library: Library, commune: Commune, act: Act) -> None:
    first = rows[0]
    signed_on, year = date.fromisoformat(first.text("signed")), first.value("year")
    title = title_signed(library, first.text("model"), signed_on)
    paper = PaperAct(
        number=first.text("number"),
        signed_on=signed_on,
        office=first.text("office"),
        basis=first.text("basis"),
    )
    decisions = _decisions(rows, title, commune)
    _refuse_twice(rows, decisions)
    try:
        if year == round_.year:
            sign_act(round_, title, paper, library, decisions, act=act)
        else:
            record_past_act(round_.place, title, int(str(year)), paper, library, decisions, act=act)
    except Refused as refused:
        said_in = {str(decision.subject): row for decision, row in zip(decisions, rows, strict=True)}
        raise Refused(
            *(_at_its_cell(found, said_in.get(found.where, first)) for found in refused.problems)
        ) from refused


def _at_its_cell(found: Problem, row: ReadRow) -> Problem:
    """The same problem, standing where the officer can mend it."""
    column = _CELLS.get(found.code)
    return found if column is None else replace(found, where=row.where(column))


def _refuse_twice(rows: list[ReadRow], decisions: list[Decision]) -> None:
    first: dict[Subject, ReadRow] = {}
    again = [
        (row, first[decision.subject])
        for row, decision in zip(rows, decisions, strict=True)
        if first.setdefault(decision.subject, row) is not row
    ]
    if again:
        raise Refused(*(problem("W221", row.where("code"), first=once.where("code")) for row, once in again))


def _key(row: ReadRow, commune: Commune) -> int | None:
    return commune.coded(row.text("model"), row.text("code"), row.text("name"))


def _decisions(rows: list[ReadRow], title: Title, commune: Commune) -> list[Decision]:
    keys = [key for row in rows if (key := _key(row, commune)) is not None]
    subjects = subjects_for(title.kind, keys)
    return [
        Decision(
            subject=subjects[key],
            name=row.text("name"),
            level=str(row.value("level") or ""),
            reason=row.text("reason"),
            scorer=row.text("scorer"),
            paper_sheet=row.text("paper_sheet"),
        )
        for row, key in zip(rows, keys, strict=True)
    ]
