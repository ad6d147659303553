"""One rubric as a jurist reads it: every sentence with its mark and its places, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from densach.formats.vietnamese import format_date
from densach.policy.coverage import Coverage, coverage
from densach.policy.dates import InForce, holds
from densach.policy.library import Library
from densach.policy.words import day, known, period, say
from densach.problems import Language
from densach.rules.model import (
    SUBJECTS,
    Cite,
    Criterion,
    Deadline,
    Fact,
    Indicator,
    Mark,
    Power,
    Rubric,
    Subject,
    Term,
    Threshold,
)


@dataclass(frozen=True)
class Said:
    """One sentence: how sure it is, where it stands, and what must be added; no mark where nothing is claimed."""

    text: str
    mark: Mark | None = None
    cites: tuple[Cite, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class IndicatorView:
    """One indicator: its words, how it is looked at and what is asked, and the notes on it."""

    id: str
    said: Said
    details: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class CriterionView:
    """One heading with its indicators; `points` is empty where the rubric gives none."""

    id: str
    points: str
    said: Said
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True)
class SectionView:
    """A named part of the page, by its key in `words`."""

    key: str
    heading: str
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class RubricView:
    """The whole page: what comes before the criteria, the criteria, and what follows them; no empty section."""

    id: str
    title: str
    rubric: Rubric
    fictional: bool
    state: Coverage
    head: tuple[Said, ...]
    levels: tuple[SectionView, ...]
    criteria: tuple[CriterionView, ...]
    sections: tuple[SectionView, ...]


def view_rubric(
    library: Library, rubric_id: str, on: date | None, lang: Language, *, questions: bool = False
) -> RubricView:
    """A rubric as it stands on a day. With `questions` it is told without ids: a fact by what it asks."""
    return _Viewer(library, rubric_id, on, lang, questions=questions).view()


@dataclass(frozen=True)
class RubricRow:
    """A rubric in a list: what it is for, when it holds, and how much of it is read."""

    id: str
    title: str
    subject: Subject
    title_key: str
    period: str
    in_force: InForce
    state: Coverage


def rubric_rows(library: Library, on: date, lang: Language) -> list[RubricRow]:
    """All rubrics in the order of their subjects, the newest of each first."""
    order = {subject: place for place, subject in enumerate(SUBJECTS)}
    newest_first = sorted(library.rubrics.values(), key=_begins, reverse=True)
    return [_row(library, rubric, on, lang) for rubric in sorted(newest_first, key=lambda one: order[one.subject])]


def _begins(rubric: Rubric) -> tuple[bool, str]:
    """When a rubric begins; one that has not ended and whose beginning is not known comes after all others."""
    open_end = rubric.valid_to is None
    return open_end, rubric.valid_from if rubric.valid_from != "unknown" else "9999" * open_end


def _row(library: Library, national: Rubric, on: date, lang: Language) -> RubricRow:
    rubric = library.rubric(national.id, on).rubric
    return RubricRow(
        id=rubric.id,
        title=in_language(rubric, "title", lang),
        subject=rubric.subject,
        title_key=rubric.title_key,
        period=period(rubric.valid_from, rubric.valid_to, lang),
        in_force=library.in_force(rubric, on),
        state=coverage(rubric),
    )


def in_language(thing: object, name: str, lang: Language) -> str:
    """The Vietnamese or English form of a field, empty where the text does not have it."""
    return getattr(thing, f"{name}_{lang}") or ""


def power_said(library: Library, power: Power, lang: Language) -> Said:
    """Who may recognise a title, and when."""
    office = library.offices.get(power.office or "")
    title = say("no_office", lang) if office is None else in_language(office, "title", lang)
    text = f"{period(power.valid_from, power.valid_to, lang)}: {title}"
    return Said(text, power.mark, power.cites, power.note_vi or "")


def state_line(found: Coverage, lang: Language) -> str:
    """How much of a rubric is read, in words and counts."""
    counts = say(
        "counts",
        lang,
        read=found.indicators_read,
        all=found.indicators,
        sure=found.thresholds_read,
        thresholds=found.thresholds,
    )
    points = ""
    if found.points_read is not None:
        points = say("counted_points", lang, points=found.points_read, total=known(found.total, lang))
    return f"{say(found.state, lang)}; {counts}{points}"


class _Viewer:
    def __init__(self, library: Library, rubric_id: str, on: date | None, lang: Language, *, questions: bool) -> None:
        self.library = library
        self.effective = library.rubric(rubric_id, on)
        self.rubric: Rubric = self.effective.rubric
        self.on = on
        self.lang = lang
        self.for_anybody = questions
        self.facts = {fact.id: fact for fact in self.rubric.facts} if questions else {}
        self.state = coverage(self.rubric)

    def view(self) -> RubricView:
        rubric = self.rubric
        after = (
            self._section("recognition", self._recognition()),
            self._section("offices", self._offices()),
            self._section("depends_on", self._dependencies()),
            self._section("assumptions", self._assumptions()),
            self._section("gaps", map(Said, rubric.gaps)),
            self._section("notes", map(Said, rubric.notes)),
            self._section("sources", (Said(f"{key}: {url or '–'}") for key, url in rubric.sources.items())),
        )
        return RubricView(
            id=rubric.id,
            title=in_language(rubric, "title", self.lang),
            rubric=rubric,
            fictional=self.effective.fictional,
            state=self.state,
            head=tuple(self._head()),
            levels=tuple(self._section("levels", self._levels())),
            criteria=tuple(self._criterion(criterion) for criterion in rubric.criteria),
            sections=tuple(section for each in after for section in each),
        )

    def _section(self, key: str, lines: Iterable[Said]) -> Iterator[SectionView]:
        if found := tuple(lines):
            yield SectionView(key, self._say(key), found)

    def _head(self) -> Iterator[Said]:
        rubric = self.rubric
        if not self.for_anybody:
            yield Said(f"{self._say('title')}: {rubric.title_key}")
        yield Said(f"{self._say('basis')}: {rubric.basis_vi}", rubric.mark, rubric.cites)
        yield Said(f"{self._say('period')}: {period(rubric.valid_from, rubric.valid_to, self.lang)}")
        if self.on is not None:
            state = self._say(self.library.in_force(rubric, self.on))
            yield Said(f"{self._say('on', day=format_date(self.on))}: {state}")
        yield Said(f"{self._say('state')}: {state_line(self.state, self.lang)}")
        total = f", {self._say('total', total=known(rubric.total, self.lang))}" if rubric.total is not None else ""
        yield Said(f"{self._say('style')}: {self._say(rubric.style)}{total}")
        if rubric.framework:
            yield Said(self._say("framework"))

    def _levels(self) -> Iterator[Said]:
        for level in self.rubric.levels:
            asked = f": {self._say('at_least', points=self._demand(level.at_least))}" if level.at_least else ""
            name = in_language(level, "name", self.lang)
            called = name if self.for_anybody else f"{level.id}  {name}"
            yield Said(f"{called}{asked}", level.mark, level.cites)

    def _criterion(self, criterion: Criterion) -> CriterionView:
        title = in_language(criterion, "title", self.lang) or self._say("untitled")
        points = "" if criterion.points is None else self._points(criterion.points)
        said = Said(title, criterion.mark, criterion.cites)
        return CriterionView(criterion.id, points, said, tuple(map(self._indicator, criterion.indicators)))

    def _indicator(self, indicator: Indicator) -> IndicatorView:
        text = in_language(indicator, "text", self.lang)
        if indicator.test == "unread":
            details = [self._say("unread")] if text else []
        else:
            details = [self._test(indicator), *self._demands(indicator)]
        details += self._conditions(indicator)
        said = Said(text or self._say("unread"), indicator.mark, indicator.cites)
        return IndicatorView(indicator.id, said, tuple(details), indicator.notes)

    def _test(self, indicator: Indicator) -> str:
        ending = ""
        if self.for_anybody:
            ending = "_of_answers" if indicator.test == "share" else "_asked"
        named = {"fact": self._name(indicator.fact), "base": self._name(indicator.base)}
        return self._say(f"{indicator.test}{ending}", **named)

    def _demands(self, indicator: Indicator) -> Iterator[str]:
        for level, threshold in indicator.levels.items():
            if len(self.rubric.levels) > 1 and self.rubric.style == "targets":
                value = self._demand(threshold, indicator.fact)
                yield self._say("demands", level=self._level_name(level), value=value)
            else:
                yield self._demand(threshold, indicator.fact)
        if indicator.floor is not None:
            yield self._say("floor", points=self._demand(indicator.floor))

    def _conditions(self, indicator: Indicator) -> Iterator[str]:
        if indicator.points is not None:
            yield self._points(indicator.points)
        if indicator.otherwise is not None:
            yield self._say("otherwise", points=self._points(indicator.otherwise))
        if indicator.when_not_applicable is not None:
            yield self._say("not_applicable", what=self._say(indicator.when_not_applicable))
        for condition in indicator.applies_if:
            among = ", ".join(self._value(value, condition.fact) for value in condition.among)
            yield self._say("applies_if", fact=self._name(condition.fact), among=among)
        for word in ("judged", "required", "optional"):
            if getattr(indicator, word):
                yield self._say(word)

    def _demand(self, threshold: Threshold, fact: str | None = None) -> str:
        parts = [self._value(threshold.value, fact)]
        if threshold.between is not None:
            low, high = threshold.between
            parts.append(self._say("between", low=low, high=high))
        if threshold.hole is not None:
            parts.append(self._say("hole", hole=threshold.hole))
        return ", ".join(parts)

    def _name(self, fact_id: str | None) -> str:
        fact: Fact | None = self.facts.get(fact_id or "")
        return str(fact_id) if fact is None else f"“{in_language(fact, 'title', self.lang)}”"

    def _value(self, value: bool | int | str, fact_id: str | None) -> str:
        fact: Fact | None = self.facts.get(fact_id or "")
        return known(value if fact is None else fact.choices.get(str(value), value), self.lang)

    def _recognition(self) -> Iterator[Said]:
        found = self.rubric.recognition
        if found.facts_from and found.facts_to:
            yield Said(f"{self._say('facts_period')}: {_day(found.facts_from)} – {_day(found.facts_to)}")
        for name in ("validity", "upgrade_wait"):
            term: Term | None = getattr(found, name)
            if term is not None:
                yield Said(f"{self._say(name)}: {self._term(term)} {term.text_vi}.", term.mark, term.cites)
        for deadline in found.deadlines:
            yield Said(self._deadline(deadline), deadline.mark, deadline.cites)
        named = [(name, getattr(found, name)) for name in ("self_assessor", "verifier", "recogniser")]
        for name, statement in [*named, *(("form", form) for form in found.forms)]:
            if statement is not None and statement.value is None:
                yield Said(f"{self._say(name)}: {self._say('unknown')}")
            elif statement is not None:
                yield Said(f"{self._say(name)}: {statement.value}", statement.mark, statement.cites)

    def _term(self, term: Term) -> str:
        if term.months == "unknown":
            return f"{self._say('unknown')}."
        months = self._say("months", months=term.months)
        starts = self._say("starts", day=known(term.starts, self.lang))
        return f"{months}, {starts} ({self._say(term.starts_mark)})."

    def _deadline(self, deadline: Deadline) -> str:
        year = self._say("this_year" if deadline.years_after == 0 else "next_year")
        code = f", {self._say('procedure', code=deadline.procedure)}" if deadline.procedure else ""
        return f"{self._say(deadline.step)}: {_day(deadline.day)} {year}{code}"

    def _offices(self) -> Iterator[Said]:
        for power in self.library.powers.get(self.rubric.title_key, ()):
            if self.on is None or holds(power.valid_from, power.valid_to, self.on) != "no":
                yield power_said(self.library, power, self.lang)

    def _dependencies(self) -> Iterator[Said]:
        for edge in self.rubric.depends_on:
            demand = known(edge.threshold or "unknown", self.lang)
            note = f"{edge.note}." if edge.note else ""
            yield Said(f"{edge.on} ({edge.measure or '–'}): {demand}", edge.mark, (), note)

    def _assumptions(self) -> Iterator[Said]:
        for assumed in self.rubric.assumptions:
            chosen = f" = {assumed.value}" if assumed.value else ""
            since = day(assumed.since, self.lang)
            yield Said(f"{assumed.id}{chosen} ({since}): {in_language(assumed, 'text', self.lang)}")

    def _level_name(self, level_id: int | str) -> str:
        names = {level.id: in_language(level, "name", self.lang) for level in self.rubric.levels}
        return names.get(level_id, str(level_id))

    def _points(self, points: int | str) -> str:
        return self._say("points_of", points=known(points, self.lang))

    def _say(self, word: str, **values: object) -> str:
        return say(word, self.lang, **values)


def _day(month_day: str) -> str:
    month, day = month_day.split("-")
    return f"{day}/{month}"
