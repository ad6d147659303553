"""How the outcome of a trial is told."""

from __future__ import annotations

from django import template

from densach.policy.viewing import Said, in_language
from densach.rules.asking import Question
from densach.rules.judging import Points
from densach.rules.model import Rubric
from densach.web.sentences import language, say
from densach.web.trying import Outcome

register = template.Library()


@register.filter
def title(rubric: Rubric) -> str:
    """The name of a rubric in the language of the page."""
    return in_language(rubric, "title", language())


@register.filter
def points_of(points: Points, total: int | None) -> str:
    """Points, or the span they can still be in; with the total where the rubric has one."""
    if points.high is None:
        return say("try.points_from", low=points.low)
    exact = points.low == points.high
    if total is None:
        return say("try.points" if exact else "try.points_between", low=points.low, high=points.high)
    key = "try.points_of_all" if exact else "try.points_between_of_all"
    return say(key, low=points.low, high=points.high, total=total)


@register.filter
def strip_sentence(outcome: Outcome) -> str:
    """The strip of small marks as a sentence, for those who hear it."""
    return "; ".join(f"{row.id} {say(f'verdict.{row.verdict}')}" for row in outcome.rows) + "."


@register.filter
def questions_of(outcome: Outcome, kind: str) -> list[Question]:
    """The questions of one kind: steps, facts to find out, texts to read."""
    return [question for question in outcome.questions if question.kind == kind]


@register.filter
def asked_in_words(question: Question) -> str:
    """What to do, to find out or to read, as a sentence."""
    asked = in_language(question, "title", language()) or question.indicator
    if question.kind != "step":
        return say("try.fact" if question.kind == "fact" else "try.law", title=asked, id=question.id)
    if question.to is None:
        return say("try.step_open", title=asked)
    return say("try.step", title=asked, now=_answer(question.now), to=_answer(question.to))


@register.filter
def said_of(question: Question, outcome: Outcome) -> Said:
    """The article that asks it, as sure as the indicator that it stands in."""
    marks = {row.id: row.said.mark for row in outcome.rows}
    return Said(question.title_vi, marks.get(question.indicator, "unknown"), question.cites)


def _answer(value: bool | int | str | tuple[int, int] | None) -> object:
    if value is None:
        return say("try.not_answered")
    if isinstance(value, bool):
        return say("try.yes" if value else "try.no")
    return value
