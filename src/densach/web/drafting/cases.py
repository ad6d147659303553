"""The form that makes a worked case: the questions of the rubric, and the verdict that must follow by law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.http import urlencode

from densach.lawmaking.access import SeenText
from densach.lawmaking.checking import begins
from densach.policy.cases import Case, Expectation, PointSpan
from densach.policy.dates import earliest
from densach.policy.running import CaseRun, run_case
from densach.policy.viewing import in_language
from densach.problems import Refused, problem
from densach.rules.model import Rubric
from densach.web.filling import Filled
from densach.web.sentences import language
from densach.web.trying import SheetQuestion, questions_of, read_answers

VERDICTS = ("met", "unmet", "unknown", "not_applicable")
_MOST_POINTS = 1_000_000


@dataclass(frozen=True)
class CaseForm:
    """All of the form: the rubric of the day with its questions, none where it cannot be read; the case once whole."""

    form: Filled
    rubric: Rubric | None
    questions: tuple[SheetQuestion, ...]
    case: Case | None = None
    run: CaseRun | None = None

    @property
    def levels(self) -> list[tuple[str, str]]:
        """The levels of the rubric with their names."""
        found = self.rubric.levels if self.rubric else ()
        return [(str(level.id), in_language(level, "name", language())) for level in found]

    @property
    def is_wrong(self) -> bool:
        """Whether anything of it could not be taken."""
        return not self.form.is_whole or any(question.problem for question in self.questions)


def empty_case(seen: SeenText, form: Filled, today: date) -> CaseForm:
    """The form before anything is typed, on the first day of the text."""
    on = (seen.looked.text and begins(seen.looked.text)) or today
    form.typed = {"case_on": on.isoformat()}
    return _asking(form, _rubric_on(seen, on), {})


def opened_case(seen: SeenText, case: Case, today: date) -> CaseForm:
    """The form of a case that is written, run once; it can be changed so where its `case` says just the same."""
    expect, points = case.expect, case.expect.points
    given = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in case.given.items()}
    said = {"case_name": case.name, "case_on": case.on}
    must = {"must_verdict": expect.verdict or "", "must_level": "" if expect.level is None else str(expect.level)}
    if points is not None:
        must |= {"must_low": str(points.low), "must_high": "" if points.high is None else str(points.high)}
    return read_case(seen, Filled(QueryDict(urlencode(given | said | must))), today)


def read_case(seen: SeenText, form: Filled, today: date) -> CaseForm:
    """The case that was typed, run once; what cannot be taken stands beside its field."""
    given = {key: form.sent.get(key, "") for key in form.sent}
    name, on = form.text("case_name", most=200, needed=True), form.day("case_on", needed=True)
    rubric = _rubric_on(seen, on or today)
    form.one_of("must_verdict", dict.fromkeys(VERDICTS))
    expect = _expectation(form, rubric)
    asking = _asking(form, rubric, given)
    if asking.is_wrong or rubric is None or on is None or seen.looked.library is None:
        return asking
    facts = {key: value for key, value in read_answers(rubric, given)[0].items() if value is not None}
    case = Case(name=name, on=on.isoformat(), given=facts, expect=expect)
    return CaseForm(form, rubric, asking.questions, case, run_case(seen.looked.library, seen.looked.rubric_id, case))


def _asking(form: Filled, rubric: Rubric | None, given: Mapping[str, str]) -> CaseForm:
    if rubric is None:
        return CaseForm(form, None, ())
    problems = read_answers(rubric, given)[1]
    return CaseForm(form, rubric, tuple(questions_of(rubric, given, problems, language())))


def _rubric_on(seen: SeenText, on: date) -> Rubric | None:
    library = seen.looked.library
    if library is None:
        return None
    try:
        return library.rubric(seen.looked.rubric_id, earliest(on.isoformat())).rubric
    except Refused:
        return None


def _expectation(form: Filled, rubric: Rubric | None) -> Expectation:
    known = {str(level.id): level.id for level in rubric.levels} if rubric else {}
    level = form.one_of("must_level", {"": None, **known})
    verdict = form.typed["must_verdict"]
    low, high = form.text("must_low", most=7), form.text("must_high", most=7)
    if not _is_span(low, high):
        form.problems["must_low"] = problem("P237", "must_low")
    if not form.is_whole:
        return Expectation()
    points = PointSpan(low=int(low), high=int(high) if high else None) if low else None
    return Expectation(verdict=verdict, level=known.get(level), points=points)  # type: ignore[arg-type]  # one of those


def _is_span(low: str, high: str) -> bool:
    if not low:
        return not high
    numbers = [int(text) for text in (low, high) if text and text.isascii() and text.isdecimal()]
    return len(numbers) == 1 + bool(high) and numbers == sorted(numbers) and numbers[-1] <= _MOST_POINTS
