"""Whose dashboards somebody sees: everybody those of all places, without the small counts of people.

Who sees the figures of a place by their role sees all of them there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.roles import Right, Role
from densach.places.models import Level, PlacePeriod
from densach.places.queries import country_on, has_fictional_places
from densach.problems import Refused, problem
from densach.reporting.dashboards.board import MODELS, Board, Choice, Frame, board_of, codes_of, years_until
from densach.reporting.dashboards.guarding import OPEN, guard_for
from densach.reporting.dashboards.queries import rows_above, unit_at
from densach.reporting.dashboards.spreading import Spread, spread_of
from densach.reporting.sums.maps import THE_STANDING, is_kept
from densach.reporting.sums.queries import days_of
from densach.reporting.targets.guarding import without_few
from densach.reporting.targets.progress import Progress, progress_of
from densach.reporting.targets.queries import open_targets


@dataclass(frozen=True)
class Seen:
    """A dashboard with the places around its place; `mixed` says that the database also has made-up places."""

    board: Board
    above: tuple[PlacePeriod, ...]
    mixed: bool
    all_shown: bool

    @property
    def place(self) -> PlacePeriod:
        """The place of the dashboard."""
        return self.board.frame.place


def see_board(viewer: Viewer, uid: UUID | None, choice: Choice) -> Seen:
    """The dashboard of the country or of a place in it; refused (H103) for what is no such place today."""
    place = _place(viewer, uid)
    above = tuple(rows_above(place.path, viewer.today))
    mixed, all_shown = has_fictional_places(), _shows_all(viewer, place)
    country = (above[0] if above else place).path
    frame = _frame(viewer, place, country, choice, mixed=mixed)
    return Seen(board_of(frame), above, mixed, all_shown)


def see_spread(viewer: Viewer, uid: UUID, choice: Choice) -> Spread:
    """How unlike the communes of the country or of a province are; refused (H103) for any other place."""
    place, country = _place(viewer, uid), country_on(viewer.today)
    if place.level == Level.COMMUNE or country is None:
        raise Refused(problem("H103", uid))
    plain = replace(choice, todays_map=False)
    return spread_of(_frame(viewer, place, country.path, plain, mixed=has_fictional_places()))


def enters_lists(viewer: Viewer) -> bool:
    """Whether somebody looks after the installation, where lists of communes are entered by command."""
    return viewer.role == Role.ADMINISTRATOR


def _place(viewer: Viewer, uid: UUID | None) -> PlacePeriod:
    place = country_on(viewer.today) if uid is None else unit_at(uid, viewer.today)
    if place is None:
        raise Refused(problem("H103", uid or ""))
    return place


def _shows_all(viewer: Viewer, place: PlacePeriod) -> bool:
    return viewer.may(Right.SEE_FIGURES) and viewer.reaches(place.path)


def _frame(viewer: Viewer, place: PlacePeriod, country: str, choice: Choice, *, mixed: bool) -> Frame:
    fictional = place.place.fictional if place.level == Level.COMMUNE else _chosen(choice, mixed=mixed)
    periods = years_until(choice.year)
    days = days_of(periods, viewer.today)
    kept = is_kept([THE_STANDING, *(period.key for period in periods)], viewer.today)
    codes = codes_of(MODELS, choice.base)
    all_shown = _shows_all(viewer, place)
    guard = OPEN if all_shown else guard_for(codes, days, country, fictional=fictional, kept=kept)
    shown = dict.fromkeys(periods, viewer.today) if choice.todays_map else days
    return Frame(place, choice, country, fictional, viewer.today, shown, guard, kept)


def _chosen(choice: Choice, *, mixed: bool) -> bool:
    return mixed if choice.fictional is None else choice.fictional and mixed


@dataclass(frozen=True)
class Aimed:
    """The measured targets of a place with how far each is."""

    place: PlacePeriod
    rows: tuple[Progress, ...]

    @property
    def behind(self) -> int:
        """How many are late or will likely be."""
        return sum(row.is_behind for row in self.rows)


def see_aims(viewer: Viewer, uid: UUID) -> Aimed:
    """The targets of a place that an indicator measures: the country's for everybody, else for who sees all there.

    A demonstration shows no figure beside the law, so there the country has none.
    """
    place = unit_at(uid, viewer.today)
    if place is None:
        raise Refused(problem("H103", uid))
    everybody = place.level == Level.COUNTRY and not has_fictional_places()
    all_shown = _shows_all(viewer, place)
    if not everybody and not all_shown:
        raise Refused(problem("H103", uid))
    if place.level == Level.COUNTRY and not everybody:
        return Aimed(place, ())
    rows = progress_of(open_targets([place.place_id]), {place.place_id: place}, viewer.today)
    rows = rows if all_shown else without_few(rows, place, viewer.today)
    return Aimed(place, tuple(row for row in rows if row.target.indicator and row.target.value is not None))
