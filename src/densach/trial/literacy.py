"""The literacy standard of Decree 20/2014 from person to province, on made-up people: the one cascade read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from densach.assessing.run import judge_of
from densach.formats.vietnamese import format_number
from densach.policy.library import Library
from densach.rules.judging import Judge, Judgement
from densach.rules.sheet import Given
from densach.sample.commune import make_commune
from densach.sample.model import SamplePerson

RUBRIC = "xmc-nd20-2014"
DISTRICTS, COMMUNES, HOUSEHOLDS = 10, 10, 40
YEAR = 2024  # the last whole year with districts
Facts = dict[str, Given]
Ages = tuple[int, int]
WORDS = {"met": "đạt", "unmet": "chưa đạt", "unknown": "chưa xác định", "not_applicable": "không áp dụng"}


@dataclass(frozen=True)
class Unit:
    """A commune or district that was judged."""

    name: str
    judgement: Judgement

    def reaches(self, level: int) -> bool | None:
        """Whether it holds at least this level, as it was judged; None while that is unknown."""
        findings = (each for each in self.judgement.findings if _level_of(each.id) == level)
        verdicts = {finding.levels.get(level, finding.verdict) for finding in findings}
        return True if "met" in verdicts else None if "unknown" in verdicts else False


def literacy_story(library: Library) -> Iterator[str]:
    """Persons, communes, districts and a province, each judged by the decree, as lines of text marked MẪU."""
    judge = judge_of(library.rubric(RUBRIC))
    yield "MẪU – KHÔNG CÓ GIÁ TRỊ. Người và đơn vị đều hư cấu."
    districts = []
    for number in range(1, DISTRICTS + 1):
        communes = [_commune(judge, number, at) for at in range(1, COMMUNES + 1)]
        yield from (f"  {line}" for unit, lines in communes for line in lines if unit)
        district = Unit(f"Huyện MẪU {number}", _parent(judge, "district", "communes", [unit for unit, _ in communes]))
        districts.append(district)
        yield _sentence(district)
    yield _sentence(Unit("Tỉnh MẪU", _parent(judge, "province", "districts", districts)))


def _commune(judge: Judge, district: int, at: int) -> tuple[Unit, list[str]]:
    people = make_commune(100 * district + at, households=HOUSEHOLDS, year=YEAR).people
    levels = {person.id: _person_level(judge, person) for person in people}
    facts: Facts = {"subject_kind": "commune", "especially_difficult": False}
    facts |= _band(people, levels, "15_35", (15, 35), 1) | _band(people, levels, "15_60", (15, 60), 2)
    unit = Unit(f"Xã MẪU {district}.{at}", judge.judge(facts))
    counts = ", ".join(f"{name} {_number(value)}" for name, value in facts.items() if type(value) in {int, tuple})
    return unit, [f"{_sentence(unit)} ({counts})"]


def _person_level(judge: Judge, person: SamplePerson) -> int | None:
    """The level of one person by the decree; None where nobody recorded what the person finished."""
    if person.literacy is None:
        return None
    finished = {"finished_stage_1": person.literacy >= 1, "finished_stage_2": person.literacy >= 2}
    judgement = judge.judge({"subject_kind": "person", **finished})
    return int(judgement.level) if judgement.level is not None else 0


def _band(people: Iterable[SamplePerson], levels: dict[str, int | None], name: str, ages: Ages, level: int) -> Facts:
    """How many of an age band there are, and how many hold a level: who was not recorded holds it perhaps."""
    inside = [person for person in people if ages[0] <= YEAR - person.birth_date.year <= ages[1]]
    known = [levels[person.id] for person in inside]
    return {
        f"persons_{name}": len(inside),
        f"literate{level}_{name}": _between([None if each is None else each >= level for each in known]),
    }


def _parent(judge: Judge, kind: str, children: str, units: list[Unit]) -> Judgement:
    facts: Facts = {"subject_kind": kind, children: len(units)}
    for level in (1, 2):
        facts[f"{children}_level_{level}"] = _between([unit.reaches(level) for unit in units])
    return judge.judge(facts)


def _between(holds: list[bool | None]) -> Given:
    """So many surely and so many at the most; one number where nothing is open."""
    sure, perhaps = holds.count(True), holds.count(None)
    return (sure, sure + perhaps) if perhaps else sure


def _number(value: Given) -> str:
    ends = value if isinstance(value, tuple) else (int(value or 0),)
    return "–".join(format_number(end) for end in ends)


def _level_of(finding_id: str) -> int:
    return int(finding_id.partition(".")[2][:1] or 0)


def _sentence(unit: Unit) -> str:
    verdict = WORDS[unit.judgement.verdict]
    level = f" mức độ {unit.judgement.level}" if unit.judgement.level is not None else ""
    return f"{unit.name}: {verdict}{level}"
