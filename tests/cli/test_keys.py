"""A new key is taken into use for numbers, protected facts, scans and cases alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from densach.assessing.evidence.vault import Vault
    from densach.assessing.scans.models import ConsentScan
    from densach.awards.cases.models import Case
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.people.numbers import Keys
    from densach.places.models import Place
    from tests.cli.making import Terminal

pytestmark = pytest.mark.django_db


def test_numbers_and_facts_are_encrypted_again(densach: Terminal, commune: Place, act: Act) -> None:
    from densach.assessing.evidence.vault import Vault
    from densach.assessing.scans.domain import opened_scan
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
    scan = _scan(person, act, Vault(settings.EVIDENCE_FOLDER, keys))
    told = densach("keys", "rotate")
    new = load_keys(settings.KEYS_FILE)
    [fact] = ProtectedFact.objects.all()
    person.refresh_from_db()
    assert {fact.key, person.number_key} == {new.current} != {keys.current}
    assert said_in(fact, new) == said
    assert "1 protected facts encrypted again." in str(told)
    assert "2 parts of cases encrypted again." in str(told)
    assert "1 scans of consent sheets encrypted again." in str(told)
    scan.refresh_from_db()
    assert (scan.key, len(opened_scan(scan, Vault(settings.EVIDENCE_FOLDER, new), act=act))) == (new.current, scan.size)
    assert (unseal(case, new), unseal_text(case, new)) == (Told("Lò Thị Kín MẪU", ""), "Khai không đúng (MẪU)")


def _scan(person: Person, act: Act, vault: Vault) -> ConsentScan:
    from datetime import date

    from densach.assessing.privacy.models import Giver
    from densach.assessing.privacy.papers import Said, Sheet
    from densach.assessing.scans.domain import Attached, enter_scanned
    from densach.assessing.scans.models import ConsentScan
    from densach.formats.pictures import check_evidence
    from densach.people.models import HouseholdMember
    from tests.assessing.evidence.making import photo

    home = HouseholdMember.objects.get(person=person).household.uid
    sheet = Sheet(signed_on=date(2026, 11, 20), kept_at="Cặp MẪU", by=None, role="village_head")
    said = [Said(person, Giver.SELF, {"chapter_check": True})]
    enter_scanned(home, said, sheet, Attached(check_evidence("a", photo()), vault), today=sheet.signed_on, act=act)
    return ConsentScan.objects.get()


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
