"""How made-up citizens score themselves, in the shape of what Hải Dương reported for 2023-24.

Achieved of registered there: farmers 43.4 %, workers 64.7 %, officials and managers 86.7 % (baohaiduong.vn 386832,
secondary). Of pupils and students nothing was reported; their share is made up. Achieving is 80 points and no
indicator below 5; foreign language (B2) and computers (B1) are what most who miss it fall short of (inferred).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from densach.sample.model import INDICATORS, SampleAnswers, SamplePerson, SheetGroup

ACHIEVE_PER_MILLE: dict[SheetGroup, int] = {"farmers": 434, "workers": 647, "officials": 867, "learners": 800}
REGISTER_PER_CENT: dict[SheetGroup, int] = {"farmers": 58, "workers": 66, "officials": 96, "learners": 80}
INCOMPLETE_PER_CENT = 7
PASS, FLOOR, MOST = 80, 5, 10


def draw_answers(random: Random, people: Iterable[SamplePerson]) -> Iterator[SampleAnswers]:
    """The sheets of those who registered; some leave one to three questions open."""
    for person in people:
        if person.sheet and random.randrange(100) < REGISTER_PER_CENT[person.sheet]:
            points = dict(zip(INDICATORS, _points(random, person.sheet), strict=True))
            open_questions = random.sample(INDICATORS, _how_many_open(random))
            yield SampleAnswers(person.id, person.sheet, points | dict.fromkeys(open_questions))


def _how_many_open(random: Random) -> int:
    return random.randint(1, 3) if random.randrange(100) < INCOMPLETE_PER_CENT else 0


def _points(random: Random, group: SheetGroup) -> list[int]:
    if random.randrange(1000) < ACHIEVE_PER_MILLE[group]:
        return _enough(random)
    return _below_the_floor(random) if random.randrange(100) < 60 else _too_few(random)


def _enough(random: Random) -> list[int]:
    points = [random.randrange(7, MOST + 1) for _ in INDICATORS]
    points[INDICATORS.index("b2")] = random.randrange(FLOOR, 9)
    while sum(points) < PASS:
        place = random.randrange(len(points))
        points[place] = min(points[place] + 1, MOST)
    return points


def _below_the_floor(random: Random) -> list[int]:
    points = [random.randrange(6, MOST + 1) for _ in INDICATORS]
    points[INDICATORS.index("b2")] = random.randrange(FLOOR)
    if random.randrange(100) < 40:
        points[INDICATORS.index("b1")] = random.randrange(FLOOR)
    return points


def _too_few(random: Random) -> list[int]:
    points = [random.randrange(FLOOR, 9) for _ in INDICATORS]
    while sum(points) >= PASS:
        place = random.randrange(len(points))
        points[place] = max(points[place] - 1, FLOOR)
    return points
