"""What the law of commendation says where a decision is made: who may decide, and whether a council is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from densach.awards.models import AwardRound
from densach.places.models import Level, PlacePeriod
from densach.places.queries import above_of, period_of
from densach.policy.commendation.model import Authority, Award, CommendationLaw, Parameters
from densach.policy.commendation.parameters import parameters_for
from densach.policy.commendation.powers import power_on
from densach.policy.library import open_library
from densach.problems import Refused, problem
from densach.reporting.words import document_titles
from densach.rules.model import Cite
from densach.rules.saying import cite_text

OWN = {"chu-tich-ubnd-cap-xa": "Chủ tịch Ủy ban nhân dân", "chu-tich-ubnd-cap-tinh": "Chủ tịch Ủy ban nhân dân"}
_MINUTES = "bien_ban"
_RANK = ("enterprise", "unit", "commune", "district", "province", "organisation", "ministry", "central")


@dataclass(frozen=True)
class Decider:
    """Who decides an award on a day: the words for the office, where it sits, and the article that gives the power.

    `numbers_here` says that the place of the round decides itself; another office numbers and signs for itself.
    """

    authority: str
    office: str
    place: PlacePeriod
    power: str
    numbers_here: bool


def award_in(law: CommendationLaw, code: str) -> Award:
    """An award of the law; refused (H103) where there is none of this code."""
    found = law.awards.get(code)
    if found is None:
        raise Refused(problem("H103", code))
    return found


def decider_on(law: CommendationLaw, round_: AwardRound, award: Award, on: date) -> Decider:
    """Who decides an award of a round on a day.

    Refused where the body was not there on that day (Q301, Thông tư 15/2025/TT-BNV), and where no text gives the office
    the power (Q302, Luật 06/2022/QH15 Điều 80; Nghị định 129/2025/NĐ-CP Điều 59).
    """
    place = period_of(round_.place, on)
    if place is None:
        raise Refused(problem("Q301", round_.place_id, on=on.isoformat()))
    here = law.authorities.get(round_.authority)
    own = round_.authority in award.authorities
    authority = here if own else law.authorities.get(award.authority)
    power = power_on(law, authority.code, award.code, on) if authority else None
    if here is None or authority is None or power is None or not (own or _is_above(authority, here)):
        name = here.name_vi if here else round_.authority
        raise Refused(problem("Q302", award.code, office=name, award=award.name_vi, on=on.isoformat()))
    return Decider(authority.code, _office(authority, place), place, cited(power.cites), own)


def asks_for_council(law: CommendationLaw, award: Award, decider: Decider, on: date) -> str:
    """The text that asks for minutes of a council before an award is decided; empty where none that we have does.

    Of a Giấy khen the authority's own regulation says it (Nghị định 152/2025/NĐ-CP Điều 6, rule R-31).
    """
    if award.form != "giay_khen" and any(
        each.form.startswith(_MINUTES) and each.needed == "always" for each in award.parts
    ):
        return cited(award.cites)
    found = parameters_at(law, decider.authority, decider.place, on)
    return "" if found.council is None else cited(found.council.cites)


def parameters_at(law: CommendationLaw, authority: str, place: PlacePeriod, on: date) -> Parameters:
    """What the authority of a place laid down itself: at the place, or in the province around it."""
    above = [row.code for row in above_of(place.place, on) if row.level == Level.PROVINCE]
    return parameters_for(law, authority, place.code, *above)


def cited(cites: tuple[Cite, ...]) -> str:
    """Articles as a sentence names them."""
    return cite_text(cites, _titles())


@cache
def _titles() -> Mapping[str, str]:
    """How documents are cited; the shipped files do not change while a process runs."""
    return document_titles(open_library(("vn",)))


def _is_above(one: Authority, other: Authority) -> bool:
    """Whether one decides what the other forwards to it."""
    return _RANK.index(one.level) > _RANK.index(other.level)


def _office(authority: Authority, place: PlacePeriod) -> str:
    chair = OWN.get(authority.code)
    return f"{chair} {place.name[:1].lower()}{place.name[1:]}" if chair else authority.name_vi
