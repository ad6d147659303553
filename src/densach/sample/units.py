"""The units of a made-up commune: schools of each level, agencies, cooperatives, enterprises, and who is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from densach.sample.model import SamplePerson, SampleUnit, School, SheetGroup, UnitKind


@dataclass(frozen=True)
class _Kind:
    """Several units alike: whose members they are, which share of those in per mille all of them hold together."""

    title: str
    count: int
    kind: UnitKind
    group: SheetGroup
    per_mille: int
    teaches: School | None = None


_KINDS = (
    _Kind("Trường Mầm non số", 3, "school", "officials", 130, "preschool"),
    _Kind("Trường Tiểu học số", 3, "school", "officials", 180, "primary"),
    _Kind("Trường Trung học cơ sở số", 2, "school", "officials", 150, "lower_secondary"),
    _Kind("Trường Trung học phổ thông", 1, "school", "officials", 90, "upper_secondary"),
    _Kind("Trung tâm học tập cộng đồng xã", 1, "school", "officials", 10),
    _Kind("Ủy ban nhân dân xã", 1, "agency", "officials", 90),
    _Kind("Đảng ủy xã", 1, "agency", "officials", 30),
    _Kind("Ủy ban Mặt trận Tổ quốc Việt Nam xã", 1, "agency", "officials", 30),
    _Kind("Trung tâm Phục vụ hành chính công xã", 1, "agency", "officials", 20),
    _Kind("Trạm Y tế xã", 1, "agency", "officials", 30),
    _Kind("Bưu điện văn hóa xã", 1, "agency", "officials", 10),
    _Kind("Công an xã", 1, "armed_forces", "officials", 40),
    _Kind("Ban Chỉ huy Quân sự xã", 1, "armed_forces", "officials", 20),
    _Kind("Hội Khuyến học xã", 1, "other", "officials", 10),
    _Kind("Quỹ Tín dụng nhân dân xã", 1, "enterprise", "officials", 20),
    _Kind("Hợp tác xã Dịch vụ nông nghiệp số", 6, "enterprise", "farmers", 120),
    _Kind("Công ty May", 4, "enterprise", "workers", 260),
    _Kind("Công ty Cơ khí", 3, "enterprise", "workers", 90),
    _Kind("Công ty Vật liệu xây dựng", 2, "enterprise", "workers", 60),
    _Kind("Cơ sở Mộc", 3, "enterprise", "workers", 30),
    _Kind("Công ty Thực phẩm", 2, "enterprise", "workers", 60),
)
_REGISTER_PER_CENT = 85
_WORKING_AGES = range(18, 61)


def make_units(random: Random, people: Sequence[SamplePerson], year: int) -> Iterator[SampleUnit]:
    """All units for which there are people; nobody is a member of two."""
    pools = {group: _pool(random, people, group, year) for group in ("farmers", "workers", "officials")}
    sizes = {group: len(pool) for group, pool in pools.items()}
    places = [(kind, place) for kind in _KINDS for place in range(kind.count)]
    for number, (kind, place) in enumerate(places, start=1):
        share = sizes[kind.group] * kind.per_mille // (1000 * kind.count)
        if members := _take(pools[kind.group], max(share, 1)):
            yield SampleUnit(
                code=f"DV{number:02}",
                name=f"{kind.title} {place + 1}" if kind.count > 1 else kind.title,
                kind=kind.kind,
                members=members,
                learners=_learners(people, kind)[place :: kind.count],
                registered=random.randrange(100) < _REGISTER_PER_CENT,
            )


def _learners(people: Sequence[SamplePerson], kind: _Kind) -> tuple[str, ...]:
    """The pupils of all schools of a kind; children before school age are not counted as learners."""
    if kind.teaches in (None, "preschool"):
        return ()
    return tuple(person.id for person in people if person.at_school == kind.teaches)


def _take(pool: list[str], count: int) -> tuple[str, ...]:
    taken = tuple(pool[:count])
    del pool[:count]
    return taken


def _pool(random: Random, people: Sequence[SamplePerson], group: str, year: int) -> list[str]:
    pool = [person.id for person in people if person.sheet == group and year - person.birth_date.year in _WORKING_AGES]
    random.shuffle(pool)
    return pool
