"""Judges the subjects of a JSON file one by one with the trace on; prints verdicts and seconds as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy
from openfisca_core.simulations import SimulationBuilder
from rubric import NAMES, build_system

PERIOD, RUNS = "2026", 5
SYSTEM = build_system()
ASKED = ["verdict", "total_low", "total_high", *(f"{name}_finding" for name in NAMES)]


def judge(facts: dict[str, int]) -> str:
    """One subject, traced: verdict, points and every finding."""
    simulation = SimulationBuilder().build_default_simulation(SYSTEM, count=1)
    simulation.trace = True
    for name, score in facts.items():
        simulation.set_input(name, PERIOD, numpy.array([score]))
    results = {asked: simulation.calculate(asked, PERIOD) for asked in ASKED}
    simulation.tracer.computation_log  # noqa: B018  - the trace is made readable, as our findings are
    return str(results["verdict"].decode_to_str()[0])


def timed(facts: dict[str, int]) -> tuple[str, float]:
    start = perf_counter()
    verdict = judge(facts)
    return verdict, perf_counter() - start


def judge_many(columns: dict[str, list[int]]) -> tuple[list[str], float]:
    """Many subjects at once without trace, as OpenFisca is at its fastest; the median of some runs."""
    arrays = {name: numpy.array(column) for name, column in columns.items()}
    runs = [_judge_arrays(arrays) for _ in range(RUNS)]
    return [str(one) for one in runs[0][0].decode_to_str()], median(seconds for _, seconds in runs)


def _judge_arrays(arrays: dict[str, numpy.ndarray]) -> tuple[Any, float]:
    start = perf_counter()
    simulation = SimulationBuilder().build_default_simulation(SYSTEM, count=len(arrays[NAMES[0]]))
    for name, column in arrays.items():
        simulation.set_input(name, PERIOD, column)
    results = [simulation.calculate(asked, PERIOD) for asked in ("verdict", "total_low", "total_high")]
    return results[0], perf_counter() - start


def main() -> None:
    subjects = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    found = judge_many(subjects) if isinstance(subjects, dict) else [timed(facts) for facts in subjects]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
