"""Policy as sentences that a jurist can read: one rubric, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from densach.policy.library import Library
from densach.policy.viewing import CriterionView, IndicatorView, RubricView, Said, SectionView, power_said, view_rubric
from densach.policy.words import say, sources
from densach.problems import Language
from densach.rules.model import Power

Lines = Iterator[str]


class RubricPage:
    """One rubric as it stands on a day, line by line."""

    def __init__(self, library: Library, rubric_id: str, on: date | None, lang: Language) -> None:
        self.library = library
        self.lang = lang
        self.view: RubricView = view_rubric(library, rubric_id, on, lang)

    def lines(self) -> Lines:
        """The whole page."""
        yield f"{self.view.id} · {self.view.title}"
        if self.view.fictional:
            yield say("made_up", self.lang)
        yield from map(self._line, self.view.head)
        for section in self.view.levels:
            yield from self._section(section)
        for criterion in self.view.criteria:
            yield from self._criterion(criterion)
        for section in self.view.sections:
            yield from self._section(section)

    def _section(self, section: SectionView) -> Lines:
        yield ""
        yield section.heading
        yield from (f"  {self._line(said)}" for said in section.lines)

    def _criterion(self, criterion: CriterionView) -> Lines:
        points = f" ({criterion.points})" if criterion.points else ""
        yield ""
        yield f"{say('criterion', self.lang)} {criterion.id}. {criterion.said.text}{points}"
        yield f"  {self._cited(criterion.said)}"
        for indicator in criterion.indicators:
            yield from self._indicator(indicator)

    def _indicator(self, indicator: IndicatorView) -> Lines:
        yield f"  {indicator.id}  {indicator.said.text}"
        if indicator.details:
            yield f"      {'; '.join(indicator.details)}"
        yield f"      {self._cited(indicator.said)}"
        yield from (f"      {note}" for note in indicator.notes)

    def _line(self, said: Said) -> str:
        return said_line(said, self.library, self.lang)

    def _cited(self, said: Said) -> str:
        return sources(said.mark or "unknown", said.cites, self.library.documents, self.lang)


def said_line(said: Said, library: Library, lang: Language) -> str:
    """A sentence with its mark, its places and its note behind it."""
    cited = sources(said.mark, said.cites, library.documents, lang) if said.mark else ""
    return " ".join(part for part in (said.text, cited, said.note) if part)


def power_line(library: Library, power: Power, lang: Language) -> str:
    """Who may recognise a title, and when."""
    return said_line(power_said(library, power, lang), library, lang)
