"""What a dossier that goes to the centre lacks by rules R-27, R-28 and R-29, each with its text.

A rule that was not read for the regime of the day decides nothing: then a person says so in one sentence, or it waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from densach.authority.access import Viewer
from densach.awards import by_law
from densach.awards.central import queries
from densach.awards.models import Nomination, Part
from densach.places.labels import Label, labels_on
from densach.policy.commendation.facts import Facts
from densach.policy.commendation.findings import Finding
from densach.policy.commendation.judging import judge
from densach.problems import Problem, problem

RULES = ("R-27", "R-28", "R-29")


@dataclass(frozen=True)
class Paper:
    """A paper that stands, and the version of it that can be written as Word: itself, or what it was made from."""

    stands: Part
    made: Part | None


@dataclass(frozen=True)
class Lack:
    """What one nomination lacks: refused, or open until a person answers for it."""

    nomination: Nomination
    finding: Finding
    is_refused: bool

    @property
    def told(self) -> Problem:
        """The lack as a problem with the text it rests on."""
        rule, words = self.finding.rule, self.finding.words
        said = {
            "name": self.nomination.nominee.name,
            "rule": rule.then_vi.rstrip("."),
            "rule_en": rule.then_en.rstrip("."),
            "source": rule.source,
            "words": words.vi.rstrip("."),
            "words_en": words.en.rstrip("."),
        }
        return problem("Q501" if self.is_refused else "Q502", rule.id, **said)


def papers_of(parts: Iterable[Part]) -> list[Paper]:
    """The papers that stand among all versions, each with the last version that was made here."""
    rows = list(parts)
    made = {each.kind: each for each in rows if each.is_made}
    return [Paper(each, made.get(each.kind)) for each in rows if each.replaced_at is None]


def lacks_of(viewer: Viewer, nominations: Sequence[Nomination]) -> list[Lack]:
    """What some nominations lack; a person's word on a rule stands where the law does not decide."""
    keys = [each.pk for each in nominations]
    papers: dict[int, list[Part]] = {key: [] for key in keys}
    for part in queries.papers_of(keys):
        papers[part.nomination_id].append(part)
    agreed, said = queries.levels_that_agreed(keys), queries.said_of(keys, RULES)
    labels = labels_on({each.proposer_id for each in nominations}, viewer.today)
    found: list[Lack] = []
    for each in nominations:
        levels = _levels(each, labels.get(each.proposer_id))
        confirmed = bool(levels) and levels <= agreed.get(each.pk, set())
        found += _lacks(each, papers_of(papers[each.pk]), said, confirmed=confirmed, today=viewer.today)
    return found


def _levels(nomination: Nomination, label: Label | None) -> set[int]:
    """The places that confirm: from the proposer up to the place of the round."""
    found: set[int] = set()
    for row in label.rows if label else ():
        found.add(row.place_id)
        if row.place_id == nomination.round.place_id:
            return found
    return found


def _lacks(
    nomination: Nomination,
    papers: Sequence[Paper],
    said: Mapping[tuple[int, str], bool],
    *,
    confirmed: bool,
    today: date,
) -> Iterator[Lack]:
    facts = Facts(
        award=nomination.award,
        mode=nomination.mode,  # type: ignore[arg-type]  # the same words
        parts=frozenset(each.stands.kind for each in papers),
        files=_files(nomination, papers),
        council_sat=True,
        holds_state_secret=False,  # whoever makes a package says so, or none is made
        confirmed_by_all=confirmed,
    )
    for finding in judge(by_law.law(), facts, by_law.judged_by(nomination), today=today):
        if finding.rule.id in RULES and finding.decides and finding.result != "fulfilled":
            word = said.get((nomination.pk, finding.rule.id))
            if finding.result == "unfulfilled" or word is not True:
                yield Lack(nomination, finding, finding.result == "unfulfilled" or word is False)


def _files(nomination: Nomination, papers: Sequence[Paper]) -> frozenset[str]:
    """Every paper is there as PDF; as Word, if each that is always asked for was made here at some time."""
    always = {need.form for need in by_law.needs_of(nomination) if need.needed == "always"}
    if not papers:
        return frozenset()
    in_word = all(each.made for each in papers if each.stands.kind in always)
    return frozenset({"pdf", "docx"} if in_word else {"pdf"})
