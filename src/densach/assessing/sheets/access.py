"""Whose sheets a viewer may write, check or read; any other is not there (H103)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from densach.assessing.models import Assessment, Registration, Round, Subject
from densach.assessing.privacy.association import (
    Closed,
    acts_for_association,
    heads_of,
    is_closed_to,
    why_closed,
    words_to_association,
)
from densach.assessing.run import judged_on
from densach.assessing.sheets.models import Sheet, Way
from densach.assessing.sheets.queries import R, open_round_for, rows_about, sheet_by_uid, verdict_on
from densach.assessing.titles import BY_MODEL, Title
from densach.authority.access import Viewer
from densach.authority.granting import Thing, over_of
from densach.authority.reaching import is_own, is_reached, reach
from densach.authority.roles import Over, Right, Role
from densach.people.ages import Age, age_of
from densach.people.models import Household, Person, Unit
from densach.people.queries import is_head_of, members_of, names_of_heads, records_of, villages_of_persons
from densach.problems import Refused, problem

_TITLES = {Person: BY_MODEL["citizen"], Household: BY_MODEL["family"]}


@dataclass(frozen=True)
class Line:
    """A person or a household on the page of a home: how far its sheet is, and what was computed.

    `age` is empty for a household; `registered` holds where the commune registered it and no sheet was begun. What is
    `closed` to the viewer tells nothing of its sheet.
    """

    thing: Person | Household
    name: str
    title: Title
    age: Age | None
    sheet: Sheet | None
    registered: bool
    assessment: Assessment | None
    closed: Closed | None = None

    @property
    def over(self) -> Over:
        """What kind of thing it is."""
        return Over.PERSON if isinstance(self.thing, Person) else Over.HOUSEHOLD

    @property
    def may_begin(self) -> bool:
        """Whether a sheet can be begun."""
        return self.sheet is None and self.closed is None


@dataclass(frozen=True)
class Home:
    """A household with its members, or one person alone: whose it is called, and the round that takes answers now.

    It is not attached where the person stands in no household of any register, so that no commune can ask for answers.
    """

    household: Household | None
    name: str
    round: Round | None
    lines: tuple[Line, ...]
    is_own: bool
    is_attached: bool = True

    @property
    def has_children(self) -> bool:
        """Whether somebody is too young for a title, so that the assumption must be told."""
        return any(line.age is Age.CHILD for line in self.lines)


def thing_of(subject: Subject) -> Thing:
    """The person, household, clan, unit or place that a subject stands for."""
    thing: Thing = getattr(subject, subject.kind)
    return thing


def may_write(viewer: Viewer, thing: Thing) -> bool:
    """Whether a sheet about this may be written: one's own, or for others in one's place."""
    reached = is_own(viewer, thing, Right.FILL_IN) or is_reached(viewer, thing, Right.FILL_IN_FOR_OTHERS)
    return reached and not is_closed_to(viewer, thing)


def may_send(viewer: Viewer, thing: Thing) -> bool:
    """Whether a sheet that one may write on may be sent: of a unit its head sends, whoever of the team wrote."""
    return not isinstance(thing, Unit) or viewer.role is not Role.UNIT_ASSESSOR


def may_check(viewer: Viewer, thing: Thing) -> bool:
    """Whether a sheet about this may be scored."""
    reached = is_own(viewer, thing, Right.CHECK_SHEETS) or is_reached(viewer, thing, Right.CHECK_SHEETS)
    return reached and not is_closed_to(viewer, thing)


def way_of_writing(viewer: Viewer, thing: Thing) -> Way:
    """Somebody who writes about what is not their own is a helper, and the sheet says so.

    Whoever heads a household helps its members, and stands for those who are no adults.
    """
    if not is_own(viewer, thing, Right.FILL_IN):
        return Way.HELPED
    held = viewer.acting
    if isinstance(thing, Person) and held is not None and held.household_id is not None:
        return Way.OWN if is_head_of(thing, held.household_id, viewer.today) else Way.HELPED
    return Way.OWN


def see_home(viewer: Viewer, uid: UUID | None = None) -> Home:
    """One's own home by the role that is held, or that household of one's place; refused (H103) elsewhere."""
    if uid is not None:
        found = reach(viewer, Household, uid, own=Right.FILL_IN, others=Right.FILL_IN_FOR_OTHERS)
        return _household(viewer, found, own=viewer.holds(Over.HOUSEHOLD, found.pk))
    held = viewer.acting
    if held is not None and held.household is not None:
        return _household(viewer, held.household, own=True)
    if held is not None and held.person is not None:
        return _person(viewer, held.person)
    raise Refused(problem("H103", "nha"))


def thing_to_register(viewer: Viewer, over: str, uid: UUID) -> Person | Household:
    """A person or household that the viewer may register for its title; refused (H103) for any other."""
    found: Person | Household
    rights = {"own": Right.FILL_IN, "others": Right.FILL_IN_FOR_OTHERS}
    match over:
        case Over.PERSON:
            found = reach(viewer, Person, uid, **rights)
        case Over.HOUSEHOLD:
            found = reach(viewer, Household, uid, **rights)
        case _:
            raise _not_there(uid)
    if is_closed_to(viewer, found):
        raise _not_there(uid)
    return found


def round_to_register_in(thing: Person | Household, today: date) -> Round:
    """The round that takes answers where a person or household lives; refused (K111) where there is none."""
    persons, households = ([thing.pk], []) if isinstance(thing, Person) else ([], [thing.pk])
    found = open_round_for(persons, households, today)
    if found is None:
        raise Refused(problem("K111", thing.uid))
    return found


def title_for(thing: Person | Household) -> Title:
    """The title that a person or a household can register for."""
    return _TITLES[type(thing)]


def name_on(sheet: Sheet, today: date) -> str:
    """Whom a sheet is about, by name: a household is called by its head."""
    return names_on([sheet], today)[sheet.pk]


def names_on(sheets: Sequence[Sheet], today: date) -> dict[int, str]:
    """Whom some sheets are about, by the key of the sheet, by one query."""
    heads = names_of_heads([one.subject.household_id for one in sheets if one.subject.household_id], today)
    return {one.pk: heads.get(one.subject.household_id or 0) or _name_of(thing_of(one.subject)) for one in sheets}


def _name_of(thing: Thing) -> str:
    if isinstance(thing, Household):
        return ""
    return thing.full_name if isinstance(thing, Person) else str(thing)


def verdict_to_read(sheet: Sheet) -> Assessment | None:
    """What was computed for a sheet that one may read; nothing before it was sent."""
    return verdict_on(sheet) if sheet.sent_at is not None else None


def sheet_to_write(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet that the viewer may write on."""
    sheet = _found(uid)
    if not may_write(viewer, thing_of(sheet.subject)):
        raise _not_there(uid)
    return sheet


def sheet_to_check(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet that the viewer may score or give back."""
    sheet = _found(uid)
    if not may_check(viewer, thing_of(sheet.subject)):
        raise _not_there(uid)
    return sheet


def sheet_to_read(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet that the viewer may write on or check."""
    sheet = _found(uid)
    thing = thing_of(sheet.subject)
    if not (may_write(viewer, thing) or may_check(viewer, thing)):
        raise _not_there(uid)
    return sheet


def _found(uid: UUID) -> Sheet:
    sheet = sheet_by_uid(uid)
    if sheet is None:
        raise _not_there(uid)
    return sheet


def _not_there(uid: UUID) -> Refused:
    return Refused(problem("H103", uid))


def _household(viewer: Viewer, household: Household, *, own: bool) -> Home:
    members = members_of(household.pk, viewer.today)
    head = next((row.person.full_name for row in members if row.is_head), "")
    things: list[Person | Household] = [household, *(row.person for row in members)]
    round_ = open_round_for([], [household.pk], viewer.today)
    lines = _lines(things, head, round_, viewer.today)
    if acts_for_association(viewer):
        lines = _shut(lines, heads_of(members), viewer.today)
    return Home(household, head, round_, lines, own)


def _person(viewer: Viewer, person: Person) -> Home:
    round_ = open_round_for([person.pk], [], viewer.today)
    lines = _lines([person], "", round_, viewer.today)
    lives = round_ is not None or bool(villages_of_persons(records_of([person.pk]), viewer.today))
    return Home(None, person.full_name, round_, lines, is_own=True, is_attached=lives)


def _lines(things: Sequence[Person | Household], head: str, round_: Round | None, today: date) -> tuple[Line, ...]:
    """The lines of some persons and of their household, which is called by its head."""
    sheets, judged = _by_thing(Sheet, round_, things), _by_thing(Assessment, round_, things)
    registered = _by_thing(Registration, round_, things)
    on = judged_on(round_) if round_ else today
    lines = []
    for thing in things:
        key, title = (over_of(thing), thing.pk), title_for(thing)
        name = thing.full_name if isinstance(thing, Person) else head
        age = age_of(thing, on) if isinstance(thing, Person) else None
        lines.append(Line(thing, name, title, age, sheets.get(key), key in registered, judged.get(key)))
    return tuple(lines)


def _shut(lines: Sequence[Line], heads: list[int], today: date) -> tuple[Line, ...]:
    """The lines as the association sees them: of whoever did not agree the name alone."""
    whose = [[line.thing.same_as_id or line.thing.pk] if isinstance(line.thing, Person) else heads for line in lines]
    words = words_to_association({person for people in whose for person in people}, today)
    closed = [why_closed(people, words) for people in whose]
    return tuple(
        replace(line, sheet=None, registered=False, assessment=None, closed=why) if why else line
        for line, why in zip(lines, closed, strict=True)
    )


def _by_thing(model: type[R], round_: Round | None, things: Sequence[Person | Household]) -> dict[tuple[Over, int], R]:
    """The rows of a round about some persons and households, each for the title it can have."""
    if round_ is None:
        return {}
    persons = [thing.pk for thing in things if isinstance(thing, Person)]
    homes = [thing.pk for thing in things if isinstance(thing, Household)]
    rows = rows_about(model, round_, persons, homes, [title.key for title in _TITLES.values()])
    about = [(row.subject.person or row.subject.household, row) for row in rows]
    return {(over_of(thing), thing.pk): row for thing, row in about if thing is not None}
