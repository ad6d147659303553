"""The floor: the padded rubric written by hand in plain Python, without findings, reasons or receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PASS, FLOOR, MOST = 160, 5, 10


def verdict(names: Sequence[str], facts: Mapping[str, int]) -> str:
    """Met, unmet or unknown, as anybody would write it who wants nothing else."""
    low = high = 0
    sure = possible = True
    for name in names:
        score = facts.get(name)
        if score is None:
            sure = False
            high += MOST
        else:
            low += score
            high += score
            if score < FLOOR:
                sure = possible = False
    if sure and low >= PASS:
        return "met"
    return "unknown" if possible and high >= PASS else "unmet"
