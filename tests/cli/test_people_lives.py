"""What happens in a life and who is counted, as an officer types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.cli.making import PLACE, Terminal
from tests.people.making import NEW_YEAR, enter, family, village

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
IN = ("--place", PLACE)
WHY = ("--why", "theo khai báo MẪU")
MAY, JUNE = ("--on", "01/05/2026"), ("--on", "2026-06-01")


@pytest.fixture
def people(commune: Place, act: Act) -> dict[str, str]:
    """The ids of the three people of H1, and of a second family in H2, by name."""
    from densach.people.models import Person
    from densach.people.records.naming import public_id

    place = village(commune, act)
    enter(commune, [*family(place, 1), *family(place, 2)], act)
    return {row.full_name: public_id(row) for row in Person.objects.all()}


def lives_in(densach: Terminal, name: str) -> str:
    line = densach("people", "find", name, *IN).splitlines()[0]
    return line.partition(" – ")[2]


def test_the_life_of_a_household(densach: Terminal, people: dict[str, str]) -> None:
    head, wife, child = (people[name] for name in ("Nguyễn Văn Mẫu 1", "Trần Thị Mẫu 1", "Nguyễn Mẫu Con 1"))
    assert densach("people", "move", head, "--to", "H2", *IN, *MAY, *WHY).splitlines() == [
        f"Nguyễn Văn Mẫu 1 [{head}]: ở hộ H2 từ 01/05/2026.",
        "Hộ H1 nay chưa có chủ hộ. Ghi bằng: densach people head H1 …",
        f"Xem cả đời người này: densach people story {head}",
    ]
    densach("people", "head", "H1", *IN, "--who", wife, *MAY, *WHY)
    split = ("people", "divide", "H1", *IN, "--new", "H3", "--who", child, *JUNE, *WHY)
    assert densach(*split) == "Từ 01/06/2026: 1 người của hộ H1 là hộ H3.\n"
    assert densach("people", "unite", "H1", *IN, "--into", "H3", *JUNE, *WHY) == (
        "Từ 01/06/2026: 1 người của hộ H1 ở hộ H3.\n"
    )
    assert [lives_in(densach, name) for name in ("van mau 1", "thi mau 1", "con 1")] == ["hộ H2", "hộ H3", "hộ H3"]
    born = ("people", "born", *IN, "--to", "H3", "--name", "Trần Mẫu Út", "--sex", "female", *JUNE, *WHY)
    assert "sinh ngày 01/06/2026, hộ H3" in densach(*born)
    densach("people", "rename", wife, "--name", "Trần Thị An", "--basis", "QĐ 1/MẪU", *JUNE)
    densach("people", "stay", wife, "--kind", "away", "--where", "Bình Dương", "--source", "con khai", *JUNE)
    densach("people", "back", wife, "--on", "20/06/2026", *WHY)
    densach("people", "correct", wife, "--birth", "12/3/1982", "--sex", "female", *WHY)
    densach("people", "leave", child, "--on", "20/06/2026", *WHY)
    assert lives_in(densach, "con 1") == "không còn nơi ở trong sổ"
    densach("people", "die", head, "--on", "20/06/2026", "--basis", "Giấy chứng tử MẪU")
    assert "mất 20/06/2026" in densach("people", "find", "van mau 1", *IN)
    densach("people", "correct", head, "--died", "none", *WHY)
    densach("people", "correct", head, "--died", "19/06/2026", *WHY)
    story = densach("people", "story", wife)
    assert story.splitlines()[0] == f"Trần Thị An [{wife}]"
    for told in (
        "01/05/2026: thành chủ hộ H1 (ghi bởi densach people head; theo khai báo MẪU)",
        "01/06/2026: chuyển từ hộ H1 sang hộ H3, Thôn Đoài, Xã MẪU Đèn Sách",
        "01/06/2026: đổi tên từ Trần Thị Mẫu 1 thành Trần Thị An, căn cứ: QĐ 1/MẪU (ghi bởi densach people rename",
        "20/06/2026: thôi đi làm ăn xa, Bình Dương",
        "sửa ngày sinh từ 01/01/1982 thành 12/03/1982",
    ):
        assert told in story


def test_who_is_counted_is_printed_with_its_choice(
    densach: Terminal, people: dict[str, str], thai_nguyen: Place, act: Act
) -> None:
    from densach.places.domain import add_fictional_commune

    other = add_fictional_commune(thai_nguyen, "99002", "Xã MẪU Hai", on=NEW_YEAR, act=act)
    enter(other, family(village(other, act, "Thôn Nam"), 5), act)
    head, wife = people["Nguyễn Văn Mẫu 1"], people["Trần Thị Mẫu 1"]
    densach("people", "leave", head, "--on", "01/03/2026", *WHY)
    densach("people", "move", head, "--to", "H1", *IN, "--kind", "permanent", "--on", "02/03/2026", *WHY)
    away = ("people", "move", head, "--to", "H5", "--place", "99002", "--kind", "temporary", *MAY, *WHY)
    densach(*away)
    assert densach("people", "counted", *IN, *JUNE).splitlines()[:3] == [
        "Ngày 01/06/2026, Xã MẪU Đèn Sách (99001): tính 5 người.",
        "Tính người đang ở, thường trú hay tạm trú; người đi xa tính ở nơi đang ở. Đây là giả định từ ngày 26/11/2026: "
        "Ai được tính vào một xã. Chưa thấy văn bản nào của phong trào quy định; xã chọn được cách khác, có nguồn.",
        "  5 người ở các hộ của xã",
    ]
    rule = ("people", "count-by", *IN, "--choice", "permanent", "--from", "01/05/2026")
    assert densach(*rule, "--source", "NQ 1/MẪU").splitlines()[0] == (
        "Tính người thường trú, dù đang ở nơi khác. Xã chọn từ ngày 01/05/2026, nguồn: NQ 1/MẪU."
    )
    printed = densach("people", "counted", *IN, *JUNE)
    assert "1 người nữa được hai xã cùng tính, chờ chọn một nơi; chưa tính vào số trên" in printed
    assert f"Chờ chọn nơi được tính: Nguyễn Văn Mẫu 1 [{head}]" in printed
    assert json.loads(densach("people", "counted", *IN, *JUNE, "--json"))["who_waits"] == [head]
    choice = ("people", "count-at", head, *IN, "--by", "ông Mẫu", "--source", "biên bản", "--from", "01/05/2026")
    densach(*choice)
    shown = json.loads(densach("people", "counted", *IN, *JUNE, "--json"))
    assert shown == {
        "place": PLACE,
        "on": "2026-06-01",
        "rule": {"choice": "permanent", "assumption": False, "since": "01/05/2026", "source": "NQ 1/MẪU"},
        "counted": 6,
        "in_households": 6,
        "lodgers": 0,
        "by_own_choice": 1,
        "waiting_for_a_choice": 0,
        "counted_elsewhere": 0,
        "counted_nowhere": 0,
        "who_waits": [],
        "who_is_nowhere": [],
    }
    assert densach.refusals(*choice) == ["N125"]
    assert densach.refusals(*rule, "--source", " ") == ["N124"]
    at = ("--by", "a", "--source", "b", "--from", "01/06/2026")
    assert densach.refusals("people", "count-at", wife, "--place", "99002", *at) == ["N126"]


FUTURE = ("--on", f"{timezone.localdate().year + 1}-01-01")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("move", "{head}", "--to", "H9", *IN, *MAY, *WHY), ["N123"]),
        (("move", "{head}", "--to", "H1", *IN, *MAY, *WHY), ["N116"]),
        (("leave", "{head}", "--on", "01/01/2026", *WHY), ["N113"]),
        (("move", "{head}", "--to", "H2", *IN, *FUTURE, *WHY), ["N112"]),
        (("divide", "H1", *IN, "--new", "H9", "--who", "{head}", "--village", "Xa", *MAY, *WHY), ["N128"]),
        (("correct", "{head}", "--birth", "hôm qua", *WHY), ["N127"]),
        (("correct", "{head}", "--died", f"{timezone.localdate().year + 1}-01-01", *WHY), ["N112"]),
        (("die", "khong-co", *MAY, "--basis", "x"), ["N111"]),
    ],
)
def test_what_is_refused(densach: Terminal, people: dict[str, str], words: tuple[str, ...], codes: list[str]) -> None:
    head = people["Nguyễn Văn Mẫu 1"]
    assert densach.refusals("people", *(word.format(head=head) for word in words)) == codes
