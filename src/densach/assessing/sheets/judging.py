"""Judging the people of one home, or one group, as the round would, at the moment in which one of them sends a sheet.

Whoever sends a sheet sees what the law gives without waiting for the whole commune to be judged. The verdicts are those
of `run_round` to the byte: run afterwards, it finds nothing to correct.
"""

from __future__ import annotations

from django.db import transaction

from densach.assessing.domain import subjects_for
from densach.assessing.frame import Frame, frame_among, frame_of
from densach.assessing.models import Kind, Round, Subject
from densach.assessing.queries import subjects_by_object
from densach.assessing.run import judge_some, judged_on
from densach.assessing.sheets.domain import send_sheet
from densach.assessing.sheets.models import Sheet
from densach.assessing.titles import BY_KEY, BY_MODEL, in_order, rubric_on
from densach.history.domain import Act
from densach.people.queries import lives_with, members_of, records_of
from densach.policy.library import Library

_AT_HOME = ("citizen", "family")


def send_and_judge(sheet: Sheet, version: int, library: Library, *, act: Act) -> Sheet:
    """Send a sheet (refused as `send_sheet`) and judge the home or the group it is about, both or neither."""
    with transaction.atomic():
        sent = send_sheet(sheet, version, act=act)
        judge_about(sent, library, act=act)
        return sent


def judge_about(sheet: Sheet, library: Library, *, act: Act) -> None:
    """Judge the home or the group that a sheet is about."""
    if sheet.subject.kind in {Kind.PERSON, Kind.HOUSEHOLD}:
        judge_home(sheet.round, sheet.subject, library, act=act)
    else:
        judge_group(sheet, library, act=act)


def judge_group(sheet: Sheet, library: Library, *, act: Act) -> None:
    """Judge a clan, a unit or a place for the title of its sheet, by all that its commune counts."""
    round_, title = sheet.round, BY_KEY[sheet.title_key]
    on = judged_on(round_)
    frame = frame_of(round_.place, on)
    judge_some(frame, round_, rubric_on(library, title, on), library, among={sheet.subject_id}, act=act)


def judge_home(round_: Round, subject: Subject, library: Library, *, act: Act) -> None:
    """Judge a household with its people, or a person with the household; others are left for the round."""
    if subject.kind not in {Kind.PERSON, Kind.HOUSEHOLD}:
        return
    on = judged_on(round_)
    rubrics = {model: rubric_on(library, BY_MODEL[model], on) for model in _AT_HOME}
    with transaction.atomic():
        records = _records_at_home(subject, round_)
        frame = frame_among(round_.place, records, on)
        among = _subjects_of(frame, records)
        for title in in_order(rubrics):
            judge_some(frame, round_, rubrics[title.model], library, among=among, act=act)


def _records_at_home(subject: Subject, round_: Round) -> dict[int, int]:
    """Everybody of the household, or the person with all who live in the same households, by every record."""
    on = judged_on(round_)
    if subject.household_id is not None:
        return records_of([row.person_id for row in members_of(subject.household_id, on)])
    person = subject.person_id or 0
    return records_of([person, *lives_with(list(records_of([person])), on)])


def _subjects_of(frame: Frame, records: dict[int, int]) -> set[int]:
    homes = subjects_for(Kind.HOUSEHOLD, sorted(frame.households))
    people = subjects_by_object(Kind.PERSON, list(records))
    return {row.pk for row in (*homes.values(), *people.values())}
