"""Who may decide and who may propose an award on a day."""

from __future__ import annotations

from datetime import date

from densach.policy.commendation.model import Award, AwardPower, CommendationLaw
from densach.policy.dates import holds
from densach.rules.model import DECIDING


def power_on(law: CommendationLaw, authority: str, award: str, on: date) -> AwardPower | None:
    """The power by which an authority decides an award on a day, if a text that we have gives it."""
    found = law.authorities.get(authority)
    if found is None or holds(found.exists_from, found.exists_to, on) == "no":
        return None
    return next((each for each in found.powers if each.award == award and _stands(each, on)), None)


def may_decide(law: CommendationLaw, authority: str, award: str, on: date) -> bool:
    """Whether an authority may decide an award on a day (Luật 06/2022/QH15 Điều 80; Nghị định 129/2025 Điều 59)."""
    return power_on(law, authority, award, on) is not None


def awards_of(law: CommendationLaw, authority: str, on: date) -> tuple[Award, ...]:
    """The awards that an authority may decide on a day, in the order of the catalogue."""
    return tuple(award for award in law.awards.values() if may_decide(law, authority, award.code, on))


def may_propose(law: CommendationLaw, authority: str, award: str) -> bool:
    """Whether an authority may propose an award; anybody may where no text that we have closes the circle."""
    found = law.awards.get(award)
    if found is None:
        return False
    named = [each for each in found.proposers if each.mark in DECIDING]
    return not found.proposers or any(each.authority == authority for each in named)


def _stands(power: AwardPower, on: date) -> bool:
    return power.mark in DECIDING and holds(power.valid_from, power.valid_to, on) == "yes"
