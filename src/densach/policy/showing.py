"""Policy as sentences that a jurist can read: one rubric, and everything else that has an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from densach.policy.coverage import Coverage, coverage
from densach.policy.dates import holds
from densach.policy.library import Library
from densach.policy.resolving import resolve
from densach.policy.words import known, period, say, sources
from densach.problems import Language
from densach.rules.model import Cite, Deadline, Indicator, Power, Rubric, Statement, Term, Threshold

Lines = Iterator[str]


class RubricPage:
    """One rubric as it stands on a day, line by line."""

    def __init__(self, library: Library, rubric_id: str, on: date | None, lang: Language) -> None:
        self.library = library
        self.effective = library.rubric(rubric_id, on)
        self.rubric: Rubric = self.effective.rubric
        self.on = on
        self.lang = lang

    def lines(self) -> Lines:
        """The whole page."""
        yield from self._head()
        yield from self._section("levels", self._levels())
        for criterion in self.rubric.criteria:
            title = criterion.title_vi if self.lang == "vi" else criterion.title_en
            points = f" ({self._points(criterion.points)})" if criterion.points is not None else ""
            yield ""
            yield f"{self._say('criterion')} {criterion.id}. {title or self._say('untitled')}{points}"
            yield f"  {self._cited(criterion.mark, criterion.cites)}"
            for indicator in criterion.indicators:
                yield from self._indicator(indicator)
        yield from self._section("recognition", self._recognition())
        yield from self._section("offices", self._offices())
        yield from self._section("depends_on", self._dependencies())
        yield from self._section("assumptions", self._assumptions())
        yield from self._section("gaps", self.rubric.gaps)
        yield from self._section("notes", self.rubric.notes)
        yield from self._section("sources", (f"{key}: {url or '–'}" for key, url in self.rubric.sources.items()))

    def _head(self) -> Lines:
        rubric = self.rubric
        yield f"{rubric.id} · {rubric.title_vi if self.lang == 'vi' else rubric.title_en}"
        if self.effective.fictional:
            yield self._say("made_up")
        yield f"{self._say('title')}: {rubric.title_key}"
        yield f"{self._say('basis')}: {rubric.basis_vi} {self._cited(rubric.mark, rubric.cites)}"
        yield f"{self._say('period')}: {period(rubric.valid_from, rubric.valid_to, self.lang)}"
        if self.on is not None:
            state = self._say(self.library.in_force(rubric, self.on))
            yield f"{self._say('on', day=self.on.isoformat())}: {state}"
        national = resolve(self.library.rubrics[rubric.id], self.library.rubrics)
        yield f"{self._say('state')}: {state_line(coverage(national), self.lang)}"
        total = f", {self._say('total', total=known(rubric.total, self.lang))}" if rubric.total is not None else ""
        yield f"{self._say('style')}: {self._say(rubric.style)}{total}"
        if rubric.framework:
            yield self._say("framework")

    def _section(self, heading: str, lines: Iterable[str]) -> Lines:
        found = list(lines)
        if found:
            yield ""
            yield self._say(heading)
            yield from (f"  {line}" for line in found)

    def _levels(self) -> Lines:
        for level in self.rubric.levels:
            name = level.name_vi if self.lang == "vi" else level.name_en
            asked = self._say("at_least", points=self._demand(level.at_least)) if level.at_least else ""
            yield f"{level.id}  {name}{f': {asked}' if asked else ''} {self._cited(level.mark, level.cites)}"

    def _indicator(self, indicator: Indicator) -> Lines:
        text = indicator.text_vi if self.lang == "vi" else indicator.text_en
        yield f"  {indicator.id}  {text or self._say('unread')}"
        if indicator.test == "unread":
            details = [self._say("unread")] if text else []
        else:
            details = [self._say(indicator.test, fact=indicator.fact, base=indicator.base), *self._demands(indicator)]
        details += self._conditions(indicator)
        if details:
            yield f"      {'; '.join(details)}"
        yield f"      {self._cited(indicator.mark, indicator.cites)}"
        yield from (f"      {note}" for note in indicator.notes)

    def _demands(self, indicator: Indicator) -> Lines:
        for level, threshold in indicator.levels.items():
            if len(self.rubric.levels) > 1 and self.rubric.style == "targets":
                yield self._say("demands", level=self._level_name(level), value=self._demand(threshold))
            else:
                yield self._demand(threshold)
        if indicator.floor is not None:
            yield self._say("floor", points=self._demand(indicator.floor))

    def _conditions(self, indicator: Indicator) -> Lines:
        if indicator.points is not None:
            yield self._points(indicator.points)
        if indicator.otherwise is not None:
            yield self._say("otherwise", points=self._points(indicator.otherwise))
        if indicator.when_not_applicable is not None:
            yield self._say("not_applicable", what=self._say(indicator.when_not_applicable))
        for condition in indicator.applies_if:
            among = ", ".join(known(value, self.lang) for value in condition.among)
            yield self._say("applies_if", fact=condition.fact, among=among)
        for word in ("judged", "required", "optional"):
            if getattr(indicator, word):
                yield self._say(word)

    def _demand(self, threshold: Threshold) -> str:
        parts = [known(threshold.value, self.lang)]
        if threshold.between is not None:
            low, high = threshold.between
            parts.append(self._say("between", low=low, high=high))
        if threshold.hole is not None:
            parts.append(self._say("hole", hole=threshold.hole))
        return ", ".join(parts)

    def _recognition(self) -> Lines:
        found = self.rubric.recognition
        if found.facts_from and found.facts_to:
            yield f"{self._say('facts_period')}: {_day(found.facts_from)} – {_day(found.facts_to)}"
        for name in ("validity", "upgrade_wait"):
            term: Term | None = getattr(found, name)
            if term is not None:
                yield f"{self._say(name)}: {self._term(term)}"
        for deadline in found.deadlines:
            yield self._deadline(deadline)
        named = [(name, getattr(found, name)) for name in ("self_assessor", "verifier", "recogniser")]
        for name, statement in [*named, *(("form", form) for form in found.forms)]:
            if statement is not None:
                yield f"{self._say(name)}: {self._statement(statement)}"

    def _term(self, term: Term) -> str:
        cited = self._cited(term.mark, term.cites)
        if term.months == "unknown":
            return f"{self._say('unknown')}. {term.text_vi}. {cited}"
        months = self._say("months", months=term.months)
        starts = self._say("starts", day=known(term.starts, self.lang))
        return f"{months}, {starts} ({self._say(term.starts_mark)}). {term.text_vi}. {cited}"

    def _deadline(self, deadline: Deadline) -> str:
        year = self._say("this_year" if deadline.years_after == 0 else "next_year")
        code = f", {self._say('procedure', code=deadline.procedure)}" if deadline.procedure else ""
        cited = self._cited(deadline.mark, deadline.cites)
        return f"{self._say(deadline.step)}: {_day(deadline.day)} {year}{code} {cited}"

    def _statement(self, statement: Statement) -> str:
        if statement.value is None:
            return self._say("unknown")
        return f"{statement.value} {self._cited(statement.mark, statement.cites)}"

    def _offices(self) -> Lines:
        for power in self.library.powers.get(self.rubric.title_key, ()):
            if self.on is None or holds(power.valid_from, power.valid_to, self.on) != "no":
                yield power_line(self.library, power, self.lang)

    def _dependencies(self) -> Lines:
        for edge in self.rubric.depends_on:
            demand = known(edge.threshold or "unknown", self.lang)
            note = f" {edge.note}." if edge.note else ""
            yield f"{edge.on} ({edge.measure or '–'}): {demand} [{self._say(edge.mark)}]{note}"

    def _assumptions(self) -> Lines:
        for assumed in self.rubric.assumptions:
            chosen = f" = {assumed.value}" if assumed.value else ""
            yield f"{assumed.id}{chosen} ({assumed.since}): {assumed.text_vi if self.lang == 'vi' else assumed.text_en}"

    def _level_name(self, level_id: int | str) -> str:
        names = {level.id: level.name_vi if self.lang == "vi" else level.name_en for level in self.rubric.levels}
        return names.get(level_id, str(level_id))

    def _points(self, points: int | str) -> str:
        return self._say("points_of", points=known(points, self.lang))

    def _cited(self, mark: str, cites: Iterable[Cite]) -> str:
        return sources(mark, cites, self.library.documents, self.lang)

    def _say(self, word: str, **values: object) -> str:
        return say(word, self.lang, **values)


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


def power_line(library: Library, power: Power, lang: Language) -> str:
    """Who may recognise a title, and when."""
    office = library.offices.get(power.office or "")
    title = say("no_office", lang) if office is None else office.title_vi if lang == "vi" else office.title_en
    note = f" {power.note_vi}" if power.note_vi else ""
    cited = sources(power.mark, power.cites, library.documents, lang)
    return f"{period(power.valid_from, power.valid_to, lang)}: {title} {cited}{note}"


def _day(month_day: str) -> str:
    month, day = month_day.split("-")
    return f"{day}/{month}"
