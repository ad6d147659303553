"""Who is named for the targets of a decision: with its source and mark, and nobody who was not seen in a text."""

from __future__ import annotations

from densach.policy.aims import aims
from densach.policy.charges import charges
from densach.policy.library import open_library


def test_only_documents_with_targets_have_somebody_named_and_nobody_is_an_owner() -> None:
    with_targets = {aim.document.id for aim in aims().values()}
    assert set(charges()) == {"qd1373-2021-ttg", "qd387-2022-ttg"}
    assert set(charges()) <= with_targets
    assert set(charges()) <= set(open_library().documents)


def test_what_is_from_memory_says_so_and_everything_else_has_a_source() -> None:
    named = [each for found in charges().values() for each in found]
    assert [(each.task, each.body_en) for each in named if each.mark == "memory"] == [
        ("leads", "Ministry of Education and Training")
    ]
    assert [each for each in named if each.mark != "memory" and not each.sources] == []
