"""Two readings of a rubric compared sentence by sentence: what was, and what is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from densach.policy.viewing import RubricView, Said
from densach.policy.words import say
from densach.problems import Language


@dataclass(frozen=True)
class Change:
    """One sentence that differs: the heading it stands under, how it was and how it is; empty where there is none."""

    where: str
    was: str
    now: str


def changes(before: RubricView | None, after: RubricView, lang: Language) -> list[Change]:
    """Every sentence that was added, dropped or worded otherwise, in the order of the page."""
    old, new = _parts(before, lang) if before else {}, _parts(after, lang)
    names = dict.fromkeys([*new, *old])
    return [change for name in names for change in _differing(name, old.get(name, []), new.get(name, []))]


def _parts(view: RubricView, lang: Language) -> dict[str, list[str]]:
    """The sentences of a page by the heading they stand under."""
    found: dict[str, list[str]] = {say("document", lang): [view.title, *(_line(said) for said in view.head)]}
    for section in view.levels:
        found[section.heading] = [_line(said) for said in section.lines]
    for criterion in view.criteria:
        heading = f"{say('criterion', lang)} {criterion.id}"
        found[heading] = [criterion.said.text, *([criterion.points] if criterion.points else [])]
        for one in criterion.indicators:
            found[f"{heading}, {one.id}"] = [_line(one.said), *one.details, *one.notes]
    for section in view.sections:
        found[section.heading] = [_line(said) for said in section.lines]
    return found


def _line(said: Said) -> str:
    return f"{said.text} {said.note}".strip()


def _differing(where: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            pairs = zip_longest(old[start:end], new[first:last], fillvalue="")
            yield from (Change(where, was, now) for was, now in pairs)
