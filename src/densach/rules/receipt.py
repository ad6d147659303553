"""Receipts: a verdict that can be checked again years later, without a network and without names.

The seal is the SHA-256 of the canonical JSON of all that decided: engine, policy bytes, day, facts, findings and
verdict, under a pseudonym. Who the pseudonym is stands elsewhere, in one table that can be erased.
"""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec
from msgspec import Struct

from densach.rules.judging import Judge, Judgement, Points
from densach.rules.model import LevelId
from densach.rules.sheet import Facts, Given
from densach.rules.verdicts import Verdict

ENGINE = "densach-rules 1"
_encoder = msgspec.json.Encoder(order="sorted")


class Sealed(Struct, frozen=True):
    """What is sealed of one finding: enough to see the same result, the articles stand in the policy bytes."""

    id: str
    verdict: Verdict
    points: Points | None


class Receipt(Struct, frozen=True):
    """A sealed verdict. `policy` lists (id, sha256 of the file) of every policy file it rests on."""

    engine: str
    rubric: str
    policy: tuple[tuple[str, str], ...]
    on: str | None
    subject: str | None
    facts: dict[str, Given]
    verdict: Verdict
    level: LevelId | None
    points: Points | None
    findings: tuple[Sealed, ...]
    seal: str = ""


def seal(
    judge: Judge, facts: Facts, judgement: Judgement, *, on: date | None = None, subject: str | None = None
) -> Receipt:
    """Seal a judgement for a pseudonymous `subject`; facts that are missing are left out, they are not zero."""
    unsealed = Receipt(
        engine=ENGINE,
        rubric=judgement.rubric,
        policy=judge.sources,
        on=on.isoformat() if on else None,
        subject=subject,
        facts={name: answer for name, answer in facts.items() if answer is not None},
        verdict=judgement.verdict,
        level=judgement.level,
        points=judgement.points,
        findings=tuple([Sealed(finding.id, finding.verdict, finding.points) for finding in judgement.findings]),
    )
    return msgspec.structs.replace(unsealed, seal=_digest(unsealed))


def canonical(receipt: Receipt) -> bytes:
    """The one byte form of a receipt: UTF-8 JSON, keys in order, no spaces, whole numbers only."""
    return _encoder.encode(receipt)


def is_whole(receipt: Receipt) -> bool:
    """Whether nothing in the receipt was changed since it was sealed."""
    return receipt.seal == _digest(msgspec.structs.replace(receipt, seal=""))


def replay(judge: Judge, receipt: Receipt) -> Receipt:
    """Judge the sealed facts again; under the same policy bytes the canonical bytes come out the same."""
    on = date.fromisoformat(receipt.on) if receipt.on else None
    return seal(judge, receipt.facts, judge.judge(receipt.facts), on=on, subject=receipt.subject)


def _digest(receipt: Receipt) -> str:
    return "sha256:" + hashlib.sha256(_encoder.encode(receipt)).hexdigest()
