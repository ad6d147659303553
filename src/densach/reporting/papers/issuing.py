"""Issuing: a paper gets its number and day, and its copy is kept, all in one transaction; its files are written after.

What was issued is found again by what it is, so the same command after an interruption draws no second number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction

from densach.assessing.domain import Decision, PaperAct, sign_act
from densach.assessing.frame import frame_of
from densach.assessing.models import Proposal, Round
from densach.assessing.queries import assessments, proposed_and_open, round_for_update
from densach.assessing.run import judged_on
from densach.assessing.titles import Title, rubric_on
from densach.authority.competence import competent_office
from densach.authority.models import KeptPaper
from densach.authority.numbering import draw, enter_given, keep_paper, series_of
from densach.authority.queries import kept_paper, kept_paper_names, kept_papers
from densach.formats.official.keeping import kept_text, read_kept
from densach.formats.official.model import Official, Reference
from densach.formats.official.words import NUMBER, number_line
from densach.history.domain import Act
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.reporting.outcomes import described, object_of
from densach.reporting.papers.decisions import Listed, bases_of_title, decision, is_graded
from densach.reporting.papers.desk import Decider, Desk, decider_of, desk_of
from densach.reporting.papers.naming import decision_name
from densach.reporting.words import document_titles
from densach.rules.saying import cite_text

CARRIED_OUT_BY = "Các cơ quan, đơn vị có liên quan và các trường hợp nêu tại Điều 1"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the office gives for its decision: the day, the papers it rests on, who signs, a number given on paper."""

    signed: date
    basis: str
    signer: str = ""
    number: int | None = None


def matter_of(round_: Round) -> UUID:
    """The file (hồ sơ) of a round: the same in every database that knows its place."""
    return uuid5(round_.place.uid, f"{round_.year} {round_.packs}")


def kept_documents(round_: Round) -> dict[str, Official]:
    """The papers of a round that were issued, as they were issued, by name."""
    return {paper.name: read_kept(paper.content) for paper in kept_papers(matter_of(round_))}


def kept_names(round_: Round) -> set[str]:
    """The names of the papers of a round that were issued."""
    return kept_paper_names(matter_of(round_))


def issue_decision(
    round_: Round, title: Title, order: Order, library: Library, *, today: date, act: Act
) -> tuple[str, Official]:
    """Number, record and keep the decision on the recognition list of a title; gives its name and what it says.

    Refused for a day to come (R116), where no office is known (R117) or another office decides (R118), where nobody is
    left to recognise (R119), and under another number than it was issued with (R120).
    """
    refuse_days_to_come(order.signed, today)
    matter = matter_of(round_)
    thing = uuid5(matter, f"{title.key} {order.signed.isoformat()} {order.basis}")
    with transaction.atomic():
        round_ = round_for_update(round_)
        kept = kept_paper(thing)
        if kept is None:
            kept = _decide(round_, title, order, library, thing, act)
        elif order.number not in {None, kept.number.number}:
            raise Refused(problem("R120", title.name_vi, number=kept.number, given=order.number))
    return kept.name, read_kept(kept.content)


def _decide(round_: Round, title: Title, order: Order, library: Library, thing: UUID, act: Act) -> KeptPaper:
    desk = desk_of(round_, order.signed)
    decider = decider_of(round_, title, library, desk, order.signed)
    _refuse_other_deciders(decider, title, library, order.signed)
    proposed = proposed_and_open(round_, title.key)
    if not proposed:
        raise Refused(problem("R119", title.name_vi, year=round_.year))
    listed = named_in_list(round_, title, library, proposed, order.signed)
    document = _decided(round_, title, order, library, decider, listed)
    numbered = _numbered(round_, desk, document, order.signed, thing, act, given=order.number)
    paper = PaperAct(number=number_of(numbered), signed_on=order.signed, office=decider.office, basis=order.basis)
    sign_act(round_, title, paper, library, [as_proposed(row) for row in proposed], act=act)
    name = decision_name(title.model, numbered.reference.number)
    return keep_paper(thing, matter_of(round_), name, kept_text(numbered), act)


def issue_papers(
    round_: Round,
    papers: Collection[tuple[str, Official]],
    on: date,
    *,
    only: Collection[str] = (),
    today: date,
    act: Act,
) -> list[str]:
    """Number and keep those papers that take a number and have none yet; gives the names of those that are new.

    `only` names some of them; one that is named and is a draft is refused (R121), as is a day to come (R116).
    """
    refuse_days_to_come(on, today)
    matter, issued = matter_of(round_), []
    with transaction.atomic():
        round_ = round_for_update(round_)
        desk = desk_of(round_, on)
        for name, document in papers:
            _refuse_drafts(name, document, only)
            thing = uuid5(matter, name)
            wanted = name in only if only else takes_number(document)
            if wanted and kept_paper(thing) is None:
                numbered = _numbered(round_, desk, document, on, thing, act)
                keep_paper(thing, matter, name, kept_text(numbered), act)
                issued.append(name)
    return issued


def number_of(document: Official) -> str:
    """Number and symbol of a paper that was issued, "05/QĐ-UBND"."""
    return number_line(document.kind, document.issuer, document.reference).removeprefix(NUMBER)


def takes_number(document: Official) -> bool:
    """Whether a paper is one that the clerk numbers, and more than a draft."""
    return bool(document.kind.symbol) and not document.draft


def decided(round_: Round, title: Title, order: Order, library: Library, proposed: list[Proposal]) -> Official:
    """The decision on some of the list as an order has it, its number still open."""
    decider = decider_of(round_, title, library, desk_of(round_, order.signed), order.signed)
    listed = named_in_list(round_, title, library, proposed, order.signed)
    return _decided(round_, title, order, library, decider, listed)


def numbered(round_: Round, document: Official, order: Order, thing: UUID, act: Act) -> Official:
    """The document with the day of an order and the next number of the book, or the number given on paper."""
    desk = desk_of(round_, order.signed)
    return _numbered(round_, desk, document, order.signed, thing, act, given=order.number)


def _numbered(
    round_: Round, desk: Desk, document: Official, on: date, thing: UUID, act: Act, *, given: int | None = None
) -> Official:
    """The document with its day and the next number of the book, or with the one that was given on paper."""
    symbol = document.kind.symbol
    book = series_of(round_.place, desk.issuer.symbol, symbol, on.year, fictional=desk.fictional)
    what = f"{document.kind.name_vi}: {document.abstract}"
    if given is not None:
        enter_given(book, given, on=on, what=what, act=act, thing=thing)
    number = given or draw(book, on=on, what=what, act=act, things=[thing])[0]
    return replace(document, reference=Reference(desk.place, on.year, number, on))


def _decided(
    round_: Round, title: Title, order: Order, library: Library, decider: Decider, listed: list[Listed]
) -> Official:
    signed_by = replace(decider, signature=replace(decider.signature, name=order.signer))
    bases = (*bases_of_title(round_, title, library), _as_basis(order.basis))
    desk = desk_of(round_, order.signed)
    return decision(title, listed, signed_by, desk, bases, round_.year, CARRIED_OUT_BY)


def _as_basis(basis: str) -> str:
    return basis if basis.startswith(("Căn cứ ", "Theo ", "Xét ")) else f"Căn cứ {basis}"


def named_in_list(round_: Round, title: Title, library: Library, proposed: list[Proposal], on: date) -> list[Listed]:
    """The proposed as they stand in the list of a day, in its order, in a constant number of queries."""
    called = described(round_, title, frame_of(round_.place, judged_on(round_)), on)
    rubric = rubric_on(library, title, judged_on(round_)).rubric
    names = {str(level.id): level.name_vi for level in rubric.levels} if is_graded(rubric) else {}
    judged = assessments(round_, title.key) if names else {}
    rows = []
    for row in proposed:
        about = called[object_of(row.subject)]
        computed = judged[row.subject_id].level if row.subject_id in judged else ""
        rows.append(Listed(about.village, about.code, about.name, names.get(row.level or computed, "")))
    return rows


def as_proposed(row: Proposal) -> Decision:
    """A row of the list as an act decides it."""
    return Decision(
        subject=row.subject, level=row.level, reason=row.reason, scorer=row.scorer, paper_sheet=row.paper_sheet
    )


def refuse_days_to_come(on: date, today: date) -> None:
    """Refuse (R116) a day that has not come."""
    if on > today:
        raise Refused(problem("R116", on.isoformat(), today=today.isoformat()))


def _refuse_drafts(name: str, document: Official, only: Collection[str]) -> None:
    if name in only and document.draft:
        raise Refused(problem("R121", name, reason=document.draft))


def _refuse_other_deciders(decider: Decider, title: Title, library: Library, on: date) -> None:
    if not decider.called:
        reason = "; ".join(open_questions(title, library, on)) or title.key
        raise Refused(problem("R117", title.name_vi, on=on.isoformat(), reason=reason))
    if decider.draft:
        raise Refused(problem("R118", title.name_vi, office=decider.called))


def open_questions(title: Title, library: Library, on: date) -> Iterator[str]:
    """What the law that we read says instead, with the documents that should name the office."""
    titles = document_titles(library)
    for power in competent_office(library, title.key, on, title.subject).powers:
        yield f"{cite_text(power.cites, titles)}: {(power.note_vi or 'không nêu cơ quan').rstrip('.')}"
