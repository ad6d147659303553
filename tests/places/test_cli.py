from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from densach.cli.places import places
from densach.problems import Refused

pytestmark = pytest.mark.django_db
ON = ["--on", "23/11/2026"]


def run(*words: str) -> str:
    result = CliRunner().invoke(places, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_show_tells_where_since_when_and_by_whom() -> None:
    assert run("show", "00004", *ON).splitlines() == [
        "Phường Ba Đình, Thành phố Hà Nội",
        "  mã 00004 theo QĐ 19/2025/QĐ-TTg",
        "  từ 01/07/2025, đang có hiệu lực",
        "  Chưa có danh sách thôn, tổ dân phố",
        "  Nguồn: QĐ 19/2025/QĐ-TTg; PyPI vietnamadminunits 1.0.4",
    ]
    assert run("show", "tinh thai nguyen", *ON, "--lang", "en").splitlines()[:4] == [
        "Tỉnh Thái Nguyên",
        "  code 19 of QĐ 19/2025/QĐ-TTg",
        "  from 01/07/2025, in force",
        "  Below it: 92 places",
    ]


def test_show_as_json_holds_the_same() -> None:
    shown = json.loads(run("show", "00004", *ON, "--json"))
    assert len(shown.pop("id")) == 36
    assert shown == {
        "known": True,
        "on": "2026-11-23",
        "below": None,
        "name": "Phường Ba Đình",
        "level": "commune",
        "type": "phường",
        "code": "00004",
        "code_list": "QĐ 19/2025/QĐ-TTg",
        "province": {"code": "01", "name": "Thành phố Hà Nội"},
        "valid_from": "2025-07-01",
        "valid_to": None,
        "source": "QĐ 19/2025/QĐ-TTg; PyPI vietnamadminunits 1.0.4",
        "fictional": False,
    }


def test_a_day_before_the_lists_is_not_known() -> None:
    assert json.loads(run("show", "00004", "--on", "2025-06-30", "--json")) == {
        "known": False,
        "on": "2025-06-30",
        "lists": [{"title": "QĐ 19/2025/QĐ-TTg", "known_from": "2025-07-01", "known_to": None}],
    }
    with pytest.raises(Refused) as refused:
        run("show", "00004", "--on", "2025-06-30")
    assert [found.code for found in refused.value.problems] == ["L103"]


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        run("show", "00004", "--on", "31/02/2026")
    assert [found.code for found in refused.value.problems] == ["D101"]


def test_find_prints_code_name_and_province_nearest_first() -> None:
    assert run("find", "Ba", "Đình").splitlines() == [
        "00004  Phường Ba Đình, Thành phố Hà Nội",
        "16171  Xã Ba Đình, Tỉnh Thanh Hóa",
        "21499  Xã Ba Dinh, Tỉnh Quảng Ngãi",
        "3 nơi",
    ]


def test_find_says_when_there_is_nothing_and_when_there_is_more() -> None:
    assert run("find", "zzz") == "Không tìm thấy nơi nào giống “zzz”.\n"
    lines = run("find", "xã").splitlines()
    assert len(lines) == 51
    assert lines[-1] == "… và 2.573 nơi nữa; gõ thêm chữ để thu hẹp."
    assert run("find", "xã", "--lang", "en").splitlines()[-1] == "… and 2,573 more; type more of the name."
