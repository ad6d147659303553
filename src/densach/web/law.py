"""The law as this process has opened it: once, because its files do not change under a running server."""

from __future__ import annotations

from functools import cache

from densach.policy.library import Library, open_library
from densach.rules.judging import Judge


@cache
def law() -> Library:
    """The published national law; the pages of the public never show the fictional pack."""
    return open_library()


@cache
def law_of(packs: str) -> Library:
    """The law that a round goes by, its packs between commas; a made-up round may go by the fictional pack too."""
    return law() if packs == "vn" else open_library(tuple(packs.split(",")))


@cache
def judge_of(rubric_id: str) -> Judge:
    """The judge of a rubric as it stands now; refused (P120) for an id that is not there."""
    effective = law().rubric(rubric_id)
    return Judge(effective.rubric, effective.sources)
