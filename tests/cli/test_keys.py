"""A new key is taken into use for numbers, protected facts and cases alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from densach.awards.cases.models import Case
    from densach.history.domain import Act
    from densach.people.numbers import Keys
    from densach.places.models import Place
    from tests.cli.making import Terminal

pytestmark = pytest.mark.django_db


def test_numbers_and_facts_are_encrypted_again(densach: Terminal, commune: Place, act: Act) -> None:
    from densach.awards.cases.sealing import Told, unseal, unseal_text
    from densach.people.domain import enter_residents
    from densach.people.models import Person
    from densach.people.numbers import load_keys
    from densach.people.protected.domain import Entry, Said, enter_fact, said_in
    from densach.people.protected.models import Basis, EnteredAs, Kind, ProtectedFact
    from tests.people.making import NEW_YEAR, family, village

    keys = load_keys(settings.KEYS_FILE)
    enter_residents(commune, family(village(commune, act), 1), on=NEW_YEAR, keys=keys, act=act)
    person = Person.objects.get(full_name="Nguyễn Văn Mẫu 1")
    said = Said("poor", "Tự khai")
    entry = Entry(kind=Kind.POVERTY, said=said, basis=Basis.CONSENT, by=None, entered_as=EnteredAs.SELF)
    enter_fact(person, entry, keys=keys, act=act)
    case = _case(commune, act, keys)
    told = densach("keys", "rotate")
    new = load_keys(settings.KEYS_FILE)
    [fact] = ProtectedFact.objects.all()
    person.refresh_from_db()
    assert {fact.key, person.number_key} == {new.current} != {keys.current}
    assert said_in(fact, new) == said
    assert "1 protected facts encrypted again." in str(told)
    assert "2 parts of cases encrypted again." in str(told)
    assert (unseal(case, new), unseal_text(case, new)) == (Told("Lò Thị Kín MẪU", ""), "Khai không đúng (MẪU)")


def _case(commune: Place, act: Act, keys: Keys) -> Case:
    from datetime import date

    from densach.authority.roles import Role
    from densach.awards.cases.domain import Brought, receive_case
    from densach.awards.cases.models import CaseKind, How
    from densach.awards.cases.sealing import Told
    from tests.authority.roles import NOW, viewer

    said = Brought(
        kind=CaseKind.COMPLAINT,
        how=How.POST,
        received_on=date(2026, 11, 20),
        what="Khai không đúng (MẪU)",
        told=Told("Lò Thị Kín MẪU", ""),
    )
    return receive_case(viewer(Role.CASE_OFFICER, commune, act), said, keys=keys, at=NOW)
