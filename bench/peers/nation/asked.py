"""What the hand-written queries are asked, and how each answers: seconds, processor time, memory, the hash of its rows.

Adults are judged by ten scores from 0 to 10: at least 80 points together and none below 5. A score not given may be
anything, so a verdict is met, unmet or unknown. A family is met where at least 60 % of its adults are; the share is a
parameter of this bench and no rule. Asked is one row a commune: its adults and its families by verdict.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time

SCORES = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")
COLUMNS = ("household", "commune", "age", *SCORES)
ADULT, MOST, FLOOR, PASSING = 18, 10, 5, 80
SHARE = 60  # percent of a family's adults

Row = Sequence[int]


def parts(folder: Path) -> list[Path]:
    """The files of the citizens; a household and a commune stand whole in one of them."""
    return sorted((folder / "citizens").rglob("*.parquet"))


def report(answer: Callable[[], Iterable[Row]]) -> None:
    """Ask once and print what it took."""
    start, worked = perf_counter(), process_time()
    rows = sorted(tuple(map(int, row)) for row in answer())
    seconds, cpu = perf_counter() - start, process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    digest = sha256(json.dumps(rows).encode()).hexdigest()
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "rows": len(rows), "digest": digest}))
