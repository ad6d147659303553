"""An organisation on one day as lines of text and as plain data: what it is, who stands above it, who below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from densach.cli.place_rows import found_json
from densach.formats.vietnamese import format_date, format_number
from densach.places.models import Level, Line, OrganisationKind, OrganisationLineage, OrganisationPeriod
from densach.places.organisations import queries
from densach.places.organisations.command import Below, Chain, End, Node, all_below, chain_above
from densach.places.organisations.lookup import reference_of
from densach.policy.library import open_library
from densach.problems import Language
from densach.rules.model import MARKS, Mark, Office

SHOWN = 20  # of those below each line names so many
WORDS: dict[str, dict[Language, str]] = {
    "kind": {"vi": "{kind}; mã {id}", "en": "{kind}; {id}"},
    "seat": {"vi": "Trụ sở: {seat}", "en": "Seat: {seat}"},
    "no_seat": {"vi": "Trụ sở: chưa biết", "en": "Seat: not known"},
    "since": {"vi": "từ {since}", "en": "from {since}"},
    "until": {"vi": "{since} đến trước {until}", "en": "{since} to before {until}"},
    "source": {"vi": "Nguồn: {source} ({mark})", "en": "Source: {source} ({mark})"},
    "fictional": {"vi": "MẪU – tổ chức hư cấu, không có thật", "en": "MẪU – a fictional organisation"},
    "derived": {
        "vi": "Có ở mọi nơi cùng cấp; chưa được đăng ký riêng.",
        "en": "Every place of this level has one; this one is not registered by itself.",
    },
    "unsure": {"vi": "Vào ngày {day} chưa biết còn hay không.", "en": "Whether it still was on {day} is not known."},
    "head": {"vi": "Người đứng đầu: {office} ({mark})", "en": "Head: {office} ({mark})"},
    "no_head": {
        "vi": "Người đứng đầu: chưa biết, chưa văn bản nào đã đọc nêu chức danh.",
        "en": "Head: not known, no text read names the office.",
    },
    "line": {"vi": "Cấp trên, {line}:", "en": "Above, {line}:"},
    "silent": {"vi": "Chưa biết cấp trên: {lines}", "en": "Superior not known: {lines}"},
    "central": {
        "vi": "Cơ quan trung ương; chưa được đăng ký riêng.",
        "en": "A central body, not registered by itself.",
    },
    "not_known": {"vi": "chưa biết cấp trên", "en": "the superior is not known"},
    "place_not_known": {
        "vi": "chưa biết cấp trên: vào ngày này chưa biết nơi đó là nơi nào",
        "en": "the superior is not known: what the place was on this day is not known",
    },
    "likely": {
        "vi": "Ngày {day} chưa có danh mục nơi chốn; tên nơi theo danh mục đầu tiên sau đó, nên có thể khác.",
        "en": "No list of places of {day} is held; places are as in the first list after it, and may differ.",
    },
    "below": {"vi": "Cấp dưới, {line}: {counts}", "en": "Below, {line}: {counts}"},
    "more": {"vi": "… và {count} nữa", "en": "… and {count} more"},
    "was": {"vi": "Trước đây: {name}, {valid}", "en": "Before: {name}, {valid}"},
    "later": {"vi": "Về sau: {name}, {valid}", "en": "Later: {name}, {valid}"},
    "made_from": {"vi": "Ngày {on} {how} {name} ({act})", "en": "On {on} {how} {name} ({act})"},
    "took_in": {"vi": "nhận toàn bộ", "en": "took in all of"},
    "from_part": {"vi": "tách từ", "en": "split from"},
    "went_into": {"vi": "nhập vào", "en": "merged into"},
    "gave_part": {"vi": "tách ra", "en": "gave rise to"},
}
MARK_WORDS: dict[Mark, dict[Language, str]] = {
    "read": {"vi": "đã đọc", "en": "read"},
    "secondary": {"vi": "nguồn thứ cấp", "en": "secondary"},
    "inferred": {"vi": "suy ra", "en": "inferred"},
    "memory": {"vi": "trí nhớ, chưa kiểm", "en": "from memory"},
    "unknown": {"vi": "chưa rõ", "en": "unknown"},
    "fictional": {"vi": "MẪU", "en": "fictional"},
}
LINE_WORDS: dict[str, dict[Language, str]] = {
    Line.GOVERNMENT: {"vi": "chính quyền", "en": "government"},
    Line.PARTY: {"vi": "cấp ủy", "en": "party committee"},
    Line.FRONT: {"vi": "Mặt trận", "en": "Front"},
    Line.ASSOCIATION: {"vi": "Hội Khuyến học", "en": "association"},
    Line.SECTOR: {"vi": "ngành dọc", "en": "sector"},
}


@dataclass(frozen=True)
class Story:
    """One organisation or body on a day: chains up and all below, by line, and what is registered of it."""

    node: Node
    on: date
    above: dict[Line, Chain]
    below: dict[Line, list[Below]]
    periods: list[OrganisationPeriod]
    made_from: list[OrganisationLineage]
    became: list[OrganisationLineage]


def story_of(node: Node, on: date) -> Story:
    """All that is known of an organisation or body on a day."""
    own = node.organisation
    return Story(
        node=node,
        on=on,
        above={line: chain_above(node, line, on) for line in Line},
        below={line: all_below(node, line, on) for line in Line},
        periods=list(queries.periods_of(own)) if own else [],
        made_from=list(queries.made_from(own)) if own else [],
        became=list(queries.became(own)) if own else [],
    )


def story_lines(story: Story, lang: Language) -> list[str]:
    """The story as lines of text."""
    lines = [story.node.label, *(f"  {line}" for line in _what_it_is(story, lang))]
    lines += [f"  {line}" for line in _head_lines(story.node, lang)]
    for line, chain in story.above.items():
        lines += [f"  {each}" for each in _above_lines(story, line, chain, lang)]
    lines += [f"  {each}" for each in _silent_lines(story, lang)]
    for line, below in story.below.items():
        lines += [f"  {each}" for each in _below_lines(line, below, lang)]
    return lines + [f"  {each}" for each in _past_lines(story, lang)]


def _silent_lines(story: Story, lang: Language) -> Iterator[str]:
    """The lines in which nothing is known above, told at once; a body of a place stands in its own line only."""
    own = {story.node.body.line} if story.node.body and not story.node.organisation else set(Line)
    silent = [line for line in own if not story.above[line].steps and story.above[line].end == End.NOT_KNOWN]
    told = [LINE_WORDS[line][lang] for line in Line if line in silent and not story.above[line].note]
    if told:
        yield WORDS["silent"][lang].format(lines=", ".join(told))


def story_json(story: Story) -> dict[str, Any]:
    """The story as plain data; a chain that ends in `not_known` says so."""
    row = _row(story)
    return {
        "on": story.on.isoformat(),
        **node_json(story.node),
        "valid_from": row.valid_from.isoformat() if row else None,
        "valid_to": row.valid_to.isoformat() if row and row.valid_to else None,
        "source": row.source if row else story.node.body and story.node.body.source,
        "mark": row.mark if row else story.node.body and story.node.body.mark,
        "head_office": story.node.body.office or None if story.node.body else None,
        "above": {str(line): _chain_json(chain) for line, chain in story.above.items()},
        "below": {
            str(line): [node_json(each.node) | {"depth": each.depth} for each in below]
            for line, below in story.below.items()
        },
        "made_from": [_edge_json(edge, str(edge.old.uid)) for edge in story.made_from],
        "became": [_edge_json(edge, str(edge.new.uid)) for edge in story.became],
    }


def node_json(node: Node) -> dict[str, Any]:
    """One organisation or body as plain data; `id` is what names it in commands."""
    return {
        "id": reference_of(node),
        "name": node.name,
        "kind": str(node.kind),
        "body": node.body.key if node.body else None,
        "registered": node.organisation is not None,
        "place": found_json(node.ground) if node.ground else None,
    }


def valid_words(row: OrganisationPeriod, lang: Language) -> str:
    """From when to when a row holds."""
    since = WORDS["since"][lang].format(since=format_date(row.valid_from))
    if row.valid_to is None:
        return since
    return WORDS["until"][lang].format(since=since, until=format_date(row.valid_to))


def kind_words(kind: str, lang: Language) -> str:
    """A kind as people read it."""
    return str(OrganisationKind(kind).label) if lang == "vi" else OrganisationKind(kind).value.replace("_", " ")


def _row(story: Story) -> OrganisationPeriod | None:
    return next((row for row in story.periods if row.valid.contains(story.on)), None)


def _what_it_is(story: Story, lang: Language) -> Iterator[str]:
    node, row = story.node, _row(story)
    yield WORDS["kind"][lang].format(kind=kind_words(node.kind, lang), id=reference_of(node))
    if row:
        seat = node.ground.label if node.ground else ""
        yield WORDS["seat"][lang].format(seat=seat) if seat else WORDS["no_seat"][lang]
        yield valid_words(row, lang).capitalize()
        yield _source(row.source, row.mark, lang)
    elif node.body:
        yield WORDS["central" if node.body.level == Level.COUNTRY else "derived"][lang]
        yield _source(node.body.source, node.body.mark, lang)
    if node.body and node.body.exists(story.on) == "unknown":
        yield WORDS["unsure"][lang].format(day=format_date(story.on))
    if node.body and node.body.note:
        yield node.body.note
    if node.organisation and node.organisation.fictional:
        yield WORDS["fictional"][lang]


def _head_lines(node: Node, lang: Language) -> Iterator[str]:
    office = office_of(node)
    if office is None:
        yield WORDS["no_head"][lang]
    else:
        title = office.title_vi if lang == "vi" else office.title_en
        yield WORDS["head"][lang].format(office=title, mark=_mark(office.mark, lang))


def office_of(node: Node) -> Office | None:
    """The office that heads a body, where a text of the policy names one."""
    return open_library().offices.get(node.body.office) if node.body and node.body.office else None


def _above_lines(story: Story, line: Line, chain: Chain, lang: Language) -> Iterator[str]:
    if not chain.steps and not chain.note and chain.end != End.PLACE_NOT_KNOWN:
        return
    yield WORDS["line"][lang].format(line=LINE_WORDS[line][lang])
    for step in chain.steps:
        yield f"  ↑ {step.node.label} – {step.source} ({_mark(step.mark, lang)})"
    if chain.end != End.TOP:
        yield f"  ↑ {WORDS[chain.end][lang]}" + (f". {chain.note}" if chain.note else "")
    if chain.likely and chain.steps:
        yield "  " + WORDS["likely"][lang].format(day=format_date(story.on))


def _below_lines(line: Line, below: list[Below], lang: Language) -> Iterator[str]:
    if not below:
        return
    counted = Counter(str(each.node.kind) for each in below)
    counts = "; ".join(f"{kind_words(kind, lang)}: {format_number(count)}" for kind, count in counted.most_common())
    yield WORDS["below"][lang].format(line=LINE_WORDS[line][lang], counts=counts)
    for each in below[:SHOWN]:
        yield f"{'  ' * each.depth}↓ {each.node.label}"
    if len(below) > SHOWN:
        yield "  " + WORDS["more"][lang].format(count=format_number(len(below) - SHOWN))


def _past_lines(story: Story, lang: Language) -> Iterator[str]:
    for row in story.periods:
        if not row.valid.contains(story.on):
            words = WORDS["was" if row.valid_from < story.on else "later"][lang]
            yield words.format(name=row.name, valid=valid_words(row, lang))
    for edge in story.made_from:
        yield _edge_words(edge, "took_in" if edge.whole else "from_part", edge.old_id, lang)
    for edge in story.became:
        yield _edge_words(edge, "went_into" if edge.whole else "gave_part", edge.new_id, lang)


def _edge_words(edge: OrganisationLineage, how: str, other: int, lang: Language) -> str:
    name = queries.names_ever([other])[other]
    act = edge.legal_act or edge.source
    return WORDS["made_from"][lang].format(on=format_date(edge.on), how=WORDS[how][lang], name=name, act=act)


def _source(source: str, mark: str, lang: Language) -> str:
    return WORDS["source"][lang].format(source=source, mark=_mark(mark, lang))


def _mark(mark: str, lang: Language) -> str:
    return next(MARK_WORDS[known][lang] for known in MARKS if known == mark)


def _chain_json(chain: Chain) -> dict[str, Any]:
    steps = [
        node_json(step.node) | {"source": step.source, "mark": step.mark, "note": step.note or None}
        for step in chain.steps
    ]
    return {"steps": steps, "end": str(chain.end), "note": chain.note or None, "likely": chain.likely}


def _edge_json(edge: OrganisationLineage, other: str) -> dict[str, Any]:
    return {
        "id": other,
        "on": edge.on.isoformat(),
        "whole": edge.whole,
        "legal_act": edge.legal_act or None,
        "source": edge.source,
        "mark": edge.mark,
    }
