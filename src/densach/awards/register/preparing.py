"""A decision before it is signed: its list is frozen, it is numbered from the book and kept; or it is dropped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from densach.authority.numbering import cancel_number_of, draw, enter_given, keep_paper, series_of
from densach.authority.queries import kept_paper
from densach.awards.attempts import keeping_attempts
from densach.awards.models import AwardRound, Nomination, Step
from densach.awards.register import queries
from densach.awards.register.access import ELSEWHERE, WITHOUT_COUNCIL, candidates_for
from densach.awards.register.lawful import Decider, asks_for_council, award_in, decider_on
from densach.awards.register.models import Decision, Listed
from densach.awards.register.paper import SYMBOL, Line, Order, decision_paper, named
from densach.formats.official.keeping import kept_text, read_kept
from densach.formats.official.model import Official, Reference
from densach.formats.official.pdf import official_pdf
from densach.formats.official.words import NUMBER, number_line
from densach.history.domain import Act, Happening, record
from densach.policy.commendation.model import Award, CommendationLaw
from densach.problems import Refused, problem

_ABOUT = 300  # letters that the row of the list keeps


def drafted(round_: AwardRound, award: Award, decider: Decider, chosen: Sequence[Nomination], on: date) -> Official:
    """The decision as it would be today, without a number."""
    return decision_paper(round_, award, Order(signed=on, basis=""), decider, lines_of(chosen))


def prepare_decision(
    round_: AwardRound,
    award_code: str,
    chosen: Collection[UUID],
    order: Order,
    law: CommendationLaw,
    *,
    today: date,
    act: Act,
) -> Decision:
    """Number the decision on some nominations of a round and keep it for signing.

    Refused for a day to come (Q303), for a wrong office or a dissolved body (Q301, Q302), for an empty list (Q304),
    without the council that a text asks for (Q305) or a reason to do without (Q306), under hold (Q307), with an
    achievement that was used (Q308, Luật 06/2022/QH15 Điều 5), where a number of another office is missing (Q309) or
    known (Q310), and for a day on which its decision cannot have come (Q321).
    """
    award = award_in(law, award_code)
    with keeping_attempts("award_round", round_.uid, f"prepare {award.code}", act):
        if order.signed > today:
            raise Refused(problem("Q303", order.signed.isoformat(), today=today.strftime("%d/%m/%Y")))
        if order.came is not None and not order.signed <= order.came <= today:
            raise Refused(problem("Q321", order.came.isoformat()))
        decider = decider_on(law, round_, award, order.signed)
        try:
            with transaction.atomic():
                rows = _rows(round_, award, decider, chosen)
                refuse_without_council(law, award, decider, order, rows)
                refuse_held_or_used(rows)
                return _kept(round_, award, order, decider, rows, act)
        except IntegrityError as error:  # somebody else listed one of them, or took the number, at the same moment
            raise Refused(problem("Q304", award.name_vi)) from error


def drop_prepared(decision: Decision, reason: str, *, act: Act) -> Decision:
    """Drop a decision before it is signed: its number stays in the book as cancelled, and its list is free again.

    Refused without a reason (Q311) and once it was recorded as signed (Q312); dropped twice it changes nothing.
    """
    if not reason.strip():
        raise Refused(problem("Q311", decision.number))
    with transaction.atomic():
        now = queries.decision_for_update(decision)
        if now.recorded_at is not None:
            raise Refused(problem("Q312", now.number))
        if now.dropped_at is not None:
            return now
        now.dropped_at, now.dropped_why = act.at, reason.strip()
        now.save(update_fields=["dropped_at", "dropped_why"])
        queries.drop_listed(now)
        if now.thing is not None:
            cancel_number_of(now.thing, reason=now.dropped_why, act=act)
        record(happening(now, "dropped", {"number": now.number, "reason": now.dropped_why}), act)
        return now


def prepared_paper(decision: Decision) -> Official | None:
    """The paper that was prepared here; none where another office wrote it."""
    kept = kept_paper(decision.thing) if decision.thing else None
    return read_kept(kept.content) if kept else None


def prepared_bytes(decision: Decision) -> bytes:
    """The PDF that was given out for signing, byte by byte; empty where another office wrote it."""
    paper = prepared_paper(decision)
    return b"" if paper is None else official_pdf(paper, made_on=paper.reference.on or decision.signed_on)


def refuse_held_or_used(rows: Sequence[Nomination]) -> None:
    """Refuse the whole decision, naming every nominee under hold (Q307) and every achievement used already (Q308)."""
    held = queries.held_among([row.nominee.same_as_id or row.nominee_id for row in rows] + [r.nominee_id for r in rows])
    keys = [row.pk for row in rows]
    faults = [problem("Q307", hold.nominee.uid, name=hold.nominee.name, basis=hold.basis) for hold in held]
    faults += [
        problem("Q308", claim.achievement.uid, achievement=claim.achievement.text, name=claim.nomination.nominee.name,
                on=claim.consumed_on and claim.consumed_on.isoformat())
        for claim in queries.used_among(keys)
    ]  # fmt: skip
    faults += [
        problem("Q308", each.uid, achievement=each.text, name=each.nominee.name, on="…")
        for each in queries.shared_among(keys)
    ]
    if faults:
        raise Refused(*faults)


def refuse_without_council(
    law: CommendationLaw, award: Award, decider: Decider, order: Order, rows: Sequence[Nomination]
) -> None:
    """Refuse those whom no council passed where a text asks for one (Q305), and else without a reason (Q306)."""
    if all(row.step in {Step.PASSED, Step.FORWARDED} for row in rows):
        return
    asked = asks_for_council(law, award, decider, order.signed)
    if asked:
        raise Refused(problem("Q305", award.code, award=award.name_vi, text=asked))
    if not order.without_council.strip():
        raise Refused(problem("Q306", award.code))


def lines_of(rows: Sequence[Nomination]) -> list[Line]:
    """Some nominations as the list of a decision names them."""
    return [
        Line(place, row.nominee.kind, row.nominee.name, row.nominee.about[:_ABOUT], for_what(row))
        for place, row in enumerate(rows, 1)
    ]


def for_what(row: Nomination) -> str:
    """What the certificate shall say of a nomination, or else the achievements that it rests on."""
    return row.citation or "; ".join(claim.achievement.text.rstrip(".") for claim in row.claims.all())


def happening(decision: Decision, event: str, after: dict[str, Any]) -> Happening:
    """An entry of the log about a decision."""
    return Happening(kind="award_decision", object_id=decision.uid, event=event, after=after)


def _rows(round_: AwardRound, award: Award, decider: Decider, chosen: Collection[UUID]) -> list[Nomination]:
    wanted = set(chosen)
    steps = WITHOUT_COUNCIL if decider.numbers_here else ELSEWHERE
    rows = candidates_for(round_, award.code, steps, wanted)
    if not rows or len(rows) != len(wanted):
        raise Refused(problem("Q304", award.name_vi))
    return rows


def _kept(
    round_: AwardRound, award: Award, order: Order, decider: Decider, rows: Sequence[Nomination], act: Act
) -> Decision:
    lines = lines_of(rows)
    number, thing = _numbered(round_, award, order, decider, lines, act)
    if queries.number_is_known(round_.place, decider.authority, number):
        raise Refused(problem("Q310", number, number=number))
    decision = Decision.objects.create(
        round=round_,
        place=round_.place,
        award=award.code,
        award_name=named(award, decider),
        authority=decider.authority,
        office_title=decider.office,
        number=number,
        signed_on=order.signed,
        came_on=None if decider.numbers_here else order.came,
        signer=order.signer,
        basis=order.basis,
        power=decider.power[:300],
        without_council=order.without_council.strip(),
        thing=thing,
        prepared_at=act.at,
    )
    Listed.objects.bulk_create(
        Listed(decision=decision, nomination=row, ordinal=line.ordinal, kind=line.kind, name=line.name,
               about=line.about, for_what=line.for_what)
        for row, line in zip(rows, lines, strict=True)
    )  # fmt: skip
    after = {"number": number, "signed_on": order.signed, "count": len(lines), "basis": order.basis}
    after |= {"office": decider.office, "without_council": decision.without_council}
    record(happening(decision, "prepared", after), act)
    return decision


def _numbered(
    round_: AwardRound, award: Award, order: Order, decider: Decider, lines: Sequence[Line], act: Act
) -> tuple[str, UUID | None]:
    """The number of the decision, and the identity of its kept paper where it was written here."""
    if not decider.numbers_here:
        if not order.given.strip():
            raise Refused(problem("Q309", "given", office=decider.office))
        return order.given.strip(), None
    document = decision_paper(round_, award, order, decider, lines)
    thing = uuid5(round_.uid, f"{award.code} {order.signed} {act.at.isoformat()}")
    symbol, on = document.kind.symbol, order.signed
    book = series_of(round_.place, SYMBOL, symbol, on.year, fictional=document.fictional)
    what = f"{document.kind.name_vi}: {document.abstract}"
    if order.number is not None:
        enter_given(book, order.number, on=on, what=what, act=act, thing=thing)
    number = order.number or draw(book, on=on, what=what, act=act, things=[thing])[0]
    numbered = replace(document, reference=Reference(document.reference.place, on.year, number, on))
    keep_paper(thing, round_.uid, f"quyet-dinh-so-{number:02}-khen-thuong", kept_text(numbered), act)
    said = number_line(document.kind, document.issuer, numbered.reference).removeprefix(NUMBER)
    return said, thing
