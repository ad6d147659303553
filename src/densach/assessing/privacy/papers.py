"""Consents on paper: a signed sheet is a clear act that can be proved, whoever copies it (docs/decisions/0025).

What counts is the word on the sheet, of the day on it. Whoever enters it says where the sheet lies, and is kept with
it; a word said later, by the account or on a later sheet, is never overtaken by an older sheet found only now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.privacy.consenting import (
    ERASERS,
    LONGEST_PAPER,
    Word,
    consent_purpose,
    consent_row,
    give_consent,
    told_of,
    withdraw_consent,
)
from densach.assessing.privacy.models import ConsentAct, Giver, How
from densach.assessing.privacy.queries import act_by_uid, acts_of, add_acts, who_never_spoke
from densach.formats.vietnamese import format_date
from densach.history.domain import Act, Happening, record, record_many
from densach.people.ages import Age, age_of
from densach.people.models import Person
from densach.people.protected.queries import person_locked
from densach.policy.personal_data import purposes
from densach.policy.purposes import Purpose
from densach.problems import Problem, Refused, problem

LONGEST_WHY = 300


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A signed sheet: the day on it, where it lies, its number if it has one, and who entered it in which role."""

    signed_on: date
    kept_at: str
    number: str = ""
    by: Account | None
    role: str

    @property
    def name(self) -> str:
        """How the sheet is called where its words are shown."""
        return self.number or f"Phiếu đồng ý ký ngày {format_date(self.signed_on)}"

    def word(self, giver: Giver) -> Word:
        """What somebody said on it."""
        return Word(
            giver=giver,
            by=self.by,
            role=self.role,
            paper=self.name,
            signed_on=self.signed_on,
            kept_at=self.kept_at.strip(),
        )


def may_sign(person: Person, on: date) -> tuple[Giver, ...]:
    """Who may have signed about somebody on a day: a grown person alone, about a child its representative."""
    match age_of(person, on):
        case Age.ADULT:
            return (Giver.SELF,)
        case Age.CHILD:
            return (Giver.BOTH, Giver.REPRESENTATIVE)
    return (Giver.SELF, Giver.BOTH)


def said_on_sheets() -> tuple[Purpose, ...]:
    """The purposes of the sheet that a village copies: what the association and the public see, nothing protected."""
    return tuple(
        purpose
        for purpose in purposes().values()
        if purpose.basis == "consent" and purpose.used_by in {"association", "everybody"}
    )


def enter_sheet(
    person: Person, says: Mapping[str, bool], giver: Giver, sheet: Sheet, *, today: date, act: Act
) -> list[ConsentAct]:
    """Enter what a sheet says yes and no to, all or nothing; what it is silent on stays as it was.

    Refused where it says nothing (U162), for a day to come (U163), without a word where it lies (U164), where a later
    word stands (U165), and as giving and withdrawing are; a child's age is that of the day on the sheet.
    """
    _refuse_sheet(says, sheet, today)
    with transaction.atomic():
        person_locked(person)
        last = {row.purpose: row for row in acts_of(person)}
        for name in says:
            _refuse_older(last.get(name), sheet)
        return [_deed(yes)(person, name, sheet.word(giver), on=sheet.signed_on, act=act) for name, yes in says.items()]


def enter_pile(says: Mapping[int, bool], purpose_id: str, sheet: Sheet, *, today: date, act: Act) -> int:
    """Enter a pile of sheets of one day on which many people say yes or no to one purpose; how many words it holds.

    Refused as `enter_sheet`. Whoever spoke on that purpose before is left as they are: their sheet is entered alone.
    """
    _refuse_sheet({purpose_id: True} if says else {}, sheet, today)
    purpose = consent_purpose(purpose_id)
    with transaction.atomic():
        people = who_never_spoke(says, purpose_id)
        words = {each: sheet.word(may_sign(each, sheet.signed_on)[0]) for each in people}
        rows = [consent_row(each, purpose, word, act, given=says[each.pk]) for each, word in words.items()]
        add_acts(rows)
        record_many(map(told_of, rows), act)
    return len(rows)


@dataclass(frozen=True)
class Said:
    """What one person says on a sheet, and who signed for it."""

    person: Person
    giver: Giver
    says: Mapping[str, bool]


def enter_household(said: Sequence[Said], sheet: Sheet, *, today: date, act: Act) -> int:
    """Enter one sheet with the words of several people, all or nothing; how many words it holds.

    Refused as `enter_sheet`, and told beside the person; refused (U162) where nobody says anything.
    """
    speaking = [each for each in said if each.says]
    _refuse_sheet({name: yes for each in speaking for name, yes in each.says.items()}, sheet, today)
    problems: list[Problem] = []
    with transaction.atomic():
        for each in speaking:
            try:
                enter_sheet(each.person, each.says, each.giver, sheet, today=today, act=act)
            except Refused as refusal:
                problems += [replace(one, where=str(each.person.uid)) for one in refusal.problems]
        if problems:
            raise Refused(*problems)
    return sum(len(each.says) for each in speaking)


def cross_out(person: Person, row: ConsentAct, why: str, *, by: Account | None, act: Act) -> ConsentAct:
    """Cross out what was copied from a sheet by mistake; it stays to be read, and what was said before holds again.

    Refused without a reason (U166); for a word by account, one that is not the last, and one that erased data (U167).
    """
    if not 0 < len(why.strip()) <= LONGEST_WHY:
        raise Refused(problem("U166", "why", most=LONGEST_WHY))
    with transaction.atomic():
        person_locked(person)
        now = act_by_uid(person, row.uid)
        if now is None:
            raise Refused(problem("H103", row.uid))
        if now.crossed_out_at is not None:
            return now
        if not may_cross_out(now, acts_of(person)):
            raise Refused(problem("U167", now.purpose))
        now.crossed_out_at, now.crossed_out_by, now.crossed_out_why = act.at, by, why.strip()
        now.save(update_fields=["crossed_out_at", "crossed_out_by", "crossed_out_why"])
        after = {"purpose": now.purpose, "number": now.number}
        record(Happening(kind="personal_data", object_id=person.pk, event="consent crossed out", after=after), act)
        return now


def may_cross_out(row: ConsentAct, standing: list[ConsentAct]) -> bool:
    """Whether a row came from a sheet, is the last of its purpose, and nothing was erased with it."""
    last = next((each for each in reversed(standing) if each.purpose == row.purpose), None)
    erased = not row.given and row.purpose in ERASERS
    return row.how == How.PAPER and row.crossed_out_at is None and last == row and not erased


def _deed(yes: bool) -> Callable[..., ConsentAct]:
    return give_consent if yes else withdraw_consent


def _refuse_sheet(says: Mapping[str, bool], sheet: Sheet, today: date) -> None:
    if not says:
        raise Refused(problem("U162", "says"))
    if sheet.signed_on > today:
        raise Refused(problem("U163", "signed_on", day=format_date(sheet.signed_on)))
    if not 0 < len(sheet.kept_at.strip()) <= LONGEST_PAPER:
        raise Refused(problem("U164", "kept_at", most=LONGEST_PAPER))


def _refuse_older(last: ConsentAct | None, sheet: Sheet) -> None:
    if last is not None and last.said_on > sheet.signed_on:
        said, day = purposes()[last.purpose], format_date(last.said_on)
        raise Refused(problem("U165", last.purpose, purpose=said.name_vi, purpose_en=said.name_en, day=day))
