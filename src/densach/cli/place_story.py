"""What a place was made from and what has become of it, as lines of text and as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

from densach.cli.place_rows import found_json
from densach.formats.vietnamese import format_date
from densach.places.lineage import Outcome
from densach.places.lookup import Found
from densach.places.models import Level, Lineage
from densach.places.story import Fate, Origin, Story, fates_of
from densach.places.telling import code_line, edge_line, extent_line, valid_line
from densach.problems import Language

NAMED = 5  # more candidates than this are counted, not named, in one line
WORDS: dict[str, dict[Language, str]] = {
    "also": {"vi": "Vẫn là nơi này: {label}, {valid}", "en": "The same place: {label}, {valid}"},
    "now": {"vi": "nay là {label}", "en": "now {label}"},
    "one_of": {"vi": "nay thuộc một trong {count} nơi: {labels}", "en": "now in one of {count} places: {labels}"},
    "spread": {"vi": "nay chia về {count} nơi", "en": "now spread over {count} places"},
    "district": {
        "vi": "Từ {on} không còn cấp huyện. Các xã cũ của nơi này nay thuộc:",
        "en": "From {on} there are no districts. Its former communes are now in:",
    },
    "gone": {"vi": "không còn; chưa biết nay thuộc đâu", "en": "no more; where it belongs now is not known"},
    "no_change": {"vi": "Không có thay đổi nào được ghi.", "en": "No change is recorded."},
}


def story_lines(story: Story, lang: Language) -> list[str]:
    """The story as lines of text."""
    period = story.found.period
    lines = [story.found.label, f"  {code_line(period, lang)}, {valid_line(period, lang)}"]
    told = [
        *_origin_lines(story.origins, lang),
        *(_also_line(each, lang) for each in story.also),
        *_now_lines(story, lang),
    ]
    return lines + (told or ["  " + WORDS["no_change"][lang]])


def story_json(story: Story) -> dict[str, Any]:
    """The story as plain data; `share_permille` is null where it is not known."""
    return {
        "place": found_json(story.found),
        "made_from": [_edge_json(each.edge) | {"place": found_json(each.found)} for each in story.origins],
        "same_place": [found_json(each) for each in story.also],
        "became": [_edge_json(edge) | {"id": str(edge.new.uid)} for edge in story.became],
        "outcome": str(story.outcome),
        "now": [found_json(each) for each in story.now],
    }


def past_lines(past: list[Found], today: date, lang: Language) -> list[str]:
    """Units of earlier lists, each in one line with what it is now."""
    words = now_words(past, today, lang)
    return [f"{each.period.code:5}  {each.label} – {now}" for each, now in zip(past, words, strict=True)]


def now_words(past: list[Found], today: date, lang: Language) -> list[str]:
    """For each unit of an earlier day what it is now: "nay là …"."""
    return [_now_words(fate, lang) for fate in fates_of(past, today)]


def _now_words(fate: Fate, lang: Language) -> str:
    labels = [each.label for each in fate.now]
    if not labels:
        return WORDS["gone"][lang]
    if len(labels) == 1:
        return WORDS["now"][lang].format(label=labels[0])
    named = fate.found.period.level == Level.COMMUNE and len(labels) <= NAMED
    return WORDS["one_of" if named else "spread"][lang].format(count=len(labels), labels="; ".join(labels))


def _origin_lines(origins: list[Origin], lang: Language) -> list[str]:
    if not origins:
        return []
    lines = ["  " + edge_line("made_from", origins[0].edge, lang)]
    return lines + [f"    {_coded(each.found)} – {extent_line(each.edge, lang)}" for each in origins]


def _also_line(found: Found, lang: Language) -> str:
    return "  " + WORDS["also"][lang].format(label=_coded(found), valid=valid_line(found.period, lang))


def _now_lines(story: Story, lang: Language) -> list[str]:
    if story.outcome == Outcome.UNCHANGED:
        return []
    if story.outcome == Outcome.GONE:
        return ["  " + WORDS["gone"][lang]]
    if story.became:
        words = edge_line("merged" if story.outcome == Outcome.EXACT else "divided", story.became[0], lang)
    else:
        ended = story.found.period.valid_to
        words = WORDS["district"][lang].format(on=format_date(ended) if ended else "")
    return [f"  {words}", *(f"    {_coded(each)}" for each in story.now)]


def _coded(found: Found) -> str:
    return f"{found.period.code:5}  {found.label}"


def _edge_json(edge: Lineage) -> dict[str, Any]:
    return {
        "on": edge.on.isoformat(),
        "whole": edge.whole,
        "share_permille": edge.share_permille,
        "share_basis": edge.share_basis or None,
        "legal_act": edge.legal_act,
        "source": edge.source,
    }
