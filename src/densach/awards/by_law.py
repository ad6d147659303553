"""What the commendation law says to the dossier: awards, who decides and proposes, regimes, papers, and parameters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from densach.awards.models import AwardRound, Nomination, Regime, Step
from densach.places.models import Level, PlacePeriod
from densach.policy.commendation.model import Award, Branch, CommendationLaw, Parameters, PartNeed, PublicationRule
from densach.policy.commendation.parameters import parameters_for
from densach.policy.commendation.powers import awards_of, may_propose
from densach.policy.commendation.reading import commendation_law
from densach.policy.commendation.regimes import needs_both, regime_on

# Which authority of the law holds the rounds of a place; who signs for it is the register's matter.
AUTHORITIES: dict[str, str] = {Level.COMMUNE: "chu-tich-ubnd-cap-xa", Level.PROVINCE: "chu-tich-ubnd-cap-tinh"}
DECIDED = (Step.PASSED, Step.REFUSED, Step.FORWARDED, Step.AWARDED, Step.WITHDRAWN)


def law() -> CommendationLaw:
    """The law that is shipped."""
    return commendation_law()


def award(code: str) -> Award | None:
    """An award of the catalogue."""
    return law().awards.get(code)


def authority_at(level: str) -> str:
    """The authority that holds rounds at a level; empty where none does."""
    return AUTHORITIES.get(level, "")


def awards_in(round_: AwardRound, on: date) -> tuple[Award, ...]:
    """The awards of the movement that a round may be about: those its authority decides, and those it proposes."""
    own = [each for each in awards_of(law(), round_.authority, on) if each.in_movement]
    above = [each for each in law().awards.values() if _is_proposed_by(each, round_.authority, round_.occasion)]
    return (*own, *(each for each in above if each not in own))


def can_propose(level: str, code: str) -> bool:
    """Whether a place of a level may propose an award; a village has no authority, so no closed circle holds it."""
    return may_propose(law(), authority_at(level), code)


def regime_of(received_on: date) -> Regime:
    """The regime of a day of receipt; refused (Q401) before the first that is held."""
    return Regime(regime_on(law(), received_on))


def choices_of(nomination: Nomination, today: date) -> tuple[Regime, ...]:
    """Between which regimes a person chooses for a dossier (rule R-02); mostly none."""
    if nomination.step in DECIDED or not needs_both(nomination.regime, None, today):
        return ()
    return Regime.B, Regime.C


def judged_by(nomination: Nomination) -> Regime:
    """The regime by which a nomination is judged: the chosen one, else that of its day."""
    return Regime(nomination.chosen_regime or nomination.regime)


def branches_for(nomination: Nomination, province: str | None) -> tuple[Branch, ...]:
    """The ways to the standard of its award for a nominee, national ones and those of a province."""
    found = award(nomination.award)
    return found.branches_for(nomination.nominee.kind, province) if found else ()


def needs_of(nomination: Nomination) -> tuple[PartNeed, ...]:
    """The papers that the award of a nomination asks for."""
    found = award(nomination.award)
    return found.parts if found else ()


def publication_of(code: str, authority: str, province: str | None) -> PublicationRule | None:
    """The rule by which those put forward for an award are published for comment; none where no text asks for it."""
    found = award(code)
    return parameters_for(law(), found.authority if found else authority, province).publication(code)


def parameters_of(nomination: Nomination, province: str | None) -> Parameters:
    """What the authority that decides its award laid down itself; an empty set says that nothing was entered."""
    found = award(nomination.award)
    return parameters_for(law(), found.authority if found else nomination.round.authority, province)


def province_among(way: Iterable[PlacePeriod]) -> str | None:
    """The code of the province on the way up from a place, whose regulation holds there."""
    return next((row.code for row in way if row.level == Level.PROVINCE), None)


def _is_proposed_by(found: Award, authority: str, occasion: str) -> bool:
    named = {each.authority for each in found.proposers}
    return found.in_movement and authority in named and occasion in found.occasions
