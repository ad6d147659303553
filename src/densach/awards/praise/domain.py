"""What happens to a good example: told, praised, honoured, taken over, and published once its people agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, models, transaction

from densach.authority.access import Viewer
from densach.awards.access import places_inside
from densach.awards.candidates import queries as register_queries
from densach.awards.candidates.finding import Candidate
from densach.awards.domain import tidy
from densach.awards.praise import queries
from densach.awards.praise.access import agrees, example_for, require_entering
from densach.awards.praise.letters import letter_paper, who_praises
from densach.awards.praise.models import GoodExample, Honouring, Letter, Replication, Who
from densach.formats.official.keeping import kept_text
from densach.formats.vietnamese import nfc
from densach.history.domain import Act, Happening, record
from densach.people.models import Person
from densach.places.models import Place
from densach.problems import Problem, Refused, problem

LONGEST_STORY = 4000
LINKS = {"person": Who.PERSON, "household": Who.HOUSEHOLD, "unit": Who.GROUP}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A good example as it is told; `found` is whose deed it is in the register, else `who` and `name` are typed."""

    deed: str
    deed_on: date
    told_on: date
    told_by: str = ""
    found: Candidate | None = None
    who: Who = Who.PERSON
    name: str = ""


def tell(viewer: Viewer, told: Told, *, fictional: bool, at: datetime) -> GoodExample:
    """Enter a good example; refused without a name or a deed (Q601), and for days out of order (Q602)."""
    require_entering(viewer)
    _refuse_told(told, viewer.today)
    assert viewer.where is not None and viewer.post is not None  # noqa: S101, PT018  - whoever enters has both
    found = told.found
    unit = viewer.acting.unit if viewer.acting else None
    row = GoodExample(
        who=LINKS[found.what] if found else told.who,
        name=(found.name if found else tidy(told.name))[:200],
        about=(found.about if found else "")[:300],
        place=Place(pk=found.place) if found else viewer.where.place,
        deed=nfc(told.deed).strip()[:1000],
        deed_on=told.deed_on,
        told_on=told.told_on,
        told_by=tidy(told.told_by)[:200],
        entered_at_place=None if unit else viewer.where.place,
        entered_in_unit=unit,
        line=viewer.post.line,
        entered_by=viewer.account,
        is_fictional=fictional,
        **({found.what: found.thing} if found else {}),
    )
    with transaction.atomic():
        row.save(force_insert=True)
        _note(row, "told", {"deed_on": row.deed_on, "told_on": row.told_on}, viewer.act(at))
    return row


def praise(viewer: Viewer, example: GoodExample, words: str, on: date, *, at: datetime) -> Letter:
    """Make a letter of praise in the name of the viewer's place or unit.

    Refused without words (Q603), for a day before the deed was told or still to come (Q604), and a second time from the
    same (Q605).
    """
    example_for(viewer, example.uid)
    words, body = tidy(words), who_praises(viewer)
    if not words:
        raise Refused(problem("Q603", "words"))
    _refuse_day(example, on, viewer.today)
    assert viewer.where is not None  # noqa: S101  - `who_praises` refuses whoever has no place
    paper = letter_paper(example, body, viewer.where, words, on)
    row = Letter(
        example=example,
        from_whom=" ".join(body)[:200],
        on=on,
        words=words,
        content=kept_text(paper),
        made_by=viewer.account,
        made_at=at,
    )
    _enter(example, row, problem("Q605", "words", name=row.from_whom), {"on": on}, viewer.act(at))
    return row


def honour(viewer: Viewer, example: GoodExample, event: str, on: date, *, at: datetime) -> Honouring:
    """Note an event that honoured it; refused without its name (Q607), for a day (Q604), a second time (Q608)."""
    example_for(viewer, example.uid)
    event = tidy(event)[:200]
    if not event:
        raise Refused(problem("Q607", "event"))
    _refuse_day(example, on, viewer.today)
    row = Honouring(example=example, event=event, on=on)
    _enter(example, row, problem("Q608", "event"), {"event": event, "on": on}, viewer.act(at))
    return row


def take_over(viewer: Viewer, example: GoodExample, by: str, how: str, on: date, *, at: datetime) -> Replication:
    """Note who took it over; refused without who (Q609), for a day (Q604), and twice by the same (Q608)."""
    example_for(viewer, example.uid)
    by = tidy(by)[:200]
    if not by:
        raise Refused(problem("Q609", "by"))
    _refuse_day(example, on, viewer.today)
    row = Replication(example=example, by=by, how=tidy(how), on=on)
    _enter(example, row, problem("Q608", "by"), {"by": by, "on": on}, viewer.act(at))
    return row


def publish(viewer: Viewer, example: GoodExample, story: str, *, names_no_other: bool, at: datetime) -> GoodExample:
    """Publish a story, once whoever it is about agrees: a grown person, a child together with its representative.

    Refused without a story (Q610), unless it names nobody else (Q611), and without consent (Q606).
    """
    example_for(viewer, example.uid)
    story = nfc(story).strip()[:LONGEST_STORY]
    if not story:
        raise Refused(problem("Q610", "story"))
    if not names_no_other:
        raise Refused(problem("Q611", "names_no_other"))
    with transaction.atomic():
        now = queries.example_for_update(example)
        now.speaks_for = _speaks_for(viewer, now)
        if not agrees(now, viewer.today):
            raise Refused(problem("Q606", "story", name=now.name))
        now.story, now.published_at = story, at
        now.save(update_fields=["story", "published_at", "speaks_for"])
        _note(now, "published", {"letters": len(story)}, viewer.act(at))
        return now


def take_down(viewer: Viewer, example: GoodExample, *, at: datetime) -> GoodExample:
    """Take a published story from the public pages; it can be published again."""
    example_for(viewer, example.uid)
    with transaction.atomic():
        now = queries.example_for_update(example)
        if now.published_at is not None:
            now.published_at = None
            now.save(update_fields=["published_at"])
            _note(now, "taken_down", {}, viewer.act(at))
        return now


def _speaks_for(viewer: Viewer, example: GoodExample) -> Person | None:
    """The person, or whoever heads the household; somebody who is not in the register cannot be asked."""
    if example.household is not None:
        places = places_inside(viewer)
        row = register_queries.heads_of_homes(places, viewer.today, uid=example.household.uid).first()
        return row.person.same_as or row.person if row else None
    return (example.person.same_as or example.person) if example.person else None


def _refuse_told(told: Told, today: date) -> None:
    if not tidy(told.deed):
        raise Refused(problem("Q601", "deed"))
    if told.found is None and not tidy(told.name):
        raise Refused(problem("Q601", "name"))
    if not told.deed_on <= told.told_on <= today:
        raise Refused(problem("Q602", "deed_on"))


def _refuse_day(example: GoodExample, on: date, today: date) -> None:
    if not example.deed_on <= on <= today:
        raise Refused(problem("Q604", "on", deed=example.deed_on.strftime("%d/%m/%Y")))


def _enter(example: GoodExample, row: models.Model, twice: Problem, after: dict[str, object], act: Act) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _note(example, type(row).__name__.lower(), after, act)
    except IntegrityError as error:
        raise Refused(twice) from error


def _note(example: GoodExample, event: str, after: dict[str, object], act: Act) -> None:
    record(Happening(kind="good_example", object_id=example.uid, event=event, after=after), act)
