"""The tables of a dashboard as lines of a file."""

from __future__ import annotations

from densach.reporting.dashboards.access import Seen
from densach.reporting.dashboards.board import COUNTS
from densach.web.dashboards.pictures import Picture, base_said, model_said
from densach.web.dashboards.telling import count_said, percent_said, reported_briefly
from densach.web.sentences import say

BELOW = "cac-noi"
Line = list[object]


def lines_of(picture: Picture) -> list[Line]:
    """A chart's table beneath its title."""
    rows: list[Line] = [[*row] for row in picture.rows]
    return [[picture.title], [*picture.head], *rows]


def lines_below(seen: Seen) -> list[Line]:
    """The places below in the order of their names, each with its code."""
    choice = seen.board.frame.choice
    title = say("dashboard.below_title", model=model_said(choice.model), place=seen.place.name, year=str(choice.year))
    counts = [say(f"dashboard.count_{count.lower()}") for count in COUNTS]
    head: Line = [say("dashboard.place"), say("dashboard.code"), *counts, base_said(choice.base)]
    rows: list[Line] = [
        [row.name, row.place.code, *map(count_said, row.counts), percent_said(row.share), reported_briefly(row.share)]
        for row in seen.board.below
        if row.place
    ]
    return [[title], [*head, say("dashboard.reported_head")], *rows]
