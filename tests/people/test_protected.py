"""What neighbours never see: encrypted whole, never in the log, ended and not overwritten, erased, re-keyed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from densach.people.numbers import Keys
from densach.problems import Refused
from tests.people.making import KEYS, enter, family, village

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.people.protected.models import ProtectedFact
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
MARKED = "Dân tộc MẪU-KHÔNG-AI-THẤY"


@pytest.fixture
def person(commune: Place, act: Act) -> Person:
    from densach.people.models import Person

    enter(commune, family(village(commune, act), 1), act)
    return Person.objects.get(full_name="Nguyễn Văn Mẫu 1")


def say(person: Person, act: Act, kind: str = "ethnicity", value: str = MARKED, **more: Any) -> ProtectedFact:
    from densach.people.protected.domain import Entry, Said, enter_fact
    from densach.people.protected.models import Basis, EnteredAs, Kind

    said = Said(value, more.pop("source", "Tự khai"), more.pop("duty", ""))
    basis = Basis.DUTY if said.duty else Basis.CONSENT
    entry = Entry(kind=Kind(kind), said=said, basis=basis, by=None, entered_as=EnteredAs.OFFICER)
    return enter_fact(person, replace(entry, **more), keys=KEYS, act=act)


def test_value_source_and_text_are_encrypted_as_one_of_one_length(person: Person, act: Act) -> None:
    from densach.history.models import Entry
    from densach.people.protected.domain import said_in
    from densach.people.protected.models import ProtectedFact

    short = say(person, act, "poverty", "poor", source="Sổ hộ nghèo MẪU", duty="Quyết định MẪU 01")
    long = say(person, act)
    stored = [bytes(row.cipher or b"") for row in ProtectedFact.objects.all()]
    assert len({len(each) for each in stored}) == 1
    assert all(word.encode() not in each for each in stored for word in (MARKED, "poor", "Sổ hộ nghèo", "Quyết định"))
    told = said_in(short, KEYS)
    assert told is not None
    assert (told.value, told.source, told.duty) == ("poor", "Sổ hộ nghèo MẪU", "Quyết định MẪU 01")
    log = "".join(str(entry.before) + str(entry.after) + entry.why for entry in Entry.objects.all())
    assert long.key not in log
    assert not any(word in log for word in (MARKED, "poor", "Sổ hộ nghèo", "Quyết định MẪU 01"))


def test_a_later_fact_ends_the_one_before_and_overwrites_nothing(person: Person, act: Act) -> None:
    from densach.people.protected.domain import said_in
    from densach.people.protected.queries import facts_of

    say(person, act)
    say(person, act, value="Dân tộc MẪU khác")
    now, before = facts_of(person)
    assert (now.ended_at, before.ended_at) == (None, act.at)
    assert [said and said.value for said in (said_in(now, KEYS), said_in(before, KEYS))] == ["Dân tộc MẪU khác", MARKED]


def test_what_is_erased_is_gone_with_all_that_was_said_before_and_a_duty_stays(person: Person, act: Act) -> None:
    from densach.people.protected.domain import erase_facts, said_in
    from densach.people.protected.queries import facts_of

    say(person, act)
    say(person, act, value="Dân tộc MẪU khác")
    say(person, act, "poverty", "near_poor", duty="Quyết định MẪU 01")
    assert (erase_facts(person, act=act), erase_facts(person, act=act)) == (2, 0)
    assert [(fact.kind, said_in(fact, KEYS) is None) for fact in facts_of(person)] == [
        ("ethnicity", True), ("ethnicity", True), ("poverty", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [({"value": "x"}, "U150"), ({"value": "x" * 61}, "U150"), ({"kind": "poverty", "value": "giàu"}, "U150"),
     ({"kind": "disability", "value": ""}, "U150"), ({"source": " "}, "U151"), ({"source": "g" * 201}, "U151"),
     ({"duty": "q" * 201}, "U152")],
)  # fmt: skip
def test_what_cannot_stand_is_refused_and_nothing_is_written(
    person: Person, act: Act, said: dict[str, str], code: str
) -> None:
    from densach.people.protected.models import ProtectedFact

    with pytest.raises(Refused, match=code):
        say(person, act, **said)
    assert ProtectedFact.objects.count() == 0


def test_a_new_key_reads_all_and_a_lost_one_is_named(person: Person, act: Act) -> None:
    from densach.people.protected.domain import rotate_facts, said_in
    from densach.people.protected.models import ProtectedFact

    fact = say(person, act)
    keys = Keys(KEYS.by_id | {"k2": b"2" * 32}, "k2", KEYS.hashing)
    assert (rotate_facts(keys, act=act), rotate_facts(keys, act=act)) == (1, 0)
    again = ProtectedFact.objects.get(pk=fact.pk)
    said = said_in(again, keys)
    assert (again.key, said and said.value) == ("k2", MARKED)
    with pytest.raises(Refused, match="N103"):
        said_in(again, KEYS)
