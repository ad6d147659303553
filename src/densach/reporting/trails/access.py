"""Who sees the rows behind a figure: whoever may see names in the commune; all others see counts and definition.

Who may not read the return finds nothing here either (H103).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from densach.assessing.titles import BY_MODEL
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level
from densach.policy.datasets import Indicator
from densach.problems import Refused, problem
from densach.reporting.below.queries import round_above
from densach.reporting.figures.access import Of
from densach.reporting.figures.queries import report_of, values_of
from densach.reporting.trails.listing import Listed, Row, Which, fitting, listed, named
from densach.reporting.trails.queries import computings

ON_A_PAGE = 50
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Asked:
    """Which rows are asked for: those that fit a text, and which page of them; all on one page to be printed."""

    text: str = ""
    page: int = 1
    whole: bool = False


@dataclass(frozen=True)
class Half:
    """The numerator or the denominator of a share, as it stands in the return."""

    indicator: Indicator
    number: int | None


@dataclass(frozen=True)
class Trail:
    """A figure with what it counts: `figure` as it was computed at `moment`, none where it never was.

    `halves` are those of a share, which has rows only through them. `rows` are those of the page, none without
    `names_shown`; `fits` says how many fit what was searched for.
    """

    of: Of
    indicator: Indicator
    asked: Asked
    names_shown: bool
    halves: tuple[Half, ...] = ()
    which: Which | None = None
    figure: int | None = None
    moment: datetime | None = None
    listed: Listed | None = None
    rows: tuple[Row, ...] = ()
    fits: int = 0

    @property
    def first(self) -> int:
        """The number of the first row of the page."""
        return 1 if self.asked.whole else (self.asked.page - 1) * ON_A_PAGE + 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.fits // ON_A_PAGE))

    @property
    def off(self) -> int:
        """How many rows more there are than were counted, where the moment cannot be worked out again."""
        return len(self.listed.rows) - self.figure if self.listed is not None and self.figure is not None else 0


def see_rows(viewer: Viewer, of: Of, code: str, asked: Asked) -> Trail:
    """What a figure of a commune's return counts; refused (H103) for what our records do not compute."""
    indicator = of.dataset.indicator(code)
    if indicator is None or of.where.level != Level.COMMUNE:
        raise Refused(problem("H103", code))
    names_shown = viewer.may(Right.SEE_NAMES) and viewer.reaches(of.where.path)
    if indicator.kind == "share":
        return Trail(of, indicator, asked, names_shown, _halves(of, indicator))
    return _counted(of, indicator, asked, names_shown=names_shown)


def _counted(of: Of, indicator: Indicator, asked: Asked, *, names_shown: bool) -> Trail:
    which = _which(of, indicator)
    computed = _computed(of)
    figure, moment = computed.get("gave", {}).get(indicator.code), computed.get("at")
    found = listed(which, moment, figure)
    every = fitting(named(which, found), asked.text) if names_shown else []
    shown = every if asked.whole else every[(asked.page - 1) * ON_A_PAGE : asked.page * ON_A_PAGE]
    if names_shown and asked.page > 1 and not shown:
        raise Refused(problem("H103", indicator.code))
    return Trail(of, indicator, asked, names_shown, (), which, figure, moment, found, tuple(shown), len(every))


def _which(of: Of, indicator: Indicator) -> Which:
    """The count that an indicator is; refused (H103) for one that people write."""
    if not indicator.computed_by:
        raise Refused(problem("H103", indicator.code))
    _, model, what = indicator.computed_by.split(".")
    place, year = of.where.place, of.period.year
    return Which(what, BY_MODEL[model], place, year, round_above(place, year))


def _computed(of: Of) -> Mapping[str, Any]:
    report = report_of(of.dataset.id, of.where.place_id, of.period.key)
    return computings(report.pk) if report else {}


def _halves(of: Of, indicator: Indicator) -> tuple[Half, ...]:
    """The two counts of a share whose trail goes on; refused (H103) where our records compute neither."""
    codes = (indicator.numerator or "", indicator.denominator or "")
    both = [each for code in codes if (each := of.dataset.indicator(code)) is not None and each.computed_by]
    report = report_of(of.dataset.id, of.where.place_id, of.period.key) if both else None
    if not both:
        raise Refused(problem("H103", indicator.code))
    values = values_of(report) if report else {}
    return tuple(Half(each, values[each.code].value if each.code in values else None) for each in both)
