"""The life line of a person: everything dated that is known, in plain words, with who entered it and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from densach.formats.vietnamese import format_date
from densach.history.models import Entry
from densach.history.queries import entries_about
from densach.people.models import HouseholdMember, Person, Precision, Sex, Stay, StayKind
from densach.people.records import queries
from densach.people.records.describing import birth_text, home_told, places_of_home, where_told
from densach.people.records.naming import public_id
from densach.places.queries import names_ever


@dataclass(frozen=True)
class Moment:
    """What happened on a day (None: not known when), and who entered it and why, as far as that was kept."""

    on: date | None
    what: str
    who: str = ""
    why: str = ""

    def told(self) -> str:
        """The moment as one line."""
        day = format_date(self.on) if self.on else "không rõ ngày"
        entered = "; ".join(part for part in (self.who and f"ghi bởi {self.who}", self.why) if part)
        return f"{day}: {self.what}" + (f" ({entered})" if entered else "")


def life_of(person: Person) -> list[Moment]:
    """The life line of a person by all records, oldest first, in a constant number of queries."""
    records = queries.records_of(person.pk)
    moments = [_birth(person), *_homes(records), *_stays(records), *_units(records), *_names(records)]
    moments += [*_told_of_persons(records), *_choices(records)]
    return sorted(moments, key=lambda moment: (moment.on or date.min, moment.on is not None))


def _birth(person: Person) -> Moment:
    on = person.birth_date if person.birth_precision == Precision.DAY else None
    return Moment(on, f"sinh, ngày sinh {birth_text(person)}, {person.get_sex_display().lower()}")


def _homes(records: Sequence[Person]) -> Iterator[Moment]:
    """Homes entered and left; one that ends on the day on which another of its kind begins is a move."""
    rows = list(queries.homes_ever_of([row.pk for row in records]))
    names = names_ever({key for row in rows for home in row.household.homes.all() for key in places_of_home(home)})
    log = _log("household_member", [row.pk for row in rows])
    begun = {(row.person_id, row.kind, row.valid_from): row for row in rows}
    ended = {(row.person_id, row.kind, row.valid_to): row for row in rows if row.valid_to is not None}
    for row in rows:
        yield from _of_the_household(row, names)
        before = ended.get((row.person_id, row.kind, row.valid_from))
        if before and (before.household_id, before.is_head) == (row.household_id, row.is_head):
            continue  # a move that turned out to be none
        yield _by(log[row.pk], row.valid_from, _entered(row, before, names), ends=False)
        if row.valid_to is not None and (row.person_id, row.kind, row.valid_to) not in begun:
            yield _by(log[row.pk], row.valid_to, f"rời {home_told(row, names)}", ends=True)


def _of_the_household(row: HouseholdMember, names: Mapping[int, str]) -> Iterator[Moment]:
    """Where the household has moved while somebody lived in it, as all do when their commune is merged."""
    for home in row.household.homes.all():
        if row.valid_from < home.valid_from and (row.valid_to is None or home.valid_from < row.valid_to):
            yield Moment(home.valid_from, f"cả hộ nay là {where_told(home, names)}")


def _entered(row: HouseholdMember, before: HouseholdMember | None, names: Mapping[int, str]) -> str:
    source = f", nguồn: {row.source}" if row.source else ""
    here = home_told(row, names) + (", là chủ hộ" if row.is_head else "") + source
    if before is None:
        return f"có nơi ở tại {here}"
    if before.household_id == row.household_id:
        return (
            f"{'thành chủ hộ' if row.is_head else 'không còn là chủ hộ'} {row.household.home_on(row.valid_from).code}"
        )
    return f"chuyển từ hộ {before.household.home_on(before.valid_from).code} sang {here}"


def _stays(records: Sequence[Person]) -> Iterator[Moment]:
    rows = list(queries.stays_ever_of([row.pk for row in records]))
    log = _log("stay", [row.pk for row in rows])
    for row in rows:
        yield _by(log[row.pk], row.valid_from, f"{_stay_told(row)}, nguồn: {row.source}", ends=False)
        if row.valid_to is not None:
            yield _by(log[row.pk], row.valid_to, f"thôi {_stay_told(row)}", ends=True)


def _stay_told(row: Stay) -> str:
    return f"{StayKind(row.kind).label.lower()}, {row.where}"


def _units(records: Sequence[Person]) -> Iterator[Moment]:
    for row in queries.units_ever_of([row.pk for row in records]):
        role = row.get_role_display().lower()
        yield Moment(row.valid_from, f"vào {row.unit.name} ({role})")
        if row.valid_to is not None:
            yield Moment(row.valid_to, f"rời {row.unit.name} ({role})")


def _names(records: Sequence[Person]) -> Iterator[Moment]:
    rows = list(queries.former_names_of([row.pk for row in records]))
    log = _log("person_name", [row.pk for row in rows])
    now = {row.pk: row.full_name for row in records}
    for at, row in enumerate(rows):
        after = next((later.full_name for later in rows[at + 1 :] if later.person_id == row.person_id), None)
        what = f"đổi tên từ {row.full_name} thành {after or now[row.person_id]}, căn cứ: {row.basis}"
        yield _by(log[row.pk], row.valid_to, what, ends=False)


def _told_of_persons(records: Sequence[Person]) -> Iterator[Moment]:
    """Deaths, corrections, and records joined and taken apart, as the log of the records tells them."""
    by_key = {row.pk: row for row in records}
    for key, entries in _log("person", list(by_key)).items():
        for entry in entries:
            yield from _person_moment(by_key[key], entry)


def _person_moment(person: Person, entry: Entry) -> Iterator[Moment]:
    entered_on = timezone.localdate(entry.at)
    if entry.event == "died" and person.died_on is not None:
        yield Moment(person.died_on, f"mất, căn cứ: {person.death_basis}", entry.who, entry.why)
    elif entry.event == "joined":
        yield Moment(entered_on, f"hồ sơ {public_id(person)} được tính là người này", entry.who, entry.why)
    elif entry.event == "separated":
        yield Moment(entered_on, f"hồ sơ {public_id(person)} lại được tính riêng", entry.who, entry.why)
    elif entry.event == "corrected":
        before, after = entry.state_before, entry.state_after
        changed = [name for name in after if name in _FIELDS]
        told = [f"{_FIELDS[name]} từ {_value(before[name])} thành {_value(after[name])}" for name in changed]
        if told:
            yield Moment(entered_on, f"sửa {', '.join(told)}", entry.who, entry.why)


def _value(kept: object) -> str:
    """A value of the log as a reader sees it: a day as it is printed, a sex by its name."""
    text = "chưa biết" if kept is None else str(kept)
    if text in Sex.values:
        return str(Sex(text).label)
    return format_date(date.fromisoformat(text)) if len(text) == len("1980-05-01") else text


_FIELDS = {"birth_date": "ngày sinh", "sex": "giới tính", "literacy": "mức độ biết chữ", "died_on": "ngày mất"}


def _choices(records: Sequence[Person]) -> Iterator[Moment]:
    rows = list(queries.choices_ever_of([row.pk for row in records]))
    names = names_ever({row.commune_id for row in rows})
    log = _log("counted_at", [row.pk for row in rows])
    for row in rows:
        what = f"được tính ở {names[row.commune_id]}, {row.chosen_by} chọn, nguồn: {row.source}"
        yield _by(log[row.pk], row.valid_from, what, ends=False)


def _by(entries: Sequence[Entry], on: date, what: str, *, ends: bool) -> Moment:
    """A moment with the entry that began a row, or with the one that ended it."""
    told = [entry for entry in entries if not ends or "valid_to" in (entry.state_after or {})]
    entry = (told[-1] if ends else told[0]) if told else None
    return Moment(on, what, entry.who, entry.why) if entry else Moment(on, what)


def _log(kind: str, keys: Iterable[int]) -> Mapping[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries_about(kind, map(str, keys)):
        found[int(entry.object_id)].append(entry)
    return found
