"""What would change, for whoever writes the text: counts within their scope, and no name of anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from densach.assessing.foreseeing.counting import Rejudging, TitleShifts, shifts_of
from densach.assessing.foreseeing.queries import kept_counts, kept_of, rounds_within
from densach.assessing.models import Round
from densach.assessing.titles import TITLES
from densach.authority.access import Viewer
from densach.lawmaking.access import SeenText, see_text
from densach.lawmaking.standing import entries_beside
from densach.places.models import Level, PlacePeriod
from densach.places.queries import above_by_place, rows_of_places
from densach.policy.library import assemble
from densach.problems import Refused, problem

MOST = 50_000  # verdicts that are judged again while somebody waits; the page says how many are left
BY_KEY = {title.key: title for title in TITLES}


@dataclass(frozen=True)
class Foreseen:
    """What would become of kept verdicts: how many were looked at, how many were not, and the shifts by title."""

    seen: SeenText
    rounds: int
    looked: int
    left: int
    titles: tuple[TitleShifts, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether every verdict that was looked at stays."""
        return not any(title.changed for title in self.titles)


def foresee(viewer: Viewer, uid: UUID, most: int = MOST) -> Foreseen:
    """Judge kept verdicts of the viewer's scope again as if a text were law; refused (H103) where there is none."""
    seen = see_text(viewer, uid)
    after = seen.looked.library
    if viewer.where is None:
        raise Refused(problem("H103", uid))
    packs = seen.text.packs
    rounds = rounds_within(viewer.where.path, viewer.today, ",".join(packs))
    if after is None or not rounds:
        return Foreseen(seen, len(rounds), 0, 0, ())
    before = assemble(packs, entries_beside(packs, viewer.today, seen.text.uid))
    return _counted(seen, Rejudging(before, after), rounds, viewer, most)


def _counted(
    seen: SeenText, law: Rejudging, rounds: dict[int, tuple[Round, PlacePeriod]], viewer: Viewer, most: int
) -> Foreseen:
    codes, names = _codes(rounds, viewer), _names(rounds, viewer)
    pairs = {
        (pk, title.key)
        for pk, (round_, _) in rounds.items()
        for title in TITLES
        if law.differs(round_, title, codes[pk])
    }
    asked = {pk for pk, _ in pairs}, {key for _, key in pairs}
    total = sum(count for pair, count in kept_counts(*asked).items() if pair in pairs)
    counts: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
    mine = (kept for kept in kept_of(*asked) if (kept.round_id, kept.title_key) in pairs)
    for kept in islice(mine, most):
        now = law.verdict(kept, rounds[kept.round_id][0], BY_KEY[kept.title_key], codes[kept.round_id])
        counts[kept.title_key][names[kept.round_id], kept.verdict, now] += 1
    titles = tuple(shifts_of(key, counts[key]) for key in BY_KEY if key in counts)
    return Foreseen(seen, len(asked[0]), min(total, most), max(total - most, 0), titles)


def _codes(rounds: dict[int, tuple[Round, PlacePeriod]], viewer: Viewer) -> dict[int, frozenset[str]]:
    """The codes of the place of each round and of the places around it."""
    keys = {int(key) for _, row in rounds.values() for key in row.path.split("/") if key}
    codes = {row.place_id: row.code for row in rows_of_places(keys, viewer.today) if row.code}
    return {
        pk: frozenset(codes[int(key)] for key in row.path.split("/") if key and int(key) in codes)
        for pk, (_, row) in rounds.items()
    }


def _names(rounds: dict[int, tuple[Round, PlacePeriod]], viewer: Viewer) -> dict[int, str]:
    """The place that each round is counted under: its province for who sees the country, else its own."""
    if viewer.where is None or viewer.where.level != Level.COUNTRY:
        return {pk: row.name for pk, (_, row) in rounds.items()}
    provinces = {key: row.name for key, row in above_by_place(viewer.today).items() if row.level == Level.PROVINCE}
    return {
        pk: next((provinces[int(key)] for key in row.path.split("/") if key and int(key) in provinces), row.name)
        for pk, (_, row) in rounds.items()
    }
