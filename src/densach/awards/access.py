"""Who sees which nominations and may do what with them: who puts forward, who handles, and who hears cases."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from densach.authority.access import Viewer, require
from densach.authority.roles import Right
from densach.awards import by_law, queries
from densach.awards.models import AwardRound, Nomination, Nominee, Step
from densach.formats.vietnamese import fold
from densach.history.models import Entry
from densach.history.queries import chain_of
from densach.places.labels import labels_on
from densach.places.models import Level, Line, Place, PlacePeriod
from densach.places.queries import above_of, inside
from densach.problems import Refused, problem

NOMINATES, HANDLES = Right.NOMINATE, Right.HANDLE_AWARDS
AT_THE_ROUND = (Right.HANDLE_AWARDS, Right.SIGN_AWARDS, Right.HEAR_CASES)
WRITABLE = (Step.DRAFT, Step.RETURNED)
ON_A_PAGE = 50
NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Listed:
    """Some nominations of a list, how many there are in all, and which of these nominees are under a hold."""

    rows: tuple[Nomination, ...]
    count: int
    start: int
    steps: dict[str, int]
    held: set[int]

    @property
    def next_start(self) -> int | None:
        """Where the next page begins."""
        return self.start + ON_A_PAGE if self.start + ON_A_PAGE < self.count else None

    @property
    def previous_start(self) -> int | None:
        """Where the page before begins."""
        return max(0, self.start - ON_A_PAGE) if self.start else None


@dataclass(frozen=True)
class Wanted:
    """What a list of nominations is narrowed to."""

    text: str = ""
    step: str = ""
    award: str = ""
    mine: bool = False


def may_see_awards(viewer: Viewer) -> bool:
    """Whether one has a part in commendation at all."""
    return any(viewer.may(right) for right in (NOMINATES, *AT_THE_ROUND))


def require_part(viewer: Viewer) -> None:
    """Refuse (H103) whoever has no part in commendation."""
    if not may_see_awards(viewer):
        raise Refused(problem("H103", "khen-thuong"))


def nominations_in(viewer: Viewer, round_: AwardRound | None, wanted: Wanted, start: int = 0) -> Listed:
    """A page of the nominations that a viewer sees, in one round or in all."""
    require_part(viewer)
    scope = put_forward_by(viewer) if wanted.mine else _scope(viewer)
    rows = queries.nominations_within(scope & Q(round=round_) if round_ else scope)
    rows = rows.filter(award=wanted.award) if wanted.award else rows
    rows = rows.filter(nominee__folded__contains=fold(wanted.text)) if wanted.text else rows
    steps = queries.counts_by_step(rows)
    rows = rows.filter(step=wanted.step) if wanted.step else rows
    count = steps.get(wanted.step, 0) if wanted.step else sum(steps.values())
    start = start if start < count else 0
    shown = tuple(queries.page_of(rows, start, ON_A_PAGE))
    held = queries.held_among([row.nominee for row in shown])
    return Listed(shown, count, start, steps, held)


def nomination_of(viewer: Viewer, uid: UUID) -> Nomination:
    """One nomination; refused (H103), as if it were not there, outside what the viewer sees."""
    found = queries.nomination_within(_scope(viewer), uid) if may_see_awards(viewer) else None
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def log_of(nomination: Nomination) -> list[Entry]:
    """Everything that happened to a nomination that one may see, oldest first."""
    return list(chain_of("nomination", str(nomination.uid)))


def may_write(viewer: Viewer, nomination: Nomination) -> bool:
    """Whether one writes on a nomination: its own proposer, while it is a draft or was given back."""
    return nomination.step in WRITABLE and is_proposer(viewer, nomination)


def is_proposer(viewer: Viewer, nomination: Nomination) -> bool:
    """Whether one stands for the place or unit, and the line of command, that put it forward."""
    if not viewer.may(NOMINATES) or viewer.post is None or viewer.acting is None:
        return False
    if nomination.unit_id or viewer.acting.unit_id:
        return nomination.unit_id == viewer.acting.unit_id
    return viewer.place == nomination.proposer and viewer.post.line == nomination.line


def may_handle(viewer: Viewer, nomination: Nomination) -> bool:
    """Whether one handles the round that it is in, once it was submitted."""
    here = viewer.may(HANDLES) and viewer.place == nomination.round.place
    return here and nomination.step != Step.DRAFT


def may_hold(viewer: Viewer, nomination: Nomination) -> bool:
    """Whether one lets the nominee enter and leave a hold."""
    rights = viewer.may(HANDLES) or viewer.may(Right.HEAR_CASES)
    return rights and viewer.place == nomination.round.place and nomination.step != Step.DRAFT


def may_confirm(viewer: Viewer, nomination: Nomination) -> bool:
    """Whether one confirms for a level on the way from the proposer to the round, once it was submitted."""
    if viewer.place is None or nomination.step in (Step.DRAFT, Step.WITHDRAWN):
        return False
    in_government = viewer.post is not None and viewer.post.line == Line.GOVERNMENT
    says = viewer.may(HANDLES) or (viewer.may(NOMINATES) and in_government)
    return says and viewer.place.pk in {row.place_id for row in levels_of(nomination, viewer)}


def levels_of(nomination: Nomination, viewer: Viewer) -> list[PlacePeriod]:
    """The places that confirm: from the proposer up to the place of the round, as they are today."""
    way = way_up(nomination, viewer)
    keys = [each.place_id for each in way]
    return way[: keys.index(nomination.round.place_id) + 1] if nomination.round.place_id in keys else way[:1]


def way_up(nomination: Nomination, viewer: Viewer) -> list[PlacePeriod]:
    """The proposing place and what it lies in, smallest first, as they are today; asked once for a page."""
    if ("way", nomination.proposer_id) not in viewer.asked:
        label = labels_on([nomination.proposer_id], viewer.today).get(nomination.proposer_id)
        viewer.asked["way", nomination.proposer_id] = list(label.rows) if label else []
    found: list[PlacePeriod] = viewer.asked["way", nomination.proposer_id]
    return found


def province_of(round_: AwardRound, viewer: Viewer) -> str | None:
    """The code of the province in which a round is held, whose regulation holds for it."""
    label = labels_on([round_.place_id], viewer.today).get(round_.place_id)
    return by_law.province_among(label.rows) if label else None


def rounds_seen(viewer: Viewer) -> list[AwardRound]:
    """The rounds of the viewer's place and of those it lies in, the latest first."""
    require_part(viewer)
    return queries.rounds_at([place.pk for place in _places_up(viewer)])


def round_of(viewer: Viewer, uid: UUID) -> AwardRound:
    """One round of the viewer's place or of those it lies in; else H103."""
    found = queries.round_by_uid(uid) if may_see_awards(viewer) else None
    if found is None or found.place not in _places_up(viewer):
        raise Refused(problem("H103", uid))
    return found


def own_round(viewer: Viewer, uid: UUID) -> AwardRound:
    """A round of the viewer's own place, for whoever handles it; else H103."""
    found = round_of(viewer, uid)
    if not viewer.may(HANDLES) or found.place != viewer.place:
        raise Refused(problem("H103", uid))
    return found


def require_handler(viewer: Viewer) -> Place:
    """The place whose rounds one handles; refused (H103) to others."""
    require(viewer, HANDLES, "khen-thuong")
    if viewer.place is None:
        raise Refused(problem("H103", "khen-thuong"))
    return viewer.place


def proposing_place(viewer: Viewer) -> PlacePeriod:
    """The place in whose name one proposes: one's own, or the one a unit is seated in; refused (H103) to others."""
    require(viewer, NOMINATES, "khen-thuong")
    if viewer.where is None:
        raise Refused(problem("H103", "khen-thuong"))
    return viewer.where


def places_inside(viewer: Viewer) -> set[int]:
    """The places that lie in the viewer's, itself among them."""
    if viewer.where is None:
        return set()
    return set(inside(viewer.where, viewer.today).values_list("place", flat=True)) | {viewer.where.place_id}


def nominee_here(viewer: Viewer, uid: UUID) -> Nominee:
    """A nominee at a place of whoever handles awards there; else H103."""
    found = queries.nominee_by_uid(uid)
    if found is None or not viewer.may(HANDLES) or found.place_id not in places_inside(viewer):
        raise Refused(problem("H103", uid))
    return found


def put_forward_by(viewer: Viewer) -> Q:
    """The nominations that a viewer's own place, unit and line put forward, for a commune those of its villages too."""
    if not viewer.may(NOMINATES) or viewer.post is None or viewer.acting is None or viewer.where is None:
        return NOTHING
    if viewer.place is None:
        return Q(unit=viewer.acting.unit_id) if viewer.acting.unit_id else NOTHING
    own = Q(proposer=viewer.place)
    if viewer.where.level == Level.COMMUNE:
        own |= Q(proposer__in=inside(viewer.where, viewer.today).values("place"))
    return Q(line=viewer.post.line) & own


def _scope(viewer: Viewer) -> Q:
    scope = put_forward_by(viewer)
    if viewer.place is not None and any(viewer.may(right) for right in AT_THE_ROUND):
        scope |= Q(round__place=viewer.place) & ~Q(step=Step.DRAFT)
    return scope


def _places_up(viewer: Viewer) -> list[Place]:
    if viewer.where is None:
        return []
    return [viewer.where.place, *(row.place for row in above_of(viewer.where.place, viewer.today))]
