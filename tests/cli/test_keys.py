"""A new key is taken into use for numbers and for protected facts alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.cli.making import Terminal

pytestmark = pytest.mark.django_db


def test_numbers_and_facts_are_encrypted_again(densach: Terminal, commune: Place, act: Act) -> None:
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
    told = densach("keys", "rotate")
    new = load_keys(settings.KEYS_FILE)
    [fact] = ProtectedFact.objects.all()
    person.refresh_from_db()
    assert {fact.key, person.number_key} == {new.current} != {keys.current}
    assert said_in(fact, new) == said
    assert "1 protected facts encrypted again." in str(told)
