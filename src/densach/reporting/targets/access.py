"""Who may see and set the targets of a place; whatever lies outside is as if it did not exist (H103)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.describing import Actor, actors
from densach.authority.roles import POSTS, Over, Right, Role
from densach.history.models import Entry
from densach.history.queries import latest_of
from densach.places.models import Level, PlacePeriod
from densach.places.queries import country_on
from densach.policy.datasets import Indicator
from densach.policy.reported import datasets
from densach.problems import Refused, problem
from densach.reporting.figures.access import LINES
from densach.reporting.figures.models import Report
from densach.reporting.targets.guarding import without_few
from densach.reporting.targets.models import Target
from densach.reporting.targets.progress import Progress, progress_of
from densach.reporting.targets.queries import (
    ended_targets,
    names_of_holders,
    national_targets,
    open_targets,
    place_by_uid,
    returns_to_approve,
    rows_above,
    target_by_uid,
    wordings_of,
)

KIND = "target"  # of the log
MOST_LINES = 100  # nobody words one target more often
SETS = frozenset({Level.COMMUNE, Level.PROVINCE})
HOLDS = SETS | {Level.COUNTRY}


@dataclass(frozen=True)
class Aimed:
    """The targets of a place with how far each is, who holds each office that owns one, and what has ended."""

    place: PlacePeriod
    rows: tuple[Progress, ...]
    holders: Mapping[str, Sequence[str]]
    ended: tuple[Target, ...] = ()

    @property
    def behind(self) -> tuple[Progress, ...]:
        """Those that are late or will likely be."""
        return tuple(row for row in self.rows if row.is_behind)

    @property
    def others(self) -> tuple[Progress, ...]:
        """The rest."""
        return tuple(row for row in self.rows if not row.is_behind)


@dataclass(frozen=True)
class Line:
    """One entry of the log of a target: what happened, and who did it where an account did."""

    entry: Entry
    actor: Actor | None


@dataclass(frozen=True)
class Story:
    """One target with every wording it had, the latest first, and its log."""

    aimed: Aimed
    wordings: tuple[Target, ...]
    log: tuple[Line, ...]

    @property
    def progress(self) -> Progress:
        """How far its wording in force is."""
        return self.aimed.rows[0]


def see_national(viewer: Viewer) -> Aimed:
    """The national targets; everybody reads them."""
    country = country_on(viewer.today)
    if country is None:
        raise Refused(problem("H103", "muc-tieu"))
    rows = progress_of(national_targets(), {country.place_id: country}, viewer.today)
    if not (viewer.may(Right.SEE_FIGURES) and viewer.reaches(country.path)):
        rows = without_few(rows, country, viewer.today)
    return Aimed(country, tuple(rows), {})


def see_targets(viewer: Viewer, uid: UUID) -> Aimed:
    """The targets of a place in the viewer's, or of one that it lies in; refused (H103) elsewhere."""
    return _aimed(viewer, _seen(viewer, uid), ended=True)


def see_own(viewer: Viewer) -> Aimed | None:
    """The targets that the viewer's post answers for at its own place; none where it is held over less than a place."""
    if not viewer.may(Right.SEE_OWN_TASKS):
        raise Refused(problem("H103", ""))
    if viewer.where is None or viewer.place is None or viewer.role is None or viewer.where.level not in HOLDS:
        return None
    return _aimed(viewer, viewer.where, owner=viewer.role)


def see_story(viewer: Viewer, uid: UUID) -> Story:
    """One target that is in force, or ended, with its log; refused (H103) where its place is not seen."""
    target = target_by_uid(uid)
    if target is None or target.national:
        raise Refused(problem("H103", uid))
    place = _seen(viewer, target.place.uid)
    rows = progress_of([target], {place.place_id: place}, viewer.today)
    wordings = wordings_of(target.series)
    entries = latest_of({KIND: [str(each.pk) for each in wordings]}, 0, MOST_LINES)
    who = actors({entry.who for entry in entries})
    log = tuple(Line(entry, who.get(entry.who)) for entry in entries)
    return Story(Aimed(place, tuple(rows), _holders(viewer, place, rows)), tuple(wordings), log)


def may_set(viewer: Viewer) -> bool:
    """Whether somebody enters targets: the leader of a commune or a province, for that place alone."""
    return viewer.place is not None and viewer.may(Right.SET_TARGETS) and _level(viewer) in SETS


def require_setter(viewer: Viewer) -> PlacePeriod:
    """The place whose targets the viewer sets; refused (H103) to whoever sets none."""
    if not may_set(viewer) or viewer.where is None:
        raise Refused(problem("H103", "muc-tieu"))
    return viewer.where


def own_target(viewer: Viewer, uid: UUID) -> Target:
    """A target of the place whose targets the viewer sets; refused (H103) for any other."""
    place, target = require_setter(viewer), target_by_uid(uid)
    if target is None or target.place_id != place.place_id:
        raise Refused(problem("H103", uid))
    return target


def targets_above(viewer: Viewer) -> list[Target]:
    """The targets in force of the places that the viewer's own lies in, those of the nearest first."""
    place = require_setter(viewer)
    nearest = {row.place_id: order for order, row in enumerate(rows_above(place.path, viewer.today))}
    return sorted(open_targets(nearest), key=lambda target: nearest[target.place_id])


def offices_at(level: str) -> tuple[Role, ...]:
    """The heads who can answer for a target at a level: the posts over a place that have a page of their own."""
    return tuple(
        role
        for role, post in POSTS.items()
        if post.over == Over.PLACE and level in post.levels and Right.SEE_OWN_TASKS in post.rights
    )


def indicators_at(level: str) -> dict[str, Indicator]:
    """The indicators that can measure a target at a level: those that it reports once a year, by code."""
    known = (each for each in datasets().values() if each.period == "year" and level in each.levels)
    return {indicator.code: indicator for each in known for indicator in each.indicators}


def waiting_for_approval(viewer: Viewer) -> list[Report]:
    """The returns of the viewer's own place that wait for the viewer to approve them."""
    if viewer.place is None or viewer.post is None or not viewer.may(Right.APPROVE_FIGURES):
        return []
    known, line = datasets(), viewer.post.line
    rows = returns_to_approve(viewer.place.pk)
    mine = [row for row in rows if row.dataset in known and line in LINES[known[row.dataset].line]]
    return [row for row in mine if viewer.account is None or row.prepared_by_id != viewer.account.pk]


def _aimed(viewer: Viewer, place: PlacePeriod, *, owner: str | None = None, ended: bool = False) -> Aimed:
    rows = progress_of(open_targets([place.place_id], owner), {place.place_id: place}, viewer.today)
    past = tuple(ended_targets(place.place_id)) if ended else ()
    return Aimed(place, tuple(rows), _holders(viewer, place, rows), past)


def _holders(viewer: Viewer, place: PlacePeriod, rows: Sequence[Progress]) -> dict[str, list[str]]:
    roles = {row.target.owner for row in rows if row.target.owner}
    return names_of_holders(place.place_id, roles, viewer.today) if roles else {}


def _seen(viewer: Viewer, uid: UUID) -> PlacePeriod:
    row = place_by_uid(uid, viewer.today)
    mine = viewer.where.path if viewer.where is not None and viewer.place is not None else ""
    related = row is not None and bool(mine) and (row.path.startswith(mine) or mine.startswith(row.path))
    if row is None or not related or row.level not in HOLDS or not viewer.may(Right.SEE_FIGURES):
        raise Refused(problem("H103", uid))
    return row


def _level(viewer: Viewer) -> str:
    return viewer.where.level if viewer.where else ""
