"""A sitting with its seats, as one looks at it: who came, whether they are enough, and what the viewer may do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from densach.awards.councils.models import PRESIDES, Attendance, Seat, Sitting
from densach.awards.councils.thresholds import has_quorum


@dataclass(frozen=True)
class Room:
    """A sitting as one viewer has it: the seats, the viewer's own one, and whether the viewer prepares sittings."""

    sitting: Sitting
    seats: tuple[Seat, ...]
    own: Seat | None
    prepares: bool

    @property
    def presides(self) -> bool:
        """Whether the viewer may open, close and end: the chair, or a vice chair, who came."""
        return self.own is not None and self.own.seated in PRESIDES and self.own.attendance == Attendance.PRESENT

    @property
    def votes(self) -> bool:
        """Whether the viewer may vote: present, or absent and voting in writing."""
        return self.own is not None and self.own.attendance in {Attendance.PRESENT, Attendance.WRITING}

    @cached_property
    def present(self) -> int:
        """How many came."""
        return sum(seat.attendance == Attendance.PRESENT for seat in self.seats)

    @cached_property
    def in_writing(self) -> int:
        """How many are absent and give their opinion in writing."""
        return sum(seat.attendance == Attendance.WRITING for seat in self.seats)

    @property
    def has_quorum(self) -> bool | None:
        """Whether enough came; unknown where no text says how many are enough."""
        quorum = self.sitting.quorum
        return None if quorum is None else has_quorum(quorum, self.present, self.base)

    @property
    def base(self) -> int:
        """All members of the day."""
        return self.sitting.base or len(self.seats)
