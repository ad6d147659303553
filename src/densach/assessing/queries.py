"""Reading the rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from densach.assessing.models import (
    Answers,
    Assessment,
    Certificate,
    ColumnMapping,
    Correction,
    FormerProposal,
    PolicyVersion,
    Printing,
    Proposal,
    Recognition,
    RecognitionAct,
    Registration,
    Round,
    Subject,
    Verdict,
)
from densach.places.models import Place

_AT_ONCE = 900
_OTHER_RECORD = Q(subject__person__same_as__isnull=False)
_KEPT_SUBJECT = "subject__person__same_as__subject"
NOT_WITHDRAWN = Q(withdrawal__isnull=True)  # a later act took it back (assessing.signing)
R = TypeVar("R", Registration, Answers, Assessment)
Judged = TypeVar("Judged", Registration, Assessment)


def round_of(place: Place, year: int, packs: str) -> Round | None:
    """The round of a place for one year under one reading of the law."""
    return Round.objects.filter(place=place, year=year, packs=packs).select_related("place").first()


def rounds_since(place: Place, year: int) -> int:
    """How many rounds of a place are of a year or later."""
    return Round.objects.filter(place=place, year__gte=year).count()


def rounds_of_places(places: Iterable[int], year: int, packs: str) -> dict[int, Round]:
    """The rounds of some places for one year under one reading of the law, by place."""
    rows = Round.objects.filter(place__in=places, year=year, packs=packs).select_related("place")
    return {row.place_id: row for row in rows}


def rounds_of_code(code: str, year: int, packs: str) -> list[Round]:
    """The rounds of a year whose commune carried a code at some time, of whichever list."""
    rows = Round.objects.filter(place__periods__code=code, year=year, packs=packs).select_related("place")
    return list(rows.distinct().order_by("pk"))


def registered_in(rounds: Iterable[Round]) -> dict[tuple[int, str], int]:
    """How many registered in some rounds, by the key of the place and the title."""
    return _by_place_and_title(Registration.objects.filter(round__in=rounds))


def assessed_in(rounds: Iterable[Round]) -> dict[tuple[int, str], int]:
    """How many have a verdict in some rounds, whatever it is, by the key of the place and the title."""
    return _by_place_and_title(Assessment.objects.filter(round__in=rounds))


def recognised_in(places: Iterable[int], year: int, *, fictional: bool) -> dict[tuple[int, str], int]:
    """How many were recognised for a year by acts of some places, by place and title; a title without one is absent."""
    rows = Recognition.objects.filter(NOT_WITHDRAWN, act__place__in=places, year=year, act__fictional=fictional)
    counted = rows.order_by().values_list("act__place", "title_key").annotate(Count("subject", distinct=True))
    return {(place, title): count for place, title, count in counted}


def _by_place_and_title(rows: QuerySet[Any]) -> dict[tuple[int, str], int]:
    counted = rows.order_by().values_list("round__place", "title_key").annotate(Count("pk"))
    return {(place, title): count for place, title, count in counted}


def round_for_update(round_: Round) -> Round:
    """The same round as it is now, locked until the transaction ends."""
    return Round.objects.select_for_update(of=("self",)).select_related("place").get(pk=round_.pk)


def subjects_by_object(kind: str, ids: list[int]) -> dict[int, Subject]:
    """The subjects of one kind by the key of the person, household, clan, unit or place they stand for."""
    found: dict[int, Subject] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = Subject.objects.filter(**{"kind": kind, f"{kind}__in": ids[start : start + _AT_ONCE]})
        found.update({getattr(row, f"{kind}_id"): row for row in rows})
    return found


def subjects_about(persons: Q, households: Q) -> QuerySet[Subject, Any]:
    """The keys of the subjects that stand for some persons or households, for a query around this one.

    One after the other: a database that is asked for either at once reads all subjects, or all sheets of the round.
    """
    people, homes = (Subject.objects.filter(about).values("pk") for about in (persons, households))
    return people.union(homes, all=True)


def _once(rows: QuerySet[Judged]) -> QuerySet[Judged]:
    """One row of each person: that of the record kept, else of the first of the others (docs/decisions/0009)."""
    same = rows.model._default_manager.filter(round=OuterRef("round"), title_key=OuterRef("title_key"))
    kept = same.filter(subject__person=OuterRef("subject__person__same_as"))
    before = same.filter(subject__person__same_as=OuterRef("subject__person__same_as"), subject__lt=OuterRef("subject"))
    return rows.filter(~_OTHER_RECORD | (~Exists(kept) & ~Exists(before)))


def _of_other_records(rows: QuerySet[R]) -> dict[int, list[R]]:
    """The rows of records that are counted as another, by the subject of the one that is kept."""
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows.filter(_OTHER_RECORD).annotate(kept_subject=F(_KEPT_SUBJECT)).order_by("subject"):
        if row.kept_subject is not None:
            found[row.kept_subject].append(row)
    return found


def registrations(round_: Round, title_key: str, subjects: Collection[int]) -> dict[int, Registration]:
    """Who of some subjects registered for a title, by subject."""
    rows = Registration.objects.filter(round=round_, title_key=title_key)
    return {row.subject_id: row for row in _of(rows, subjects)}


def registered_subjects(round_: Round, title_key: str, among: Collection[int] | None = None) -> set[int]:
    """The subjects, or those of some, that registered for a title, by whichever record of the same person."""
    rows = _of(Registration.objects.filter(round=round_, title_key=title_key), among)
    return {*rows.values_list("subject", flat=True), *_of_other_records(rows)}


def answers(round_: Round, title_key: str, stage: str, subjects: Collection[int]) -> dict[int, Answers]:
    """What some subjects answered at one stage, by subject."""
    rows = Answers.objects.filter(round=round_, title_key=title_key, stage=stage)
    return {row.subject_id: row for row in _of(rows, subjects)}


def _of(rows: QuerySet[R], subjects: Collection[int] | None) -> QuerySet[R]:
    """The rows of some subjects; of very many all rows, which are read at once sooner than so many are named."""
    every = subjects is None or len(subjects) > _AT_ONCE
    return rows if every else rows.filter(subject__in=list(subjects or ()))


def facts_answered(
    round_: Round, title_key: str, stage: str, among: Collection[int] | None = None
) -> dict[int, dict[str, bool | int | str]]:
    """What was answered at one stage, by subject; the answers of a record kept stand over those of the others."""
    rows = _of(Answers.objects.filter(round=round_, title_key=title_key, stage=stage), among)
    facts = {row.subject_id: dict(row.facts) for row in rows}
    for kept, others in _of_other_records(rows).items():
        for row in others:
            facts[kept] = dict(row.facts) | facts.get(kept, {})
    return facts


def standing_assessments(round_: Round, title_key: str) -> dict[int, Assessment]:
    """The computed verdicts by subject; a record kept that was not judged itself has that of another of its person."""
    found = assessments(round_, title_key)
    others = _of_other_records(Assessment.objects.filter(round=round_, title_key=title_key))
    return {kept: rows[0] for kept, rows in others.items()} | found


def assessments(round_: Round, title_key: str, among: Collection[int] | None = None) -> dict[int, Assessment]:
    """The computed verdicts of a title, of all or of some subjects, by subject."""
    rows = _of(Assessment.objects.filter(round=round_, title_key=title_key), among)
    return {row.subject_id: row for row in rows}


def met_subjects(round_: Round, title_key: str) -> list[Subject]:
    """Who meets the rubric of a title by the computed verdict."""
    rows = _once(Assessment.objects.filter(round=round_, title_key=title_key)).filter(verdict=Verdict.MET)
    return [row.subject for row in rows.select_related("subject").order_by("pk")]


def assessed_with_objects(round_: Round, title_key: str) -> QuerySet[Assessment]:
    """The computed verdicts with all that is needed to print them, in the order they were made."""
    rows = _once(Assessment.objects.filter(round=round_, title_key=title_key))
    return rows.select_related(
        "subject__person", "subject__household", "subject__clan", "subject__unit", "subject__place"
    ).order_by("pk")


def proposals(round_: Round, title_key: str) -> dict[int, Proposal]:
    """The recognition list of a title, by subject."""
    return {row.subject_id: row for row in Proposal.objects.filter(round=round_, title_key=title_key)}


def proposed_and_open(round_: Round, title_key: str) -> list[Proposal]:
    """Who stands on the recognition list and was not recognised yet for the round's year by an act of its place."""
    done = _of_the_year(round_, title_key).values("subject")
    rows = Proposal.objects.filter(round=round_, title_key=title_key).exclude(subject__in=done)
    return list(rows.select_related("subject").order_by("pk"))


def delete_proposals(rows: list[Proposal]) -> None:
    """Take rows off the recognition list; their keys stay, so that their log is found."""
    FormerProposal.objects.bulk_create((FormerProposal(round=row.round, key=row.pk) for row in rows), batch_size=2000)
    ids = [row.pk for row in rows]
    for start in range(0, len(ids), _AT_ONCE):
        Proposal.objects.filter(pk__in=ids[start : start + _AT_ONCE]).delete()


def recognised(round_: Round, title_key: str, on: date) -> dict[int, Recognition]:
    """The latest recognition of everyone judged in a round that has not surely ended by a day, by subject.

    A person of several records has those of all of them.
    """
    judged = Assessment.objects.filter(round=round_, title_key=title_key).values("subject")
    rows = Recognition.objects.filter(_heard_in(round_, on), title_key=title_key)
    rows = rows.filter(Q(year=round_.year) | Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    rows = rows.select_related("act").order_by("year", "pk")
    others = rows.filter(_OTHER_RECORD, **{f"{_KEPT_SUBJECT}__in": judged}).annotate(kept_subject=F(_KEPT_SUBJECT))
    held: dict[int, Recognition] = {row.kept_subject: row for row in others}
    for row in rows.filter(subject__in=judged):
        before = held.get(row.subject_id)
        if before is None or (before.year, before.pk) <= (row.year, row.pk):
            held[row.subject_id] = row
    return held


def recognitions_bearing_on(
    round_: Round, title_key: str, objects: str, ids: list[int], on: date
) -> list[tuple[int, int, date | None]]:
    """Who of some persons, groups or places (`objects`) was recognised: key, year and end, as known."""
    found: list[tuple[int, int, date | None]] = []
    rows = Recognition.objects.filter(_heard_in(round_, on), title_key=title_key)
    for column in _columns(objects):
        for start in range(0, len(ids), _AT_ONCE):
            some = rows.filter(**{f"{column}__in": ids[start : start + _AT_ONCE]})
            found += some.values_list(column, "year", "valid_to")
    return found


def _columns(objects: str) -> tuple[str, ...]:
    """Where a row names whom it is about: a person is also meant by the records that are counted as that person."""
    return ("subject__person", "subject__person__same_as") if objects == "person" else (f"subject__{objects}",)


def _heard_in(round_: Round, on: date) -> Q:
    """Recognitions for the year of a round, and for earlier years by acts signed by a day.

    The fictional reading of the law hears the real one of earlier years; the real one never hears the fictional.
    """
    this_year = Q(year=round_.year, act__fictional=round_.is_fictional)
    heard = [False, True] if round_.is_fictional else [False]
    before = Q(year__lt=round_.year, act__signed_on__lte=on, act__fictional__in=heard)
    return (this_year | before) & NOT_WITHDRAWN


def not_refused(round_: Round, title_key: str, objects: str, ids: list[int]) -> set[int]:
    """Who of some persons, groups or places came out met or unknown that year, in whichever commune's round."""
    found: set[int] = set()
    rows = Assessment.objects.filter(round__year=round_.year, round__packs=round_.packs, title_key=title_key)
    rows = _once(rows).filter(verdict__in=[Verdict.MET, Verdict.UNKNOWN])
    for column in _columns(objects):
        for start in range(0, len(ids), _AT_ONCE):
            some = rows.filter(**{f"{column}__in": ids[start : start + _AT_ONCE]})
            found.update(some.values_list(column, flat=True))
    return found


def recognitions_of(title_key: str, subjects: list[int]) -> dict[int, list[Recognition]]:
    """Every recognition of some subjects for a title, by whichever record, with its act, by subject."""
    found: dict[int, list[Recognition]] = defaultdict(list)
    for start in range(0, len(subjects), _AT_ONCE):
        some = subjects[start : start + _AT_ONCE]
        of_other = Q(**{f"{_KEPT_SUBJECT}__in": some})
        rows = Recognition.objects.filter(Q(subject__in=some) | of_other, title_key=title_key)
        for row in rows.select_related("act", "subject").annotate(kept_subject=F(_KEPT_SUBJECT)).order_by("pk"):
            found[row.subject_id if row.subject_id in some else row.kept_subject].append(row)
    return found


def recognitions_of_places(
    round_: Round, titles: list[str], places: list[int], on: date
) -> dict[int, list[Recognition]]:
    """The recognitions of some places by acts signed by a day that a round hears, latest first, by place."""
    heard = [False, True] if round_.is_fictional else [False]
    rows = Recognition.objects.filter(title_key__in=titles, act__signed_on__lte=on, act__fictional__in=heard)
    found: dict[int, list[Recognition]] = defaultdict(list)
    for row in rows.filter(subject__place__in=places).select_related("act", "subject").order_by("-year", "-pk"):
        found[row.subject.place_id or 0].append(row)
    return found


def act_numbered(place: Place, number: str, signed_on: date, *, fictional: bool) -> RecognitionAct | None:
    """An act by its number and day, under the real or the fictional reading of the law."""
    acts = RecognitionAct.objects.filter(place=place, number=number, signed_on=signed_on, fictional=fictional)
    return acts.first()


def recognitions_by_act(act: RecognitionAct) -> dict[tuple[int, str], Recognition]:
    """The recognitions of one act, by subject and title."""
    return {(row.subject_id, row.title_key): row for row in Recognition.objects.filter(act=act)}


def verdict_counts(round_: Round, title_key: str) -> dict[str, int]:
    """How many subjects came to each verdict."""
    rows = _once(Assessment.objects.filter(round=round_, title_key=title_key))
    return dict(rows.values_list("verdict").annotate(Count("pk")))


def registered_count(round_: Round, title_key: str) -> int:
    """How many registered for a title."""
    return _once(Registration.objects.filter(round=round_, title_key=title_key)).count()


def recognised_count(round_: Round, title_key: str) -> int:
    """How many were recognised for the round's year by acts of its place under the same reading of the law."""
    rows = _of_the_year(round_, title_key).filter(NOT_WITHDRAWN)
    person = Coalesce("subject__person__same_as_id", "subject__person_id")
    other = Case(When(subject__person__isnull=True, then=F("subject_id")))
    return rows.annotate(person=person, other=other).values("person", "other").distinct().count()


def recognitions_in(place: Place) -> int:
    """How many recognitions the acts of a place hold, of every year and title."""
    return Recognition.objects.filter(act__place=place).count()


def has_act(round_: Round, title_key: str) -> bool:
    """Whether any act of the round's year for a title is recorded; without one, nobody knows yet who is recognised."""
    return _of_the_year(round_, title_key).exists()


def _of_the_year(round_: Round, title_key: str) -> QuerySet[Recognition]:
    acts = {"act__place": round_.place_id, "act__fictional": round_.is_fictional}
    return Recognition.objects.filter(title_key=title_key, year=round_.year, **acts)


def objects_counted(round_: Round, title_key: str, kind: str) -> tuple[set[int], set[int], set[int]]:
    """The keys of who registered, who was assessed and who was recognised, for counts below the commune."""
    kept = Coalesce("subject__person__same_as_id", "subject__person_id")
    column = kept if kind == "person" else F(f"subject__{kind}_id")
    registered = Registration.objects.filter(round=round_, title_key=title_key).values_list(column, flat=True)
    assessed = Assessment.objects.filter(round=round_, title_key=title_key).values_list(column, flat=True)
    named = _of_the_year(round_, title_key).filter(NOT_WITHDRAWN).values_list(column, flat=True)
    return set(registered), set(assessed), set(named)


def kept_digests() -> set[str]:
    """The hashes of the policy bytes that are kept."""
    return set(PolicyVersion.objects.values_list("digest", flat=True))


def unnamed_recognitions(act: RecognitionAct) -> list[Recognition]:
    """The recognitions of an act whose names were not kept yet, with all that a name is made of."""
    rows = Recognition.objects.filter(act=act, named__isnull=True).select_related(
        "subject__person", "subject__household", "subject__clan", "subject__unit", "subject__place"
    )
    return list(rows.order_by("pk"))


def latest_corrections(recognitions: list[int]) -> dict[int, Correction]:
    """The latest correction of each of some recognitions that has one."""
    found: dict[int, Correction] = {}
    for start in range(0, len(recognitions), _AT_ONCE):
        rows = Correction.objects.filter(recognition__in=recognitions[start : start + _AT_ONCE])
        found.update({row.recognition_id: row for row in rows.order_by("signed_on", "pk")})
    return found


def recognition_for_update(recognition: Recognition) -> Recognition:
    """A recognition with its act and name, locked until the transaction ends."""
    return Recognition.objects.select_for_update(of=("self",)).select_related("act", "named").get(pk=recognition.pk)


def corrections_of(recognition: Recognition) -> list[Correction]:
    """The corrections of a recognition, oldest first."""
    return list(Correction.objects.filter(recognition=recognition).order_by("signed_on", "pk"))


def recognitions_for(place: Place, year: int, title_key: str, *, fictional: bool) -> list[Recognition]:
    """Whom the acts of a place recognise for a title and year, with act, name and what the subject is found by."""
    acts = {"act__place": place, "act__fictional": fictional}
    rows = Recognition.objects.filter(NOT_WITHDRAWN, **acts, year=year, title_key=title_key)
    return list(rows.select_related("act__place", "named", "subject__household").order_by("pk"))


def lock_acts(recognitions: list[Recognition]) -> None:
    """Hold the acts of some recognitions until the transaction ends, so that two printings never meet."""
    acts = RecognitionAct.objects.filter(pk__in={row.act_id for row in recognitions})
    list(acts.select_for_update().order_by("pk").values_list("pk"))


def recognised_in_household(code: str, recognitions: list[int]) -> set[int]:
    """Which recognitions speak of a household by its code, or of somebody who lives in it."""
    found: set[int] = set()
    for start in range(0, len(recognitions), _AT_ONCE):
        rows = Recognition.objects.filter(pk__in=recognitions[start : start + _AT_ONCE])
        lives_there = Q(
            subject__person__households__household__homes__code=code, subject__person__households__valid_to__isnull=True
        )
        found.update(rows.filter(Q(subject__household__homes__code=code) | lives_there).values_list("pk", flat=True))
    return found


def first_certificates(recognitions: list[int]) -> dict[int, Certificate]:
    """The first print of each of some recognitions that was printed."""
    found: dict[int, Certificate] = {}
    for start in range(0, len(recognitions), _AT_ONCE):
        rows = Certificate.objects.filter(recognition__in=recognitions[start : start + _AT_ONCE], reprint=False)
        found.update({row.recognition_id: row for row in rows})
    return found


def unwritten_printing(place: Place, year: int, title_key: str, *, fictional: bool) -> Printing | None:
    """The oldest printing whose file was not written yet."""
    rows = Printing.objects.filter(place=place, year=year, title_key=title_key, fictional=fictional, written=False)
    return rows.order_by("pk").first()


def printing_numbered(number: int) -> Printing | None:
    """A printing by its number."""
    return Printing.objects.filter(pk=number).select_related("place").first()


def certificates_in(printing: Printing) -> list[Certificate]:
    """The certificates of a printing, in the order of their pages."""
    return list(Certificate.objects.filter(printing=printing).order_by("pk"))


def certificate_coded(code: str) -> Certificate | None:
    """A certificate by its code, with what it rests on."""
    rows = Certificate.objects.filter(code=code)
    return rows.select_related(
        "recognition__act", "recognition__subject__person", "printing__place", "correction"
    ).first()


def later_prints(certificate: Certificate) -> int:
    """How many times the same recognition was printed after a certificate."""
    return Certificate.objects.filter(recognition=certificate.recognition_id, pk__gt=certificate.pk).count()


def certificate_for_update(certificate: Certificate) -> Certificate:
    """A certificate as it is now, locked until the transaction ends."""
    return Certificate.objects.select_for_update().get(pk=certificate.pk)


def titles_by_record(persons: list[int]) -> list[tuple[str, int, str]]:
    """Title, year and number of the act of everything that some records of a person were recognised for."""
    rows = Recognition.objects.filter(subject__person__in=persons).order_by("year", "act__signed_on", "pk")
    return list(rows.values_list("title_key", "year", "act__number"))


def mappings_of(place: Place) -> QuerySet[ColumnMapping]:
    """How the columns of sheets were confirmed in a commune, the first first."""
    return ColumnMapping.objects.filter(place=place).order_by("pk")


def verdicts_by_title(round_: Round) -> dict[tuple[str, str], int]:
    """How many came to each verdict, by title and verdict."""
    rows = _once(Assessment.objects.filter(round=round_)).order_by()
    counted = rows.values_list("title_key", "verdict").annotate(Count("pk"))
    return {(title, verdict): count for title, verdict, count in counted}


def done_by_title(round_: Round) -> dict[str, dict[str, int]]:
    """How many stand on the list, by people alone, are recognised and hold a first certificate, each by title."""
    proposed = Proposal.objects.filter(round=round_).order_by()
    acts = {"act__place": round_.place_id, "act__fictional": round_.is_fictional}
    recognised_rows = Recognition.objects.filter(year=round_.year, **acts).order_by()
    wanted: dict[str, QuerySet[Any]] = {
        "proposed": proposed,
        "by_people": proposed.exclude(reason=""),
        "recognised": recognised_rows,
        "printed": recognised_rows.filter(Exists(Certificate.objects.filter(recognition=OuterRef("pk")))),
    }
    return {name: dict(rows.values_list("title_key").annotate(Count("pk"))) for name, rows in wanted.items()}
