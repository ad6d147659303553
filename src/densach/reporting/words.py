"""Verdicts in the words of a list: short reasons with their article, and what to find out or do next."""

from __future__ import annotations

from densach.policy.library import Library
from densach.rules.asking import Question
from densach.rules.judging import Judgement
from densach.rules.lowering import indicators_of
from densach.rules.model import Rubric
from densach.rules.saying import Titles, cite_text, say_finding, say_question

REASON_FOR_ALL = "Các chỉ tiêu áp dụng đều đạt"
TEXT_UNREAD = "Chưa đọc được bộ tiêu chí"
POINTS_SHORT = "Tổng điểm chưa tới mức cần"


def document_titles(library: Library) -> Titles:
    """How documents are cited: kind and number, by id."""
    return {document.id: f"{document.kind_vi} {document.number}" for document in library.documents.values()}


def reasons(rubric: Rubric, judgement: Judgement, titles: Titles) -> str:
    """Why the verdict is what it is, each line with its article."""
    if not judgement.findings:
        return f"{TEXT_UNREAD} ({cite_text(rubric.cites, titles)})."
    if judgement.verdict in {"met", "not_applicable"}:
        return f"{REASON_FOR_ALL} ({cite_text(rubric.cites, titles)})."
    lines = [
        say_finding(indicator, finding, rubric, titles, "vi")
        for (_, indicator), finding in zip(indicators_of(rubric), judgement.findings, strict=True)
        if finding.verdict in {"unmet", "unknown"}
    ]
    return "\n".join(lines or [_points_short(rubric, judgement, titles)])


def _points_short(rubric: Rubric, judgement: Judgement, titles: Titles) -> str:
    needed = [level for level in rubric.levels if level.passes and level.at_least is not None]
    least = min((str(level.at_least.value) for level in needed if level.at_least), default="")
    cites = needed[0].cites if needed else rubric.cites
    return f"{POINTS_SHORT}: {points_text(judgement)} điểm, cần {least} ({cite_text(cites, titles)})."


def question_text(question: Question, titles: Titles) -> str:
    """A question or step as one sentence."""
    return say_question(question, titles, "vi")


def level_name(rubric: Rubric, judgement: Judgement) -> str:
    """The name of the level reached, or nothing."""
    names = {level.id: level.name_vi for level in rubric.levels}
    return names.get(judgement.level, "") if judgement.level is not None else ""


def points_text(judgement: Judgement) -> str:
    """The points as one number, or as the interval over all completions."""
    points = judgement.points
    if points is None:
        return ""
    if points.high is None:
        return f"từ {points.low}"
    return str(points.low) if points.low == points.high else f"{points.low}–{points.high}"
