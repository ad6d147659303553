"""Whether what changes in one table may be seen beside all that was told of it before.

A place *moves* when it appears, or when it is corrected. What the public reads of it was told by its own number or, of
a number that is hidden, by the sum around it alone.

- A number that was shown may move by as many people as may be told, from each number told of it ever, to one not small.
- A hidden one moves likewise, and never nearer to nothing: so whoever shifts it and its guard against each other, in
  all releases from the first on, finds another world that fits with everything told.
- Those that appear, or move by few while they are hidden, are seen together: in each count they hide one another from
  the same release on, and their sum must not have to be hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from densach.measures.suppression import FEWEST, Table, suppress
from densach.reporting.sums.hiding import told_by
from densach.reporting.sums.kept.queries import Told
from densach.reporting.sums.queries import Added, Cell

Numbers = Mapping[str, Added]
Seen = tuple[list["Move"], dict[str, list[str]]]


@dataclass(frozen=True)
class Move:
    """What a place gives now beside what the public was told of it: of one that appears, nothing."""

    path: str
    public: Numbers
    after: Numbers

    @property
    def place(self) -> int:
        """The place whose path it is."""
        return int(self.path.split("/")[-2])

    @cached_property
    def changed(self) -> frozenset[str]:
        """The counts that are others than those told; a share moves with its counts."""
        counts = (code for code in {*self.public, *self.after} if told_by(code) == (code,))
        return frozenset(code for code in counts if self.public.get(code) != self.after.get(code))

    def ends(self, code: str) -> tuple[int, int]:
        """From which number to which a count moves; what is not given counts as nothing."""
        return self.public.get(code, (0,))[0], self.after.get(code, (0,))[0]


@dataclass(frozen=True)
class Before:
    """To what the public is held in the tables of a period, and what it was told once, by code and place."""

    period: int
    told: Mapping[Cell, Told]
    once: Mapping[tuple[str, int], set[int]]

    def hides(self, code: str, path: str) -> bool:
        """Whether the number of a place is hidden."""
        return path in self.told.get((code, self.period), Told()).hidden

    def tells_few(self, code: str, move: Move) -> bool:
        """Whether a corrected count lies so near to one told before that the difference tells few people."""
        was, now = move.ends(code)
        return any(0 < abs(now - each) < FEWEST for each in {was, *self.once.get((code, move.place), ())})


def hidden_where_seen_together(area: str, move: Move, pending: Sequence[Move], before: Before) -> Seen | None:
    """What is seen from now on, with as much as may be of what waits, and by code which paths are hidden with it.

    None where the public has to be held to what it was told.
    """
    moves = [each for each in (move, *pending) if _may_move(each, before)]
    while move in moves:
        hidden = {
            code: _hidden(area, moves, code, before) for code in {code for each in moves for code in each.changed}
        }
        failing = _failing(area, moves, hidden, before)
        if not failing:
            return moves, hidden
        moves = [each for each in moves if each not in failing]
    return None


def _may_move(move: Move, before: Before) -> bool:
    return not move.public or all(_may_be_corrected(move, code, before) for code in move.changed)


def _may_be_corrected(move: Move, code: str, before: Before) -> bool:
    was, now = move.ends(code)
    if before.hides(code, move.path):
        return now >= min(was, FEWEST + 1)
    return was == now or not (0 < now < FEWEST or before.tells_few(code, move))


def _hidden(area: str, moves: Sequence[Move], code: str, before: Before) -> list[str]:
    """What is hidden in one count of those that are seen at once, the path of their sum too if it would have to be."""
    corrected = _corrected_unseen(moves, code, before)
    members = [*corrected, *(each for each in moves if not each.public and code in each.after)]
    counts: dict[tuple[str, ...], int] = {(each.path,): each.ends(code)[1] for each in members}
    table = Table({area: None, **{each.path: area for each in members}}, (), counts)
    cells = suppress(table, hidden=[(each.path,) for each in corrected]).cells if counts else ()
    return [path for (path,) in cells]


def _corrected_unseen(moves: Sequence[Move], code: str, before: Before) -> list[Move]:
    return [each for each in moves if each.public and code in each.changed and before.hides(code, each.path)]


def _failing(area: str, moves: Sequence[Move], hidden: Mapping[str, list[str]], before: Before) -> list[Move]:
    """What may not be seen with the others: steps of few that none of them hides; then all of a sum that is small.

    No other number is hidden for a step of few.
    """
    alone = [
        each
        for code, paths in hidden.items()
        for each in _corrected_unseen(moves, code, before)
        if before.tells_few(code, each)
        and not _is_guarded(each, code, [other for other in moves if other.path in paths])
    ]
    closed = {code for code, paths in hidden.items() if area in paths}
    waiting = [each for each in moves[1:] if each.changed & closed]
    return alone or waiting or [*moves[:1]] * bool(closed)


def _is_guarded(move: Move, code: str, hidden: Sequence[Move]) -> bool:
    others = (each.ends(code)[1] for each in hidden if each.path != move.path)
    return any(move.ends(code)[1] + each > FEWEST for each in others)
