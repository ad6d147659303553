"""Reading consents and requests, and what is held about one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from densach.accounts.models import Account
from densach.assessing.evidence.models import Evidence
from densach.assessing.models import Answers, Assessment, Certificate, Recognition
from densach.assessing.objections.models import Objection
from densach.assessing.privacy.models import CHAPTER_CHECK, OPEN, ConsentAct, DataRequest, Giver, Message
from densach.assessing.scans.models import ConsentScan
from densach.assessing.sheets.models import Sheet
from densach.history.prepared import prepared
from densach.people.ages import grown_by
from densach.people.models import HouseholdHome, HouseholdMember, Person, PersonName
from densach.people.protected.models import ProtectedFact
from densach.people.queries import true_on
from densach.places.models import Level, Place
from densach.places.queries import in_force

MOST_FOUND = 50
_AT_ONCE = 900  # below the number of variables every SQLite takes in one statement
_STANDING = ConsentAct.objects.filter(crossed_out_at__isnull=True)  # what was crossed out says nothing


def person_by_uid(uid: UUID) -> Person | None:
    """One record of a person with the record it is counted as."""
    return Person.objects.select_related("same_as").filter(uid=uid).first()


def of_person(person: Person, rows: str = "") -> Q:
    """Rows about a person under any record; `rows` leads to the record."""
    return Q(**{f"{rows}person": person}) | Q(**{f"{rows}person__same_as": person})


def of_people(persons: Any) -> Q:
    """Rows about some people under any record, each found by its key: across two tables SQLite reads every person."""
    return Q(person__in=persons) | Q(person__in=Person.objects.filter(same_as__in=persons).values("pk"))


def who_never_spoke(persons: Iterable[int], purpose: str) -> list[Person]:
    """Of some people those of whom nothing was ever entered about a purpose, not even by mistake."""
    silent = Person.objects.filter(~Exists(ConsentAct.objects.filter(person=OuterRef("pk"), purpose=purpose)))
    keys = sorted(persons)
    parts = [keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE)]
    return [person for part in parts for person in silent.filter(pk__in=part).order_by("pk")]


def add_acts(rows: Iterable[ConsentAct]) -> None:
    """Write the first words of many people."""
    ConsentAct.objects.bulk_create(rows)


def acts_of(person: Person) -> list[ConsentAct]:
    """Every consent that was given or withdrawn for a person and stands, the first of each purpose first."""
    return _standing_of(person.pk)


@prepared
def _standing_of(person: int) -> QuerySet[ConsentAct]:
    rows = _STANDING.filter(Q(person=person) | Q(person__same_as=person))
    return rows.order_by("purpose", "number", "pk")


def acts_written_of(person: Person) -> list[ConsentAct]:
    """The same with what was crossed out, and with who entered each."""
    rows = ConsentAct.objects.filter(of_person(person)).select_related("by", "crossed_out_by")
    return list(rows.order_by("purpose", "number", "pk"))


def last_of_each(persons: Iterable[int]) -> dict[tuple[int, str], ConsentAct]:
    """The last that was said of each purpose, by the key of the person as counted."""
    rows = _standing_of_many(list(persons))
    return {(row.person.same_as_id or row.person_id, row.purpose): row for row in rows}


@prepared
def _standing_of_many(persons: list[int]) -> QuerySet[ConsentAct]:
    rows = _STANDING.filter(of_people(persons))
    return rows.select_related("person", "by").order_by("number", "pk")


def last_number(person: Person, purpose: str) -> int:
    """The number of the last row of a purpose, crossed out or not; 0 where there is none."""
    rows = ConsentAct.objects.filter(of_person(person), purpose=purpose).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def act_by_uid(person: Person, uid: UUID) -> ConsentAct | None:
    """One consent of a person by its identity."""
    return ConsentAct.objects.filter(of_person(person), uid=uid).first()


def last_acts(persons: Iterable[int], purpose: str) -> dict[int, ConsentAct]:
    """The last that was said of one purpose for each of some records, with the person."""
    rows = _STANDING.filter(person__in=list(persons), purpose=purpose).select_related("person")
    return {row.person_id: row for row in rows.order_by("number")}


def saying_no(purpose: str) -> QuerySet[ConsentAct, int]:
    """The records of all whose last word on a purpose is no."""
    return _last_said(purpose).filter(given=False).values_list("person", flat=True)


def saying_yes(purpose: str) -> QuerySet[ConsentAct, int]:
    """The records of all whose last word on a purpose is yes; whether it still holds is for `standing` to say."""
    return _last_said(purpose).filter(given=True).values_list("person", flat=True)


def holding(purpose: str, grown: date) -> QuerySet[ConsentAct, int]:
    """The records of all whose yes to a purpose holds on a day, told by the last birth date of the grown (`grown_by`).

    What a representative said ends when the child is grown.
    """
    return _last_said(purpose).filter(_holds(grown), given=True).values_list("person", flat=True)


def agreeing(record: str, grown: date) -> Exists:
    """Rows about people, by the way to their record, who agreed that the association checks; silence is no consent."""
    counted_as = Coalesce(OuterRef(f"{record}__same_as_id"), OuterRef(f"{record}_id"))
    return Exists(_last_said(CHAPTER_CHECK).filter(_holds(grown), given=True, person=counted_as))


def words_on_checking(persons: Iterable[int], grown: date) -> dict[int, bool]:
    """Of some records, as counted, what holds of what was said about the association's checking; nothing of others."""
    return dict(_words_on_checking([*persons], grown))


@prepared
def _words_on_checking(persons: list[int], grown: date) -> QuerySet[ConsentAct, tuple[int, bool]]:
    rows = _last_said(CHAPTER_CHECK).filter(Q(given=False) | _holds(grown), person__pk__in=persons)
    return rows.values_list("person_id", "given")


def open_to_association(on: date) -> Q:
    """Sheets of people and households that the association may open on a day: for a household its head speaks."""
    return open_where_agreed(on, grown_by(on))


def open_where_agreed(on: date, grown: date) -> Q:
    """The same, told the last birth date of those who are grown on the day."""
    heads = HouseholdMember.objects.filter(true_on(on), is_head=True, household=OuterRef("subject__household_id"))
    agreed, others = (Exists(heads.filter(rows)) for rows in (agreeing("person", grown), ~agreeing("person", grown)))
    return Q(agreeing("subject__person", grown)) | Q(agreed) & ~Q(others)


def _holds(grown: date) -> Q:
    return Q(giver=Giver.SELF) | Q(person__birth_date__isnull=False, person__birth_date__gt=grown)


def _last_said(purpose: str) -> QuerySet[ConsentAct]:
    later = _STANDING.filter(person=OuterRef("person"), purpose=purpose, number__gt=OuterRef("number"))
    return _STANDING.filter(~Exists(later), purpose=purpose)


def requests_of(person: Person) -> list[DataRequest]:
    """What was asked about the data of a person, the latest first."""
    return list(DataRequest.objects.filter(of_person(person)).order_by("-asked_on", "-pk"))


def open_request(person: Person, kind: str, about: str) -> DataRequest | None:
    """The request of a kind that is not settled."""
    return DataRequest.objects.filter(person=person, kind=kind, about=about, state__in=OPEN).first()


def request_by_uid(uid: UUID) -> DataRequest | None:
    """One request with its person and commune."""
    return DataRequest.objects.filter(uid=uid).select_related("person__same_as", "commune").first()


def request_for_update(uid: UUID) -> DataRequest | None:
    """The same request as it is now, locked until the transaction ends."""
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("person__same_as", "commune")
    return rows.filter(uid=uid).first()


def messages_of(request: DataRequest) -> list[Message]:
    """The thread of a request in its order."""
    return list(Message.objects.filter(request=request).order_by("pk"))


def requests_at(commune: Place, *, only_open: bool) -> QuerySet[DataRequest]:
    """What a commune was asked: the open ones by the day due, or the settled ones, the latest first."""
    rows = DataRequest.objects.filter(commune=commune).select_related("person")
    if only_open:
        return rows.filter(state__in=OPEN).order_by("settle_by", "pk")
    return rows.exclude(state__in=OPEN).order_by("-settled_on", "-pk")


def count_open(commune: Place) -> int:
    """How many requests of a commune are not settled."""
    return DataRequest.objects.filter(commune=commune, state__in=OPEN).count()


def count_late(commune: Place, today: date) -> int:
    """How many of them are past their day, of the answer or of the settling."""
    late = Q(settle_by__lt=today) | Q(received_on__isnull=True, answer_by__lt=today)
    return DataRequest.objects.filter(late, commune=commune, state__in=OPEN).count()


def home_of(person: Person, on: date) -> HouseholdMember | None:
    """A home of a person on a day, the permanent one first."""
    rows = HouseholdMember.objects.filter(of_person(person), true_on(on), true_on(on, "household__homes__"))
    return rows.prefetch_related("household__homes__commune").order_by("kind", "pk").first()


def homes_ever_of(person: Person) -> list[HouseholdMember]:
    """Every home a person had, the latest first, with where the households live."""
    rows = HouseholdMember.objects.filter(of_person(person)).select_related("household")
    return list(rows.prefetch_related("household__homes").order_by("-valid_from", "-pk"))


def chains_about(person: Person) -> dict[str, list[str]]:
    """The objects of the log that are about a person, by kind."""
    records = Person.objects.filter(Q(pk=person.pk) | Q(same_as=person))
    rows: dict[str, QuerySet[Any]] = {
        "person": records,
        "household_member": HouseholdMember.objects.filter(of_person(person)),
        "sheet": Sheet.objects.filter(of_person(person, "subject__")),
        "data_request": DataRequest.objects.filter(of_person(person)),
        "protected_fact": ProtectedFact.objects.filter(of_person(person)),
        "consent_scan": ConsentScan.objects.filter(of_person(person, "proves__")).distinct(),
    }
    keys = {kind: [str(key) for key in found.values_list("pk", flat=True)] for kind, found in rows.items()}
    return keys | {"personal_data": keys["person"]}


def members_on(household: int, on: date) -> list[HouseholdMember]:
    """Who has a home in a household on a day, the head first."""
    rows = HouseholdMember.objects.filter(true_on(on), household=household).select_related("person__same_as")
    return list(rows.order_by("-is_head", "person__birth_date", "pk"))


def membership_in(person: Person, household: int, on: date) -> HouseholdMember | None:
    """How a person lives in a household on a day."""
    return (
        HouseholdMember.objects.filter(of_person(person), true_on(on), household=household)
        .select_related("person__same_as")
        .first()
    )


def former_names_of(person: Person) -> list[PersonName]:
    """The names a person bore before."""
    return list(PersonName.objects.filter(of_person(person)).order_by("valid_to"))


def sheets_about(person: Person) -> list[Sheet]:
    """The sheets of a person, the latest round first."""
    rows = Sheet.objects.filter(of_person(person, "subject__")).select_related("round")
    return list(rows.order_by("-round__year", "title_key"))


def answers_about(person: Person) -> list[Answers]:
    """What was answered about a person, by themself and by those who check."""
    rows = Answers.objects.filter(of_person(person, "subject__")).select_related("round")
    return list(rows.order_by("-round__year", "title_key", "stage"))


def assessments_about(person: Person) -> list[Assessment]:
    """What the law gave for a person in each round."""
    rows = Assessment.objects.filter(of_person(person, "subject__")).select_related("round")
    return list(rows.order_by("-round__year", "title_key"))


def recognitions_about(person: Person) -> list[Recognition]:
    """The acts that recognise a person, the latest first."""
    rows = Recognition.objects.filter(of_person(person, "subject__")).select_related("act")
    return list(rows.order_by("-year", "-pk"))


def certificates_about(person: Person) -> list[Certificate]:
    """The certificates that were printed for a person, with their acts."""
    rows = Certificate.objects.filter(of_person(person, "recognition__subject__"))
    return list(rows.select_related("recognition__act", "printing").order_by("-serial_year", "-serial", "pk"))


def evidence_about(person: Person) -> list[Evidence]:
    """The evidence that was sent with the sheets of a person."""
    rows = Evidence.objects.filter(of_person(person, "sheet__subject__")).select_related("sheet__round")
    return list(rows.order_by("added_at", "pk"))


def objections_about(person: Person) -> list[Objection]:
    """What was objected about the sheets of a person."""
    rows = Objection.objects.filter(of_person(person, "sheet__subject__")).select_related("sheet__round")
    return list(rows.order_by("pk"))


def own_accounts(person: Person, on: date) -> list[Account]:
    """The accounts that act on a day as this person, or as the head of the household that this person heads."""
    headed = HouseholdMember.objects.filter(of_person(person), true_on(on), is_head=True).values("household")
    acting = Q(grants__role="citizen") & of_person(person, "grants__")
    acting |= Q(grants__role="household_head", grants__household__in=headed)
    rows = Account.objects.filter(acting, grants__valid_from__lte=on, grants__valid_to__gt=on)
    return list(rows.distinct().order_by("pk"))


def home_within(path: str, person: Person, on: date) -> HouseholdHome | None:
    """Where a person lives on a day in a place by its path, with household and village; of several homes the first."""
    lived_in = HouseholdMember.objects.filter(of_person(person), true_on(on)).values("household")
    villages = in_force(on, Level.VILLAGE).filter(path__startswith=path).values("place")
    rows = HouseholdHome.objects.filter(true_on(on), household__in=lived_in, village__in=villages)
    return rows.select_related("household", "village").order_by("pk").first()


def persons_in(path: str, on: date, folded: str) -> list[HouseholdMember]:
    """Who lives in a place by its path on a day, and whose name holds some letters; at most fifty."""
    homes = true_on(on, "household__homes__")
    there = {"household__homes__village__periods__path__startswith": path}
    here = true_on(on, "household__homes__village__periods__")
    rows = HouseholdMember.objects.filter(true_on(on), homes, here, person__folded__contains=folded, **there)
    rows = rows.filter(person__died_on__isnull=True).select_related("person").order_by("person__sort", "pk")
    return list(rows.distinct()[:MOST_FOUND])
