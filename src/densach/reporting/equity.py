"""Who was recognised as a learning citizen, and among whom: by sex, by age and by village, without a single person.

All adults of the commune are the base, not only those who registered: whoever nobody reached is left out otherwise.
Shares are of everybody, so they carry no interval; small counts are hidden in the table that leaves the house.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from densach.assessing.counts import objects_of
from densach.assessing.frame import Frame, Resident, frame_of
from densach.assessing.models import Round
from densach.assessing.queries import has_act, objects_counted
from densach.assessing.run import judged_on
from densach.assessing.titles import BY_MODEL
from densach.formats.sheets import Cell, Column, SheetSpec, write_workbook
from densach.formats.vietnamese import format_date, format_number
from densach.measures import suppression
from densach.measures.groups import Group, NotMeasurable
from densach.measures.pairs import PARITY, adjusted_parity
from densach.measures.suppression import FEWEST, TOTAL, Hidden, Table, suppress
from densach.measures.unordered import coefficient_of_variation, index_of_disparity, theil
from densach.people.models import Residence, Sex
from densach.people.queries import kinds_of_homes, sexes_of
from densach.places.queries import period_of
from densach.problems import Refused, problem
from densach.reporting.shares import rounded_half_up, show_percent

CITIZEN = BY_MODEL["citizen"]
SEXES = (Sex.FEMALE.label, Sex.MALE.label)
AGES = ("18–34 tuổi", "35–59 tuổi", "từ 60 tuổi", "chưa rõ tuổi")
RECOGNISED, NOT_RECOGNISED = "được công nhận", "chưa được công nhận"
DIVISIONS = (SEXES, AGES, (RECOGNISED, NOT_RECOGNISED))
HIDDEN = "…"
NO_VILLAGE = "không ở hộ nào trong xã"
RESIDENCES = {Residence.PERMANENT: "thường trú", Residence.TEMPORARY: "tạm trú", Residence.UNKNOWN: "chưa ghi cách ở"}
ALL = "tất cả"
NOT_COUNTED = (
    "dân tộc, hộ nghèo và cận nghèo, khuyết tật (chỉ ghi cho người đã đồng ý hoặc theo văn bản, được giữ kín); "
    "đi làm ăn xa và mới chuyển đến (sổ chỉ ghi thường trú, tạm trú)"
)
SUPPRESSION = (
    f"Số từ 1 đến {FEWEST - 1} người, và những số mà từ đó suy ra được nó, ghi là {HIDDEN}. "
    f"Ngưỡng {FEWEST} là đề xuất của phần mềm: chưa thấy văn bản nào quy định."
)
COLUMNS = (
    Column("place", "Nơi", width=26),
    Column("sex", "Giới tính", width=12),
    Column("age", "Tuổi", width=16),
    Column("outcome", "Kết quả", width=24),
    Column("people", "Số người", width=12),
)


@dataclass(frozen=True)
class Part:
    """One group: so many of its people were recognised, of so many adults."""

    name: str
    recognised: int
    base: int

    @property
    def percent(self) -> str:
        """The share with one decimal, half up; "–" for a group in which nobody lives."""
        return show_percent(rounded_half_up(self.recognised, self.base, 1), 1) if self.base else "–"


@dataclass(frozen=True)
class Equity:
    """The adults of a commune on a day, counted by village, sex, age and whether an act of the year recognised them.

    `who_counted` is the sentence on whose heads the counts are taken of, with its assumptions.
    """

    commune: str
    year: int
    on: date
    fictional: bool
    who_counted: str
    table: Table

    @cached_property
    def by_sex(self) -> tuple[Part, ...]:
        """Women and men."""
        return tuple(self._part(sex, self.commune, sex, TOTAL) for sex in SEXES)

    @cached_property
    def by_age(self) -> tuple[Part, ...]:
        """The age bands in which somebody is."""
        parts = (self._part(age, self.commune, TOTAL, age) for age in AGES)
        return tuple(part for part in parts if part.base)

    @cached_property
    def by_village(self) -> tuple[Part, ...]:
        """The villages in the order of their names: none is ranked."""
        return tuple(self._part(village, village, TOTAL, TOTAL) for village in self.table.leaves)

    def _part(self, name: str, *where: str) -> Part:
        return Part(name, self.table.cells[*where, RECOGNISED], self.table.cells[*where, TOTAL])


def equity_of(round_: Round, frame: Frame | None = None) -> Equity:
    """Count a round's learning citizens; refused (R150) while no act is recorded: nobody knows yet who they are.

    `frame` is the commune on the last day of the year, where it was read already.
    """
    if not has_act(round_, CITIZEN.key):
        raise Refused(problem("R150", round_.pk, year=round_.year))
    on = judged_on(round_)
    period = period_of(round_.place, on)
    if period is None:
        raise ValueError(round_)
    frame = frame or frame_of(round_.place, on)
    fictional = round_.is_fictional or round_.place.fictional
    table = _table(round_, frame, period.name)
    return Equity(period.name, round_.year, on, fictional, frame.counted.sentence(), table)


def say_equity(found: Equity) -> Iterator[str]:
    """The whole finding in plain sentences: each share with its base, each measure in words."""
    if found.fictional:
        yield "MẪU – KHÔNG CÓ GIÁ TRỊ. Người và số liệu đều hư cấu."
    yield (
        f"{CITIZEN.name_vi} năm {found.year} ở {found.commune}: ai được công nhận, trong số mọi người trưởng thành "
        f"ngày {format_date(found.on)}. {found.who_counted}"
    )
    for heading, parts in (("giới tính", found.by_sex), ("tuổi", found.by_age), ("thôn", found.by_village)):
        yield f"Theo {heading}:"
        yield from (f"  {_said(part)}" for part in parts)
        yield from (f"  {line}" for line in (_between_sexes(parts) if parts is found.by_sex else _spread(parts)))
    yield f"Không đếm ở đây: {NOT_COUNTED}. Những chênh lệch theo các chiều ấy không thấy được."


def write_equity(path: Path, found: Equity, *, made_on: date) -> Hidden:
    """Write the table behind it as a workbook, small counts and their guards hidden; gives what was hidden."""
    hidden = suppress(found.table)
    spec = SheetSpec(
        name="Công bằng",
        title=f"{CITIZEN.name_vi} năm {found.year} theo thôn, giới tính và tuổi",
        columns=COLUMNS,
        rows=_rows(found.table, hidden),
        intro=(f"Người trưởng thành của {found.commune} ngày {format_date(found.on)}.", SUPPRESSION),
    )
    write_workbook(path, [spec], made_on=made_on, fictional=found.fictional)
    return hidden


def outcomes_in(round_: Round, frame: Frame) -> dict[int, str]:
    """Every adult of a commune, by the record counted, with whether an act of the year recognised them."""
    _, _, recognised = objects_counted(round_, CITIZEN.key, CITIZEN.kind)
    adults = set(objects_of(frame, CITIZEN))
    return {person: RECOGNISED if person in recognised else NOT_RECOGNISED for person in adults}


def by_residence(outcomes: Mapping[int, str], round_: Round, frame: Frame) -> dict[suppression.Cell, int]:
    """How many of some adults live in the commune in each way that the register knows, by outcome."""
    kinds, homes = kinds_of_homes(round_.place, frame.on), frame.counted.households
    found: Counter[suppression.Cell] = Counter()
    for person, outcome in outcomes.items():
        kind = kinds.get((person, homes.get(person, 0)))
        found[RESIDENCES[Residence(kind)] if kind else NO_VILLAGE, outcome] += 1
    return dict(found)


def _table(round_: Round, frame: Frame, commune: str) -> Table:
    sexes, lives = sexes_of(frame.people), _villages(frame)
    counts: Counter[suppression.Cell] = Counter(
        (lives.get(person, NO_VILLAGE), Sex(sexes[person]).label, _age(frame.people[person], frame.on), outcome)
        for person, outcome in outcomes_in(round_, frame).items()
    )
    villages = [*frame.villages.values(), *([NO_VILLAGE] if frame.lodgers else [])]
    parents: dict[str, str | None] = {commune: None, **dict.fromkeys(villages, commune)}
    return Table(parents, DIVISIONS, counts)


def _villages(frame: Frame) -> dict[int, str]:
    """The village in which each person lives."""
    homes = ((home, village) for village, inside in frame.village_households.items() for home in inside)
    return {person: frame.villages[village] for home, village in homes for person in frame.persons_in([home])}


def _age(resident: Resident, on: date) -> str:
    youngest, oldest = resident.ages(on)
    first, last = _band(youngest), _band(oldest)
    return AGES[first] if first == last else AGES[-1]


def _band(age: int) -> int:
    return 0 if age < 35 else 1 if age < 60 else 2


def _said(part: Part) -> str:
    return f"{part.name}: {format_number(part.recognised)} trên {format_number(part.base)} người, {part.percent}"


def _between_sexes(parts: tuple[Part, ...]) -> Iterator[str]:
    women, men = (Group(part.recognised / part.base, part.base) if part.base else None for part in parts)
    if women is None or men is None or not men.value:
        return
    gap = 100 * (women.value - men.value)
    direction = "cao hơn" if gap > 0 else "thấp hơn"
    index = adjusted_parity(women.value, men.value)
    level = "trong" if PARITY[0] <= index <= PARITY[1] else "ngoài"
    yield f"Tỷ lệ của nữ {direction} nam {_decimal(abs(gap), 1)} điểm phần trăm."
    yield f"Chỉ số cân bằng nữ trên nam (đã hiệu chỉnh): {_decimal(index, 2)}, {level} khoảng cân bằng 0,97–1,03."


def _spread(parts: tuple[Part, ...]) -> Iterator[str]:
    """How unlike the groups are: absolute and relative beside each other."""
    groups = [Group(part.recognised / part.base, part.base) for part in parts if part.base]
    if len(groups) < 2:
        return
    values = [group.value for group in groups]
    yield f"Nhóm cao nhất hơn nhóm thấp nhất {_decimal(100 * (max(values) - min(values)), 1)} điểm phần trăm."
    try:
        away, varied = index_of_disparity(groups, weighted=True), coefficient_of_variation(groups)
        shared = theil(groups)
    except NotMeasurable:
        return
    yield (
        f"Tính bình quân theo số người, các nhóm lệch {_decimal(away, 1)} % so với mức chung; hệ số biến thiên "
        f"{_decimal(varied, 3)}; chỉ số Theil {_decimal(1000 * shared, 1)} phần nghìn."
    )


def _decimal(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def _rows(table: Table, hidden: Hidden) -> Iterable[tuple[Cell, ...]]:
    for cell, count in table.cells.items():
        said = HIDDEN if cell in hidden.cells else format_number(count)
        yield (cell[0], *(part or ALL for part in cell[1:]), said)
