"""One subject with all its reasons and a sealed receipt: ours, plain Python without any (the floor), OpenFisca.

All three judge the same 10,000 subjects; their verdicts must be equal. Prints medians and ratios of one run.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from densach.rules.receipt import canonical, seal
from padded import Subject, padded_judge, random_subjects
from peering import ask_openfisca
from plain import verdict

SUBJECTS = 10_000
AIM_MS = 0.2


def main() -> None:
    judge = padded_judge()
    names = [fact.id for fact in judge.rubric.facts]
    subjects = random_subjects(judge, SUBJECTS)

    def ours(facts: Subject) -> str:
        judgement = judge.judge(facts)
        canonical(seal(judge, facts, judgement, subject="p-1"))
        return judgement.verdict

    peer = ask_openfisca(subjects)
    timed: dict[str, list[tuple[str, float]]] = {
        "ours, findings and sealed receipt": _time(ours, subjects),
        "ours, findings only": _time(lambda facts: judge.judge(facts).verdict, subjects),
        "plain Python, verdict only (floor)": _time(lambda facts: verdict(names, facts), subjects),
        "OpenFisca, trace on": [(told, seconds) for told, seconds in peer],
    }
    _check_equal(timed)
    _print(timed)


def _time(judge: Callable[[Subject], Any], subjects: list[Subject]) -> list[tuple[str, float]]:
    found = []
    for facts in subjects:
        start = perf_counter()
        told = judge(facts)
        found.append((told, perf_counter() - start))
    return found


def _check_equal(timed: dict[str, list[tuple[str, float]]]) -> None:
    verdicts = {name: [told for told, _ in found] for name, found in timed.items()}
    first = next(iter(verdicts.values()))
    different = [name for name, told in verdicts.items() if told != first]
    if different:
        raise SystemExit(f"verdicts differ: {', '.join(different)}")
    counts = {told: first.count(told) for told in sorted(set(first))}
    print(f"equal verdicts on {len(first):,} subjects: {counts}")


def _print(timed: dict[str, list[tuple[str, float]]]) -> None:
    medians = {name: median(seconds for _, seconds in found) for name, found in timed.items()}
    ours = next(iter(medians.values()))
    for name, seconds in medians.items():
        print(f"{name:40}{seconds * 1e3:9.4f} ms   {seconds / ours:8.2f} x ours")
    print(f"aim: {AIM_MS} ms; reached: {ours * 1e3 <= AIM_MS}")


if __name__ == "__main__":
    main()
