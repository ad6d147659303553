"""Reading what lies below a place: its communes, their rounds with all that a list shows, and what was said of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from densach.assessing.models import Assessment, Proposal, Recognition, Registration, Round
from densach.assessing.queries import NOT_WITHDRAWN
from densach.assessing.titles import BY_MODEL
from densach.history.models import Entry
from densach.places.models import Level, Place, PlacePeriod
from densach.places.queries import in_force
from densach.reporting.models import Inquiry, Message, Opinion

Counted = tuple[str, int, str, bool, int]
_SHOWN = (Level.PROVINCE, Level.COMMUNE)


@dataclass(frozen=True)
class Told:
    """A round with what a list says of it: whether a list was made, open threads, last opinion, last change."""

    round: Round
    listed: bool
    open: int
    opinion: str
    changed: datetime | None


def units_below(path: str, on: date) -> list[PlacePeriod]:
    """The provinces and communes of a place on a day, itself included, real and made up, in Vietnamese order."""
    rows = in_force(on).filter(_within(path), level__in=_SHOWN).select_related(None).select_related("place")
    return list(rows.defer("source", "confirmed_by"))


def unit_by_uid(uid: UUID, on: date) -> PlacePeriod | None:
    """What a place was on a day, by its permanent identity."""
    return in_force(on).filter(place__uid=uid).first()


def units_by_uid(uids: Iterable[UUID], on: date) -> list[PlacePeriod]:
    """What some places were on a day, by their permanent identities."""
    return list(in_force(on).filter(place__uid__in=list(uids)))


def rounds_below(path: str, on: date, year: int, *, fictional: bool) -> list[Told]:
    """The rounds of a year in the communes of a place on a day, and of all communes that were no longer there.

    Of two rounds of one commune the one with more packs of law comes last.
    """
    there = in_force(on).filter(place=OuterRef("place")).order_by()
    here = Exists(there.filter(_within(path)))
    rows = Round.objects.filter(here | ~Exists(there), year=year, place__fictional=fictional)
    return _told(rows)


def rounds_in(places: Iterable[int], year: int) -> list[Told]:
    """The rounds of a year in some places, in the same order."""
    return _told(Round.objects.filter(place__in=list(places), year=year))


def round_above(place: Place, year: int) -> Round | None:
    """The round of a place for a year; of two the one with more packs of law."""
    return Round.objects.filter(place=place, year=year).select_related("place").order_by("packs").last()


def counted_in(rounds: list[Round], title_keys: Iterable[str] = ()) -> list[Counted]:
    """How many registered, were assessed and are recognised in some rounds, by one query.

    Each row says which of the three (r, a or s), the place, the title, whether by made-up acts, and how many.
    """
    [year] = {each.year for each in rounds} or {0}
    wanted = Q(title_key__in=list(title_keys)) if title_keys else Q()
    here = [each.place_id for each in rounds]
    acts = Recognition.objects.filter(wanted, NOT_WITHDRAWN, act__place__in=here, year=year).order_by()
    signed = acts.annotate(what=Value("s"), at=F("act__place"), made_up=F("act__fictional"))
    parts = [
        _of_rounds(Registration.objects.filter(wanted, round__in=rounds), "r"),
        _of_rounds(Assessment.objects.filter(wanted, round__in=rounds), "a"),
        signed.values_list("what", "at", "title_key", "made_up").annotate(n=Count("subject", distinct=True)),
    ]
    rows: list[Any] = list(parts[0].union(*parts[1:], all=True))
    return rows


def opinions_on(round_: Round) -> list[Opinion]:
    """All that was said of a file, first to last."""
    return list(Opinion.objects.filter(round=round_).select_related("by").order_by("order"))


def opinions_of_place(place: Place) -> list[Opinion]:
    """All that was said of the files of a place, the newest year first, then first to last."""
    rows = Opinion.objects.filter(round__place=place).select_related("by", "round")
    return list(rows.order_by("-round__year", "round", "order"))


def inquiries_about(rounds: Iterable[Round]) -> list[Inquiry]:
    """The threads about some files with their messages, the newest first."""
    said = Message.objects.select_related("by").order_by("order")
    rows = Inquiry.objects.filter(round__in=list(rounds)).order_by("-pk").select_related("asked_from", "round")
    return list(rows.prefetch_related(Prefetch("messages", queryset=said)))


def inquiries_of_place(place: Place) -> list[Inquiry]:
    """The threads about every file of a place with their messages, the newest first."""
    said = Message.objects.select_related("by").order_by("order")
    rows = Inquiry.objects.filter(round__place=place).order_by("-pk").select_related("asked_from", "round")
    return list(rows.prefetch_related(Prefetch("messages", queryset=said)))


def inquiry_for_update(uid: UUID) -> Inquiry | None:
    """One thread, locked until the transaction ends."""
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("round__place", "asked_from")
    return rows.filter(uid=uid).first()


def messages_in(inquiry: Inquiry) -> list[Message]:
    """All that was said in a thread, first to last."""
    return list(Message.objects.filter(inquiry=inquiry).select_related("by").order_by("order"))


def waiting_for_commune(place: Place) -> int:
    """How many threads wait for an answer of a place."""
    return _ending_in(Message.Kind.ASKED, Inquiry.objects.filter(round__place=place))


def waiting_below(path: str, on: date) -> dict[str, int]:
    """How many threads about the communes of a place were answered, and of how many files which word was the last."""
    answered = _ending_in(Message.Kind.ANSWERED, Inquiry.objects.filter(_about_those_in(path, on)))
    said = dict(_last_said(path, on).order_by().values_list("kind").annotate(n=Count("pk")))
    waits = ("verified", "forwarded", "returned")
    return {"answered": answered, **{kind: said.get(kind, 0) for kind in waits}}


def opinions_last_said(path: str, on: date, kinds: Iterable[str]) -> list[Opinion]:
    """The last words about the files of the communes of a place, as far as they are of some kinds."""
    return list(_last_said(path, on).filter(kind__in=list(kinds)).select_related("round__place", "by"))


def seals_of(rounds: Iterable[int]) -> dict[int, str]:
    """The seal of the verdict of the commune itself, by round."""
    rows = Assessment.objects.filter(round__in=list(rounds), title_key=BY_MODEL["commune"].key)
    return dict(rows.values_list("round", "seal"))


def _about_those_in(path: str, on: date) -> Exists:
    return Exists(in_force(on).filter(_within(path), place=OuterRef("round__place")).order_by())


def _last_said(path: str, on: date) -> QuerySet[Opinion]:
    last = Opinion.objects.filter(round=OuterRef("round")).order_by("-order").values("pk")[:1]
    return Opinion.objects.filter(_about_those_in(path, on), pk=Subquery(last))


def _within(path: str) -> Q:
    # "0" follows "/" in binary order, so the range holds exactly what begins with the path.
    return Q(path__gte=path, path__lt=path[:-1] + "0")


def _of_rounds(rows: QuerySet[Registration] | QuerySet[Assessment], what: str) -> QuerySet[Registration]:
    real = Value(False, output_field=BooleanField())
    named = rows.order_by().annotate(what=Value(what), at=F("round__place"), made_up=real)
    return named.values_list("what", "at", "title_key", "made_up").annotate(n=Count("pk"))  # type: ignore[return-value]


def _ending_in(kind: str, rows: QuerySet[Inquiry]) -> int:
    """How many of some threads end in a message of a kind."""
    last = Message.objects.filter(inquiry=OuterRef("pk")).order_by("-order").values("kind")[:1]
    return rows.annotate(last=Subquery(last)).filter(last=kind).count()


def _told(rounds: QuerySet[Round]) -> list[Told]:
    """Rounds as a list tells them; the last change is of the round, its commune's verdict, its last act or a word."""
    mine = OuterRef("pk")
    open_ = Inquiry.objects.filter(round=mine).exclude(messages__kind=Message.Kind.SETTLED).order_by()
    thoughts = Opinion.objects.filter(round=mine).order_by("-order")
    messages = Message.objects.filter(inquiry__round=mine).order_by("-at")
    judged = Assessment.objects.filter(round=mine, title_key=BY_MODEL["commune"].key).values("pk")[:1]
    acts = Recognition.objects.filter(act__place=OuterRef("place"), year=OuterRef("year")).order_by("-act")
    known = rounds.annotate(judged=Subquery(judged), acted=Subquery(acts.values("act")[:1]))
    rows = known.select_related("place").annotate(
        listed=Exists(Proposal.objects.filter(round=mine)),
        open=Subquery(open_.values("round").annotate(n=Count("pk")).values("n")),
        opinion=Subquery(thoughts.values("kind")[:1]),
        logged=Subquery(_entries().order_by("-at").values("at")[:1]),
        said=Subquery(messages.values("at")[:1]),
        thought=Subquery(thoughts.values("at")[:1]),
    )
    return [
        Told(row, row.listed, row.open or 0, row.opinion or "", _latest(row.logged, row.said, row.thought))
        for row in rows.order_by("packs", "pk")
    ]


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _entries() -> QuerySet[Entry]:
    """The entries of the log about the round at hand, the verdict of its commune and its last act."""
    about = {"round": "pk", "assessment": "judged", "act": "acted"}
    each = (Q(kind=kind, object_id=Cast(OuterRef(key), CharField(max_length=40))) for kind, key in about.items())
    return Entry.objects.filter(reduce(or_, each)).order_by()
