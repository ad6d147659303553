"""What made-up people learned and do: school by age, literacy by age, and the sheet they fill in."""

from __future__ import annotations

from random import Random

from densach.sample.model import School, SheetGroup

# Literate among people of 15 and older: 95.0 % in the whole country, Statistics Office, preliminary 2016.
# The table gives no ages; that most who cannot read are old is from memory [M].
_UNREAD_PER_MILLE = {35: 12, 60: 40, 200: 155}
_LEVEL_1_PER_MILLE = {35: 20, 60: 60, 200: 200}
_NOT_RECORDED_PER_MILLE = 20

# Per cent of an age group that goes to school [M].
_SCHOOLS: tuple[tuple[range, School, int], ...] = (
    (range(3, 6), "preschool", 93),
    (range(6, 11), "primary", 99),
    (range(11, 15), "lower_secondary", 97),
    (range(15, 18), "upper_secondary", 82),
    (range(18, 23), "beyond", 35),
)

# Work of a rural commune [M]; who no longer works keeps the sheet of the former work.
_WORK: tuple[SheetGroup, ...] = ("farmers", "workers", "officials")
_WORKING = (56, 35, 9)
_RETIRED = (84, 10, 6)


def draw_school(random: Random, age: int) -> School | None:
    """The school someone of that age goes to, if any."""
    for ages, school, per_cent in _SCHOOLS:
        if age in ages and random.randrange(100) < per_cent:
            return school
    return None


def draw_literacy(random: Random, age: int) -> int | None:
    """The level of literacy (NĐ 20/2014: 0, 1 or 2) from 15 years on; None is not recorded."""
    if age < 15 or random.randrange(1000) < _NOT_RECORDED_PER_MILLE:
        return None
    if random.randrange(1000) < _by_age(_UNREAD_PER_MILLE, age):
        return 0
    return 1 if random.randrange(1000) < _by_age(_LEVEL_1_PER_MILLE, age) else 2


def draw_sheet(random: Random, age: int, school: School | None) -> SheetGroup | None:
    """The citizen sheet of someone of 15 or older: learners first, then by work."""
    if age < 15:
        return None
    if school:
        return "learners"
    return random.choices(_WORK, weights=_WORKING if age < 60 else _RETIRED)[0]


def _by_age(shares: dict[int, int], age: int) -> int:
    return next(share for limit, share in shares.items() if age < limit)
