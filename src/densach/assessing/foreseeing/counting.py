"""Kept verdicts under another law: the sealed facts judged again, and the shifts counted by title and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from densach.assessing.foreseeing.queries import Kept
from densach.assessing.models import Round
from densach.assessing.run import judge_of, judged_on
from densach.assessing.titles import TITLES, Title, rubric_on
from densach.measures.suppression import TOTAL, Hidden, Table, suppress
from densach.policy.library import Effective, Library
from densach.problems import Refused
from densach.rules.judging import Judge
from densach.rules.sheet import Facts, Given

WHOLE = "*"
Sources = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shift:
    """From one verdict to another; `count` is none where it is hidden, because few people stand behind it."""

    was: str
    now: str
    count: int | None

    @property
    def stays(self) -> bool:
        """Whether the verdict is the same."""
        return self.was == self.now


@dataclass(frozen=True)
class TitleShifts:
    """What would become of the kept verdicts of one title: in all, and in each place that has some."""

    title: Title
    looked: int | None
    shifts: tuple[Shift, ...]
    places: tuple[tuple[str, tuple[Shift, ...]], ...]

    @property
    def changed(self) -> tuple[Shift, ...]:
        """The shifts to another verdict."""
        return tuple(shift for shift in self.shifts if not shift.stays)


@dataclass
class Rejudging:
    """Two readings of the law side by side; a rubric is made ready once for each text that it is made of."""

    before: Library
    after: Library
    _used: frozenset[str] = frozenset()
    _effective: dict[tuple[str, str, int, frozenset[str]], Effective | None] = field(default_factory=dict)
    _judges: dict[Sources, Judge] = field(default_factory=dict)
    _verdicts: dict[tuple[Sources, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = (one.place for one in (*self.before.overlays.values(), *self.after.overlays.values()))
        self._used = frozenset(place for place in places if place)

    def differs(self, round_: Round, title: Title, codes: frozenset[str]) -> bool:
        """Whether a title of a round goes by another text after than before."""
        found = [self._rubric(name, round_, title, codes) for name in ("before", "after")]
        one, other = (effective and (effective.sources, effective.rubric.id) for effective in found)
        return one != other

    def verdict(self, kept: Kept, round_: Round, title: Title, codes: frozenset[str]) -> str:
        """What the sealed facts come to afterwards; not known where no rubric judges them then."""
        effective = self._rubric("after", round_, title, codes)
        if effective is None:
            return "unknown"
        facts = msgspec.json.decode(kept.receipt, type=_Sealed).facts
        key = (effective.sources, repr(sorted(facts.items())))
        if key not in self._verdicts:
            self._verdicts[key] = _judged(self._judge(effective), facts)
        return self._verdicts[key]

    def _rubric(self, name: str, round_: Round, title: Title, codes: frozenset[str]) -> Effective | None:
        key = (name, title.key, round_.year, codes & self._used)
        if key not in self._effective:
            library: Library = getattr(self, name)
            try:
                self._effective[key] = rubric_on(library.at(codes), title, judged_on(round_))
            except Refused:
                self._effective[key] = None
        return self._effective[key]

    def _judge(self, effective: Effective) -> Judge:
        if effective.sources not in self._judges:
            self._judges[effective.sources] = judge_of(effective)
        return self._judges[effective.sources]


class _Sealed(msgspec.Struct):
    facts: dict[str, bool | int | str | list[int]]


def _judged(judge: Judge, sealed: Mapping[str, object]) -> str:
    """The verdict by what of the sealed facts the sheet takes; what it does not ask or take is not known to it."""
    facts: dict[str, Given] = {
        name: tuple(answer) if isinstance(answer, list) else answer  # type: ignore[misc]
        for name, answer in sealed.items()
        if name in judge.sheet.index
    }
    try:
        return _verdict(judge, facts)
    except Refused as refused:
        wrong = {problem.where for problem in refused.problems}
        try:
            return _verdict(judge, {name: answer for name, answer in facts.items() if name not in wrong})
        except Refused:
            return "unknown"


def _verdict(judge: Judge, facts: Facts) -> str:
    return judge.judge(facts).verdict


def shifts_of(title_key: str, counts: Mapping[tuple[str, str, str], int]) -> TitleShifts:
    """The shifts of a title by place, was and now, with small counts hidden so that none can be worked out."""
    kinds = tuple(sorted({f"{was} {now}" for _, was, now in counts}))
    names = sorted({place for place, _, _ in counts})
    parents: dict[str, str | None] = {WHOLE: None, **dict.fromkeys(names, WHOLE)}
    table = Table(parents, (kinds,), {(place, f"{was} {now}"): count for (place, was, now), count in counts.items()})
    hidden = suppress(table)
    looked = _shown(table, hidden, (WHOLE, TOTAL))
    title = next(title for title in TITLES if title.key == title_key)
    rows = tuple((name, _shifts(table, hidden, name, kinds)) for name in names)
    return TitleShifts(title, looked, _shifts(table, hidden, WHOLE, kinds), rows)


def _shifts(table: Table, hidden: Hidden, unit: str, kinds: Iterable[str]) -> tuple[Shift, ...]:
    found = ((*kind.split(" "), kind) for kind in kinds if table.cells[unit, kind])
    return tuple(Shift(was, now, _shown(table, hidden, (unit, kind))) for was, now, kind in found)


def _shown(table: Table, hidden: Hidden, cell: tuple[str, str]) -> int | None:
    return None if cell in hidden.cells else table.cells[cell]
