"""A year before the first list: the register of a real former commune, and its people on the map of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.making import Terminal
from tests.workbooks.making import HEAD, WIFE, written

pytestmark = pytest.mark.django_db
FORMER, MERGED = "01651", "01648"  # xã Mỹ Hưng went whole into xã Phục Hòa on 01/07/2025
IN_2024 = ("--place", FORMER, "--year", "2024")
SINCE = ("places", "since", FORMER, "--on", "01/01/2024", "--source", "Sổ hộ năm 2024")


def test_a_register_of_a_year_without_a_list_is_taken_once_somebody_says_the_commune_was_there(
    densach: Terminal, tmp_path: Path
) -> None:
    register = str(written(tmp_path, "register", [HEAD, WIFE]))
    assert densach.refusals("round", "import", register, *IN_2024) == ["L103"]
    assert densach(*SINCE).splitlines() == [
        "Tỉnh Cao Bằng: có từ 01/01/2024 (Sổ hộ năm 2024)",
        "Huyện Quảng Hòa: có từ 01/01/2024 (Sổ hộ năm 2024)",
        "Xã Mỹ Hưng: có từ 01/01/2024 (Sổ hộ năm 2024)",
    ]
    assert densach(*SINCE) == "Xã Mỹ Hưng: đã biết là có từ 01/01/2024 hoặc sớm hơn, không ghi thêm gì.\n"
    assert (
        "  Chưa có danh mục các nơi trực thuộc của ngày này"
        in densach("places", "show", "04", "--on", "31/12/2024").splitlines()
    )
    densach("round", "import", register, *IN_2024)
    assert densach("round", "show", *IN_2024).splitlines()[1].startswith("Gia đình học tập: tổng số 1,")
    in_2026 = ("round", "import", register, "--place", MERGED, "--year", "2026")
    assert densach.refusals(*in_2026) == ["N142"]
    densach("places", "carry-over", "--place", MERGED)
    densach(*in_2026)
    assert densach("round", "show", *in_2026[3:]).splitlines()[1].startswith("Gia đình học tập: tổng số 1,")
    wife = densach("people", "find", "tran", "--place", MERGED)[:11]
    lived, now = densach("people", "story", wife).splitlines()[2:]
    assert lived.startswith("  01/01/2024: có nơi ở tại hộ H1, Thôn Đoài, Xã Mỹ Hưng")
    assert now == "  01/07/2025: cả hộ nay là hộ H1, Thôn Đoài, Xã Phục Hòa"


def test_a_commune_of_today_is_not_made_older(densach: Terminal) -> None:
    words = ("--on", "01/01/2024", "--source", "Sổ hộ")
    assert densach.refusals("places", "since", "00004@2026-01-01", *words) == ["L130"]
    assert densach.refusals("places", "since", "19@2025-06-30", *words) == ["L112"]
