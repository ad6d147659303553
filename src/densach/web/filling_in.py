"""A sheet on the screen of whoever fills it in: its questions with what is written, and what was sent of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from densach.assessing.sheets.marks import counted_facts
from densach.assessing.sheets.models import Sheet
from densach.problems import Language, Problem, Refused, problem
from densach.rules.judging import Judge
from densach.rules.sheet import Answer
from densach.web.trying import SheetQuestion, questions_of, read_answers

LONGEST_SCALE = 10  # points that still stand side by side on a phone, each as large as a thumb


@dataclass(frozen=True)
class Written:
    """What a form sent for a sheet: the facts that differ from the draft, and by fact what could not be taken."""

    texts: Mapping[str, str]
    facts: Mapping[str, Answer]
    problems: Mapping[str, Problem]


@dataclass(frozen=True)
class Screen:
    """The sheet as it is shown. `theirs` is what somebody else wrote meanwhile, by fact, where that differs."""

    sheet: Sheet
    questions: tuple[SheetQuestion, ...]
    problems: tuple[Problem, ...] = ()
    theirs: Mapping[str, str] = field(default_factory=dict)


def read_written(judge: Judge, sheet: Sheet, sent: Mapping[str, str]) -> Written:
    """What was sent: a question that was not sent is left alone, and one that was sent empty is taken away."""
    counted = counted_facts(judge)
    asked = [fact.id for fact in judge.rubric.facts if fact.id in sent and fact.id not in counted]
    texts = {name: sent[name].strip() for name in asked}
    facts, problems = read_answers(judge.rubric, texts)
    answers: dict[str, Answer] = {name: facts.get(name) for name in asked if name not in problems}
    problems |= {} if problems else _contradictions(judge, {**sheet.draft, **answers})
    changed = {name: answer for name, answer in answers.items() if answer != sheet.draft.get(name)}
    return Written(texts, changed, problems)


def screen_of(judge: Judge, sheet: Sheet, lang: Language, written: Written | None = None) -> Screen:
    """The questions with what is on the sheet; what was typed stands over it, with its problems beside."""
    draft = texts_of(sheet.draft)
    typed = written.texts if written else {}
    problems = written.problems if written else {}
    counted = counted_facts(judge)
    questions = questions_of(judge.rubric, {**draft, **typed}, problems, lang)
    asked = tuple(question for question in questions if question.fact.id not in counted)
    return Screen(sheet, asked)


def screen_beside_others(judge: Judge, sheet: Sheet, lang: Language, written: Written) -> Screen:
    """The same where somebody else wrote first: what was typed is kept, and what they wrote stands beside it."""
    mine, draft = screen_of(judge, sheet, lang, written), texts_of(sheet.draft)
    theirs = {name: draft.get(name, "") for name, text in written.texts.items() if draft.get(name, "") != text}
    return Screen(sheet, mine.questions, (problem("K102", sheet.uid),), theirs)


def texts_of(draft: Mapping[str, Answer]) -> dict[str, str]:
    """The facts of a draft as a form shows them."""
    return {name: str(answer).lower() if isinstance(answer, bool) else str(answer) for name, answer in draft.items()}


def _contradictions(judge: Judge, facts: Mapping[str, Answer]) -> dict[str, Problem]:
    """What the sheet cannot take together, beside the question that says too much."""
    known = {name: answer for name, answer in facts.items() if name in judge.sheet.index}
    try:
        judge.sheet.bounds(known)
    except Refused as refusal:
        return {each.where: each for each in refusal.problems}
    return {}
