"""The ledger of achievements: written once, taken with one tap from what was recognised or accepted, used once.

One achievement, one award (Luật 06/2022/QH15, Điều 5 khoản 2 điểm c): an award consumes what its nomination claims; a
nomination that is withdrawn or refused consumes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from densach.assessing.models import Recognition
from densach.assessing.titles import BY_KEY
from densach.authority.access import Viewer
from densach.awards import queries
from densach.awards.attempts import keeping_attempts
from densach.awards.candidates import queries as known
from densach.awards.domain import tidy, used_problem, writable
from densach.awards.models import Achievement, Claim, Nomination, Nominee
from densach.formats.vietnamese import fold, nfc, single_spaced
from densach.history.domain import Act, Happening, State, record
from densach.policy.reported import datasets
from densach.problems import Refused, problem
from densach.reporting.figures.models import Figure
from densach.reporting.figures.periods import period_of_key

LONGEST = 1000
ALIKE = (3, 5)  # so many of the words of two texts are common to both: three of five
EVER = date(1945, 1, 1)  # nobody commends here what was achieved before


@dataclass(frozen=True, kw_only=True)
class Written:
    """An achievement as it was typed: in words, from a day to a day, with the papers that show it."""

    text: str
    began_on: date
    ended_on: date
    evidence: str = ""


@dataclass(frozen=True)
class Offer:
    """Something known of a nominee that becomes an achievement with one tap; `key` names it in a form."""

    key: str
    text: str
    began_on: date
    ended_on: date
    trail: State
    taken: Achievement | None = None


@dataclass(frozen=True)
class Line:
    """An achievement of the ledger as a nomination sees it: claimed here, used up, or alike to another."""

    achievement: Achievement
    claimed: bool
    used_by: Nomination | None
    alike: tuple[Achievement, ...]


def lines_for(nomination: Nomination) -> list[Line]:
    """The ledger of the nominee of a nomination."""
    rows = queries.achievements_of(queries.same_nominees(nomination.nominee))
    claimed = {each.achievement_id for each in queries.claims_of(nomination)}
    used, near = queries.uses_of([row.pk for row in rows]), likely_retypings(rows)
    return [
        Line(row, row.pk in claimed, used[row.pk].nomination if row.pk in used else None, near.get(row.pk, ()))
        for row in rows
    ]


def offers_for(nomination: Nomination) -> list[Offer]:
    """What was recognised of the nominee, and the accepted figures of the place it stands for."""
    nominee, fictional = nomination.nominee, nomination.round.is_fictional
    links = _links(nominee)
    rows = known.recognitions_of_nominee(links, fictional=fictional) if links else []
    recognised = [_of_recognition(row) for row in rows]
    place = nominee.stands_for_place
    figures = known.figures_accepted(place) if place and place.fictional == fictional else []
    offered = [*recognised, *map(_of_figure, figures)]
    taken = queries.taken_already(queries.same_nominees(nominee))
    return [Offer(**vars(each) | {"taken": taken.get(each.key)}) for each in offered]


def write_achievement(viewer: Viewer, nomination: Nomination, written: Written, *, at: datetime) -> Achievement:
    """Write an achievement by hand and rest the nomination on it; refused (Q123) for days that cannot be."""
    act = viewer.act(at)
    with transaction.atomic():
        now = writable(viewer, nomination)
        if not (EVER <= written.began_on <= written.ended_on <= viewer.today):
            raise Refused(problem("Q123", "ended_on", today=viewer.today.strftime("%d/%m/%Y")))
        text = _tidied(written.text)
        if not text:
            raise Refused(problem("Q124", "text"))
        fields = {"began_on": written.began_on, "ended_on": written.ended_on, "evidence": tidy(written.evidence)}
        row = _enter(now.nominee, text, fields, act)
        _claim(now, row, act)
        return row


def take(viewer: Viewer, nomination: Nomination, key: str, *, at: datetime) -> Achievement:
    """Take what was recognised or accepted into the ledger, with its trail, and rest the nomination on it.

    What is not offered for this nominee is not there (H103); what an award used up is refused (Q112).
    """
    act = viewer.act(at)
    with keeping_attempts("nomination", nomination.uid, f"take {key[:60]}", act), transaction.atomic():
        now = writable(viewer, nomination)
        offer = next((each for each in offers_for(now) if each.key == key), None)
        if offer is None:
            raise Refused(problem("H103", nomination.uid))
        row = offer.taken or _enter(now.nominee, offer.text, _taken_fields(offer), act)
        _claim(now, row.same_as or row, act)
        return row


def claim(viewer: Viewer, nomination: Nomination, uid: UUID, *, at: datetime) -> Claim:
    """Rest a nomination on an achievement of its nominee; refused (Q112) where an award used it up."""
    act = viewer.act(at)
    with keeping_attempts("nomination", nomination.uid, f"claim {uid}", act), transaction.atomic():
        now = writable(viewer, nomination)
        return _claim(now, _of_nominee(now, uid), act)


def unclaim(viewer: Viewer, nomination: Nomination, uid: UUID, *, at: datetime) -> None:
    """Let a nomination rest on an achievement no more; the achievement stays in the ledger."""
    act = viewer.act(at)
    with transaction.atomic():
        now = writable(viewer, nomination)
        found = queries.claim_of(now, _of_nominee(now, uid))
        if found is not None:
            found.delete()
            _told(now, "unclaimed", {"achievement": str(uid)}, act)


def consume(nomination: Nomination, on: date, *, act: Act) -> None:
    """Let the award of a nomination use up what it rests on; refused (Q112) where another award was faster."""
    claims = queries.claims_of(nomination)
    try:
        with transaction.atomic():
            for each in claims:
                each.consumed_on = on
                each.save(update_fields=["consumed_on"])
            _told(nomination, "consumed", {"on": on, "achievements": [str(c.achievement.uid) for c in claims]}, act)
    except IntegrityError as error:
        used = queries.uses_of([each.achievement_id for each in claims])
        faults = [used_problem(each.achievement.text) for each in claims if each.achievement_id in used]
        raise Refused(*(faults or [used_problem("")])) from error


def likely_retypings(rows: Sequence[Achievement]) -> dict[int, tuple[Achievement, ...]]:
    """Which achievements of one nominee read alike in overlapping times, those told apart left out."""
    pairs = [(one, other) for one, other in combinations(rows, 2) if _alike(one, other)]
    apart = queries.achievements_told_apart([row.pk for pair in pairs for row in pair]) if pairs else set()
    found: dict[int, tuple[Achievement, ...]] = {}
    for one, other in pairs:
        if (min(one.pk, other.pk), max(one.pk, other.pk)) not in apart:
            found[one.pk] = (*found.get(one.pk, ()), other)
            found[other.pk] = (*found.get(other.pk, ()), one)
    return found


def _alike(one: Achievement, other: Achievement) -> bool:
    if one.began_on > other.ended_on or other.began_on > one.ended_on:
        return False
    first, second = set(one.folded.split()), set(other.folded.split())
    common, least = ALIKE
    return len(first & second) * least >= len(first | second) * common


def _of_nominee(now: Nomination, uid: UUID) -> Achievement:
    found = queries.achievement_by_uid(queries.same_nominees(now.nominee), uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found.same_as or found


def _claim(now: Nomination, achievement: Achievement, act: Act) -> Claim:
    locked = queries.achievement_for_update(achievement)
    if queries.uses_of([locked.pk]):
        raise Refused(used_problem(locked.text))
    known = queries.claim_of(now, locked)
    if known is not None:
        return known
    row = Claim.objects.create(nomination=now, achievement=locked)
    _told(now, "claimed", {"achievement": str(locked.uid)}, act)
    return row


def _enter(nominee: Nominee, text: str, fields: State, act: Act) -> Achievement:
    row = Achievement.objects.create(nominee=nominee.same_as or nominee, text=text, folded=fold(text), **fields)
    after = {"text": row.text, "began_on": row.began_on, "ended_on": row.ended_on, "trail": row.trail}
    record(Happening(kind="achievement", object_id=row.uid, event="entered", after=after), act)
    return row


def _told(now: Nomination, event: str, after: State, act: Act) -> None:
    record(Happening(kind="nomination", object_id=now.uid, event=event, after=after), act)


def _links(nominee: Nominee) -> Q | None:
    """How recognised subjects name what a nominee stands for."""
    named = {"person": nominee.person_id, "household": nominee.household_id, "unit": nominee.unit_id}
    named |= {"clan": nominee.stands_for_clan_id, "place": nominee.stands_for_place_id}
    found = next(((name, key) for name, key in named.items() if key is not None), None)
    if found is None:
        return None
    name, key = found
    own = Q(**{f"subject__{name}": key})
    return own | Q(subject__person__same_as=key) if name == "person" else own


def _of_recognition(row: Recognition) -> Offer:
    title = BY_KEY[row.title_key].name_vi if row.title_key in BY_KEY else row.title_key
    level = f" mức {row.level}" if row.level else ""
    act = f"Quyết định số {row.act.number} ngày {row.act.signed_on.strftime('%d/%m/%Y')}"
    text = f"Được công nhận {title}{level} năm {row.year} ({act})"
    trail = {"recognition": row.pk, "title": row.title_key, "year": row.year, "number": row.act.number}
    trail |= {"signed_on": row.act.signed_on.isoformat(), "office": row.act.office_title, "basis": row.act.basis}
    return Offer(f"recognition:{row.pk}", text, date(row.year, 1, 1), date(row.year, 12, 31), trail)


def _of_figure(row: Figure) -> Offer:
    period = period_of_key(row.period)
    base = f" trên {row.base}" if row.base is not None else ""
    text = f"{_indicator_name(row.indicator.code)}: {row.value}{base} ({period.code})"
    trail = {"indicator": row.indicator.code, "period": period.code, "value": row.value, "base": row.base}
    trail |= {"report": str(row.report.uid) if row.report else "", "place": row.place_id}
    key = f"figure:{row.indicator.code} {row.place_id} {row.period}"
    return Offer(key, text, date(period.year, 7 if period.half == 2 else 1, 1), period.last_day, trail)


def _indicator_name(code: str) -> str:
    named = (each.indicator(code) for each in datasets().values())
    return next((each.name_vi for each in named if each is not None), code)


def _taken_fields(offer: Offer) -> State:
    source, _, name = offer.key.partition(":")
    of = {"recognition_id": int(name)} if source == "recognition" else {"figure": name}
    return {"began_on": offer.began_on, "ended_on": offer.ended_on, "trail": offer.trail, **of}


def _tidied(text: str) -> str:
    return single_spaced(nfc("".join(letter if letter.isprintable() else " " for letter in text)))[:LONGEST]
