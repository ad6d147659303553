"""A commune's year through the commands: what an officer types, reads and finds in the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.making import AT, Terminal
from tests.workbooks.making import FILES, everything, filled_templates, sample, template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]


def test_templates_are_written_for_a_year(densach: Terminal, tmp_path: Path) -> None:
    printed = densach("template", str(tmp_path / "mau"), "--year", "2026").splitlines()
    assert printed == [str(tmp_path / "mau" / name) for name in FILES]
    assert sorted(path.name for path in (tmp_path / "mau").iterdir()) == list(FILES)


def test_the_year_of_a_commune(densach: Terminal, tmp_path: Path) -> None:
    paths = filled_templates(tmp_path / "phieu", "vn", "demo")
    tried = everything()
    for path in paths[:1]:
        assert densach("round", "import", str(path), *AT, "--demo", "--dry-run").splitlines() == [
            "Trang «Sổ hộ»: mẫu của Đèn Sách, Sổ hộ dân cư [register]",
            "  Bỏ qua 1 dòng, dòng ví dụ: 7",
            "1-so-ho.xlsx: chỉ kiểm tra, chưa nhập",
            f"  register: thêm {len(sample().people)}, sửa 0, giữ nguyên 0",
        ]
    assert everything() == tried
    for path in paths:
        assert f"{path.name}: đã nhập" in densach("round", "import", str(path), *AT, "--demo").splitlines()
    first = densach("round", "run", *AT, "--demo", "--out", str(tmp_path / "giay")).splitlines()
    made = sample()
    assert first[0] == f"Công dân học tập: mới {len(made.answers)}, đổi 0, như cũ 0"
    assert [Path(line).name for line in first[7:]] == [
        "ket-qua-2026.xlsx",
        "de-nghi-cong-nhan-2026.xlsx",
        "cau-hoi-tung-thon-2026.pdf",
        "bao-cao-2026.pdf",
    ]
    assert all(Path(line).stat().st_size for line in first[7:])
    written = densach("round", "papers", *AT, "--demo", "--out", str(tmp_path / "van-ban")).splitlines()
    assert sorted(map(Path, written)) == sorted((tmp_path / "van-ban").iterdir())
    assert [Path(line).name for line in written if "to-trinh" in line] == ["to-trinh-2026.pdf", "to-trinh-2026.docx"]
    before = everything()
    second = densach("round", "run", *AT, "--demo", "--out", str(tmp_path / "giay")).splitlines()
    assert second[0] == f"Công dân học tập: mới 0, đổi 0, như cũ {len(made.answers)}"
    assert everything() == before
    shown = json.loads(densach("round", "show", *AT, "--demo", "--json"))
    assert (shown["place"], shown["year"], shown["fictional"]) == ("99001", 2026, True)
    homes = len(made.households)
    assert {
        model: (row["total"], row["registered"], row["assessed"], row["recognised"])
        for model, row in shown["models"].items()
    } == {
        "citizen": (sum(2026 - p.birth_date.year >= 18 for p in made.people), len(made.answers), len(made.answers), 0),
        "family": (homes, sum(h.registered for h in made.households), sum(h.registered for h in made.households), 0),
        "clan": (len(made.clans), sum(c.registered for c in made.clans), sum(c.registered for c in made.clans), 0),
        "village": (len(made.villages), len(made.villages), len(made.villages), 0),
        "unit": (len(made.units), sum(u.registered for u in made.units), sum(u.registered for u in made.units), 0),
        "literacy": (1, 1, 1, 0),
        "commune": (1, 1, 1, 0),
    }
    for row in shown["models"].values():
        assert sum(row["verdicts"].values()) == row["assessed"]
    by_village = shown["villages"]
    assert sum(village["family"]["total"] for village in by_village.values()) == homes


def test_verified_answers_stand_over_the_subjects_own(densach: Terminal, tmp_path: Path) -> None:
    from densach.assessing.models import Answers

    paths = filled_templates(tmp_path)
    densach("round", "import", str(paths[6]), *AT)
    densach("round", "import", str(paths[6]), *AT, "--verified")
    assert sorted(Answers.objects.values_list("title_key", "stage")) == [
        ("commune.tt25", "self"),
        ("commune.tt25", "verified"),
        ("literacy.nd20", "self"),
        ("literacy.nd20", "verified"),
    ]


def test_a_local_decision_is_entered_with_its_citation(densach: Terminal) -> None:
    from densach.authority.models import LocalDecision

    words = ("--title", "family.qd387", "--office", "Chủ tịch MẪU", "--from", "01/02/2026")
    densach("round", "authority", "--place", "99001", *words, "--cites", "5/QĐ-MẪU, Điều 2")
    row = LocalDecision.objects.get()
    assert (row.title_key, row.office_title, row.citation) == ("family.qd387", "Chủ tịch MẪU", "5/QĐ-MẪU, Điều 2")
    again = ("round", "authority", "--place", "99001", *words)
    assert densach.refusals(*again, "--cites", "6/QĐ-MẪU") == ["R110"]
    assert densach.refusals(*again, "--cites", " ") == ["R111"]


REAL = ("--place", "00004", "--year", "2026")
AUTHORITY = ("round", "authority", "--office", "A", "--cites", "B")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("round", "import", "{folder}/khong-co.xlsx", *AT), ["W101"]),
        (("round", "import", "{folder}", *AT), ["W101"]),
        (("round", "import", "{register}", "--place", "99999", "--year", "2026"), ["L101"]),
        (("round", "import", "{register}", "--place", "19", "--year", "2026"), ["L112"]),
        (("round", "import", "{register}", "--place", "00004", "--year", "2020"), ["L103"]),
        (("round", "import", "{register}", *REAL, "--demo"), ["R103"]),
        (("round", "import", "{register}", "--place", "99001", "--year", "1999"), ["D103"]),
        (("round", "import", "{register}", "--place", "99001", "--year", "năm nay"), ["D103"]),
        (("round", "import", "{register}", "--year", "2026"), ["D103"]),
        (("round", "import", *AT), ["D103"]),
        (("round", "run", *AT, "--out", "{folder}/giay"), ["R109"]),
        (("round", "run", *AT), ["D103"]),
        (("round", "show", *AT), ["R109"]),
        (("round", "show", *AT, "--json"), ["R109"]),
        (("round", "close", *AT), ["D103"]),
        (("no-such-command",), ["D103"]),
        (("template", "{file}", "--year", "2026"), ["D103"]),
        (("template", "{file}/mau", "--year", "2026"), ["S105"]),
        (("template", "{folder}/mau", "--year", "2020"), ["R101"]),
        ((*AUTHORITY, "--place", "99001", "--title", "family.qd999", "--from", "2026-02-01"), ["P120"]),
        ((*AUTHORITY, "--place", "99001", "--title", "family.qd387", "--from", "31/02/2026"), ["D101"]),
        ((*AUTHORITY, "--place", "99999", "--title", "family.qd387", "--from", "2026-02-01"), ["L101"]),
        (("judge", "no-such-rubric", "{folder}/a.json"), ["P120"]),
    ],
)
def test_what_cannot_be_done_is_refused_in_both_languages(
    densach: Terminal, tmp_path: Path, words: tuple[str, ...], codes: list[str]
) -> None:
    (tmp_path / "tep").write_text("chữ")
    register = template(tmp_path, "register")
    here = {"folder": tmp_path, "file": tmp_path / "tep", "register": register}
    before, files = everything(), sorted(tmp_path.rglob("*"))
    assert densach.refusals(*(word.format(**here) for word in words)) == codes
    assert everything() == before
    assert [
        path for path in sorted(tmp_path.rglob("*")) if path.parts[-2:-1] != ("nha",) and path.name != "nha"
    ] == files


def test_papers_that_cannot_be_written_are_refused_and_none_is_begun(densach: Terminal, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("chữ")
    densach("round", "import", str(filled_templates(tmp_path / "phieu")[6]), *AT)
    assert densach.refusals("round", "run", *AT, "--out", str(tmp_path / "tep" / "giay")) == ["S105"]
    assert (tmp_path / "tep").read_text() == "chữ"


def test_a_refused_cell_is_told_on_the_terminal_as_it_stands_in_the_sheet(densach: Terminal, tmp_path: Path) -> None:
    path = filled_templates(tmp_path)[2]
    _, _, err = densach.run("round", "import", str(path), *AT)
    assert err.splitlines()[:2] == [
        "W222 Gia đình!B7: Không tìm thấy “H00001” ở cột “Mã hộ” trong xã này. "
        "Kiểm tra mã, họ tên hoặc số định danh; nhập sổ hộ và danh sách trước.",
        "W222 Gia đình!B7: “H00001” of the column “Mã hộ” is not found in this commune. "
        "Check the code, the name or the number; import the register and the lists first.",
    ]
