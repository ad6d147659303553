"""A text at the desk as a jurist reads it: whole, with what stood before, and what differs between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from densach.lawmaking.checking import begins
from densach.lawmaking.models import Kind, LawText
from densach.lawmaking.standing import entries_beside
from densach.policy.comparing import Change, changes
from densach.policy.drafting import Looked
from densach.policy.library import Library, assemble
from densach.policy.viewing import RubricView, view_rubric
from densach.problems import Language, Refused
from densach.rules.model import Document


@dataclass(frozen=True)
class Told:
    """The page that a text makes, and each sentence that it adds, drops or words otherwise."""

    view: RubricView
    changes: list[Change]
    documents: Mapping[str, Document]


def tell(text: LawText, looked: Looked, today: date, lang: Language) -> Told | None:
    """The text beside what stood before it, on its first day; nothing while it cannot be read."""
    if looked.library is None or looked.text is None:
        return None
    on = begins(looked.text) or today
    base = assemble(text.packs, entries_beside(text.packs, today, text.uid)).at(looked.library.stands_at)
    try:
        view = view_rubric(looked.library, looked.rubric_id, on, lang, questions=True)
    except Refused:
        return None
    before = _before(base, looked.rubric_id if text.kind != Kind.DATED else text.target, on, lang)
    return Told(view, changes(before, view, lang), looked.library.documents)


def _before(base: Library, rubric_id: str, on: date, lang: Language) -> RubricView | None:
    return view_rubric(base, rubric_id, on, lang, questions=True) if rubric_id in base.rubrics else None
