"""Trying a rubric: the sheet as questions, the answers as facts, the judgement in words. Nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from densach.policy.viewing import Said, in_language
from densach.problems import Language, Problem, Refused, problem
from densach.rules.asking import Question, ask
from densach.rules.judging import Finding, Judge, Judgement, Points, facts_of
from densach.rules.lowering import highest, indicators_of
from densach.rules.model import Criterion, Fact, Indicator, Rubric
from densach.rules.sheet import Answer, Facts
from densach.rules.verdicts import Verdict

LARGEST_SHOWN = 10**9  # a count without a bound of its own is not told its technical one
_NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,12}")
Answers = Mapping[str, str]


@dataclass(frozen=True)
class SheetQuestion:
    """One question of the sheet: what asks it, what may be answered, what was answered, and what is wrong with that."""

    fact: Fact
    indicator: str
    title: str
    heading: str
    asks: Said
    proof: str
    base: str
    most: int | None
    given: str
    problem: Problem | None


@dataclass(frozen=True)
class Row:
    """What came out for one indicator, and what keeps it open."""

    id: str
    said: Said
    verdict: Verdict
    points: Points | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """The verdict of a trial with all that a reader needs: each indicator, what is missing, what would help."""

    verdict: Verdict
    level: str
    points: Points | None
    total: int | None
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Trial:
    """The sheet as it stands, and its outcome once it was sent without a mistake."""

    questions: tuple[SheetQuestion, ...]
    outcome: Outcome | None

    @property
    def has_problems(self) -> bool:
        """Whether some answer could not be taken."""
        return any(question.problem for question in self.questions)


def empty_trial(judge: Judge, lang: Language) -> Trial:
    """The sheet before anything was answered."""
    return Trial(tuple(questions_of(judge.rubric, {}, {}, lang)), None)


def try_out(judge: Judge, given: Answers, lang: Language) -> Trial:
    """Judge what was answered; where an answer cannot be taken its problem stands beside it and nothing is judged."""
    facts, problems = read_answers(judge.rubric, given)
    outcome = None
    try:
        outcome = None if problems else outcome_of(judge, facts, lang)
    except Refused as refused:
        problems = {each.where: each for each in refused.problems}
    return Trial(tuple(questions_of(judge.rubric, given, problems, lang)), outcome)


def read_answers(rubric: Rubric, given: Answers) -> tuple[dict[str, Answer], dict[str, Problem]]:
    """The facts that were answered, and by fact what could not be read; an empty answer is one that is not known."""
    facts: dict[str, Answer] = {}
    problems: dict[str, Problem] = {}
    for fact in rubric.facts:
        text = given.get(fact.id, "").strip()
        if not text:
            continue
        answer = _answer(fact, text)
        if answer is None:
            problems[fact.id] = problem("H120", fact.id, value=text[:20])
        else:
            facts[fact.id] = answer
    return facts, problems


def _answer(fact: Fact, text: str) -> Answer:
    if fact.kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if fact.kind in {"choice", "ordinal"}:
        return text if text in fact.choices else None
    return int(re.sub("[. ]", "", text)) if text.isascii() and _NUMBER.fullmatch(text) else None


def questions_of(
    rubric: Rubric, given: Answers, problems: Mapping[str, Problem], lang: Language
) -> Iterator[SheetQuestion]:
    """The questions of a sheet in its order, with what was answered and what is wrong with it."""
    titles = {fact.id: in_language(fact, "title", lang) for fact in rubric.facts}
    for fact in rubric.facts:
        criterion, indicator = _asked_by(rubric, fact)
        text = in_language(indicator, "text", lang) if indicator else ""
        repeats = titles[fact.id].casefold().startswith(text.casefold())
        said = Said("" if repeats else text, indicator.mark, indicator.cites) if indicator else Said("")
        yield SheetQuestion(
            fact=fact,
            indicator=indicator.id if indicator else "",
            title=titles[fact.id],
            heading=in_language(criterion, "title", lang) if criterion else "",
            asks=said,
            proof=in_language(fact, "proof", lang),
            base=titles.get(fact.part_of or "", ""),
            most=most if (most := highest(fact)) < LARGEST_SHOWN else None,
            given=given.get(fact.id, "").strip(),
            problem=problems.get(fact.id),
        )


def _asked_by(rubric: Rubric, fact: Fact) -> tuple[Criterion | None, Indicator | None]:
    """The first place of the rubric that looks at a fact."""
    looking = ((c, i) for c, i in indicators_of(rubric) if fact.id in facts_of(i))
    return next(looking, (None, None))


def outcome_of(judge: Judge, facts: Facts, lang: Language) -> Outcome:
    """What a rubric says of some facts, in words."""
    judgement = judge.judge(facts)
    rubric = judge.rubric
    return Outcome(
        verdict=judgement.verdict,
        level=next((in_language(one, "name", lang) for one in rubric.levels if one.id == judgement.level), ""),
        points=judgement.points,
        total=rubric.total if isinstance(rubric.total, int) else None,
        rows=tuple(_rows(rubric, judgement, lang)),
        questions=ask(judge, facts, judgement),
    )


def _rows(rubric: Rubric, judgement: Judgement, lang: Language) -> Iterator[Row]:
    titles = {fact.id: in_language(fact, "title", lang) for fact in rubric.facts}
    for (criterion, indicator), finding in zip(indicators_of(rubric), judgement.findings, strict=True):
        text = in_language(indicator, "text", lang) or in_language(criterion, "title", lang)
        said = Said(text, indicator.mark, indicator.cites)
        yield Row(finding.id, said, finding.verdict, finding.points, tuple(_missing(finding, titles)))


def _missing(finding: Finding, titles: Mapping[str, str]) -> Iterator[str]:
    """The questions not answered yet; a text that was not read is told by the questions of the outcome."""
    for missing in finding.missing:
        if missing.kind == "fact":
            yield titles[missing.id]
