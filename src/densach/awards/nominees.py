"""Whom an award is for: found in the register or typed, stated as a legal subject, and joined where two are one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import IntegrityError, transaction

from densach.authority.access import Viewer
from densach.awards import queries
from densach.awards.access import nominee_here, places_inside, require_handler
from densach.awards.attempts import keeping_attempts
from densach.awards.candidates.finding import Candidate
from densach.awards.domain import tidy
from densach.awards.models import Nominee, SubjectKind
from densach.awards.told_apart import NomineesApart
from densach.formats.vietnamese import fold
from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.problems import Refused, problem

KIND_OF = {"person": SubjectKind.PERSON, "household": SubjectKind.HOUSEHOLD, "unit": SubjectKind.COLLECTIVE}
PAIRS_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A nominee as it was typed; `born_on` and `sex` of persons only, `women` the share in a collective."""

    kind: SubjectKind
    name: str
    about: str = ""
    born_on: date | None = None
    sex: str = ""


@dataclass(frozen=True)
class Pair:
    """Two nominees that seem to be one, and why."""

    one: Nominee
    other: Nominee
    why: tuple[str, ...]


def nominee_from_register(
    found: Candidate, *, stated: SubjectKind | None = None, stated_as: str = "", act: Act
) -> Nominee:
    """The nominee for something of the register, made the first time.

    A clan or a village is no legal subject (Luật 06/2022/QH15, Điều 2, 3): refused (Q106) until somebody states which
    one stands for it.
    """
    if found.what in KIND_OF:
        known = queries.nominee_linked(found.what, found.thing.pk)
        if known is not None:
            return known
        return _made(_fields(found) | {"kind": KIND_OF[found.what], found.what: found.thing}, act)
    said = tidy(stated_as)[:300]
    if stated is None or not said:
        raise Refused(problem("Q106", "stated_as", name=found.name))
    link = "stands_for_clan" if found.what == "clan" else "stands_for_place"
    known = queries.nominee_standing_for(link, found.thing.pk, stated, said)
    return known or _made(_fields(found) | {"kind": stated, "stated_as": said, link: found.thing}, act)


def nominee_typed(viewer: Viewer, typed: Typed, *, act: Act) -> Nominee:
    """The nominee of a typed name at the viewer's place; the same name there with the same birth is the same one."""
    if viewer.where is None or not tidy(typed.name):
        raise Refused(problem("H103", "nominee"))
    name, place = tidy(typed.name)[:200], viewer.where.place
    known = queries.nominee_named(typed.kind, fold(name), place)
    if known is not None and known.born_on == typed.born_on:
        return known
    more = {"about": tidy(typed.about)[:300], "born_on": typed.born_on, "sex": typed.sex}
    return _made({"kind": typed.kind, "name": name, "place": place, **more}, act)


def likely_same(nominee: Nominee, places: Collection[int]) -> list[Nominee]:
    """Other nominees that seem to be this one: kind, folded name and area are alike, and no birthday speaks against."""
    alike = [other for other in queries.nominees_alike(nominee, places) if not _differ(nominee, other)]
    apart = queries.told_apart([nominee.pk, *(each.pk for each in alike)])
    return [each for each in alike if _in_order(nominee.pk, each.pk) not in apart]


def pairs_to_look_at(viewer: Viewer) -> list[Pair]:
    """Nominees of the viewer's place that seem to be one, those that nobody told apart yet."""
    require_handler(viewer)
    rows = queries.names_held_twice(places_inside(viewer), PAIRS_SHOWN)
    apart = queries.told_apart([row.pk for row in rows])
    found = []
    for one, other in pairwise(rows):
        alike = (one.kind, one.folded) == (other.kind, other.folded)
        if alike and not _differ(one, other) and _in_order(one.pk, other.pk) not in apart:
            found.append(Pair(one, other, _why(one, other)))
    return found[:PAIRS_SHOWN]


def join(viewer: Viewer, kept: Nominee, other: Nominee, why: str, *, at: datetime) -> Nominee:
    """Say that two nominees are one: the kept one goes on, and the ledger of both counts as one.

    Refused between kinds, of two that the register knows apart (Q130), and without a reason (Q131).
    """
    kept, other = nominee_here(viewer, kept.uid), nominee_here(viewer, other.uid)
    act = viewer.act(at, why)
    with keeping_attempts("nominee", kept.uid, f"join {other.uid}", act), transaction.atomic():
        first, second = (queries.nominee_for_update(each) for each in sorted((kept, other), key=lambda row: row.pk))
        kept, other = (first, second) if first.pk == kept.pk else (second, first)
        if not tidy(why):
            raise Refused(problem("Q131", "why"))
        if kept.pk == other.pk or kept.kind != other.kind or kept.same_as_id or other.same_as_id:
            raise Refused(problem("Q130", "kept", one=kept.name, other=other.name))
        if any(_known_apart(kept, other, link) for link in queries.NOMINEE_LINKS):
            raise Refused(problem("Q130", "kept", one=kept.name, other=other.name))
        queries.join_nominee_rows(kept, other)
        other.same_as = kept
        other.save(update_fields=["same_as"])
        record(Happening(kind="nominee", object_id=other.uid, event="joined", after={"to": str(kept.uid)}), act)
        return kept


def tell_apart(viewer: Viewer, one: Nominee, other: Nominee, why: str, *, at: datetime) -> None:
    """Say that two nominees who are alike are two, with the reason (Q131); said twice it is kept once."""
    one, other = sorted((nominee_here(viewer, one.uid), nominee_here(viewer, other.uid)), key=lambda row: row.pk)
    if not tidy(why):
        raise Refused(problem("Q131", "why"))
    with transaction.atomic():
        kept = {"why": tidy(why)[:300], "by": viewer.account, "said_at": at}
        _, made = NomineesApart.objects.get_or_create(one=one, other=other, defaults=kept)
        if made:
            after = {"from": str(other.uid)}
            record(Happening(kind="nominee", object_id=one.uid, event="told_apart", after=after), viewer.act(at, why))


def _made(fields: dict[str, object], act: Act) -> Nominee:
    row = Nominee(**fields, folded=fold(str(fields["name"])))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            after = {"kind": row.kind, "name": row.name, "stated_as": row.stated_as}
            record(Happening(kind="nominee", object_id=row.uid, event="entered", after=after), act)
    except IntegrityError:  # made by two at the same moment: one of them is kept
        link = next(name for name in queries.NOMINEE_LINKS if getattr(row, f"{name}_id"))
        known = queries.nominee_linked(link, getattr(row, f"{link}_id"))
        assert known is not None  # noqa: S101  - the other one is why this one could not be written
        return known
    return row


def _fields(found: Candidate) -> dict[str, object]:
    born = {"born_on": found.born_on, "sex": getattr(found.thing, "sex", "")} if found.what == "person" else {}
    return {"name": found.name[:200], "about": found.about[:300], "place": Place(pk=found.place), **born}


def _differ(one: Nominee, other: Nominee) -> bool:
    """Whether what is known of both says that they are two: another birthday, or another line of the register."""
    born_apart = one.born_on is not None and other.born_on is not None and one.born_on != other.born_on
    return born_apart or any(_known_apart(one, other, link) for link in queries.NOMINEE_LINKS)


def _known_apart(one: Nominee, other: Nominee, link: str) -> bool:
    first, second = getattr(one, f"{link}_id"), getattr(other, f"{link}_id")
    return first is not None and second is not None and first != second


def _why(one: Nominee, other: Nominee) -> tuple[str, ...]:
    same = {"name": True, "birth": one.born_on is not None and one.born_on == other.born_on}
    same["place"] = one.place_id == other.place_id
    return tuple(name for name, holds in same.items() if holds)


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
