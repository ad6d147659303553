"""What the page of one's own data shows: each purpose with how it stands, and each request with its clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from densach.assessing.privacy import queries
from densach.assessing.privacy.models import OPEN, DataRequest, Message
from densach.assessing.privacy.seeing import seers_for
from densach.assessing.privacy.standing import Standing, standings
from densach.assessing.scans.models import ConsentScan
from densach.assessing.scans.queries import scans_by_word
from densach.authority.roles import Role
from densach.people.models import Person
from densach.places.models import Place
from densach.policy.personal_data import purposes, request_rules
from densach.policy.purposes import Purpose, RequestRule


@dataclass(frozen=True)
class Used:
    """One purpose for one person: how its consent stands, where it rests on one, and who sees the data.

    `scans` are those of the paper that the last word stands on.
    """

    purpose: Purpose
    standing: Standing | None
    seers: tuple[Role, ...]
    scans: tuple[ConsentScan, ...] = ()


@dataclass(frozen=True)
class Clocked:
    """A request with how many days are left of its time; below nothing it is late. None once it was settled."""

    request: DataRequest
    rule: RequestRule
    is_open: bool
    days_left: int
    answer_is_late: bool

    @property
    def is_late(self) -> bool:
        """Whether the time of the law is over."""
        return self.is_open and (self.days_left < 0 or self.answer_is_late)

    @property
    def days_over(self) -> int:
        """By how many days the time is over."""
        return max(-self.days_left, 0)

    @property
    def refused_for(self) -> list[Purpose]:
        """The duties of the State that a refusal rests on."""
        return [purposes()[name] for name in self.request.cites.split() if name in purposes()]


@dataclass(frozen=True)
class Overview:
    """All purposes of one person in their order, and all requests, the latest first."""

    used: tuple[Used, ...]
    requests: tuple[Clocked, ...]


def overview_of(person: Person, today: date) -> Overview:
    """What the data of a person is used for, and what was asked."""
    stand = standings(queries.acts_of(person), person, today)
    scans = scans_by_word(person)
    used = tuple(_used(purpose, stand.get(name), scans) for name, purpose in purposes().items())
    return Overview(used, clocked(queries.requests_of(person), today))


def _used(purpose: Purpose, standing: Standing | None, scans: Mapping[int, list[ConsentScan]]) -> Used:
    last = standing.last if standing else None
    return Used(purpose, standing, seers_for(purpose), tuple(scans.get(last.pk, ())) if last else ())


def used_for(person: Person, purpose: Purpose, today: date) -> Used:
    """One purpose of one person."""
    stand = standings(queries.acts_of(person), person, today)
    return Used(purpose, stand.get(purpose.id), seers_for(purpose))


def goes_on_without(purpose: Purpose) -> list[Purpose]:
    """The duties of the State that use the same data, whatever becomes of a consent."""
    same = set(purpose.holds)
    return [other for other in purposes().values() if other.basis == "duty" and same & set(other.holds)]


def clocked(requests: Sequence[DataRequest], today: date) -> tuple[Clocked, ...]:
    """Requests with their clocks."""
    return tuple(with_clock(request, today) for request in requests)


def with_clock(request: DataRequest, today: date) -> Clocked:
    """A request with its clock."""
    is_open = request.state in OPEN
    late = is_open and request.received_on is None and request.answer_by < today
    return Clocked(request, request_rules()[request.kind], is_open, (request.settle_by - today).days, late)


def thread_of(request: DataRequest) -> list[Message]:
    """What was written about a request, in its order."""
    return queries.messages_of(request)


def asked_of(commune: Place, today: date, *, only_open: bool, first: int, count: int) -> tuple[Clocked, ...]:
    """Some requests of a commune, the most pressing first."""
    return clocked(list(queries.requests_at(commune, only_open=only_open)[first : first + count]), today)


@dataclass(frozen=True)
class Waiting:
    """How many requests of a commune are open, and how many of them are past a day of the law."""

    open: int
    late: int


def waiting_at(commune: Place, today: date) -> Waiting:
    """What waits in a commune."""
    return Waiting(queries.count_open(commune), queries.count_late(commune, today))
