"""A whole made-up commune from a seed: villages, households, people, clans, units and their own points.

Nobody of it lives: every personal number begins with a province that does not exist. The shapes come from published
figures where there are any, and each file says which; everything made of it must say MẪU.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from densach.sample.answers import draw_answers
from densach.sample.kin import Kin, draw_household
from densach.sample.learning import draw_literacy, draw_school, draw_sheet
from densach.sample.model import SampleClan, SampleCommune, SampleHousehold, SamplePerson, SampleVillage
from densach.sample.names import NumberMaker, draw_family, draw_name, is_matrilineal
from densach.sample.units import make_units

# fmt: off
_VILLAGES = (
    "Đông Thượng", "Đông Hạ", "Đoài", "Đồng Lăng", "Bến Cũ", "Cầu Đá", "Chợ Chiều", "Giếng Ngọc", "Gò Vừng", "Nghè",
    "Hạ Đồng", "Lũng Sim", "Lò Gạch", "Ngòi Trong", "Phú Nhiêu", "Quán Lá", "Soi Mới", "Thượng Đồng", "Trại Ổi", "Vạn",
)
# fmt: on
_MINORITY_VILLAGES = (9, 13)
_REGISTER_PER_CENT = 83  # Long Thành Trung 2017: 4,035 of 4,843 households registered (rubrics, section 4)
_CLANS_REGISTER_PER_CENT = 78
_CLAN_SIZES = (30, 110)
_SMALLEST_CLAN = 10


def make_commune(seed: int, *, households: int = 5000, year: int = 2025, minority: str = "muong") -> SampleCommune:
    """The commune of a seed at the end of a year; `minority` is the group of two of its twenty villages.

    Raises ValueError for a group whose children take the mother's name: its homes are not modelled here.
    """
    if is_matrilineal(minority):
        raise ValueError(f"homes of the group {minority} are not modelled")
    villages = tuple(_villages(minority))
    homes = tuple(_households(seed, villages, households, year))
    people = [person for home in homes for person in home.people]
    return SampleCommune(
        seed=seed,
        year=year,
        villages=villages,
        households=homes,
        clans=tuple(_clans(_stream(seed, "clans"), homes)),
        units=tuple(make_units(_stream(seed, "units"), people, year)),
        answers=tuple(draw_answers(_stream(seed, "answers"), people)),
    )


def _stream(seed: int, subject: str) -> Random:
    """Chance of its own for each subject, so that a change in one leaves the others as they were."""
    return Random(f"{seed}:{subject}")  # noqa: S311  - made-up people need no secret


def _villages(minority: str) -> Iterator[SampleVillage]:
    for number, name in enumerate(_VILLAGES):
        group = minority if number in _MINORITY_VILLAGES else "kinh"
        yield SampleVillage(f"T{number + 1:02}", f"Thôn {name}", group)


def _households(seed: int, villages: Sequence[SampleVillage], count: int, year: int) -> Iterator[SampleHousehold]:
    random = _stream(seed, "households")
    naming = _Naming(_stream(seed, "names"), _stream(seed, "numbers"), year)
    sizes = [random.randrange(60, 140) for _ in villages]
    homes = sorted(random.choices(range(len(villages)), weights=sizes, k=count))
    for number, place in enumerate(homes, start=1):
        village = villages[place]
        kin = draw_household(random, date(year, 12, 31))
        code = f"H{number:05}"
        family = naming.family(village.group)
        yield SampleHousehold(
            code=code,
            village=village.code,
            family=family,
            people=tuple(naming.people(code, kin, family, village.group)),
            is_permanent=random.randrange(100) < 96,
            registered=random.randrange(100) < _REGISTER_PER_CENT,
        )


class _Naming:
    """Gives the members of a household their names, numbers, school and work."""

    def __init__(self, names: Random, numbers: Random, year: int) -> None:
        self._random = names
        self._numbers = NumberMaker(numbers)
        self._year = year

    def family(self, group: str) -> str:
        """The name handed down in a household."""
        return draw_family(self._random, group)

    def people(self, household: str, kin: Sequence[Kin], own: str, group: str) -> Iterator[SamplePerson]:
        """The members with their names; who married in has another family name, and no two are called the same."""
        taken: set[str] = set()
        for place, member in enumerate(kin, start=1):
            family = own if member.line == "own" else self._other_family(own, group)
            name = self._name(family, member, group, taken)
            taken.add(name)
            yield self._person(f"{household}-{place}", household, member, (family, name, group))

    def _other_family(self, own: str, group: str) -> str:
        while (family := draw_family(self._random, group)) == own:
            pass
        return family

    def _name(self, family: str, member: Kin, group: str, taken: set[str]) -> str:
        while (name := draw_name(self._random, family, member.sex, member.birth_date.year, group)) in taken:
            pass
        return name

    def _person(self, person: str, household: str, member: Kin, called: tuple[str, str, str]) -> SamplePerson:
        family, name, group = called
        age = self._year - member.birth_date.year  # whole years on the last day of the year
        school = draw_school(self._random, age)
        return SamplePerson(
            id=person,
            household=household,
            relation=member.relation,
            full_name=name,
            family=family,
            sex=member.sex,
            birth_date=member.birth_date,
            group=group,
            personal_number=self._number(member, age),
            literacy=draw_literacy(self._random, age),
            at_school=school,
            sheet=draw_sheet(self._random, age, school),
        )

    def _number(self, member: Kin, age: int) -> str | None:
        """Some small children have no number yet."""
        number = self._numbers.draw(member.sex, member.birth_date.year)
        return None if age < 6 and self._random.randrange(100) < 4 else number


def _clans(random: Random, homes: Sequence[SampleHousehold]) -> Iterator[SampleClan]:
    """Households of one name near each other, up to some dozens together; the leftovers belong to no clan."""
    by_family: dict[str, list[str]] = defaultdict(list)
    for home in homes:
        by_family[home.family].append(home.code)
    number = 0
    for family, codes in by_family.items():
        branches = _branches(random, codes)
        for place, branch in enumerate(branches, start=1):
            number += 1
            name = f"Dòng họ {family} chi {place}" if len(branches) > 1 else f"Dòng họ {family}"
            registered = random.randrange(100) < _CLANS_REGISTER_PER_CENT
            yield SampleClan(f"DH{number:03}", name, family, tuple(branch), registered)


def _branches(random: Random, codes: list[str]) -> list[list[str]]:
    branches: list[list[str]] = []
    start = 0
    while len(codes) - start >= _SMALLEST_CLAN:
        end = start + random.randrange(*_CLAN_SIZES)
        branches.append([code for code in codes[start:end] if random.randrange(100) < 85])
        start = end
    return [branch for branch in branches if len(branch) >= _SMALLEST_CLAN]
