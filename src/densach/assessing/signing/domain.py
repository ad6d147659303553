"""Everything that can happen to a prepared decision: it is signed, its page is opened, and some of it is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from densach.assessing.certificates.issuing import withdraw
from densach.assessing.domain import Decision, PaperAct, sign_act, who_signs
from densach.assessing.models import Recognition, Round
from densach.assessing.signing import queries
from densach.assessing.signing.models import Likeness, Prepared, SignedPaper, Withdrawal
from densach.assessing.titles import Title
from densach.authority.numbering import cancel_number_of
from densach.formats.official.same_words import Difference, compare_words
from densach.formats.signatures import Signature
from densach.history.domain import Act, Happening, record
from densach.policy.library import Library
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A signed file as it was sent, with what it says of its signatures, and the bytes that were prepared."""

    name: str
    content: bytes
    signatures: tuple[Signature, ...]
    prepared: bytes


def keep_prepared(
    round_: Round, title: Title, paper: PaperAct, decisions: Sequence[Decision], thing: Any, *, act: Act
) -> Prepared:
    """Keep a decision for signing, with whom it recognises; refused where another on the title waits (R208)."""
    waits = queries.waiting(round_, title.key)
    if waits is not None:
        raise Refused(problem("R208", title.name_vi, number=waits.number))
    row = Prepared.objects.create(
        round=round_,
        title_key=title.key,
        number=paper.number,
        signed_on=paper.signed_on,
        office=paper.office,
        basis=paper.basis,
        thing=thing,
        decisions=[_as_data(decision) for decision in decisions],
        prepared_at=act.at,
    )
    after = {"number": row.number, "signed_on": row.signed_on, "count": len(row.decisions), "basis": row.basis}
    record(_happening(row, "prepared", after), act)
    return row


def send_paper(prepared: Prepared, sent: Sent, *, act: Act) -> SignedPaper:
    """Keep a signed file; the same file twice is kept once."""
    digest = sha256(sent.content).hexdigest()
    with transaction.atomic():
        now = _not_cancelled(prepared)
        known = next((row for row in queries.papers_of(now) if row.sha256 == digest), None)
        if known is not None:
            return known
        likeness, differs = likeness_of(sent.content, sent.prepared)
        row = SignedPaper.objects.create(
            prepared=now,
            name=sent.name[:200],
            content=sent.content,
            sha256=digest,
            likeness=likeness,
            signatures=[_signature(each) for each in sent.signatures],
            differs=[asdict(each) for each in differs],
            sent_at=act.at,
        )
        record(_happening(now, "paper_sent", {"sha256": digest, "likeness": likeness}), act)
        return row


def likeness_of(sent: bytes, prepared: bytes) -> tuple[Likeness, tuple[Difference, ...]]:
    """How a file that came back compares, and where its words differ.

    A signature is added behind the bytes of the file, so the prepared file stands at the beginning of the signed one;
    another file is compared word by word.
    """
    if sent == prepared:
        return Likeness.SAME, ()
    if prepared and sent.startswith(prepared):
        return Likeness.ADDED, ()
    compared = compare_words(prepared, sent) if prepared else None
    if compared is None:
        return Likeness.OTHER, ()
    if not compared.has_words:
        return Likeness.BLANK, ()
    return (Likeness.APART if compared.differences else Likeness.WORDS), compared.differences


def confirm_compared(paper: SignedPaper, *, act: Act) -> SignedPaper:
    """Note that somebody compared a signed file with the prepared one by eye; twice it changes nothing."""
    with transaction.atomic():
        now = queries.paper_for_update(paper)
        if now.waits_for_eyes:
            now.compared_at = act.at
            now.save(update_fields=["compared_at"])
            record(_happening(now.prepared, "compared", {"sha256": now.sha256}), act)
        return now


def record_signed(prepared: Prepared, title: Title, library: Library, *, act: Act) -> Prepared:
    """Record that the office signed what was prepared: the act and whom it recognises; twice it changes nothing.

    Refused while a file that came back waits to be compared by eye (R221).
    """
    with transaction.atomic():
        now = _not_cancelled(prepared)
        if now.act is not None:
            return now
        if any(each.waits_for_eyes for each in queries.papers_of(now)):
            raise Refused(problem("R221", now.number))
        paper = PaperAct(number=now.number, signed_on=now.signed_on, office=now.office, basis=now.basis)
        now.act = sign_act(now.round, title, paper, library, _decisions(now), act=act)
        now.save(update_fields=["act"])
        record(_happening(now, "signed", {"number": now.number}), act)
        return now


def cancel_prepared(prepared: Prepared, reason: str, *, act: Act) -> Prepared:
    """Cancel a decision before it is signed: its number stays in the book as cancelled, and its list is open again.

    Refused without a reason (R218) and once it is recorded as signed (R219); cancelled twice it changes nothing.
    """
    if not reason.strip():
        raise Refused(problem("R218", prepared.number))
    with transaction.atomic():
        now = queries.prepared_for_update(prepared)
        if now.act is not None:
            raise Refused(problem("R219", now.number))
        if now.cancelled_at is not None:
            return now
        now.cancelled_at, now.cancelled_why = act.at, reason.strip()
        now.save(update_fields=["cancelled_at", "cancelled_why"])
        if now.thing is not None:
            cancel_number_of(now.thing, reason=now.cancelled_why, act=act)
        record(_happening(now, "cancelled", {"number": now.number, "reason": now.cancelled_why}), act)
        return now


def publish(prepared: Prepared, *, act: Act) -> Prepared:
    """Open the public page of a signed decision; refused before it is signed (R209)."""
    with transaction.atomic():
        now = queries.prepared_for_update(prepared)
        if now.act is None:
            raise Refused(problem("R209", now.number))
        if now.published_at is None:
            now.published_at = act.at
            now.save(update_fields=["published_at"])
            record(_happening(now, "published", {}), act)
        return now


def withdraw_recognition(
    recognition: Recognition, title: Title, paper: PaperAct, reason: str, library: Library, *, act: Act
) -> Withdrawal:
    """Take a recognition back by a later act: it stays as signed, no longer counts, and its certificates are withdrawn.

    Refused without a reason (R210), by an act from before (R211), twice (R212), and where no office may sign (R105).
    """
    if not (reason.strip() and paper.number.strip() and paper.basis.strip()):
        raise Refused(problem("R210", recognition.pk))
    if paper.signed_on < recognition.act.signed_on:
        raise Refused(problem("R211", paper.number, on=recognition.act.signed_on.isoformat()))
    with transaction.atomic():
        queries.recognition_for_update(recognition)
        known = queries.withdrawal_of(recognition)
        if known is not None:
            raise Refused(problem("R212", recognition.pk, number=known.number))
        _, office_title, _ = who_signs(recognition.act.place, title, paper, library)
        row = Withdrawal.objects.create(
            recognition=recognition,
            number=paper.number.strip(),
            signed_on=paper.signed_on,
            office_title=office_title,
            basis=paper.basis.strip(),
            reason=reason.strip(),
        )
        _take_back(recognition, row, paper.signed_on, act)
        return row


def _not_cancelled(prepared: Prepared) -> Prepared:
    """The decision as it is now, locked; refused (R220) where it was cancelled."""
    now = queries.prepared_for_update(prepared)
    if now.cancelled_at is not None:
        raise Refused(problem("R220", now.number, number=now.number))
    return now


def _take_back(recognition: Recognition, row: Withdrawal, on: date, act: Act) -> None:
    for certificate in queries.certificates_held(recognition):
        withdraw(certificate, on=on, paper=f"Quyết định số {row.number}", act=act)
    after = {"number": row.number, "signed_on": row.signed_on, "office": row.office_title, "reason": row.reason}
    said = Happening(kind="recognition", object_id=recognition.pk, event="withdrawn", after=after)
    record(said, act)


def _decisions(prepared: Prepared) -> list[Decision]:
    subjects = queries.subjects_by_key([row["subject"] for row in prepared.decisions])
    return [Decision(**row | {"subject": subjects[row["subject"]]}) for row in prepared.decisions]


def _as_data(decision: Decision) -> dict[str, Any]:
    names = ("name", "level", "reason", "scorer", "paper_sheet")
    return {"subject": decision.subject.pk} | {name: getattr(decision, name) for name in names}


def _signature(found: Signature) -> dict[str, Any]:
    at = found.signed_at.isoformat() if found.signed_at else ""
    kinds = {name: getattr(found, name).value.replace("-", "_") for name in ("time", "integrity", "trust")}
    return {"signer": found.signer, "organisation": found.organisation, "at": at, **kinds}


def _happening(row: Prepared, event: str, after: dict[str, Any]) -> Happening:
    return Happening(kind="prepared", object_id=row.pk, event=event, after=after)
