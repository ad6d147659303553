"""One case, a commune's or a unit's: what was answered, and what the law as we know it says of it, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from densach.assessing.models import Round
from densach.assessing.queries import assessed_with_objects
from densach.assessing.run import judge_of, judged_on
from densach.assessing.titles import BY_MODEL, rubric_on
from densach.formats.official.words import date_in_words
from densach.formats.vietnamese import format_date, format_number
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.reporting.words import document_titles, level_name
from densach.rules.asking import Question, ask
from densach.rules.judging import Finding, Judge, Judgement, facts_of
from densach.rules.lowering import indicators_of
from densach.rules.model import Cite, Criterion, Document, Fact, Indicator
from densach.rules.receipt import Receipt
from densach.rules.saying import Titles
from densach.rules.sheet import Given
from densach.rules.verdicts import Verdict

TITLE = BY_MODEL["commune"]
VERDICTS: Mapping[Verdict, str] = {
    "met": "đạt",
    "unmet": "chưa đạt",
    "unknown": "chưa xác định",
    "not_applicable": "không áp dụng",
}
Step = Literal["submit", "decide"]
_ABOUT = ("về ", "quy định ", "phê duyệt ", "ban hành ", "hướng dẫn ", "sửa đổi", "bãi bỏ ", "công bố ")
NO_WORDS = "(chưa đọc được lời văn)"
NO_FIGURE = "chưa có số liệu"


@dataclass(frozen=True)
class Line:
    """One indicator in words: what it asks, what was answered, a verdict for each level, and its article."""

    id: str
    text: str
    facts: str
    verdicts: tuple[str, ...]
    cites: str


@dataclass(frozen=True)
class Case:
    """A case for the title `name`: the facts, and what the rubric says of them."""

    name: str
    judge: Judge
    facts: Mapping[str, Given]
    judgement: Judgement
    questions: tuple[Question, ...]
    titles: Titles

    @property
    def verdict(self) -> str:
        """The verdict in words, with its level."""
        return f"{VERDICTS[self.judgement.verdict]}{self.level}"

    @property
    def level(self) -> str:
        """The level that was reached, behind a comma; empty if none was, or if there are none."""
        level = level_name(self.judge.rubric, self.judgement)
        return f", {level}" if level else ""

    @property
    def level_names(self) -> tuple[str, ...]:
        """The heads of the columns of verdicts."""
        return tuple(level.name_vi for level in self.judge.rubric.levels) or ("Kết quả",)

    def lines(self) -> Iterator[tuple[Criterion, Line]]:
        """Each indicator in the order of the rubric, with its criterion."""
        pairs = zip(indicators_of(self.judge.rubric), self.judgement.findings, strict=True)
        for (criterion, indicator), finding in pairs:
            yield criterion, self._line(indicator, finding)

    def tally(self) -> str:
        """How many indicators came to each verdict, in words."""
        counted = Counter(finding.verdict for finding in self.judgement.findings)
        said = (f"{format_number(counted[verdict])} {VERDICTS[verdict]}" for verdict in VERDICTS if counted[verdict])
        return f"trong {len(self.judgement.findings)} chỉ tiêu có " + ", ".join(said)

    def _line(self, indicator: Indicator, finding: Finding) -> Line:
        levels = [level.id for level in self.judge.rubric.levels]
        verdicts = tuple(VERDICTS[finding.levels.get(level, finding.verdict)] for level in levels)
        return Line(
            id=indicator.id,
            text=indicator.text_vi or NO_WORDS,
            facts="; ".join(self._fact(name) for name in facts_of(indicator)) or NO_FIGURE,
            verdicts=verdicts or (VERDICTS[finding.verdict],),
            cites=cited_once(finding.cites, self.titles),
        )

    def _fact(self, name: str) -> str:
        fact = self.judge.rubric.facts[self.judge.sheet.index[name]]
        return f"{fact.title_vi} {_answer(self.facts.get(name), fact)}"


def case_of(round_: Round, library: Library) -> Case:
    """The case of a round's commune, judged again from its sealed facts; refused (R115) where it was not judged yet."""
    row = assessed_with_objects(round_, TITLE.key).first()
    if row is None:
        raise Refused(problem("R115", round_.pk, year=round_.year))
    facts = msgspec.json.decode(row.receipt, type=Receipt).facts
    return case_of_facts(TITLE.name_vi, judge_of(rubric_on(library, TITLE, judged_on(round_))), facts, library)


def case_of_facts(name: str, judge: Judge, facts: Mapping[str, Given], library: Library) -> Case:
    """The case for a title, judged from its facts."""
    judgement = judge.judge(facts)
    return Case(name, judge, facts, judgement, ask(judge, facts, judgement), document_titles(library))


def bases_of(cites: Iterable[Cite], library: Library) -> tuple[str, ...]:
    """The documents that are cited, each once, as legal bases."""
    documents = dict.fromkeys(cite.document for cite in cites)
    return tuple(_base(library.documents[document]) for document in documents)


def cited_once(cites: Iterable[Cite], titles: Titles) -> str:
    """Citations as one phrase in which each document stands once, behind its articles."""
    places: dict[str, list[str]] = {}
    for cite in cites:
        places.setdefault(cite.document, []).extend([cite.place] if cite.place else [])
    said = ("; ".join(dict.fromkeys(articles)) for articles in places.values())
    names = (titles.get(document, document) for document in places)
    return "; ".join(", ".join(part for part in pair if part) for pair in zip(said, names, strict=True))


def _base(document: Document) -> str:
    """A document as a legal base: kind, number, day, issuer and title; a law stands without its number."""
    title = document.title_vi or ""
    if document.kind_vi == "Luật":
        return f"Căn cứ {title}{_signed(document.signed)}"
    about = f"{title[:1].lower()}{title[1:]}"
    if about and not about.startswith(_ABOUT):
        about = f"về {about}"
    named = f"Căn cứ {document.kind_vi} số {document.number}{_signed(document.signed)} của {document.issuer_vi}"
    return f"{named} {about}" if about else named


def _signed(day: str) -> str:
    if len(day) != len("2023-12-27"):
        return "" if day == "unknown" else f" năm {day[:4]}"
    return f" {date_in_words(date.fromisoformat(day))}"


def _answer(given: Given, fact: Fact) -> str:
    if given is None:
        return NO_FIGURE
    if isinstance(given, bool):
        return "Có" if given else "Không"
    if isinstance(given, tuple):
        return f"từ {format_number(given[0])} đến {format_number(given[1])}"
    return format_number(given) if isinstance(given, int) else fact.choices[given]


def deadline_of(case: Case, step: Step, year: int) -> str:
    """The day of a step for a year, as the rubric cites it; empty where no text says one."""
    for each in case.judge.rubric.recognition.deadlines:
        if each.step == step:
            day = date.fromisoformat(f"{year + each.years_after}-{each.day}")
            return f"{format_date(day)} (thủ tục {each.procedure})" if each.procedure else format_date(day)
    return ""
