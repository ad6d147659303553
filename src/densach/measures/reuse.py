"""Evidence that was used for more than one subject: the same file, or a picture that looks nearly the same.

A picture carries a fingerprint of 64 bits (`formats.pictures`). Sent again, shrunk or stored anew it changes by a bit
or two; two different pictures differ by about 32. A picture without a fingerprint is compared as a file only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from densach.measures.leads import Kind, Lead

NEAR = 3  # bits: above what sending again changes, and small enough that photos of like papers stay apart
_BANDS = [(shift, 0xFFFF) for shift in (0, 16, 32, 48)]  # who differs by 3 bits at most is equal in one of 4 bands


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as it is kept: for whom, the hash of the file sent, the fingerprint of a picture.

    Those of one `home` may well share evidence, as a family does its photos; `name` finds the piece again.
    """

    subject: str
    sha256: str
    fingerprint: int | None = None
    home: str = ""
    name: str = ""


def evidence_reused(pieces: Iterable[Piece]) -> tuple[Lead, ...]:
    """One lead for each set of pieces that are the same file or nearly the same picture for different subjects."""
    found = (lead for lead, _ in sets_reused(pieces))
    return tuple(sorted(found, key=lambda lead: (lead.subjects, *lead.numbers.values())))


def sets_reused(pieces: Iterable[Piece]) -> Iterator[tuple[Lead, list[Piece]]]:
    """The same leads in no order, each with its pieces; subjects of one home alone give none."""
    every = list(pieces)
    chain = _Chain()
    for piece in every:
        chain.join(piece.sha256, piece.sha256 if piece.fingerprint is None else piece.fingerprint, 0)
    for one, other in _near({piece.fingerprint for piece in every if piece.fingerprint is not None}):
        chain.join(one, other, (one ^ other).bit_count())
    together: dict[str | int, list[Piece]] = defaultdict(list)
    for piece in every:
        together[chain.end_of(piece.sha256)].append(piece)
    for end, alike in together.items():
        if len({piece.home or piece.subject for piece in alike}) > 1:
            yield _lead(alike, chain.widest[end]), alike


def _lead(pieces: list[Piece], distance: int) -> Lead:
    subjects = tuple(sorted({piece.subject for piece in pieces}))
    files = len({piece.sha256 for piece in pieces})
    return Lead(Kind.EVIDENCE_REUSED, subjects, "", {"pieces": len(pieces), "files": files, "distance": distance})


def _near(fingerprints: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The pairs of fingerprints that differ by few bits."""
    bands: dict[tuple[int, int], list[int]] = defaultdict(list)
    for each in sorted(fingerprints):
        for shift, mask in _BANDS:
            bands[shift, each >> shift & mask].append(each)
    for alike in bands.values():
        for one, other in combinations(alike, 2):
            if (one ^ other).bit_count() <= NEAR:
                yield one, other


@dataclass
class _Chain:
    """What hangs together, by hash and by fingerprint, and the widest step within it."""

    above: dict[str | int, str | int] = field(default_factory=dict)
    widest: dict[str | int, int] = field(default_factory=lambda: defaultdict(int))

    def end_of(self, each: str | int) -> str | int:
        """The one that stands for all that hang together with it."""
        while (higher := self.above.setdefault(each, each)) != each:
            self.above[each] = self.above[higher]
            each = higher
        return each

    def join(self, one: str | int, other: str | int, step: int) -> None:
        """Note that two hang together, being so many bits apart."""
        first, second = self.end_of(one), self.end_of(other)
        self.above[second] = first
        self.widest[first] = max(self.widest[first], self.widest[second], step)
