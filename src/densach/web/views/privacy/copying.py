"""The copy of somebody's data for programs: one JSON text with plain names, and nothing of anybody else."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from densach.assessing.privacy.holding import Copy, Files, Register


def as_json(copy: Copy, today: date) -> str:
    """All of it as JSON; days as ISO, what is not known as null."""
    content = {
        "made_on": today,
        "register": _register(copy.register),
        **_files(copy.files),
        "answers": [
            {"year": row.round.year, "title": row.title_key, "by": row.stage, "facts": row.facts}
            for row in copy.answers
        ],
        "protected": [
            {"kind": told.fact.kind, "basis": told.fact.basis, "entered_at": told.fact.entered_at,
             "entered_as": told.fact.entered_as, "ended_at": told.fact.ended_at, "erased_at": told.fact.erased_at,
             "said": vars(told.said) if told.said else None}
            for told in copy.facts
        ],
        "consents": [
            {"purpose": row.purpose, "given": row.given, "at": row.at, "giver": row.giver, "how": row.how,
             "paper": row.paper, "signed_on": row.signed_on, "kept_at": row.kept_at, "words": row.words,
             "crossed_out_at": row.crossed_out_at, "crossed_out_why": row.crossed_out_why}
            for row in copy.consents
        ],
        "requests": [
            {"kind": row.kind, "about": row.about, "wanted": row.wanted, "asked": row.asked, "asked_on": row.asked_on,
             "answer_by": row.answer_by, "settle_by": row.settle_by, "state": row.state,
             "settled_on": row.settled_on, "reason": row.reason}
            for row in copy.requests
        ],
        "log": [{"kind": line.kind, "event": line.event, "at": line.at, "role": line.role} for line in copy.log],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _register(register: Register) -> dict[str, Any]:
    person = register.person
    return {
        "full_name": person.full_name,
        "former_names": [{"full_name": row.full_name, "until": row.valid_to} for row in register.former_names],
        "birth_date": person.birth_date,
        "birth_date_known_to": person.birth_precision,
        "sex": person.sex,
        "literacy": person.literacy,
        "personal_number": register.number or None,
        "homes": [
            {"where": home.where or None, "from": home.row.valid_from, "to": home.row.valid_to, "kind": home.row.kind,
             "is_head": home.row.is_head}
            for home in register.homes
        ],
        "contact": [{"phone": one.phone, "mail": one.email or None} for one in register.accounts],
    }  # fmt: skip


def _files(files: Files) -> dict[str, Any]:
    return {
        "sheets": [
            {"year": row.round.year, "title": row.title_key, "state": row.state, "way": row.way, "sent_at": row.sent_at,
             "written": row.draft, "note": row.note}
            for row in files.sheets
        ],
        "evidence": [
            {"year": row.sheet.round.year, "indicator": row.indicator, "media_type": row.media_type, "size": row.size,
             "sha256": row.sha256, "added_at": row.added_at}
            for row in files.evidence
        ],
        "consent_scans": [
            {"media_type": row.media_type, "size": row.size, "sha256": row.sha256, "added_at": row.added_at,
             "added_as": row.added_as, "crossed_out_at": row.crossed_out_at, "crossed_out_why": row.crossed_out_why}
            for row in files.scans
        ],
        "objections": [
            {"year": row.sheet.round.year, "about": row.about, "asks": row.asks, "state": row.state,
             "made_at": row.made_at}
            for row in files.objections
        ],
        "verdicts": [
            {"year": row.round.year, "title": row.title_key, "rubric": row.rubric, "verdict": row.verdict,
             "level": row.level, "points_low": row.points_low, "points_high": row.points_high,
             "receipt": json.loads(row.receipt)}
            for row in files.assessments
        ],
        "recognitions": [
            {"year": row.year, "title": row.title_key, "level": row.level, "act": row.act.number,
             "signed_on": row.act.signed_on, "valid_from": row.valid_from, "valid_to": row.valid_to}
            for row in files.recognitions
        ],
        "certificates": [
            {"serial": row.serial, "year": row.serial_year, "printed_on": row.printing.printed_on, "words": row.words,
             "withdrawn_on": row.withdrawn_on}
            for row in files.certificates
        ],
    }  # fmt: skip


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
