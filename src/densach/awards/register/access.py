"""Who reads decisions, the register and the fund: those who handle or sign awards at the place that decided.

A place also answers for the registers of those that went into it as a whole; one that was divided is left out, because
nobody can say which half its register belongs to. Whatever lies outside is answered as if it were not there (H103).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.awards.models import AwardRound, Claim, Hold, Nomination, Step
from densach.awards.register import queries
from densach.awards.register.models import (
    Award,
    Cancelling,
    Decision,
    Fund,
    FundEntry,
    Listed,
    Notice,
    Printer,
    Reissue,
    SignedFile,
)
from densach.awards.register.queries import Waiting
from densach.places.labels import labels_on
from densach.places.lineage import made_of
from densach.places.models import Place
from densach.problems import Refused, problem

HANDLES, SIGNS, PROPOSES = Right.HANDLE_AWARDS, Right.SIGN_AWARDS, Right.NOMINATE
ON_A_PAGE = 50
MOST_NAMED = 500
MOST_ROWS = 50_000
OWN_STEPS = (Step.PASSED,)
WITHOUT_COUNCIL = (Step.PASSED, Step.ELIGIBLE)
ELSEWHERE = (Step.FORWARDED,)


@dataclass(frozen=True)
class Registered:
    """One page of the register: its rows, how many there are in all, and the years that it speaks of."""

    rows: list[Award]
    total: int
    first: int
    years: list[int]

    @property
    def last(self) -> int:
        """The place in the whole list of the last row that is shown."""
        return self.first + len(self.rows)

    @property
    def following(self) -> int | None:
        """From which row the next page begins."""
        after = self.first + ON_A_PAGE
        return after if after < self.total else None

    @property
    def before(self) -> int | None:
        """From which row the page before begins."""
        return max(self.first - ON_A_PAGE, 0) if self.first else None


@dataclass(frozen=True)
class Trail:
    """All that hangs on one award: what it used, other awards of the same recipient, papers, money and notices."""

    award: Award
    achievements: list[Claim]
    others: list[Award]
    entries: list[FundEntry]
    cancelling: Cancelling | None
    reissues: list[Reissue]


@dataclass(frozen=True)
class PublicDecision:
    """A published decision for anybody: collectives by name, persons and households counted."""

    decision: Decision
    place: str
    counts: dict[str, int]
    collectives: list[str]


def own_place(viewer: Viewer, *rights: Right) -> Place:
    """The place whose awards a viewer handles, by any of some rights; refused (H103) without one."""
    wanted = rights or (HANDLES, SIGNS)
    if viewer.place is None or viewer.where is None or not any(viewer.may(right) for right in wanted):
        raise Refused(problem("H103", "place"))
    return viewer.place


def places_of(viewer: Viewer) -> list[int]:
    """The place of a viewer, and those that went into it as a whole."""
    place = own_place(viewer)
    if "register places" not in viewer.asked:
        whole = [key for key, (all_of_it, _) in made_of(place, viewer.today).items() if all_of_it]
        viewer.asked["register places"] = [place.pk, *whole]
    found: list[int] = viewer.asked["register places"]
    return found


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """What waits for a decision at the place of a viewer."""
    return queries.waiting_in(own_place(viewer).pk)


def decisions_for(viewer: Viewer) -> list[Decision]:
    """The decisions that a viewer may read, the latest first."""
    return queries.decisions_of(places_of(viewer))


def round_for(viewer: Viewer, uid: UUID) -> AwardRound:
    """A round of the place of a viewer."""
    found = queries.round_of(own_place(viewer).pk, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def candidates_for(
    round_: AwardRound, award: str, steps: tuple[Step, ...], only: Collection[UUID] | None = None
) -> list[Nomination]:
    """Who could stand on the list of a decision, at most as many as one decision holds."""
    return queries.candidates(round_, award, steps, MOST_NAMED, only)


def holds_on(rows: Sequence[Nomination]) -> dict[int, Hold]:
    """By nomination the earliest hold that stands on its nominee, by whichever of its records."""
    keys = {row.nominee_id for row in rows} | {row.nominee.same_as_id for row in rows if row.nominee.same_as_id}
    found: dict[int, Hold] = {}
    for hold in reversed(queries.held_among(keys)):
        found |= dict.fromkeys((hold.nominee_id, hold.nominee.same_as_id or hold.nominee_id), hold)
    roots = {row.pk: row.nominee.same_as_id or row.nominee_id for row in rows}
    return {key: found[root] for key, root in roots.items() if root in found}


def decision_for(viewer: Viewer, uid: UUID) -> Decision:
    """One decision that a viewer may read."""
    found = queries.decision_of(places_of(viewer), uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def listed_in(decision: Decision) -> list[Listed]:
    """The list of a decision."""
    return queries.listed_in(decision)


def awards_in(decision: Decision) -> list[Award]:
    """The awards of a decision in their order."""
    return queries.awards_of_decision(decision)


def files_in(decision: Decision) -> list[SignedFile]:
    """The files that came back."""
    return queries.files_of(decision)


def file_in(decision: Decision, uid: UUID) -> SignedFile:
    """One file that came back."""
    found = queries.file_of(decision, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def notices_in(decision: Decision) -> list[Notice]:
    """Who is to be told of a decision."""
    return queries.notices_of(decision)


def notices_for(viewer: Viewer) -> list[Notice]:
    """What a place that proposed is told."""
    return queries.notices_to(own_place(viewer, PROPOSES, HANDLES, SIGNS))


def register_for(viewer: Viewer, text: str, year: int | None, first: int) -> Registered:
    """One page of the register."""
    places = places_of(viewer)
    rows = queries.in_register(places, text, year)
    shown = list(queries.with_money(rows)[first : first + ON_A_PAGE])
    return Registered(shown, rows.count(), first, queries.years_in(places))


def whole_register_for(viewer: Viewer, text: str, year: int | None) -> list[Award]:
    """All rows of the register that a search finds, for a workbook; at most as many as one sheet holds."""
    rows = queries.in_register(places_of(viewer), text, year)
    return list(queries.with_money(rows)[:MOST_ROWS])


def award_for(viewer: Viewer, uid: UUID) -> Award:
    """One award that a viewer may read."""
    found = queries.award_of(places_of(viewer), uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def trail_of(viewer: Viewer, award: Award) -> Trail:
    """All that hangs on one award."""
    return Trail(
        award,
        queries.achievements_of(award),
        queries.others_of(award, places_of(viewer)),
        queries.entries_of(award),
        queries.cancelling_of(award),
        queries.reissues_of(award),
    )


def funds_for(viewer: Viewer) -> list[Fund]:
    """The funds of the place of a viewer."""
    return queries.funds_of(own_place(viewer))


def fund_for(viewer: Viewer, uid: UUID) -> Fund:
    """One fund of the place of a viewer."""
    found = next((row for row in funds_for(viewer) if row.uid == uid), None)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def entries_in(fund: Fund, first: int) -> list[FundEntry]:
    """Some entries of a fund, one more than a page holds where there are more."""
    return queries.entries_in(fund, first, ON_A_PAGE + 1)


def printers_for(viewer: Viewer) -> list[Printer]:
    """The printers of the place of a viewer."""
    return queries.printers_of(own_place(viewer))


def printer_for(viewer: Viewer, uid: UUID) -> Printer:
    """One printer of the place of a viewer."""
    found = next((row for row in printers_for(viewer) if row.uid == uid), None)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def public_decision(uid: UUID) -> PublicDecision:
    """A published decision for anybody; refused (H103) before it was published."""
    found = queries.decision_published(uid)
    if found is None:
        raise Refused(problem("H103", uid))
    label = labels_on([found.place_id], found.signed_on).get(found.place_id)
    counts, named = queries.counts_of_decision(found), queries.collectives_of(found, MOST_NAMED)
    return PublicDecision(found, label.whole if label else "", counts, named)
