"""How many must come, and how many agreeing ballots carry a nomination.

Where the law names a share of all members for an award (R-32) it is held to. For Bằng khen and Giấy khen it names none
(R-33): a majority by the council's own regulation carries, and no share is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from densach.awards.councils.models import Counted, Regulated
from densach.places.models import Place
from densach.places.queries import above_of, period_of
from densach.policy.commendation.parameters import parameters_for
from densach.policy.commendation.reading import commendation_law
from densach.rules.model import DECIDING

BALLOT_RULE = "R-32"


@dataclass(frozen=True)
class Threshold:
    """How many must agree; `share` of all members where the law names it, else more than half of `counted`."""

    share: Fraction | None
    counted: Counted
    source: str

    def needed(self, base: int, taking_part: int) -> int:
        """The least number of agreeing ballots that carries a nomination."""
        if self.share is not None:
            return -(-self.share.numerator * base // self.share.denominator)
        return (base if self.counted == Counted.MEMBERS else taking_part) // 2 + 1


@dataclass(frozen=True)
class Quorum:
    """How many of all members have to be present, and the text that says it."""

    share: Fraction
    source: str


def threshold_of(award: str, regulation: Regulated) -> Threshold | None:
    """What carries an award in a council; unknown where neither the law nor its regulation says it."""
    law = commendation_law()
    ballot = law.awards[award].ballot if award in law.awards else None
    if ballot is not None and ballot.mark in DECIDING:
        source = f"{ballot.cites[0].place}; quy tắc {BALLOT_RULE}: {law.rules[BALLOT_RULE].note_vi.rstrip('.')}"
        return Threshold(Fraction(ballot.at_least), Counted.MEMBERS, source)
    if not regulation.majority_of:
        return None
    return Threshold(None, Counted(regulation.majority_of), regulation.majority_source)


def quorum_laid_down(authority: str, place: Place, on: date) -> Quorum | None:
    """The quorum that the authority of a place laid down for sittings on awards, where its text was entered."""
    row = period_of(place, on)
    codes = [each.code for each in (*above_of(place, on), row) if each]
    found = parameters_for(commendation_law(), authority, *reversed(codes))
    rules = found.council
    share = (rules.quorum_for_awards or rules.quorum) if rules and rules.mark in DECIDING else None
    if rules is None or share is None:
        return None
    return Quorum(Fraction(share), f"{found.source}, {rules.cites[0].place}")


def has_quorum(quorum: Fraction, present: int, base: int) -> bool:
    """Whether enough members are present, compared in whole numbers."""
    return present * quorum.denominator >= quorum.numerator * base


def award_name(code: str) -> str:
    """The name of an award as the law writes it; one that is not known by name shows its code."""
    found = commendation_law().awards.get(code)
    return found.name_vi if found else code
