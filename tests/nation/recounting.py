"""A country judged again one subject at a time, in plain Python, from the files of its people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from densach.nation.folder import files_of
from densach.nation.titles import BY_NAME, Chain
from densach.rules.counting import Measure
from densach.rules.judging import Judge, Judgement
from densach.rules.lowering import highest

Row = dict[str, Any]
Reasons = Counter[tuple[str, int, str, str, str]]


def rows_of(folder: Path, name: str) -> list[Row]:
    return pl.concat(pl.read_parquet(file, hive_partitioning=False) for file in files_of(folder, name)).to_dicts()


@dataclass
class Recount:
    """Judgements by level and key, and how many subjects of a commune each reason kept from being met."""

    folder: Path
    chain: Chain
    judged: dict[str, dict[int, Judgement]] = field(default_factory=lambda: defaultdict(dict))
    reasons: Reasons = field(default_factory=Counter)
    _verdicts: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = rows_of(self.folder, "citizens")
        self.homes = {row["household"]: row for row in rows_of(self.folder, "households")}
        for person in self.people:
            if person["age"] >= 18:
                self._judge("citizens", person, {})
        self._groups("families", [*self.homes.values()], lambda row: ("household", row["household"]))
        self._groups("units", rows_of(self.folder, "units"), lambda row: ("unit", row["unit"]))
        for name, key in (("clans", "clan"), ("villages", "village")):
            self._groups(name, rows_of(self.folder, name), lambda row, key=key: (key, row[key]))
        communes = rows_of(self.folder, "communes")
        self._groups("literacy", [row | {"subject_kind": "commune"} for row in communes], _commune)
        self._groups("communes", communes, _commune)

    def _groups(self, level: str, rows: Iterable[Row], place: Any) -> None:
        members = self._members(rows, place)
        for row, inside in members:
            counts = {name: self._count(one, *inside) for name, one in self.chain.measures[level].items()}
            self._judge(level, row, {name: count for name, count in counts.items() if count is not None})

    def _members(self, rows: Iterable[Row], place: Any) -> list[tuple[Row, tuple[list[Row], list[Row], int | None]]]:
        """Each row with its people, its households and, for a commune, its code."""
        rows = [*rows]
        kind = place(rows[0])[0]
        people, homes = defaultdict(list), defaultdict(list)
        for person in self.people:
            people[person[kind] if kind in person else self.homes[person["household"]][kind]].append(person)
        for home in self.homes.values():
            homes[home.get(kind)].append(home)
        keys = [place(row)[1] for row in rows]
        return [
            (row, (people[key], homes[key], key if kind == "commune" else None))
            for row, key in zip(rows, keys, strict=True)
        ]

    def _count(
        self, measure: Measure, people: list[Row], homes: list[Row], commune: int | None
    ) -> tuple[int, int] | None:
        match measure.population:
            case "families":
                verdicts: list[str] = [self.judged["families"][home["household"]].verdict for home in homes]
            case "clans" | "villages" | "units" as children:
                verdicts = self._by_commune(children).get(commune or 0, [])
            case _:
                return self._people(measure, people)
        return _split(verdicts) if measure.held else (len(verdicts), len(verdicts))

    def _by_commune(self, level: str) -> dict[int, list[str]]:
        """The verdicts of a level in each commune, counted once: the level is judged before it is asked for."""
        if level not in self._verdicts:
            found = self._verdicts[level] = defaultdict(list)
            for key, judgement in self.judged[level].items():
                found[key // 10_000].append(judgement.verdict)
        return self._verdicts[level]

    def _people(self, measure: Measure, people: list[Row]) -> tuple[int, int] | None:
        low, high = measure.ages or ((18, 200) if measure.population in {"adults", "members"} else (0, 200))
        inside = [person for person in people if low <= person["age"] <= high]
        if measure.literacy is not None:
            known = [person["literacy"] for person in inside]
            surely = sum(level is not None and level >= measure.literacy for level in known)
            return surely, surely + sum(level is None for level in known)
        if measure.held is None:
            return len(inside), len(inside)
        return _split(self.judged["citizens"][person["citizen"]].verdict for person in inside if person["age"] >= 18)

    def _judge(self, level: str, row: Row, counts: Mapping[str, tuple[int, int]]) -> None:
        judge = self.chain.judges[level]
        given = {fact.id: row[fact.id] for fact in judge.rubric.facts if fact.id in row}
        facts = given | {
            fact.id: tuple(max(fact.low, min(end, highest(fact))) for end in counts[fact.id])
            for fact in judge.rubric.facts
            if fact.id in counts
        }
        judgement = judge.judge(facts)
        self.judged[level][row[BY_NAME[level].key]] = judgement
        for reason in _reasons(judge, judgement):
            self.reasons[level, row["commune"], *reason] += 1


def _commune(row: Row) -> tuple[str, int]:
    return "commune", row["commune"]


def _split(verdicts: Iterable[str]) -> tuple[int, int]:
    counted = Counter(verdicts)
    return counted["met"], counted["met"] + counted["unknown"]


def _reasons(judge: Judge, judgement: Judgement) -> set[tuple[str, str, str]]:
    if judgement.verdict == "unknown":
        missing: set[tuple[str, str, str]] = {
            ("unknown", one.kind, one.id) for finding in judgement.findings for one in finding.missing
        }
        return missing if judgement.findings else {("unknown", "law", "criteria")}
    if judgement.verdict == "unmet":
        missed = {("unmet", "indicator", one.id) for one in judgement.findings if one.verdict == "unmet"}
        rest = "total" if judge.rubric.style == "points" else "together"
        return missed or {("unmet", "indicator", rest)}
    return set()
