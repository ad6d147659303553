"""Evidence is kept encrypted, once, within its quota, while its sheet is written; only who may read it finds it."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.evidence.making import added, photo, vault
from tests.assessing.making import open_year, settle
from tests.assessing.privacy.making import agree
from tests.assessing.sheets.making import begun
from tests.authority.roles import viewer
from tests.people.making import KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
HEAD = "Nguyễn Văn Mẫu 1"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def sheet(small: Small, act: Act) -> Sheet:
    return begun(open_year(small, act), small.subject("citizen", HEAD), act)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "evidence").rglob("*") if path.is_file())


def test_what_is_kept_is_encrypted_for_its_owner_and_comes_back_without_the_place(
    sheet: Sheet, tmp_path: Path, act: Act
) -> None:
    from PIL import Image

    row = added(sheet, tmp_path, act)
    (path,) = files(tmp_path)
    content = vault(tmp_path).read(row)
    assert (content[:3], path.read_bytes().find(content[:20])) == (b"\xff\xd8\xff", -1)
    assert (stat.S_IMODE(path.stat().st_mode), path.name) == (0o600, f"{row.sha256}-{row.uid}")
    shown = tmp_path / "shown.jpg"
    shown.write_bytes(content)
    with Image.open(shown) as image:
        assert (image.size, dict(image.getexif())) == ((640, 480), {})
    assert (row.size, row.media_type, len(row.fingerprint)) == (len(content), "image/jpeg", 16)


def test_a_file_that_was_changed_exchanged_or_lost_is_not_shown(sheet: Sheet, tmp_path: Path, act: Act) -> None:
    one, other = added(sheet, tmp_path, act), added(sheet, tmp_path, act, 2)
    first, second = (vault(tmp_path)._path(row) for row in (one, other))
    first.write_bytes(second.read_bytes())
    with pytest.raises(Refused, match="N103"):
        vault(tmp_path).read(one)
    first.unlink()
    with pytest.raises(Refused, match="K115"):
        vault(tmp_path).read(one)


def test_the_same_file_sent_twice_is_kept_once(sheet: Sheet, tmp_path: Path, act: Act) -> None:
    assert added(sheet, tmp_path, act) == added(sheet, tmp_path, act)
    assert len(files(tmp_path)) == 1
    assert added(sheet, tmp_path, act, indicator="a2").indicator == "a2"


def test_one_too_many_is_refused_and_another_takes_its_place(
    sheet: Sheet, tmp_path: Path, act: Act, django_capture_on_commit_callbacks: object
) -> None:
    from densach.assessing.evidence.domain import add_evidence
    from densach.assessing.evidence.models import Evidence
    from densach.formats.pictures import check_evidence

    rows = [added(sheet, tmp_path, act, order) for order in (1, 2, 3)]
    with pytest.raises(Refused, match="K112"):
        added(sheet, tmp_path, act, 4)
    sent = check_evidence("anh", photo(4))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        add_evidence(sheet, "a1", sent, vault(tmp_path), by=None, instead_of=rows[0], act=act)
    assert Evidence.objects.filter(pk=rows[0].pk).count() == 0
    assert (Evidence.objects.count(), len(files(tmp_path))) == (3, 3)


def test_a_sheet_has_a_quota_too(sheet: Sheet, tmp_path: Path, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    from densach.assessing.evidence import domain

    monkeypatch.setattr(domain, "MOST_ON_A_SHEET", 2)
    added(sheet, tmp_path, act, indicator="a1")
    added(sheet, tmp_path, act, indicator="a2")
    with pytest.raises(Refused, match="K113"):
        added(sheet, tmp_path, act, indicator="a3")


def test_after_it_was_sent_nothing_is_added_or_taken_away(sheet: Sheet, tmp_path: Path, act: Act) -> None:
    from densach.assessing.evidence.domain import remove_evidence
    from densach.assessing.sheets.domain import send_sheet
    from tests.assessing.sheets.making import wrote

    row = added(sheet, tmp_path, act)
    send_sheet(wrote(sheet, act), 2, act=act)
    with pytest.raises(Refused, match="K101"):
        added(sheet, tmp_path, act, 2)
    with pytest.raises(Refused, match="K101"):
        remove_evidence(row, vault(tmp_path), act=act)
    assert len(files(tmp_path)) == 1


def test_what_is_taken_away_is_gone_and_the_log_says_that_it_was_there(
    sheet: Sheet, tmp_path: Path, act: Act, django_capture_on_commit_callbacks: object
) -> None:
    from densach.assessing.evidence.domain import remove_evidence
    from densach.history.models import Entry

    row = added(sheet, tmp_path, act)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_evidence(row, vault(tmp_path), act=act)
    assert files(tmp_path) == []
    events = Entry.objects.filter(kind="evidence").order_by("sequence").values_list("event", flat=True)
    assert list(events) == ["added", "removed"]


def test_new_keys_reach_the_files_and_a_stopped_change_still_reads(sheet: Sheet, tmp_path: Path, act: Act) -> None:
    from densach.assessing.evidence.domain import encrypt_anew
    from densach.assessing.evidence.models import Evidence

    row = added(sheet, tmp_path, act)
    content = vault(tmp_path).read(row)
    newer = replace(vault(tmp_path), keys=replace(KEYS, by_id={**KEYS.by_id, "k2": bytes(32)}, current="k2"))
    assert (encrypt_anew(newer), encrypt_anew(newer)) == (1, 0)
    assert newer.read(row) == content  # by the row of before, which still names the older key
    with pytest.raises(Refused, match="N103"):
        vault(tmp_path).read(Evidence.objects.get())


@pytest.mark.parametrize(
    ("role", "over", "reads"),
    [
        (Role.CITIZEN, "self", True),
        (Role.CITIZEN, "wife", False),
        (Role.CITIZEN, "neighbour", False),
        (Role.HOUSEHOLD_HEAD, "home", True),
        (Role.HOUSEHOLD_HEAD, "other_home", False),
        (Role.VILLAGE_HEAD, "village", False),
        (Role.CHAPTER_OFFICER, "village", True),
        (Role.ASSOCIATION_OFFICER, "commune", True),
        (Role.COMMUNE_OFFICER, "commune", True),
        (Role.COMMUNE_LEADER, "commune", False),
        (Role.PROVINCE_OFFICER, "province", False),
        (Role.ADMINISTRATOR, "commune", False),
        (Role.AUDITOR, "commune", False),
    ],
)
def test_only_those_who_may_read_it_find_it(
    role: Role, over: str, reads: bool, sheet: Sheet, small: Small, tmp_path: Path, act: Act
) -> None:
    from densach.assessing.evidence.access import evidence_to_read, piece_to_read
    from densach.places.lookup import get_place

    things = {
        "self": small.subject("citizen", HEAD).person,
        "wife": small.subject("citizen", "Trần Thị Mẫu 1").person,
        "neighbour": small.subject("citizen", "Trần Thị Mẫu 2").person,
        "home": small.subject("family", "H1").household,
        "other_home": small.subject("family", "H2").household,
        "village": small.village,
        "commune": small.place,
        "province": get_place("19", date(2026, 1, 1)).place,
    }
    row, thing = added(sheet, tmp_path, act), things[over]
    agree(act)
    assert thing is not None
    looking = viewer(role, thing, act)
    assert len(evidence_to_read(looking, sheet)) == int(reads)
    if reads:
        assert piece_to_read(looking, row.uid) == row
    else:
        with pytest.raises(Refused, match="H103"):
            piece_to_read(looking, row.uid)


def test_a_helper_reads_what_the_helper_added_while_the_role_lasts(
    sheet: Sheet, small: Small, tmp_path: Path, act: Act
) -> None:
    from densach.assessing.evidence.access import evidence_to_read, piece_to_read
    from densach.assessing.evidence.domain import add_evidence
    from densach.formats.pictures import check_evidence

    looking = viewer(Role.VILLAGE_HEAD, small.village, act)
    added(sheet, tmp_path, act)
    row = add_evidence(sheet, "a1", check_evidence("anh", photo(2)), vault(tmp_path), by=looking.account, act=act)
    assert evidence_to_read(looking, sheet) == [row]
    assert piece_to_read(looking, row.uid) == row
    with pytest.raises(Refused, match="H103"):
        piece_to_read(replace(looking, acting=None), row.uid)
