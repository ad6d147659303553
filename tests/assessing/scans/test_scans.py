"""Scans of signed sheets: tied to the words they show, limited, kept as the words are, and re-keyed with the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from densach.formats.pictures import check_evidence
from densach.problems import Refused
from tests.assessing.evidence.making import photo, vault
from tests.assessing.privacy.making import head_of_first, named
from tests.people.making import KEYS, enter, family, village

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from densach.assessing.scans.domain import Attached
    from densach.assessing.scans.models import ConsentScan
    from densach.assessing.scans.reading import SignedSheet
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
WIFE = "Trần Thị Mẫu 1"


@pytest.fixture
def head(commune: Place, act: Act) -> Person:
    enter(commune, family(village(commune, act), 1), act)
    return head_of_first()


def household(person: Person) -> UUID:
    from densach.people.models import HouseholdMember

    return HouseholdMember.objects.get(person=person).household.uid


def scan_of(folder: Path, order: int = 1) -> Attached:
    from densach.assessing.scans.domain import Attached

    return Attached(check_evidence("file", photo(order)), vault(folder))


def enters(act: Act, attached: Attached | None, *people: Person, later: int = 0, says: bool = True) -> int:
    """The sheet of 20/11/2026 on which some people say something about the association's checking."""
    from dataclasses import replace

    from densach.assessing.privacy.models import Giver
    from densach.assessing.privacy.papers import Said, Sheet
    from densach.assessing.scans.domain import enter_scanned

    everybody = (head_of_first(), named(WIFE))
    said = [Said(each, Giver.SELF, {"chapter_check": says} if each in people else {}) for each in everybody]
    sheet = Sheet(signed_on=date(2026, 11, 20), kept_at="Cặp MẪU", by=None, role="village_head")
    now = replace(act, at=act.at + timedelta(minutes=later))
    return enter_scanned(household(people[0]), said, sheet, attached, today=TODAY, act=now)


def sheets(person: Person) -> tuple[SignedSheet, ...]:
    from densach.assessing.scans.reading import signed_sheets

    return signed_sheets(household(person), [person.pk, named(WIFE).pk])


def attach(person: Person, attached: Attached, act: Act) -> ConsentScan:
    from densach.assessing.scans.domain import attach_scan

    return attach_scan(sheets(person)[0], attached, by=None, role="village_head", act=act)


def refusal(*arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(Refused) as told:
        enters(*arguments, **named)
    return [each.code for each in told.value.problems]


def test_one_scan_shows_the_words_of_a_household_and_those_copied_later(head: Person, tmp_path: Path, act: Act) -> None:
    from densach.assessing.scans.queries import scans_by_word
    from densach.history.models import Entry

    assert enters(act, scan_of(tmp_path), head) == 1
    [sheet] = sheets(head)
    [scan] = sheet.scans
    assert (sheet.people, scan.added_as, scans_by_word(named(WIFE))) == (["Nguyễn Văn Mẫu 1"], "village_head", {})
    enters(act, None, named(WIFE), later=5)
    [sheet] = sheets(head)
    assert (sheet.people, sheet.scans) == (["Nguyễn Văn Mẫu 1", WIFE], (scan,))
    assert [[each.pk for each in found] for found in scans_by_word(named(WIFE)).values()] == [[scan.pk]]
    assert [row.event for row in Entry.objects.filter(kind="consent_scan")] == ["attached"]


def test_nothing_new_on_the_sheet_is_nothing_to_prove_and_nothing_is_kept(
    head: Person, tmp_path: Path, act: Act
) -> None:
    from densach.assessing.scans.models import ConsentScan

    enters(act, None, head)
    assert refusal(act, scan_of(tmp_path), head, later=5) == ["U169"]
    assert ConsentScan.objects.count() == 0
    attach(head, scan_of(tmp_path), act)
    assert ConsentScan.objects.count() == 1


def test_the_same_file_is_kept_once_and_three_are_the_most(head: Person, tmp_path: Path, act: Act) -> None:
    from densach.assessing.scans.domain import cross_out_scan

    enters(act, None, head)
    first = attach(head, scan_of(tmp_path), act)
    assert attach(head, scan_of(tmp_path), act) == first
    for order in (2, 3):
        attach(head, scan_of(tmp_path, order), act)
    with pytest.raises(Refused, match="U168"):
        attach(head, scan_of(tmp_path, 4), act)
    with pytest.raises(Refused, match="U166"):
        cross_out_scan(first, " ", by=None, act=act)
    cross_out_scan(first, "Tờ của hộ khác", by=None, act=act)
    attach(head, scan_of(tmp_path, 4), act)


def test_a_withdrawal_takes_the_scan_of_the_word_before_it_nowhere(head: Person, tmp_path: Path, act: Act) -> None:
    from densach.assessing.privacy.consenting import withdraw_consent
    from densach.assessing.scans.domain import opened_scan
    from densach.assessing.scans.queries import scans_about
    from tests.assessing.privacy.making import says

    enters(act, scan_of(tmp_path), head)
    withdraw_consent(head, "chapter_check", says(), on=TODAY, act=act)
    [scan] = scans_about(head)
    assert len(opened_scan(scan, vault(tmp_path), act=act)) == scan.size


def test_new_keys_reach_the_scans_and_the_sweep_leaves_them(head: Person, tmp_path: Path, act: Act) -> None:
    from dataclasses import replace
    from os import utime

    from densach.assessing.evidence.domain import sweep
    from densach.assessing.scans.domain import encrypt_scans_anew, opened_scan, sweep_scans
    from densach.people.numbers import Keys

    enters(act, scan_of(tmp_path), head)
    newer = Keys({**KEYS.by_id, "k9": bytes(reversed(range(32)))}, "k9", KEYS.hashing)
    taken = replace(vault(tmp_path), keys=newer)
    assert (encrypt_scans_anew(taken), encrypt_scans_anew(taken)) == (1, 0)
    [scan] = sheets(head)[0].scans
    assert (scan.key, len(opened_scan(scan, taken, act=act))) == ("k9", scan.size)
    [file] = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    left = file.with_name(f"{'0' * 64}-{'0' * 8}-0000-4000-8000-{'0' * 12}")
    left.write_bytes(b"x")
    for path in (file, left):
        utime(path, (0, 0))
    now = datetime.now(UTC)
    assert (sweep(taken, now), sweep_scans(taken, now), file.exists(), left.exists()) == (0, 1, True, False)
