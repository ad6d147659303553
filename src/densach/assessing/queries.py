"""Reading the rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from densach.assessing.models import (
    Answers,
    Assessment,
    PolicyVersion,
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
    rows = Recognition.objects.filter(act__place__in=places, year=year, act__fictional=fictional)
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


def registrations(round_: Round, title_key: str) -> dict[int, Registration]:
    """Who registered for a title, by subject."""
    return {row.subject_id: row for row in Registration.objects.filter(round=round_, title_key=title_key)}


def answers(round_: Round, title_key: str, stage: str) -> dict[int, Answers]:
    """What was answered at one stage, by subject."""
    rows = Answers.objects.filter(round=round_, title_key=title_key, stage=stage)
    return {row.subject_id: row for row in rows}


def assessments(round_: Round, title_key: str) -> dict[int, Assessment]:
    """The computed verdicts of a title, by subject."""
    return {row.subject_id: row for row in Assessment.objects.filter(round=round_, title_key=title_key)}


def met_subjects(round_: Round, title_key: str) -> list[Subject]:
    """Who meets the rubric of a title by the computed verdict."""
    rows = Assessment.objects.filter(round=round_, title_key=title_key, verdict=Verdict.MET)
    return [row.subject for row in rows.select_related("subject").order_by("pk")]


def assessed_with_objects(round_: Round, title_key: str) -> QuerySet[Assessment]:
    """The computed verdicts with all that is needed to print them, in the order they were made."""
    rows = Assessment.objects.filter(round=round_, title_key=title_key)
    return rows.select_related(
        "subject__person", "subject__household", "subject__clan", "subject__unit", "subject__place"
    ).order_by("pk")


def proposals(round_: Round, title_key: str) -> dict[int, Proposal]:
    """The recognition list of a title, by subject."""
    return {row.subject_id: row for row in Proposal.objects.filter(round=round_, title_key=title_key)}


def delete_proposals(rows: list[Proposal]) -> None:
    """Take rows off the recognition list."""
    ids = [row.pk for row in rows]
    for start in range(0, len(ids), _AT_ONCE):
        Proposal.objects.filter(pk__in=ids[start : start + _AT_ONCE]).delete()


def recognised(round_: Round, title_key: str, on: date) -> dict[int, Recognition]:
    """The latest recognition of everyone judged in a round that has not surely ended by a day, by subject."""
    judged = Assessment.objects.filter(round=round_, title_key=title_key).values("subject")
    rows = Recognition.objects.filter(_heard_in(round_, on), title_key=title_key, subject__in=judged)
    rows = rows.filter(Q(year=round_.year) | Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return {row.subject_id: row for row in rows.select_related("act").order_by("year", "pk")}


def recognitions_bearing_on(
    round_: Round, title_key: str, objects: str, ids: list[int], on: date
) -> list[tuple[int, int, date | None]]:
    """Who of some persons, groups or places (`objects`) was recognised: key, year and end, as known."""
    found: list[tuple[int, int, date | None]] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = {f"subject__{objects}__in": ids[start : start + _AT_ONCE]}
        rows = Recognition.objects.filter(_heard_in(round_, on), title_key=title_key, **some)
        found += rows.values_list(f"subject__{objects}", "year", "valid_to")
    return found


def _heard_in(round_: Round, on: date) -> Q:
    """Recognitions for the year of a round, and for earlier years by acts signed by a day.

    The fictional reading of the law hears the real one of earlier years; the real one never hears the fictional.
    """
    this_year = Q(year=round_.year, act__fictional=round_.is_fictional)
    heard = [False, True] if round_.is_fictional else [False]
    return this_year | Q(year__lt=round_.year, act__signed_on__lte=on, act__fictional__in=heard)


def not_refused(round_: Round, title_key: str, objects: str, ids: list[int]) -> set[int]:
    """Who of some persons, groups or places came out met or unknown that year, in whichever commune's round."""
    found: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = {f"subject__{objects}__in": ids[start : start + _AT_ONCE]}
        rows = Assessment.objects.filter(round__year=round_.year, round__packs=round_.packs, **some)
        rows = rows.filter(title_key=title_key, verdict__in=[Verdict.MET, Verdict.UNKNOWN])
        found.update(rows.values_list(f"subject__{objects}", flat=True))
    return found


def recognitions_of(title_key: str, subjects: list[int]) -> dict[int, list[Recognition]]:
    """Every recognition of some subjects for a title, with its act, by subject."""
    found: dict[int, list[Recognition]] = defaultdict(list)
    for start in range(0, len(subjects), _AT_ONCE):
        rows = Recognition.objects.filter(title_key=title_key, subject__in=subjects[start : start + _AT_ONCE])
        for row in rows.select_related("act", "subject").order_by("pk"):
            found[row.subject_id].append(row)
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
    rows = Assessment.objects.filter(round=round_, title_key=title_key).values_list("verdict").annotate(Count("pk"))
    return dict(rows)


def registered_count(round_: Round, title_key: str) -> int:
    """How many registered for a title."""
    return Registration.objects.filter(round=round_, title_key=title_key).count()


def recognised_count(round_: Round, title_key: str) -> int:
    """How many were recognised for the round's year by acts of its place under the same reading of the law."""
    return _of_the_year(round_, title_key).values("subject").distinct().count()


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
    column = f"subject__{kind}_id"
    registered = Registration.objects.filter(round=round_, title_key=title_key).values_list(column, flat=True)
    assessed = Assessment.objects.filter(round=round_, title_key=title_key).values_list(column, flat=True)
    named = _of_the_year(round_, title_key).values_list(column, flat=True)
    return set(registered), set(assessed), set(named)


def kept_digests() -> set[str]:
    """The hashes of the policy bytes that are kept."""
    return set(PolicyVersion.objects.values_list("digest", flat=True))
