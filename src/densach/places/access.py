"""What anybody may read of places, as the pages show it: all of it is public, and a made-up place says MẪU."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from densach.places.lookup import Found, Likeness, NotKnown, known_on, located, look_anywhere
from densach.places.models import Level, PlacePeriod
from densach.places.queries import children_of, has_fictional_places, periods_by_uid
from densach.places.story import Fate, Story, fates_of, story_of
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Findings:
    """Places that may be meant: those of today, then former ones with what they are now; `hidden` were left out.

    `loosely` says how all of them differ from what was typed, where nothing fits it.
    """

    present: list[Found]
    past: list[Fate]
    hidden: int
    loosely: Likeness | None

    @property
    def count(self) -> int:
        """All that were found, shown or not."""
        return len(self.present) + len(self.past) + self.hidden


@dataclass(frozen=True)
class Seen:
    """A place for a page: its story, its row of the day asked for or the nearest one, and what lay directly below.

    `holds` is false where the place was not there on that day; `unknown` where no list speaks of the day.
    """

    story: Story
    holds: bool
    unknown: NotKnown | None
    below: list[PlacePeriod]

    @property
    def has_no_villages(self) -> bool:
        """Whether this is a commune whose villages nobody has entered yet: not the same as none."""
        return self.story.found.period.level == Level.COMMUNE and not self.below


def find_anywhere(text: str, today: date, most: int) -> Findings:
    """The units of today and of before that may be meant, at most so many; refused (L103) where no list speaks."""
    found = look_anywhere(text, today)
    room = max(most - len(found.present), 0)
    hidden = max(len(found.present) + len(found.past) - most, 0)
    return Findings(found.present[:most], fates_of(found.past[:room], today), hidden, found.loosely)


def see_place(uid: UUID, on: date, today: date) -> Seen:
    """A place by its permanent identity, as it was on a day; refused (H103) where there is none."""
    rows = list(periods_by_uid(uid))
    if not rows:
        raise Refused(problem("H103", uid))
    row = _row_for(rows, on)
    day = row.valid.nearest(on)
    [found] = located([row], day)
    return Seen(story_of(found, today), row.valid.contains(on), known_on(on), list(children_of(row.place, day)))


def is_demonstration() -> bool:
    """Whether this database shows made-up places, so that every page must say MẪU."""
    return has_fictional_places()


def _row_for(rows: list[PlacePeriod], on: date) -> PlacePeriod:
    """The row of a day, else the last before it, else the first."""
    return next((row for row in reversed(rows) if row.valid_from <= on), rows[0])
