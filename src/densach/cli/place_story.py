"""What a place was made from and what has become of it, as lines of text and as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from densach.cli.place_rows import code_line, found_json, valid_line
from densach.formats.vietnamese import format_date
from densach.places.lineage import Outcome, all_on_todays_map, on_todays_map
from densach.places.lookup import Found, located
from densach.places.models import Level, Lineage
from densach.places.queries import became, made_from, periods_of, rows_of_places
from densach.problems import Language

NAMED = 5  # more candidates than this are counted, not named, in one line
WORDS: dict[str, dict[Language, str]] = {
    "made_from": {"vi": "Hình thành ngày {on} theo {act} từ:", "en": "Made on {on} by {act} from:"},
    "whole": {"vi": "toàn bộ", "en": "all of it"},
    "part": {"vi": "một phần, tỷ lệ chưa biết", "en": "a part, share unknown"},
    "part_known": {"vi": "một phần, {share}‰ ({basis})", "en": "a part, {share}‰ ({basis})"},
    "also": {"vi": "Vẫn là nơi này: {label}, {valid}", "en": "The same place: {label}, {valid}"},
    "now": {"vi": "nay là {label}", "en": "now {label}"},
    "one_of": {"vi": "nay thuộc một trong {count} nơi: {labels}", "en": "now in one of {count} places: {labels}"},
    "spread": {"vi": "nay chia về {count} nơi", "en": "now spread over {count} places"},
    "merged": {"vi": "Từ {on}, theo {act}: toàn bộ nhập vào", "en": "From {on}, by {act}: all of it went to"},
    "divided": {
        "vi": "Từ {on}, theo {act}: bị chia. Không suy ra được ai nay thuộc nơi nào, phải hỏi từng người. Có thể là:",
        "en": "From {on}, by {act}: divided. Nobody's new commune can be derived; ask each person. It may be:",
    },
    "district": {
        "vi": "Từ {on} không còn cấp huyện. Các xã cũ của nơi này nay thuộc:",
        "en": "From {on} there are no districts. Its former communes are now in:",
    },
    "gone": {"vi": "không còn; chưa biết nay thuộc đâu", "en": "no more; where it belongs now is not known"},
    "no_change": {"vi": "Không có thay đổi nào được ghi.", "en": "No change is recorded."},
}


@dataclass(frozen=True)
class Origin:
    """One place that a place was made from, on the day before, and the edge that says so."""

    found: Found
    edge: Lineage


@dataclass(frozen=True)
class Story:
    """A place, what it was made from, what else it was called, and where it stands today."""

    found: Found
    origins: list[Origin]
    also: list[Found]
    became: list[Lineage]
    outcome: Outcome
    now: list[Found]


def story_of(found: Found, today: date) -> Story:
    """All that is known of where a place came from and went."""
    place = found.period.place
    others = [row for row in periods_of(place) if row.pk != found.period.pk]
    carried = on_todays_map(place, today)
    return Story(
        found=found,
        origins=_origins(list(made_from([place.pk]))),
        also=[each for row in others for each in located([row], row.valid_from)],
        became=list(became([place.pk])),
        outcome=carried.outcome,
        now=located(carried.places, today),
    )


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
    carried = all_on_todays_map([each.period.place_id for each in past], today)
    rows = {row.pk: row for each in carried.values() for row in each.places}
    labels = {each.period.pk: each.label for each in located(rows.values(), today)}
    now = ([labels[row.pk] for row in carried[each.period.place_id].places] for each in past)
    return [_now_words(each, names, lang) for each, names in zip(past, now, strict=True)]


def _now_words(found: Found, labels: list[str], lang: Language) -> str:
    if not labels:
        return WORDS["gone"][lang]
    if len(labels) == 1:
        return WORDS["now"][lang].format(label=labels[0])
    named = found.period.level == Level.COMMUNE and len(labels) <= NAMED
    return WORDS["one_of" if named else "spread"][lang].format(count=len(labels), labels="; ".join(labels))


def _origins(edges: list[Lineage]) -> list[Origin]:
    by_old = {edge.old_id: edge for edge in edges}
    days = {edge.on - timedelta(days=1) for edge in edges}
    found = [each for day in sorted(days) for each in located(rows_of_places(by_old, day), day)]
    return [Origin(each, by_old[each.period.place_id]) for each in found]


def _origin_lines(origins: list[Origin], lang: Language) -> list[str]:
    if not origins:
        return []
    lines = ["  " + WORDS["made_from"][lang].format(**_edge_words(origins[0].edge))]
    return lines + [f"    {_coded(each.found)} – {_extent(each.edge, lang)}" for each in origins]


def _also_line(found: Found, lang: Language) -> str:
    return "  " + WORDS["also"][lang].format(label=_coded(found), valid=valid_line(found.period, lang))


def _now_lines(story: Story, lang: Language) -> list[str]:
    if story.outcome == Outcome.UNCHANGED:
        return []
    if story.outcome == Outcome.GONE:
        return ["  " + WORDS["gone"][lang]]
    if story.became:
        key = "merged" if story.outcome == Outcome.EXACT else "divided"
        words = WORDS[key][lang].format(**_edge_words(story.became[0]))
    else:
        ended = story.found.period.valid_to
        words = WORDS["district"][lang].format(on=format_date(ended) if ended else "")
    return [f"  {words}", *(f"    {_coded(each)}" for each in story.now)]


def _coded(found: Found) -> str:
    return f"{found.period.code:5}  {found.label}"


def _edge_words(edge: Lineage) -> dict[str, str]:
    return {"on": format_date(edge.on), "act": edge.legal_act}


def _extent(edge: Lineage, lang: Language) -> str:
    if edge.whole or edge.share_permille is None:
        return WORDS["whole" if edge.whole else "part"][lang]
    return WORDS["part_known"][lang].format(share=edge.share_permille, basis=edge.share_basis)


def _edge_json(edge: Lineage) -> dict[str, Any]:
    return {
        "on": edge.on.isoformat(),
        "whole": edge.whole,
        "share_permille": edge.share_permille,
        "share_basis": edge.share_basis or None,
        "legal_act": edge.legal_act,
        "source": edge.source,
    }
