"""People over time as an officer types it: found, laid side by side, joined and taken apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.making import AT, PLACE, Terminal
from tests.people.making import NEW_YEAR, number, village
from tests.workbooks.making import HEAD, WIFE, written

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.people.domain import Resident
    from densach.people.models import Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
IN = ("--place", PLACE)


@pytest.fixture
def doai(commune: Place, act: Act) -> Place:
    return village(commune, act)


def register(commune: Place, residents: list[Resident], act: Act) -> list[str]:
    """Enter residents with the keys of the installation; gives the ids of all people in order."""
    from django.conf import settings

    from densach.people.domain import enter_residents
    from densach.people.models import Person
    from densach.people.numbers import load_keys
    from densach.people.records.naming import public_id

    enter_residents(commune, residents, on=NEW_YEAR, keys=load_keys(settings.KEYS_FILE), act=act)
    return [public_id(row) for row in Person.objects.order_by("pk")]


@pytest.fixture
def hoa(densach: Terminal, commune: Place, doai: Place, act: Act) -> tuple[str, str]:  # noqa: ARG001  - sets the keys
    """The ids of two records of one woman, whose number was once typed with two digits exchanged."""
    from densach.people.domain import Resident

    one = Resident(
        household="H1",
        village=doai,
        full_name="Nguyễn Thị Hòa",
        sex="female",
        birth="1980-05-12",
        number=number(12),
        residence="permanent",
    )
    other = Resident(
        household="H2", village=doai, full_name="Nguyễn Thị Hoà", sex="female", birth="1980", number=number(21)
    )
    first, second = register(commune, [one, other], act)
    return first, second


def waiting(densach: Terminal) -> list[dict[str, object]]:
    pairs: list[dict[str, object]] = json.loads(densach("people", "duplicates", *IN, "--json"))
    return pairs


def kept_by(ident: str) -> Person:
    from densach.people.records.naming import person_called

    return person_called(ident)


@pytest.mark.usefixtures("commune")
def test_the_import_says_how_many_pairs_wait(densach: Terminal, tmp_path: Path) -> None:
    again = {**WIFE, "household": "H9", "full_name": "Tran Thi Mau", "birth_date": "1982"}
    path = written(tmp_path, "register", [HEAD, WIFE, again])
    printed = densach("round", "import", str(path), *AT).splitlines()
    assert printed[-1] == (
        "  1 cặp hồ sơ mới có thể trùng nhau, 1 cặp chờ người xem: densach people duplicates --place 99001"
    )


@pytest.mark.usefixtures("commune")
def test_an_empty_list_teaches(densach: Terminal) -> None:
    assert densach("people", "duplicates", *IN) == (
        "Không cặp hồ sơ nào chờ xem. Khi nhập sổ hộ, hồ sơ giống nhau sẽ hiện ở đây để người xem quyết định; "
        "phần mềm không tự gộp ai.\n"
    )
    assert waiting(densach) == []


def test_a_pair_is_laid_side_by_side_and_decided(densach: Terminal, hoa: tuple[str, str]) -> None:
    first, second = hoa
    (pair,) = waiting(densach)
    assert (pair["first"], pair["second"]) == hoa
    key = str(pair["pair"])
    listed = densach("people", "duplicates", *IN).splitlines()
    assert listed[0] == (
        f"{key}: Nguyễn Thị Hòa, sinh 12/05/1980 [{first}] và Nguyễn Thị Hoà, sinh 1980 [{second}] – "
        "cùng tên, cùng năm sinh, một bên không rõ ngày, cùng xã, hai số định danh lệch như gõ nhầm"
    )
    shown = densach("people", "compare", key).splitlines()
    lines = {line[2:].split("  ")[0].strip(): line for line in shown}
    assert lines["Họ và tên"].startswith("≠")
    assert lines["Giới tính"].startswith(" ")
    assert "•••••••••012" in lines["Số định danh"]
    assert number(12) not in "".join(shown)
    assert "hộ H1, Thôn Đoài, Xã MẪU Đèn Sách (thường trú) từ 01/01/2026" in lines["Hộ"]
    assert densach("people", "same", key, "--keep", second, "--why", "sổ gốc ghi một người").startswith(
        f"Cặp {key} là một người, tính theo hồ sơ {second}."
    )
    assert kept_by(first) == kept_by(second)
    assert "Lý do: sổ gốc ghi một người" in densach("people", "compare", key)
    assert waiting(densach) == []
    densach("people", "unmerge", key, "--why", "nhầm: hai chị em")
    assert kept_by(first) != kept_by(second)
    densach("people", "different", key, "--why", "hai chị em")
    assert waiting(densach) == []


def test_a_person_may_put_two_records_side_by_side(densach: Terminal, hoa: tuple[str, str]) -> None:
    (found,) = waiting(densach)
    densach("people", "different", str(found["pair"]), "--why", "hai chị em")
    printed = densach("people", "pair", *hoa, "--why", "bà Hòa nói chỉ có một mình bà").splitlines()
    assert printed[0].endswith(f"[{hoa[1]}] – người xem cho là một người: bà Hòa nói chỉ có một mình bà")
    assert [row["pair"] for row in waiting(densach)] == [found["pair"]]
    assert "Vì sao giống: người xem cho là một người: bà Hòa nói chỉ có một mình bà." in densach(
        "people", "compare", str(found["pair"])
    )


def test_people_are_found_by_a_name_typed_any_way(densach: Terminal, hoa: tuple[str, str]) -> None:
    lines = densach("people", "find", "THI", "HOA", *IN).splitlines()
    assert sorted(lines) == sorted(
        [f"{hoa[0]}  Nguyễn Thị Hòa, sinh 12/05/1980 – hộ H1", f"{hoa[1]}  Nguyễn Thị Hoà, sinh 1980 – hộ H2"]
    )
    assert densach("people", "find", "hoà", *IN).splitlines()[0].startswith(hoa[1])
    assert densach("people", "find", "Đặng", *IN) == (
        "Không tìm thấy ai có tên giống “Đặng”. Gõ ít chữ hơn, hoặc gõ không dấu.\n"
    )


def test_an_id_is_forgiving_and_never_ambiguous(densach: Terminal, hoa: tuple[str, str]) -> None:
    person = kept_by(hoa[0])
    for typed in (hoa[0].upper(), hoa[0].replace("-", ""), str(person.uid), f" {hoa[0].replace('0', 'O')} "):
        assert kept_by(typed) == person
    assert densach.refusals("people", "same", "1", "--keep", "khong-co", "--why", "x") == ["N111"]
    assert densach.refusals("people", "same", "1", "--keep", "00000-00000", "--why", "x") == ["N111"]
    assert densach.refusals("people", "compare", "99") == ["N104"]
    assert densach.refusals("people", "different", "99", "--why", "x") == ["N104"]
