"""The law as the pages show it: what comes with the product, and what was published at the lawyer's desk.

Within one request it is asked for once, so that a page speaks of one law and asks the database once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from densach.assessing.models import Round
from densach.authority.access import Viewer
from densach.lawmaking.queries import codes_around
from densach.lawmaking.standing import Standing, standing_law
from densach.policy.library import Library
from densach.rules.judging import Judge
from densach.web.asking import today

_REQUEST: ContextVar[dict[str, Standing] | None] = ContextVar("law", default=None)


@contextmanager
def one_law() -> Iterator[None]:
    """For as long as one request takes, the law is what it was when it was first asked for."""
    token = _REQUEST.set({})
    try:
        yield
    finally:
        _REQUEST.reset(token)


def standing(packs: str = "vn") -> Standing:
    """The law of some packs, named between commas, with what was published of it at the desk."""
    opened = _REQUEST.get()
    if opened is None:
        return standing_law(packs.split(","), today())
    if packs not in opened:
        opened[packs] = standing_law(packs.split(","), today())
    return opened[packs]


def law() -> Library:
    """The real law; the pages of the public never show the fictional pack."""
    return standing().library


def law_of(packs: str) -> Library:
    """The law that a round goes by, its packs between commas; a made-up round may go by the fictional pack too."""
    return standing(packs).library


def law_of_round(round_: Round, viewer: Viewer) -> Library:
    """The law that the round of a viewer's commune goes by, as it is read there."""
    assert viewer.where is not None  # noqa: S101  - `own_round` lets nobody else in
    return law_of(round_.packs).at(codes_around(viewer.where, viewer.today))


def judge_of(rubric_id: str) -> Judge:
    """The judge of a rubric as it stands now; refused (P120) for an id that is not there."""
    return _judge(rubric_id, law().rubric(rubric_id).sources)


@lru_cache(maxsize=64)
def _judge(rubric_id: str, sources: tuple[tuple[str, str], ...]) -> Judge:
    return Judge(law().rubric(rubric_id).rubric, sources)
