"""Sheets of the made-up commune: begun, written and sent by whoever looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.assessing.making import GOOD, library

if TYPE_CHECKING:
    from densach.assessing.domain import Facts
    from densach.assessing.models import Round, Subject
    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act

FAMILY: dict[str, int | bool | str] = {"children_in_school": True, "learning_corner": True, "shared_learning": 15}


def begun(round_: Round, subject: Subject, act: Act) -> Sheet:
    """The sheet of a person or a household for the title it can have."""
    from densach.assessing.sheets.domain import begin_sheet
    from densach.assessing.sheets.models import Way

    key = "citizen.qd677" if subject.person_id else "family.qd387"
    return begin_sheet(round_, subject, key, by=None, way=Way.OWN, act=act)


def wrote(sheet: Sheet, act: Act, facts: Facts | None = None) -> Sheet:
    """The sheet with facts that are good enough, or with others."""
    from densach.assessing.sheets.domain import write_on
    from densach.assessing.sheets.models import Way

    usual: Facts = GOOD if sheet.subject.person_id else FAMILY
    return write_on(sheet, usual if facts is None else facts, sheet.version, by=None, way=Way.OWN, act=act)


def sent(round_: Round, subject: Subject, act: Act, facts: Facts | None = None) -> Sheet:
    """A sheet that was sent, with its home judged."""
    return send(begun(round_, subject, act), act, facts)


def send(sheet: Sheet, act: Act, facts: Facts | None = None) -> Sheet:
    """A sheet that was begun, written and sent, with its home judged."""
    from densach.assessing.sheets.judging import send_and_judge

    now = wrote(sheet, act, facts)
    return send_and_judge(now, now.version, library(*now.round.packs.split(",")), act=act)
