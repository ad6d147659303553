"""The commands of organisations, as people type them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from densach.cli.organisations import organisations
from densach.history.domain import Act
from densach.people.domain import enter_units
from densach.places.models import Place
from densach.problems import Refused

pytestmark = pytest.mark.django_db
FROM = ["--on", "1/9/1995", "--source", "QĐ 12/QĐ-UBND"]


def run(*words: str) -> str:
    result = CliRunner().invoke(organisations, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def refused(*words: str) -> list[str]:
    with pytest.raises(Refused) as found:
        run(*words)
    return [problem.code for problem in found.value.problems]


def added(name: str, kind: str = "lower_secondary", seat: str = "xã tân long, đồng hỷ") -> str:
    """The identity of an organisation that was added."""
    uid, _ = run("add", name, "--kind", kind, "--seat", seat, *FROM).split("  ", 1)
    return uid


def test_a_school_before_and_after_the_district_ended() -> None:
    uid = added("Trường THCS Tân Long")
    assert run("show", "thcs tan long", "--on", "1/12/2024").splitlines() == [
        "Trường THCS Tân Long (Xã Tân Long, Huyện Đồng Hỷ, Tỉnh Thái Nguyên)",
        f"  Trường trung học cơ sở; mã {uid}",
        "  Trụ sở: Xã Tân Long, Huyện Đồng Hỷ, Tỉnh Thái Nguyên",
        "  Từ 01/09/1995 đến trước 01/07/2025",
        "  Nguồn: QĐ 12/QĐ-UBND (đã đọc)",
        "  Người đứng đầu: chưa biết, chưa văn bản nào đã đọc nêu chức danh.",
        "  Cấp trên, ngành dọc:",
        "    ↑ Phòng Giáo dục và Đào tạo Huyện Đồng Hỷ (Tỉnh Thái Nguyên) – "
        "Việc của Phòng GDĐT ở cấp huyện, theo nguồn thứ cấp về Nghị định 142/2025/NĐ-CP (suy ra)",
        "    ↑ Sở Giáo dục và Đào tạo Tỉnh Thái Nguyên – Thông tư 25/2023/TT-BGDĐT (suy ra)",
        "    ↑ Bộ Giáo dục và Đào tạo – Thông tư 25/2023/TT-BGDĐT (suy ra)",
        "    Ngày 01/12/2024 chưa có danh mục nơi chốn; tên nơi theo danh mục đầu tiên sau đó, nên có thể khác.",
        "  Chưa biết cấp trên: chính quyền, cấp ủy, Mặt trận, Hội Khuyến học",
        "  Về sau: Trường THCS Tân Long, từ 01/07/2025",
    ]
    after = run("show", uid, "--on", "1/1/2026").splitlines()
    assert after[3:5] == ["  Từ 01/07/2025", "  Nguồn: theo nơi đặt trụ sở: Xã Tân Long (suy ra)"]
    assert after[7].startswith("    ↑ chưa biết cấp trên. Phòng Giáo dục và Đào tạo không còn từ 01/07/2025")


def test_show_as_json_holds_the_same() -> None:
    uid = added("Trường THCS Tân Long")
    shown = json.loads(run("show", uid, "--on", "2024-12-01", "--json"))
    assert (shown["id"], shown["kind"], shown["mark"], shown["registered"]) == (uid, "lower_secondary", "read", True)
    sector = shown["above"]["sector"]
    assert [step["id"] for step in sector["steps"]] == [
        "education.district@169",
        "education.province@19",
        "education.country",
    ]
    assert (sector["end"], sector["likely"], shown["above"]["party"]["end"]) == ("top", True, "not_known")
    below = json.loads(run("show", "education.district@169", "--on", "2025-06-30", "--json"))
    assert [(each["id"], each["depth"]) for each in below["below"]["sector"]] == [(uid, 1)]
    assert (below["registered"], below["head_office"]) == (False, "truong-phong-gddt-cap-huyen")


def test_a_head_is_an_office_only_where_a_text_says_so() -> None:
    assert "  Người đứng đầu: Giám đốc Sở Giáo dục và Đào tạo (đã đọc)" in run("show", "Sở GDĐT Thái Nguyên")
    assert "  Head: not known, no text read names the office." in run("show", "front.province@19", "--lang", "en")


def test_what_happens_to_a_school_is_told_afterwards() -> None:
    one, two = added("Trường THCS Tân Long"), added("Trường THCS Hóa Trung")
    act = ["--source", "Báo cáo của xã", "--act", "QĐ 7/QĐ-UBND"]
    run("rename", one, "Trường THCS Tân Long 1", "--on", "1/1/2026", *act)
    run("put", one, "--under", two, "--line", "party", "--on", "1/1/2026", "--source", "Thỏa thuận")
    assert run("find", "tan long 1").splitlines()[0].startswith(f"{one}  Trường THCS Tân Long 1 (")
    run("release", one, "--line", "party", "--on", "1/2/2026")
    run("merge", one, "--into", two, "--on", "1/3/2026", *act)
    assert refused("show", one, "--on", "1/3/2026") == ["O103"]
    assert run("show", two, "--on", "1/3/2026").splitlines()[-1] == (
        "  Ngày 01/03/2026 nhận toàn bộ Trường THCS Tân Long 1 (QĐ 7/QĐ-UBND)"
    )
    run("move", two, "--seat", "Phường Linh Sơn", "--on", "1/4/2026", *act)
    run("split", two, "--new", "Trường THCS Mới", "--on", "1/5/2026", *act)
    assert "tách ra Trường THCS Mới" in run("show", two, "--on", "1/5/2026").splitlines()[-1]
    assert run("close", two, "--on", "1/6/2026", *act).endswith("kết thúc 01/06/2026 / ended 2026-06-01\n")


def test_find_shows_bodies_of_places_and_says_when_there_is_nothing() -> None:
    assert run("find", "UBND", "phường", "ba", "đình").splitlines() == [
        "government.commune@00004  Ủy ban nhân dân Phường Ba Đình (Thành phố Hà Nội) – Cơ quan nhà nước",
        "1 tổ chức",
    ]
    uid = added("Trường THCS Tân Long")
    assert run("find", "thcs tan lomg").splitlines() == [
        "Không có tổ chức nào đúng như “thcs tan lomg”. Khác một chữ:",
        f"{uid}  Trường THCS Tân Long (Xã Quang Sơn, Tỉnh Thái Nguyên) – Trường trung học cơ sở",
        "1 tổ chức",
    ]
    assert run("find", "zzz").startswith("Không tìm thấy tổ chức nào giống “zzz”. Cơ quan không còn nữa thì thêm --on")


def test_a_body_that_is_not_registered_is_changed_by_nobody() -> None:
    change = ["--on", "1/1/2026", "--source", "x"]
    assert refused("close", "education.province@19", *change) == ["O117"]
    run("add", "Sở GD và ĐT Thái Nguyên", "--kind", "agency", "--seat", "19", "--body", "education.province", *change)
    shown = run("show", "education.province@19", "--on", "1/1/2026")
    assert shown.startswith("Sở GD và ĐT Thái Nguyên (Tỉnh Thái Nguyên)\n")
    run("close", "education.province@19", "--on", "1/2/2026", "--source", "x")


def test_a_ministry_of_which_only_the_year_is_known_says_so() -> None:
    assert "  Vào ngày 01/03/2025 chưa biết còn hay không." in run("show", "Bộ TTTT", "--on", "1/3/2025")
    assert refused("show", "Bộ TTTT", "--on", "1/1/2026") == ["O101"]


def test_an_assessed_unit_is_linked_and_unlinked(commune: Place, act: Act) -> None:
    enter_units(commune, {"DV01": ("TH MẪU", "school")}, on=date(2026, 1, 1), act=act)
    run("add", "Trường Tiểu học MẪU", "--kind", "primary", "--seat", "99001", "--on", "2/1/2026", "--source", "MẪU")
    place = ["--place", "99001", "--unit", "DV01", "--on", "1/2/2026"]
    assert run("link", "Trường Tiểu học MẪU", *place) == (
        "DV01: TH MẪU = Trường Tiểu học MẪU (Xã MẪU Đèn Sách, Tỉnh Thái Nguyên)\n"
    )
    assert run("unlink", *place) == "DV01: TH MẪU\n"
