"""Keeping the words that people write for a review; the figures beside them are read anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from densach.authority.access import Viewer
from densach.history.domain import Happening, record
from densach.problems import Refused, problem
from densach.reporting.reviews.access import Of
from densach.reporting.reviews.kinds import LONGEST, SECTIONS
from densach.reporting.reviews.models import Draft
from densach.reporting.reviews.queries import draft_for_update


def write_words(viewer: Viewer, of: Of, words: Mapping[str, str], version: int, *, at: datetime) -> Draft:
    """Keep the words of a review; refused to whoever may not (H103), too long (Y101), or written meanwhile (Y102).

    The same words again change nothing.
    """
    if not of.may_write:
        raise Refused(problem("H103", of.place.place.uid))
    wanted = {section: text for section in SECTIONS if (text := words.get(section, "").strip())}
    if long := [problem("Y101", name, most=LONGEST) for name, text in wanted.items() if len(text) > LONGEST]:
        raise Refused(*long)
    with transaction.atomic():
        draft = draft_for_update(of.place.place, of.line, of.review.key)
        if draft.words == wanted:
            return draft
        if draft.version != version:
            raise Refused(problem("Y102", "version"))
        before, draft.words = draft.words, wanted
        draft.version, draft.written_by, draft.written_at = version + 1, viewer.account, at
        draft.save()
        record(
            Happening(kind="review", object_id=draft.pk, event="words_kept", before=before, after=wanted),
            viewer.act(at),
        )
        return draft
