"""The worked cases beside the rubrics, run through the engine."""

from __future__ import annotations

import pytest

from densach.policy.cases import Case
from densach.policy.library import open_library, read_cases
from densach.policy.running import run_case

PACKS: tuple[tuple[str, ...], ...] = (("vn",), ("vn", "demo"))
LIBRARIES = {packs: open_library(packs) for packs in PACKS}


def cases(packs: tuple[str, ...], pack: str) -> list[tuple[str, Case]]:
    return [(found.rubric, case) for path, found in read_cases(packs) if pack in path.parts for case in found.cases]


def run(packs: tuple[str, ...], rubric_id: str, case: Case) -> None:
    found = run_case(LIBRARIES[packs], rubric_id, case)
    assert found.holds, found


REAL = cases(("vn",), "vn")
MADE_UP = cases(("vn", "demo"), "demo")


@pytest.mark.parametrize(("rubric_id", "case"), REAL, ids=[f"{name}: {case.name}" for name, case in REAL])
def test_the_law_decides_as_a_jurist_would(rubric_id: str, case: Case) -> None:
    run(("vn",), rubric_id, case)


@pytest.mark.parametrize(("rubric_id", "case"), MADE_UP, ids=[f"{name}: {case.name}" for name, case in MADE_UP])
def test_the_fictional_law_decides_too(rubric_id: str, case: Case) -> None:
    run(("vn", "demo"), rubric_id, case)


def test_every_rubric_with_something_to_judge_has_cases() -> None:
    library = LIBRARIES["vn",]
    judged = {name for name, rubric in library.rubrics.items() if rubric.criteria}
    assert {name for name, _ in REAL} == judged
    assert {name for name, _ in MADE_UP} == {overlay.rubric for overlay in LIBRARIES["vn", "demo"].overlays.values()}
