"""Who may see what lies below, and speak of it; whatever lies outside one's place is as if it did not exist (H103)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from densach.accounts.models import Account
from densach.assessing.dossiers.access import handed_up
from densach.assessing.dossiers.models import Dossier
from densach.assessing.models import Round
from densach.assessing.queries import assessed_with_objects
from densach.assessing.titles import TITLES
from densach.assessing.totals import totals_in
from densach.authority.access import Viewer
from densach.authority.roles import Right, Role
from densach.formats.vietnamese import sort_key
from densach.places.models import Level, Place, PlacePeriod
from densach.places.queries import period_of, rows_of_places
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.reporting.below.figures import Seen, seen_of
from densach.reporting.below.queries import (
    inquiries_about,
    inquiries_of_place,
    opinions_last_said,
    opinions_of_place,
    opinions_on,
    round_above,
    rounds_in,
    seals_of,
    unit_by_uid,
    units_by_uid,
    waiting_below,
    waiting_for_commune,
)
from densach.reporting.below.table import Below, Choice, below
from densach.reporting.models import Inquiry, Message, Opinion
from densach.reporting.papers.case import TITLE, Case, case_of
from densach.reporting.statistics import Counts

LawOf = Callable[[str], Library]  # the law under some packs
ABOVE = frozenset({Level.PROVINCE, Level.COUNTRY})
WAITS_AT = {Level.PROVINCE: ("answered", "verified", "returned"), Level.COUNTRY: ("answered", "forwarded")}


def looks_from_above(viewer: Viewer) -> bool:
    """Whether the role is held over a province or the country and sees figures."""
    return (
        viewer.place is not None
        and viewer.where is not None
        and viewer.where.level in ABOVE
        and viewer.may(Right.SEE_FIGURES)
    )


def see_below(viewer: Viewer, uid: UUID | None, choice: Choice) -> Below:
    """What lies below the viewer's own place, or below a province in it; refused (H103) anywhere else."""
    place = _own(viewer) if uid is None else _inside(viewer, Right.SEE_FIGURES, uid, ABOVE)
    return below(place, choice, viewer.today)


def see_communes(viewer: Viewer, uids: Sequence[UUID]) -> list[PlacePeriod]:
    """Some communes in the order given; refused (H103) if one of them is not one of the viewer's."""
    _own(viewer)
    found = {row.place.uid: row for row in units_by_uid(uids, viewer.today)}
    for uid in uids:
        row = found.get(uid)
        if row is None or row.level != Level.COMMUNE or not viewer.reaches(row.path):
            raise Refused(problem("H103", uid))
    return [found[uid] for uid in dict.fromkeys(uids)]


@dataclass(frozen=True)
class Thread:
    """A question about a file with all that was said, as somebody who may read it sees it."""

    inquiry: Inquiry

    @cached_property
    def messages(self) -> list[Message]:
        """First to last."""
        return list(self.inquiry.messages.all())

    @property
    def last(self) -> str:
        """What was said last."""
        return self.messages[-1].kind

    @property
    def is_settled(self) -> bool:
        """Whether it has ended."""
        return self.last == Message.Kind.SETTLED


@dataclass(frozen=True)
class File:
    """The file of a commune as it is read from above: no person and no household is named in it.

    `case` is what the law gives for the commune's own facts, `seal` that of the verdict; both are absent where nothing
    was judged yet. `handed` is what goes with the dossier that the commune sent; none before it did.
    """

    period: PlacePeriod
    year: int
    round: Round | None = None
    case: Case | None = None
    seal: str = ""
    opinions: tuple[Opinion, ...] = ()
    threads: tuple[Thread, ...] = ()
    handed: Dossier | None = None

    @property
    def last(self) -> Opinion | None:
        """What was said of it last."""
        return self.opinions[-1] if self.opinions else None


def see_file(viewer: Viewer, uid: UUID, year: int, law_of: LawOf) -> File:
    """The file of a commune below; refused (H103) outside the viewer's place, and to roles that do not verify."""
    period = _inside(viewer, Right.VERIFY_BELOW, uid, frozenset({Level.COMMUNE}))
    round_ = round_above(period.place, year)
    if round_ is None:
        return File(period, year)
    judged = assessed_with_objects(round_, TITLE.key).first()
    threads = tuple(Thread(each) for each in inquiries_about([round_]))
    opinions, handed = tuple(opinions_on(round_)), handed_up(round_)
    if judged is None:
        return File(period, year, round_, opinions=opinions, threads=threads, handed=handed)
    case = case_of(round_, law_of(round_.packs))
    return File(period, year, round_, case, judged.seal, opinions, threads, handed)


def round_for_opinion(viewer: Viewer, uid: UUID, year: int) -> Round:
    """The round of a commune below that somebody speaks of; refused (H103) where there is none for this viewer."""
    period = _inside(viewer, Right.VERIFY_BELOW, uid, frozenset({Level.COMMUNE}))
    round_ = round_above(period.place, year)
    if round_ is None:
        raise Refused(problem("H103", uid))
    return round_


def see_questions(viewer: Viewer) -> list[Thread]:
    """What was asked about the files of the viewer's own commune; refused (H103) to whoever does not answer there."""
    if viewer.place is None or not may_answer(viewer, viewer.place):
        raise Refused(problem("H103", ""))
    return [Thread(each) for each in inquiries_of_place(viewer.place)]


def sent_back(viewer: Viewer, round_: Round) -> Opinion | None:
    """The opinion by which those above sent the file of the viewer's own round back, where that was said last."""
    said = opinions_on(round_) if may_answer(viewer, round_.place) else []
    return said[-1] if said and said[-1].kind == Opinion.Kind.SENT_BACK else None


def see_opinions(viewer: Viewer) -> list[Opinion]:
    """What those above said of the files of the viewer's own commune; refused (H103) as `see_questions` is."""
    if viewer.place is None or not may_answer(viewer, viewer.place):
        raise Refused(problem("H103", ""))
    return opinions_of_place(viewer.place)


def see_own_counts(viewer: Viewer, year: int) -> tuple[Seen | None, dict[str, Counts]]:
    """How the round of the viewer's own commune stands, with the four counts by model; none where it has no round.

    Refused (H103) at other levels.
    """
    commune = require_commune(viewer)
    seen = seen_of(rounds_in([commune.place_id], year)).get(commune.place_id)
    if seen is None:
        return None, {}
    totals = totals_in([commune.place_id], year)
    return seen, {title.model: seen.counts(title, totals) for title in TITLES}


def require_commune(viewer: Viewer) -> PlacePeriod:
    """The viewer's own commune, whose figures the role sees; refused (H103) else."""
    if viewer.place is None or viewer.where is None or viewer.where.level != Level.COMMUNE:
        raise Refused(problem("H103", ""))
    if not viewer.may(Right.SEE_FIGURES):
        raise Refused(problem("H103", ""))
    return viewer.where


def speaker(viewer: Viewer) -> tuple[Account, Role]:
    """Who speaks, and in which role; refused (H103) to whoever holds none."""
    if viewer.account is None or viewer.role is None:
        raise Refused(problem("H103", ""))
    return viewer.account, viewer.role


def may_ask_about(viewer: Viewer, commune: Place) -> bool:
    """Whether somebody above may ask a commune about its file."""
    row = period_of(commune, viewer.today)
    return row is not None and viewer.may(Right.VERIFY_BELOW) and viewer.reaches(row.path)


def may_agree_about(viewer: Viewer, commune: Place) -> bool:
    """Whether somebody may speak of a commune's file: in its province, and in the ministry once it was sent up."""
    return viewer.where is not None and viewer.where.level in ABOVE and may_ask_about(viewer, commune)


@dataclass(frozen=True)
class GoingUp:
    """A file on its way up: the commune, what was said of it last, and the seal of its verdict as it is now."""

    period: PlacePeriod
    last: Opinion
    seal: str

    @property
    def is_current(self) -> bool:
        """Whether what was said is still about the verdict as it is."""
        return self.last.seal == self.seal


def files_going_up(viewer: Viewer) -> list[GoingUp]:
    """In a province what its leader may send up, in the ministry what was sent up to it; refused (H103) elsewhere."""
    where = _own(viewer)
    if not viewer.may(Right.VERIFY_BELOW):
        raise Refused(problem("H103", ""))
    kinds = [Opinion.Kind.FORWARDED, Opinion.Kind.TAKEN_BACK]
    if where.level == Level.PROVINCE:
        kinds = [Opinion.Kind.APPROVED, Opinion.Kind.RETURNED]
    found = opinions_last_said(where.path, viewer.today, kinds)
    seals = seals_of([each.round_id for each in found])
    rows = {row.place_id: row for row in rows_of_places([each.round.place_id for each in found], viewer.today)}
    here = [each for each in found if each.round.place_id in rows]
    up = [GoingUp(rows[each.round.place_id], each, seals.get(each.round_id, "")) for each in here]
    return sorted(up, key=lambda each: (-each.last.round.year, sort_key(each.period.name)))


def may_send_up(viewer: Viewer) -> bool:
    """Whether the role sends files up: a leader of a province."""
    return viewer.may(Right.SIGN) and viewer.where is not None and viewer.where.level == Level.PROVINCE


def may_answer(viewer: Viewer, commune: Place) -> bool:
    """Whether somebody answers for a commune: who runs its round, or signs for it."""
    return viewer.place == commune and (viewer.may(Right.RUN_ROUND) or viewer.may(Right.SIGN))


def questions_waiting(viewer: Viewer) -> int:
    """How many threads wait for an answer of the viewer's commune."""
    return waiting_for_commune(viewer.place) if viewer.place and may_answer(viewer, viewer.place) else 0


def waiting_above(viewer: Viewer) -> dict[str, int]:
    """What waits below for somebody who verifies: answers to read, files for the leader."""
    if not looks_from_above(viewer) or not viewer.may(Right.VERIFY_BELOW) or viewer.where is None:
        return {}
    found = waiting_below(viewer.where.path, viewer.today)
    return {what: found[what] for what in WAITS_AT[Level(viewer.where.level)]}


def _own(viewer: Viewer) -> PlacePeriod:
    if not looks_from_above(viewer) or viewer.where is None:
        raise Refused(problem("H103", ""))
    return viewer.where


def _inside(viewer: Viewer, right: Right, uid: UUID, levels: frozenset[Level]) -> PlacePeriod:
    row = unit_by_uid(uid, viewer.today)
    if row is None or row.level not in levels or not viewer.may(right) or not viewer.reaches(row.path):
        raise Refused(problem("H103", uid))
    _own(viewer)
    return row
