"""Who may see which families of a clan, and how much: a name and whether it is recognised, nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from densach.assessing.dossiers.models import Enrolment
from densach.assessing.dossiers.queries import (
    clans_joined,
    enrolments_of_clan,
    enrolments_of_household,
    families_in,
    family_recognitions,
)
from densach.assessing.models import Round
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.formats.vietnamese import fold
from densach.people.models import Clan, Household, HouseholdHome
from densach.people.queries import held_by_code, homes_of_households, names_of_heads
from densach.places.models import Place
from densach.problems import Refused, problem

Standing = Literal["recognised", "not_yet", "unknown"]


@dataclass(frozen=True)
class Family:
    """A family of a clan as its head sees it: who heads it, and whether it is a Gia đình học tập."""

    uid: UUID
    name: str
    standing: Standing


@dataclass(frozen=True)
class Kin:
    """The families of a clan, and those that were asked and have not answered."""

    families: tuple[Family, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class Invitations:
    """What clans ask a household, and which it is registered with."""

    household: Household
    waiting: tuple[Enrolment, ...]
    joined: tuple[Clan, ...]


def own_clan(viewer: Viewer) -> Clan:
    """The clan that the role is held over; refused (H103) to every other role."""
    held = viewer.acting
    if held is None or held.clan is None or not viewer.may(Right.FILL_IN):
        raise Refused(problem("H103", "dong-ho"))
    return held.clan


def commune_of(viewer: Viewer) -> Place:
    """The commune in which one's clan is entered, as far as it is known; refused (H103) where it is not."""
    if viewer.where is None:
        raise Refused(problem("H103", "dong-ho"))
    return viewer.where.place


def see_kin(viewer: Viewer, clan: Clan, round_: Round | None) -> Kin:
    """The families of one's own clan by name, each with its standing and nothing else."""
    homes, asked = families_in(clan, viewer.today), enrolments_of_clan(clan)
    names = names_of_heads([*(home.pk for home in homes), *(row.household_id for row in asked)], viewer.today)
    fictional = round_.is_fictional if round_ else commune_of(viewer).fictional
    acts = family_recognitions([home.pk for home in homes], fictional=fictional)
    year = round_.year if round_ else None
    families = tuple(
        Family(home.uid, names.get(home.pk, ""), _standing(acts, home.pk, year, viewer.today)) for home in homes
    )
    return Kin(families, tuple(names.get(row.household_id, "") for row in asked))


def family_to_ask(viewer: Viewer, code: str, head: str) -> Household:
    """The household of a code in the clan's commune, headed by this name; refused alike (K179) if either is wrong."""
    row = held_by_code(HouseholdHome, commune_of(viewer), viewer.today, [code]).get(code)
    names = names_of_heads([row.household_id], viewer.today) if row else {}
    if row is None or fold(names.get(row.household_id, "")) != fold(head):
        raise Refused(problem("K179", "code"))
    return row.household


def family_of_clan(viewer: Viewer, uid: UUID) -> Household:
    """A family that is registered with one's own clan."""
    for home in families_in(own_clan(viewer), viewer.today):
        if home.uid == uid:
            return home
    raise Refused(problem("H103", uid))


def see_invitations(viewer: Viewer) -> Invitations:
    """What clans ask the household that the role heads; refused (H103) to every other role."""
    held = viewer.acting
    if held is None or held.household is None or not viewer.may(Right.FILL_IN):
        raise Refused(problem("H103", "dong-ho"))
    household = held.household
    joined = clans_joined(household, viewer.today)
    return Invitations(household, tuple(enrolments_of_household(household)), tuple(joined))


def invitation_to_answer(viewer: Viewer, uid: UUID) -> tuple[Enrolment, Place]:
    """What a clan asks one's own household, with the commune of its home."""
    seen = see_invitations(viewer)
    home = homes_of_households([seen.household.pk], viewer.today).get(seen.household.pk)
    for row in seen.waiting:
        if row.uid == uid and home is not None:
            return row, home.commune
    raise Refused(problem("H103", uid))


def clan_to_leave(viewer: Viewer, uid: UUID) -> tuple[Clan, Household]:
    """A clan that one's own household is registered with."""
    seen = see_invitations(viewer)
    for clan in seen.joined:
        if clan.uid == uid:
            return clan, seen.household
    raise Refused(problem("H103", uid))


def _standing(acts: list[tuple[int, int, date | None]], home: int, year: int | None, today: date) -> Standing:
    """Recognised for the year or still in force; not known where no text says how long an earlier act lasts."""
    own = [(of, end) for household, of, end in acts if household == home]
    if any(of == year or (end is not None and end > today) for of, end in own):
        return "recognised"
    return "unknown" if any(end is None for _, end in own) else "not_yet"
