"""The targets of a place as one chart: what was set beside what was accepted last, and when it was due."""

from __future__ import annotations

from fractions import Fraction

from densach.formats.charts.shapes import Chart, Mark, Series
from densach.reporting.dashboards.access import Aimed
from densach.reporting.targets.models import WHOLE, Unit
from densach.reporting.targets.progress import Progress
from densach.web.dashboards.pictures import Picture
from densach.web.sentences import say
from densach.web.targets.telling import amount, point_said, standing_said, title_said

NAME = "muc-tieu"
LONGEST = 36  # letters of a target's name beside its bars: three lines


def picture_of(seen: Aimed) -> Picture | None:
    """The chart of those that are shares, each goal beside the latest figure; none where no place set one."""
    rows = [row for row in seen.rows if row.target.unit == Unit.SHARE]
    if not rows:
        return None
    title = str(say("dashboard.aims_chart", place=seen.place.name))
    goals = tuple(_mark(row.target.value, row) for row in rows)
    latest = tuple(_mark(row.level, row) for row in rows)
    series = (Series(str(say("dashboard.aim_goal")), goals), Series(str(say("dashboard.aim_latest")), latest))
    chart = Chart(title, tuple(map(_named, rows)), series, most=100)
    head = tuple(str(say(f"dashboard.aim_{name}")) for name in ("target", "goal", "due", "latest", "standing"))
    return Picture(NAME, title, chart, head, tuple(map(_line, rows)))


def words_of(picture: Picture) -> str:
    """All that is drawn, in words."""
    return f"{picture.title}: {'; '.join(f'{row[0]} {row[1]}, {row[3]}' for row in picture.rows)}."


def _line(row: Progress) -> tuple[str, ...]:
    unit = row.target.unit
    latest = str(say("dashboard.none"))
    if row.latest:
        latest = f"{point_said(row.latest, unit)}, {row.latest.period.code}"
    goal = f"{amount(row.target.value, unit)} ({row.target.year})"
    return title_said(row.target), goal, amount(row.due, unit), latest, standing_said(row)


def _mark(level: Fraction | int | None, row: Progress) -> Mark:
    if level is None:
        return Mark(None, str(say("dashboard.none")))
    return Mark(float(Fraction(100 * level, WHOLE)), amount(level, row.target.unit))


def _named(row: Progress) -> str:
    title = title_said(row.target)
    return f"{title if len(title) <= LONGEST else title[:LONGEST] + '…'}, {row.target.year}"
