"""The titles of a commune's year: which rubric each goes by on a day, and in which order they are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from densach.assessing.models import Kind
from densach.policy.library import Effective, Library
from densach.problems import Refused, problem
from densach.rules.counting import measures_of

LITERACY = "literacy"


@dataclass(frozen=True)
class Title:
    """One title that a commune's round judges: the model in our words, its key in law, and what holds it.

    `subject` is the kind of place, where the law gives one title to several kinds.
    """

    model: str
    key: str
    kind: Kind
    name_vi: str
    subject: str | None = None


TITLES = (
    Title("citizen", "citizen.qd677", Kind.PERSON, "Công dân học tập"),
    Title("family", "family.qd387", Kind.HOUSEHOLD, "Gia đình học tập"),
    Title("clan", "clan.qd387", Kind.CLAN, "Dòng họ học tập"),
    Title("village", "village.qd387", Kind.PLACE, "Cộng đồng học tập (thôn, tổ dân phố)"),
    Title("unit", "unit_commune.qd387", Kind.UNIT, "Đơn vị học tập"),
    Title(LITERACY, "literacy.nd20", Kind.PLACE, "Đạt chuẩn xóa mù chữ", subject="commune"),
    Title("commune", "commune.tt25", Kind.PLACE, "Cộng đồng học tập cấp xã"),
)
# Titles of Thông tư 24/2023 that a unit asks for by a State procedure, outside the commune's own round of judging.
PROCEDURES = (
    Title("unit", "unit_district.tt24", Kind.UNIT, "Đơn vị học tập cấp huyện"),
    Title("unit", "unit_province.tt24", Kind.UNIT, "Đơn vị học tập cấp tỉnh"),
)
BY_MODEL = {title.model: title for title in TITLES}
BY_KEY = {title.key: title for title in (*TITLES, *PROCEDURES)}
FORMER = (Title("commune", "commune.tt44", Kind.PLACE, "Cộng đồng học tập cấp xã"),)


def title_signed(library: Library, model: str, on: date) -> Title:
    """The title that an act signed on a day gives: an earlier one where the text of today was not in force yet."""
    earlier = (title for title in FORMER if title.model == model and _rubrics_on(library, title, on))
    return next(earlier, BY_MODEL[model])


def rubric_on(library: Library, title: Title, on: date, place: str | None = None) -> Effective:
    """The rubric by which a title is judged on a day at a place; refused (R101) where the policy holds none."""
    found = _rubrics_on(library, title, on)
    if len(found) != 1:
        raise Refused(problem("R101", title.key, title=title.name_vi, on=on.isoformat(), count=len(found)))
    return library.rubric(found[0], on, place)


def _rubrics_on(library: Library, title: Title, on: date) -> list[str]:
    rubrics = (rubric for rubric in library.rubrics.values() if rubric.title_key == title.key)
    return [rubric.id for rubric in rubrics if library.in_force(rubric, on) != "no"]


def in_order(rubrics: Mapping[str, Effective]) -> tuple[Title, ...]:
    """The titles with children before parents, as their rubrics count them; refused (R102) for a circle."""
    models = {title.key: title.model for title in TITLES}
    graph = {
        model: [models[m.title_key] for m in measures_of(effective.rubric).values() if m.title_key in models]
        for model, effective in rubrics.items()
    }
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise Refused(problem("R102", " → ".join(error.args[1]))) from error
    return tuple(BY_MODEL[model] for model in order)
