"""All that is held about one person, gathered for the page and for the copy that the person takes along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from densach.accounts.models import Account
from densach.assessing.evidence.models import Evidence
from densach.assessing.models import Answers, Assessment, Certificate, Recognition
from densach.assessing.objections.models import Objection
from densach.assessing.privacy import queries
from densach.assessing.privacy.models import ConsentAct, DataRequest
from densach.assessing.scans.models import ConsentScan
from densach.assessing.scans.queries import scans_about
from densach.assessing.sheets.models import Sheet
from densach.authority.roles import Role
from densach.history.models import Entry
from densach.history.queries import latest_of
from densach.people.models import HouseholdMember, Person, PersonName
from densach.people.numbers import Keys
from densach.people.protected.domain import Said, said_in
from densach.people.protected.models import ProtectedFact
from densach.people.protected.queries import facts_of
from densach.people.records.describing import masked_number
from densach.places.labels import labels_on
from densach.places.queries import names_ever

WHOLE_LOG = 100_000  # lines; nobody has as many


@dataclass(frozen=True)
class Home:
    """A home of a person: where, since when and until when; the place is empty where no list knows its name."""

    where: str
    row: HouseholdMember


@dataclass(frozen=True)
class Told:
    """A protected fact with what it says; nothing once it was erased."""

    fact: ProtectedFact
    said: Said | None


@dataclass(frozen=True)
class Happened:
    """One line of the log about a person: what, when, and in which role; never the name of who did it."""

    kind: str
    event: str
    at: datetime
    role: Role | None
    by_account: bool


@dataclass(frozen=True)
class Register:
    """What the register of residents holds; the number shows its last digits only."""

    person: Person
    number: str
    former_names: list[PersonName]
    homes: list[Home]
    accounts: list[Account]


@dataclass(frozen=True)
class Files:
    """What was written, judged, decided and printed about a person."""

    sheets: list[Sheet]
    evidence: list[Evidence]
    scans: list[ConsentScan]
    objections: list[Objection]
    assessments: list[Assessment]
    recognitions: list[Recognition]
    certificates: list[Certificate]


@dataclass(frozen=True)
class Copy:
    """All of it, for the person to take along."""

    register: Register
    files: Files
    answers: list[Answers]
    facts: list[Told]
    consents: list[ConsentAct]
    requests: list[DataRequest]
    log: list[Happened]


def register_of(person: Person, keys: Keys, on: date) -> Register:
    """What the register holds of a person."""
    rows = queries.homes_ever_of(person)
    names = _places_of(rows, on)
    homes = [Home(names.get(row.pk, ""), row) for row in rows]
    number = masked_number(person, keys) if person.number_hash else ""
    return Register(person, number, queries.former_names_of(person), homes, queries.own_accounts(person, on))


def files_of(person: Person) -> Files:
    """What was written, judged, decided and printed about a person."""
    return Files(
        queries.sheets_about(person),
        queries.evidence_about(person),
        scans_about(person),
        queries.objections_about(person),
        queries.assessments_about(person),
        queries.recognitions_about(person),
        queries.certificates_about(person),
    )


def facts_told(facts: Iterable[ProtectedFact], keys: Keys) -> list[Told]:
    """Protected facts with what they say."""
    return [Told(fact, said_in(fact, keys)) for fact in facts]


def log_of(person: Person, first: int = 0, count: int = WHOLE_LOG) -> list[Happened]:
    """Who did what to the data of a person, by role, the latest first."""
    return [_happened(entry) for entry in latest_of(queries.chains_about(person), first, count)]


def whole_copy(person: Person, keys: Keys, on: date) -> Copy:
    """All that is held about a person."""
    return Copy(
        register=register_of(person, keys, on),
        files=files_of(person),
        answers=queries.answers_about(person),
        facts=facts_told(facts_of(person), keys),
        consents=queries.acts_written_of(person),
        requests=queries.requests_of(person),
        log=log_of(person),
    )


def _places_of(rows: Iterable[HouseholdMember], on: date) -> dict[int, str]:
    """Where each home was, by the names of today or, of villages that are gone, the last name they had."""
    villages = {row.pk: row.household.home_on(row.valid_from).village_id for row in rows}
    labels = labels_on(villages.values(), on)
    gone = names_ever(set(villages.values()) - labels.keys())
    return {key: labels[place].whole if place in labels else gone.get(place, "") for key, place in villages.items()}


def _happened(entry: Entry) -> Happened:
    """An entry names an account by identity and role (`Viewer.act`); commands and imports have no role."""
    who, _, role = entry.who.partition(" ")
    by_account = len(who) == len("00000000-0000-0000-0000-000000000000") and who.count("-") == 4
    return Happened(entry.kind, entry.event, entry.at, Role(role) if role in Role.values else None, by_account)
