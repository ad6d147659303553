"""Everything that can happen in a round: it opens, people register and answer, lists are proposed, acts are signed.

Each event locks what it changes, refuses what may not be, and writes its rows and their log in one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.assessing import queries
from densach.assessing.models import (
    Answers,
    Assessment,
    Kind,
    Proposal,
    Recognition,
    RecognitionAct,
    Registration,
    Round,
    Stage,
    Subject,
    Verdict,
)
from densach.assessing.naming import keep_names
from densach.assessing.terms import refuse_early_upgrade, upgrade_wait_of, validity_of
from densach.assessing.titles import Title, rubric_on
from densach.authority.competence import competent_office, office_exists
from densach.authority.queries import local_decision
from densach.history.bringing import Brought, bring
from densach.history.domain import Act, Happening, record, record_many
from densach.places.models import Place
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.rules.model import Rubric

Facts = Mapping[str, bool | int | str]


@dataclass(frozen=True, kw_only=True)
class PaperAct:
    """An act as it stands on paper. `office` is an office of the policy, or empty for a local decision."""

    number: str
    signed_on: date
    office: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an act says of one subject; `reason` and `scorer` where people decide against or without a verdict.

    `name` is how the paper names it; without it the act is taken to name it as the register does on its day.
    """

    subject: Subject
    name: str = ""
    level: str = ""
    reason: str = ""
    scorer: str = ""
    paper_sheet: str = ""


def open_round(place: Place, year: int, packs: str, *, act: Act) -> Round:
    """Open the round of a place for a year; one that is open already is given back. R103 mixes real and made-up."""
    if "demo" in packs and not place.fictional:
        raise Refused(problem("R103", place.uid))
    with transaction.atomic():
        found = queries.round_of(place, year, packs)
        if found is not None:
            return found
        opened = Round.objects.create(place=place, year=year, packs=packs)
        after = {"place": str(place.uid), "year": year, "packs": packs}
        record(Happening(kind="round", object_id=opened.pk, event="opened", after=after), act)
        return opened


def close_round(round_: Round, on: date, *, act: Act) -> None:
    """Close a round (R108 if it is closed): nothing more is answered in it; acts may still be recorded."""
    with transaction.atomic():
        _refuse_closed(round_)
        round_.closed_on = on
        round_.save(update_fields=["closed_on"])
        record(Happening(kind="round", object_id=round_.pk, event="closed", after={"on": on}), act)


def subjects_for(kind: Kind, ids: Sequence[int]) -> dict[int, Subject]:
    """The subjects that stand for these persons, groups or places; those that are missing are made."""
    known = queries.subjects_by_object(kind, list(ids))
    missing = [Subject(kind=kind, **{f"{kind}_id": key}) for key in dict.fromkeys(ids) if key not in known]
    Subject.objects.bulk_create(missing, batch_size=2000)
    return known | {getattr(subject, f"{kind}_id"): subject for subject in missing}


def register(round_: Round, title_key: str, subjects: Iterable[Subject], *, act: Act) -> int:
    """Register subjects for a title; those that are registered stay so. Gives how many are new."""
    with transaction.atomic():
        _refuse_closed(round_)
        subjects = list(subjects)
        known = queries.registrations(round_, title_key, [subject.pk for subject in subjects])
        rows = [
            Registration(round=round_, subject=subject, title_key=title_key)
            for subject in subjects
            if subject.pk not in known
        ]
        Registration.objects.bulk_create(rows, batch_size=2000)
        record_many((_happening(row, "registered", {"title": title_key}) for row in rows), act)
        return len(rows)


def enter_answers(
    round_: Round, title_key: str, stage: Stage, answers: Mapping[int, Facts], *, act: Act
) -> Brought[Answers]:
    """Bring what subjects answered at one stage (self-assessment or verification) to these facts."""
    with transaction.atomic():
        _refuse_closed(round_)
        known = queries.answers(round_, title_key, stage, answers.keys())
        fixed = {"round_id": round_.pk, "title_key": title_key, "stage": stage}
        wanted = (
            (known.get(subject), {**fixed, "subject_id": subject, "facts": dict(facts)})
            for subject, facts in answers.items()
        )
        return bring(Answers, wanted, kind="answers", act=act)


def propose_list(round_: Round, title_key: str, decisions: Iterable[Decision], *, act: Act) -> list[Proposal]:
    """Put subjects on the recognition list; where the verdict is not met, people must say why and who scored (R104)."""
    with transaction.atomic():
        judged = queries.standing_assessments(round_, title_key)
        known = queries.proposals(round_, title_key)
        wanted = []
        for decision in decisions:
            subject = decision.subject.pk
            computed = judged[subject].verdict if subject in judged else Verdict.UNKNOWN
            _refuse_silent_people(decision, computed)
            fields = {"round_id": round_.pk, "title_key": title_key, "computed": computed, "level": decision.level}
            wanted.append((known.get(subject), fields | _said_by_people(decision)))
        return bring(Proposal, wanted, kind="proposal", act=act).rows


def propose_all_met(round_: Round, title_key: str, *, act: Act, without: Collection[int] = ()) -> int:
    """Bring the list of a title to who is met now; whom people proposed with a reason stays. Gives how many are met.

    `without` are the subjects that people leave out though they are met.
    """
    with transaction.atomic():
        subjects = queries.met_subjects(round_, title_key)
        met = [Decision(subject=subject) for subject in subjects if subject.pk not in without]
        wanted = {decision.subject.pk for decision in met}
        gone = [row for row in queries.proposals(round_, title_key).values() if not row.reason]
        gone = [row for row in gone if row.subject_id not in wanted]
        record_many((_withdrawn(row) for row in gone), act)
        queries.delete_proposals(gone)
        return len(propose_list(round_, title_key, met, act=act))


def _withdrawn(row: Proposal) -> Happening:
    before = {"subject": row.subject_id, "title_key": row.title_key, "computed": row.computed}
    return Happening(kind="proposal", object_id=row.pk, event="withdrawn", before=before)


def sign_act(
    round_: Round, title: Title, paper: PaperAct, library: Library, decisions: Sequence[Decision], *, act: Act
) -> RecognitionAct:
    """Record a signed act of this round and whom it recognises.

    Refused where no office may sign (R105, R106), where people decide without a reason (R104), where a higher level
    is asked before the wait that the rubric cites is over (R107), and where another office signed this act (R112).
    """
    with transaction.atomic():
        judged = queries.standing_assessments(round_, title.key)
        signed = _enter_act(round_.place, title, paper, library, act=act)
        _recognise(signed, title, round_.year, library, decisions, judged=judged, act=act)
        return signed


def record_past_act(
    place: Place, title: Title, year: int, paper: PaperAct, library: Library, decisions: Sequence[Decision], *, act: Act
) -> RecognitionAct:
    """Record an act from before this product: no verdict was computed, people decided, and the papers say so."""
    with transaction.atomic():
        signed = _enter_act(place, title, paper, library, act=act)
        _recognise(signed, title, year, library, decisions, judged={}, act=act)
        return signed


def _enter_act(place: Place, title: Title, paper: PaperAct, library: Library, *, act: Act) -> RecognitionAct:
    fictional = "demo" in library.packs
    known = queries.act_numbered(place, paper.number, paper.signed_on, fictional=fictional)
    office, office_title, decision = who_signs(place, title, paper, library)
    if known is not None:
        _refuse_other_papers(known, office_title, paper)
        return known
    signed = RecognitionAct.objects.create(
        place=place,
        number=paper.number,
        signed_on=paper.signed_on,
        office=office,
        office_title=office_title,
        local_decision_id=decision,
        basis=paper.basis,
        fictional=fictional,
    )
    after = {"number": paper.number, "signed_on": paper.signed_on, "office": office_title, "basis": paper.basis}
    record(Happening(kind="act", object_id=signed.pk, event="signed", after=after), act)
    return signed


def _refuse_other_papers(known: RecognitionAct, office_title: str, paper: PaperAct) -> None:
    """One number and one day are one act: signed by one office, resting on the same papers."""
    on = paper.signed_on.isoformat()
    if known.office_title != office_title:
        raise Refused(problem("R112", paper.number, on=on, known=known.office_title, given=office_title))
    if known.basis != paper.basis:
        raise Refused(problem("R114", paper.number, on=on, known=known.basis, given=paper.basis))


def who_signs(place: Place, title: Title, paper: PaperAct, library: Library) -> tuple[str, str, int | None]:
    """The office of the policy and its title, or no office and who a local decision names, with its key."""
    office = library.offices.get(paper.office)
    if office is not None and not office_exists(office, paper.signed_on):
        raise Refused(problem("R106", paper.number, office=office.title_vi, on=paper.signed_on.isoformat()))
    if competent_office(library, title.key, paper.signed_on, title.subject).names(paper.office) and office is not None:
        return office.id, office.title_vi, None
    local = None if paper.office else local_decision(title.key, place, paper.signed_on)
    if local is None:
        raise Refused(problem("R105", paper.number, title=title.name_vi, on=paper.signed_on.isoformat()))
    return "", local.office_title, local.pk


def _recognise(
    signed: RecognitionAct,
    title: Title,
    year: int,
    library: Library,
    decisions: Sequence[Decision],
    *,
    judged: Mapping[int, Assessment],
    act: Act,
) -> None:
    known = queries.recognitions_by_act(signed)
    rubric = rubric_on(library, title, signed.signed_on).rubric
    recognition = rubric.recognition
    valid_from, valid_to = validity_of(recognition, signed.signed_on)
    wait = upgrade_wait_of(recognition)
    held = queries.recognitions_of(title.key, [decision.subject.pk for decision in decisions]) if wait else {}
    wanted = []
    for decision in decisions:
        assessment = judged.get(decision.subject.pk)
        verdict, computed_level = (assessment.verdict, assessment.level) if assessment else ("", "")
        _refuse_silent_people(decision, verdict)
        level = decision.level or computed_level
        _refuse_strange_level(decision, rubric)
        if wait:
            refuse_early_upgrade(wait, held.get(decision.subject.pk, ()), level, signed.signed_on, library)
        fields = {
            **_said_by_people(decision),
            "act_id": signed.pk,
            "title_key": title.key,
            "level": level,
            "year": year,
            "computed": verdict,
            "decided_by_people": verdict != Verdict.MET,
            "reason": decision.reason if verdict != Verdict.MET else "",
            "valid_from": valid_from,
            "valid_to": valid_to,
        }
        wanted.append((known.get((decision.subject.pk, title.key)), fields))
    bring(Recognition, wanted, kind="recognition", act=act)
    keep_names(signed, {decision.subject.pk: decision.name for decision in decisions}, act=act)


def _said_by_people(decision: Decision) -> dict[str, object]:
    return {
        "subject_id": decision.subject.pk,
        "reason": decision.reason,
        "scorer": decision.scorer,
        "paper_sheet": decision.paper_sheet,
    }


def _refuse_silent_people(decision: Decision, computed: str) -> None:
    if computed != Verdict.MET and not (decision.reason and decision.scorer):
        raise Refused(problem("R104", decision.subject, verdict=computed or Verdict.UNKNOWN))


def _refuse_strange_level(decision: Decision, rubric: Rubric) -> None:
    """A rubric that was not read has no levels yet: then people say which."""
    levels = [str(level.id) for level in rubric.levels]
    if decision.level and levels and decision.level not in levels:
        words = {"level": decision.level, "rubric": rubric.id, "levels": ", ".join(levels)}
        raise Refused(problem("R113", decision.subject, **words))


def _refuse_closed(round_: Round) -> None:
    """Look at the round as it is now and keep it so: another may have closed it meanwhile."""
    closed_on = queries.round_for_update(round_).closed_on
    if closed_on is not None:
        raise Refused(problem("R108", round_.pk, year=round_.year, on=closed_on.isoformat()))


def _happening(row: Registration, event: str, after: dict[str, str]) -> Happening:
    return Happening(kind="subject", object_id=row.subject_id, event=event, after=after)
