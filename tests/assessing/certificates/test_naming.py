"""A signed act keeps whom it names in its own words, whatever the register says later."""

from __future__ import annotations

from datetime import date

import pytest

from densach.assessing.models import NamedInAct
from densach.history.domain import Act, verify_chain
from densach.people.models import Person
from densach.places.models import Place
from tests.assessing.certificates.making import signed
from tests.assessing.making import Small, library, settle

pytestmark = pytest.mark.django_db
ADDRESS = "Thôn Đoài, xã MẪU Đèn Sách, tỉnh Thái Nguyên"
COMMUNE = "Xã MẪU Đèn Sách, tỉnh Thái Nguyên"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def kept() -> list[tuple[str, str]]:
    return list(NamedInAct.objects.order_by("pk").values_list("name", "address"))


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("family", [("Hộ Nguyễn Văn Mẫu 1", ADDRESS), ("Hộ Nguyễn Văn Mẫu 2", ADDRESS)]),
        ("clan", [("Họ Nguyễn MẪU", COMMUNE)]),
        ("unit", [("Trường Tiểu học MẪU", COMMUNE)]),
        ("village", [("Thôn Đoài", COMMUNE)]),
    ],
)
def test_the_names_of_the_day_are_kept(small: Small, act: Act, model: str, expected: list[tuple[str, str]]) -> None:
    signed(small, act, model)
    assert kept() == expected


def test_a_person_is_named_with_the_village_of_that_day(small: Small, act: Act) -> None:
    signed(small, act)
    assert sorted(kept()) == [
        (name, ADDRESS) for name in ("Nguyễn Văn Mẫu 1", "Nguyễn Văn Mẫu 2", "Trần Thị Mẫu 1", "Trần Thị Mẫu 2")
    ]
    row = NamedInAct.objects.first()
    assert row is not None
    assert (row.place, verify_chain("named_in_act", row.pk)) == (small.village, [])


def test_the_name_on_the_paper_stands_before_that_of_the_register(small: Small, act: Act) -> None:
    signed(small, act, "family", names={0: "Hộ  ông Nguyễn Văn Mâũ"})
    assert [name for name, _ in kept()] == ["Hộ ông Nguyễn Văn Mâũ", "Hộ Nguyễn Văn Mẫu 2"]


def test_a_later_change_of_the_register_changes_no_signed_paper(small: Small, act: Act) -> None:
    signed(small, act)
    before = kept()
    Person.objects.update(full_name="Tên Khác")
    signed(small, act, names={0: "Tên khác nữa"})
    assert kept() == before


def test_a_commune_that_nobody_knows_on_the_day_gets_no_made_up_name(small: Small, act: Act) -> None:
    from densach.assessing.domain import PaperAct, record_past_act
    from densach.assessing.titles import BY_MODEL
    from tests.assessing.certificates.making import decided

    paper = PaperAct(number="1/QĐ", signed_on=date(2025, 3, 15), office="truong-phong-gddt-cap-huyen", basis="MẪU")
    decision = decided(small.subject("commune"))
    record_past_act(small.place, BY_MODEL["commune"], 2024, paper, library(), [decision], act=act)
    assert kept() == []
    named = decided(small.subject("commune"), "Xã MẪU Ngày Ấy")
    record_past_act(small.place, BY_MODEL["commune"], 2024, paper, library(), [named], act=act)
    assert kept() == [("Xã MẪU Ngày Ấy", "")]
