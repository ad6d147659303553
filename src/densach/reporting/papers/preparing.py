"""A decision before it is signed: as a draft of today's list, and prepared with its number for the office to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid5

from django.db import transaction

from densach.assessing.domain import PaperAct
from densach.assessing.models import Round
from densach.assessing.queries import proposed_and_open, round_for_update
from densach.assessing.signing.domain import keep_prepared
from densach.assessing.signing.models import Prepared
from densach.assessing.titles import Title
from densach.authority.numbering import keep_paper
from densach.authority.queries import kept_paper, local_decisions
from densach.formats.official.keeping import kept_text, read_kept
from densach.formats.official.model import Official
from densach.formats.official.pdf import official_pdf
from densach.history.domain import Act
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.reporting.papers import issuing
from densach.reporting.papers.decisions import BY_WHOM, bases_of_title, decision
from densach.reporting.papers.desk import Decider, decider_of, desk_of
from densach.reporting.papers.naming import decision_name


@dataclass(frozen=True)
class Competent:
    """Who may sign for a title on a day: the commune's own office, another (`is_other`), or nobody (`questions`)."""

    decider: Decider
    is_other: bool
    questions: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether the law or a local decision names somebody."""
        return bool(self.decider.called)


def competent_for(round_: Round, title: Title, library: Library, on: date) -> Competent:
    """Who may sign a decision on a title, and the questions of law that are open where nobody is known."""
    return competent_for_each(round_, [title], library, on)[0]


def competent_for_each(round_: Round, titles: Sequence[Title], library: Library, on: date) -> list[Competent]:
    """The same for several titles, in two queries."""
    desk, local_ones = desk_of(round_, on), local_decisions(round_.place, on)
    deciders = ((title, decider_of(round_, title, library, desk, on, local_ones)) for title in titles)
    return [_competent(title, decider, library, on) for title, decider in deciders]


def _competent(title: Title, decider: Decider, library: Library, on: date) -> Competent:
    questions = () if decider.called else tuple(issuing.open_questions(title, library, on)) or (title.key,)
    return Competent(decider, bool(decider.called and decider.draft), questions)


def drafted(round_: Round, title: Title, library: Library, on: date) -> Official:
    """The decision on who stands on the list now, without a number; refused where nobody does (R119)."""
    proposed = proposed_and_open(round_, title.key)
    if not proposed:
        raise Refused(problem("R119", title.name_vi, year=round_.year))
    desk = desk_of(round_, on)
    decider = decider_of(round_, title, library, desk, on)
    listed = issuing.named_in_list(round_, title, library, proposed, on)
    bases = (*bases_of_title(round_, title, library), BY_WHOM)
    return decision(title, listed, decider, desk, bases, round_.year, issuing.CARRIED_OUT_BY)


def prepare_decision(
    round_: Round, title: Title, order: issuing.Order, library: Library, *, today: date, act: Act, given: str = ""
) -> Prepared:
    """Number the decision on the list of a title and keep it for signing, with whom it recognises.

    Another office numbers for itself: then `given` is its number, and nothing is kept but the list. Refused as
    `issuing.issue_decision`, and where a decision on the title waits already (R208).
    """
    issuing.refuse_days_to_come(order.signed, today)
    with transaction.atomic():
        round_ = round_for_update(round_)
        competent = competent_for(round_, title, library, order.signed)
        proposed = proposed_and_open(round_, title.key)
        if not competent.is_known:
            raise Refused(
                problem("R117", title.name_vi, on=order.signed.isoformat(), reason="; ".join(competent.questions))
            )
        if not proposed:
            raise Refused(problem("R119", title.name_vi, year=round_.year))
        decisions = [issuing.as_proposed(row) for row in proposed]
        office, thing = competent.decider.office, None
        if competent.is_other:
            if not given.strip():
                raise Refused(problem("R213", "given", office=competent.decider.called))
            number = given.strip()
        else:
            document = issuing.decided(round_, title, order, library, proposed)
            thing = uuid5(issuing.matter_of(round_), f"prepared {title.key} {order.signed} {act.at.isoformat()}")
            numbered = issuing.numbered(round_, document, order, thing, act)
            keep_paper(thing, issuing.matter_of(round_), decision_name(title.model, numbered.reference.number),
                       kept_text(numbered), act)  # fmt: skip
            number = issuing.number_of(numbered)
        paper = PaperAct(number=number, signed_on=order.signed, office=office, basis=order.basis)
        return keep_prepared(round_, title, paper, decisions, thing, act=act)


def prepared_paper(prepared: Prepared) -> Official | None:
    """The paper that was prepared here; none where another office wrote it."""
    kept = kept_paper(prepared.thing) if prepared.thing else None
    return read_kept(kept.content) if kept else None


def prepared_bytes(prepared: Prepared) -> bytes:
    """The PDF that was given out for signing, byte by byte; empty where another office wrote it."""
    paper = prepared_paper(prepared)
    return b"" if paper is None else official_pdf(paper, made_on=paper.reference.on or prepared.signed_on)
