"""The forms that begin a text and fill its holes: each field as it was typed, with what is wrong beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from densach.formats.vietnamese import format_date, nfc, single_spaced
from densach.lawmaking.domain import Beginning
from densach.lawmaking.models import Kind
from densach.lawmaking.offering import Hole, Offer
from densach.lawmaking.texts import Texts
from densach.policy.dates import is_date
from densach.policy.library import entries_of
from densach.policy.overlaying import overlay_faults
from densach.policy.reading import Source
from densach.policy.writing import (
    Filled,
    Frame,
    Paper,
    cases_text,
    dated_text,
    document_id,
    document_text,
    filled_text,
    id_of,
    whole_text,
)
from densach.problems import Problem, Refused, problem
from densach.rules.model import Document, Overlay

MARKS = ("read", "secondary")
PAPER = ("number", "kind_vi", "title_vi", "issuer_vi", "signed", "valid_from", "mark", "original")
SCAN = ("scan_sha256", "transcribed_by", "second_reader")
_NEEDED = frozenset({"number", "kind_vi", "title_vi", "issuer_vi", "signed", "valid_from"})
_LONGEST = 400
_SHARE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")
Sent = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """What stands in one field, and what is wrong with it."""

    name: str
    value: str = ""
    problem: Problem | None = None


@dataclass(frozen=True)
class HoleField:
    """The two fields of one hole: its value and the article that gives it."""

    hole: Hole
    value: Field
    article: Field


@dataclass(frozen=True)
class BeginningForm:
    """All fields of the form; `begins` is what they say, none while something is wrong."""

    offer: Offer
    kind: Kind
    fictional: bool
    fields: Mapping[str, Field]
    holes: tuple[HoleField, ...]
    begins: Beginning | None = None

    @property
    def wants_scan(self) -> bool:
        """Whether the scan and its readers must be named."""
        return self.kind == Kind.TRANSCRIPTION

    @property
    def has_problems(self) -> bool:
        """Whether anything is wrong with what was typed."""
        fields = [*self.fields.values(), *(field for one in self.holes for field in (one.value, one.article))]
        return any(field.problem for field in fields)


def empty_form(offer: Offer, kind: Kind, *, fictional: bool) -> BeginningForm:
    """The form before anything is typed."""
    fields = {name: Field(name) for name in (*PAPER, *SCAN)} | {"mark": Field("mark", MARKS[0])}
    holes = tuple(_hole_field(hole, {}) for hole in offer.holes) if kind == Kind.FILLS else ()
    return BeginningForm(offer, kind, fictional, fields, holes)


def filled_form(offer: Offer, texts: Texts, *, fictional: bool) -> BeginningForm | None:
    """The form of an overlay that fills holes, as its files say; none where they cannot be read."""
    try:
        files = (("x.overlay.yaml", texts.law), ("document.yaml", texts.document))
        values = [next(entries_of(Source(Path(name), data))).value for name, data in files if data]
    except Refused:
        return None
    sent: dict[str, str] = {}
    for value in values:
        sent |= _said(value)
    form = empty_form(offer, Kind.FILLS, fictional=fictional)
    fields = {name: Field(name, sent.get(name, "")) for name in form.fields}
    return replace(form, fields=fields, holes=tuple(_hole_field(one.hole, sent) for one in form.holes))


def read_form(offer: Offer, kind: Kind, sent: Sent, *, fictional: bool) -> BeginningForm:
    """What was typed, and what it begins if nothing is wrong with it."""
    form = empty_form(offer, kind, fictional=fictional)
    if kind == Kind.CORRECTION:
        return replace(form, begins=_correction(form))
    fields = {name: _read(name, sent, kind) for name in form.fields}
    fields["mark"] = Field("mark", sent.get("mark", "") if sent.get("mark") in MARKS else MARKS[0])
    holes = tuple(_read_hole(hole, sent) for hole in offer.holes) if kind == Kind.FILLS else ()
    typed = replace(form, fields=fields, holes=_none_filled(holes))
    if typed.has_problems:
        return typed
    begun = _beginning(typed)
    checked = replace(typed, holes=tuple(_beyond_bounds(typed, begun)))
    return checked if checked.has_problems else replace(checked, begins=begun)


def form_seen(sent: Sent) -> int:
    """The number of the form of a text that was on the screen; 0, which is none, where it cannot be read."""
    given = sent.get("seen", "")
    return int(given) if re.fullmatch(r"\d{1,9}", given, re.ASCII) else 0


def _read(name: str, sent: Sent, kind: Kind) -> Field:
    value = single_spaced(nfc("".join(c if c.isprintable() else " " for c in sent.get(name, "")[:_LONGEST])))
    must = name in _NEEDED or (name in SCAN and kind == Kind.TRANSCRIPTION)
    if not value:
        return Field(name, "", problem("P195", name) if must else None)
    if name == "number" and not id_of(value):
        return Field(name, value, problem("P228", name))
    if name in {"signed", "valid_from"} and _day(value) is None:
        return Field(name, value, problem("P196", name, value=value[:40]))
    if name == "scan_sha256" and not re.fullmatch(r"[0-9a-f]{64}", value.lower()):
        return Field(name, value, problem("P197", name))
    return Field(name, value)


def _read_hole(hole: Hole, sent: Sent) -> HoleField:
    value, article = (_read(f"{part}_{hole.name}", sent, Kind.FILLS) for part in ("value", "article"))
    if value.value and _value(hole, value.value) is None:
        value = replace(value, problem=problem("P194", value.name, value=value.value[:40]))
    if value.value and not article.value:
        article = replace(article, problem=problem("P195", article.name))
    return HoleField(hole, value, article)


def _none_filled(holes: tuple[HoleField, ...]) -> tuple[HoleField, ...]:
    """A text that fills nothing is no text: then the first hole says so."""
    if not holes or any(one.value.value for one in holes):
        return holes
    first = replace(holes[0], value=replace(holes[0].value, problem=problem("P195", holes[0].value.name)))
    return (first, *holes[1:])


def _beyond_bounds(form: BeginningForm, begun: Beginning) -> Iterator[HoleField]:
    """The holes with the mistakes that the law finds in their values."""
    wrong: dict[str, Problem] = {}
    if form.kind == Kind.FILLS:
        overlay = next(entries_of(Source(Path("x.overlay.yaml"), begun.texts.law))).value
        for fault in overlay_faults(form.offer.rubric, overlay):
            wrong[str(fault.words["hole"])] = problem(fault.code, fault.words["hole"], **fault.words)
    for one in form.holes:
        found = wrong.get(one.hole.name)
        yield replace(one, value=replace(one.value, problem=found)) if found else one


def _hole_field(hole: Hole, sent: Sent) -> HoleField:
    value, article = (Field(name, sent.get(name, "")) for name in (f"value_{hole.name}", f"article_{hole.name}"))
    return HoleField(hole, value, article)


def _beginning(form: BeginningForm) -> Beginning:
    paper, offer = _paper(form), form.offer
    document = document_id(paper, offer.code)
    overlay = form.kind != Kind.DATED
    name = _free(id_of(offer.rubric.id, offer.code, paper.valid_from, "mau" if form.fictional else ""), offer)
    law = _overlay_text(form, paper, name, document) if overlay else _dated(form, paper, name, document)
    cases = b"" if overlay else cases_text(name).encode()
    texts = Texts(law=law.encode(), document=document_text(paper, document).encode(), cases=cases)
    return Beginning(policy_id=name, kind=form.kind, target=offer.rubric.id, fictional=form.fictional, texts=texts)


def _free(name: str, offer: Offer) -> str:
    """The name itself, or with a number behind it where a text of the same day stands already."""
    others = (f"{name}-{at}" for at in count(2))
    return next(one for one in chain([name], others) if one not in offer.library.digests)


def _overlay_text(form: BeginningForm, paper: Paper, name: str, document: str) -> str:
    offer = form.offer
    said = {field: form.fields[field].value for field in SCAN}
    frame = Frame(
        id=name,
        kind=form.kind,
        rubric=offer.rubric.id,
        place=offer.code,
        place_name=offer.place_name,
        **said | {"scan_sha256": said["scan_sha256"].lower()},
    )
    if form.kind == Kind.FILLS:
        return filled_text(frame, paper, document, list(_fillings(form)))
    return whole_text(frame, paper, document, offer.source if form.kind == Kind.LOCAL_SET else "")


def _dated(form: BeginningForm, paper: Paper, name: str, document: str) -> str:
    return dated_text(form.offer.source, name, document, paper.valid_from)


def _correction(form: BeginningForm) -> Beginning:
    name = form.offer.rubric.id
    texts = Texts(law=form.offer.source.encode())
    return Beginning(policy_id=name, kind=Kind.CORRECTION, target=name, fictional=form.fictional, texts=texts)


def _fillings(form: BeginningForm) -> Iterator[Filled]:
    for one in form.holes:
        value = _value(one.hole, one.value.value) if one.value.value else None
        if value is not None:
            yield Filled(hole=one.hole.name, value=value, article=one.article.value)


def _value(hole: Hole, typed: str) -> int | str | None:
    """A value as the policy writes it, none where it is no value of this kind."""
    if hole.choices:
        return typed if typed in hole.choices else None
    if hole.is_share:
        found = _SHARE.fullmatch(typed)
        return f"{int(found[1])}{f'.{found[2]}' if found[2] else ''}%" if found else None
    return int(typed) if re.fullmatch(r"\d{1,9}", typed, re.ASCII) else None


def _paper(form: BeginningForm) -> Paper:
    said = {name: form.fields[name].value for name in PAPER}
    days = {name: str(_day(said[name])) for name in ("signed", "valid_from")}
    return Paper(**said | days | {"mark": "fictional" if form.fictional else said["mark"]})


def _day(typed: str) -> date | None:
    """A whole day as people write it, none where it is none."""
    try:
        return date.fromisoformat("-".join(part.zfill(2) for part in reversed(typed.split("/"))))
    except ValueError:
        return None


def _said(value: object) -> dict[str, str]:
    """What the files of an overlay say, by the fields of the form."""
    if isinstance(value, Document):
        names = ("number", "kind_vi", "title_vi", "issuer_vi")
        said = {name: getattr(value, name) or "" for name in names}
        return said | {"signed": _shown(value.signed), "mark": value.mark, "original": "; ".join(value.sources)}
    if isinstance(value, Overlay):
        said = {name: getattr(value, name) or "" for name in SCAN} | {"valid_from": _shown(value.valid_from)}
        for filling in value.fills:
            said[f"value_{filling.hole}"] = str(filling.value)
            said[f"article_{filling.hole}"] = next((cite.place or "" for cite in filling.cites), "")
        return said
    return {}


def _shown(day: str) -> str:
    whole = len(day) == len("2026-12-01") and is_date(day)
    return format_date(date.fromisoformat(day)) if whole else day
