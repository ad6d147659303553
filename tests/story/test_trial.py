"""`densach try --stories` both ways, as a newcomer types it: every paper says MẪU, the law decides how far it goes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from densach.formats.sheets import SPECIMEN
from tests.workbooks.making import FILES

pytestmark = pytest.mark.slow
KNOWN, MADE_UP = "luat-hien-biet", "goi-mau"
PAPERS = ["bao-cao-2025.pdf", "cau-hoi-tung-thon-2025.pdf", "de-nghi-cong-nhan-2025.xlsx", "ket-qua-2025.xlsx"]
TEXTS = ["so-lieu-that.txt", "xoa-mu-chu-mau.txt"]
UNREAD = ["Gia đình học tập", "Dòng họ học tập", "Cộng đồng học tập (thôn, tổ dân phố)", "Đơn vị học tập"]
MODELS = ["Công dân học tập", *UNREAD, "Đạt chuẩn xóa mù chữ", "Cộng đồng học tập cấp xã"]
COUNTS = re.compile(
    r"\[(?P<way>[^\]]+)\] (?P<model>.+): tổng số (?P<total>[\d.]+), đăng ký (?P<registered>[\d.]+), "
    r"đã đánh giá (?P<assessed>[\d.]+), được công nhận (?P<recognised>[\d.]+); chưa xác định (?P<unknown>[\d.]+)\."
)
Counts = dict[tuple[str, str], dict[str, int]]


def play(folder: Path) -> str:
    environment = {**os.environ, "DENSACH_HOME": str(folder / "khong-dung-den")}
    done = subprocess.run(
        [sys.executable, "-m", "densach", "try", "--out", str(folder), "--stories"],
        env=environment, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def counts_in(printed: str) -> Counts:
    return {
        (row["way"], row["model"]): {
            name: int(row[name].replace(".", ""))
            for name in ("total", "registered", "assessed", "recognised", "unknown")
        }
        for row in COUNTS.finditer(printed)
    }


def pages_of(path: Path) -> list[str]:
    pages = pypdfium2.PdfDocument(path.read_bytes())  # reads them in a twelfth of the time that pypdf takes
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Counts]:
    folder = tmp_path_factory.mktemp("thu")
    printed = play(folder)
    (folder / "in-ra.txt").write_text(printed, "utf-8")
    return folder, counts_in(printed)


def test_every_file_is_there(played: tuple[Path, Counts]) -> None:
    folder, _ = played
    for way, more in ((KNOWN, TEXTS), (MADE_UP, ["giay-chung-nhan"])):
        names = sorted(path.name for path in (folder / way).iterdir())
        assert names == sorted([*PAPERS, *more, "du-lieu", "so-phieu", "van-ban"])
        assert sorted(path.name for path in (folder / way / "so-phieu").iterdir()) == list(FILES)
        kept = {path.name for path in (folder / way / "du-lieu").iterdir() if not path.name.endswith(("-wal", "-shm"))}
        assert kept == {"densach.sqlite3", "keys.json"}
    assert not (folder / "khong-dung-den").exists()


def test_certificates_of_one_village_and_of_the_clans_are_printed(played: tuple[Path, Counts]) -> None:
    folder, counts = played
    printed = folder / MADE_UP / "giay-chung-nhan"
    assert sorted(path.name for path in printed.iterdir()) == ["dong-ho-2025.pdf", "gia-dinh-mot-thon-2025.pdf"]
    homes, clans = pages_of(printed / "gia-dinh-mot-thon-2025.pdf"), pages_of(printed / "dong-ho-2025.pdf")
    told = f"Xem giấy chứng nhận của {len(homes)} gia đình ở Thôn Bến Cũ và {len(clans)} dòng họ"
    assert told in (folder / "in-ra.txt").read_text("utf-8")
    assert all("GIA ĐÌNH HỌC TẬP" in page and "Thôn Bến Cũ, xã MẪU Đèn Sách" in page for page in homes)
    assert all("DÒNG HỌ HỌC TẬP Dòng họ" in page for page in clans)
    assert len(homes) < counts["Gói MẪU", "Gia đình học tập"]["recognised"]
    assert len(clans) == counts["Gói MẪU", "Dòng họ học tập"]["recognised"]


def test_every_page_and_every_sheet_says_mau(played: tuple[Path, Counts]) -> None:
    folder, _ = played
    for path in sorted(folder.rglob("*.pdf")):
        for number, page in enumerate(pages_of(path), start=1):
            assert SPECIMEN in page, (path, number)
    for path in sorted(folder.rglob("*.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book:
            if sheet.sheet_state == "visible":
                top = [value for row in sheet.iter_rows(max_row=5, values_only=True) for value in row]
                assert SPECIMEN in top, (path, sheet.title)
    assert (folder / KNOWN / "xoa-mu-chu-mau.txt").read_text("utf-8").startswith("MẪU – KHÔNG CÓ GIÁ TRỊ")


def test_both_ways_count_the_same_commune(played: tuple[Path, Counts]) -> None:
    _, counts = played
    assert sorted(counts) == sorted((way, model) for way in ("Luật hiện biết", "Gói MẪU") for model in MODELS)
    for model in MODELS:
        known, made_up = counts["Luật hiện biết", model], counts["Gói MẪU", model]
        for name in ("total", "registered", "assessed"):
            assert known[name] == made_up[name]
    assert counts["Gói MẪU", "Gia đình học tập"]["total"] == 5000


def test_what_was_not_read_stays_unknown_and_nobody_is_recognised(played: tuple[Path, Counts]) -> None:
    _, counts = played
    for model in [*UNREAD, "Cộng đồng học tập cấp xã"]:
        row = counts["Luật hiện biết", model]
        assert row["unknown"] == row["assessed"] > 0
    assert {counts["Luật hiện biết", model]["recognised"] for model in MODELS} == {0}
    citizens = counts["Luật hiện biết", "Công dân học tập"]
    assert 0 < citizens["unknown"] < citizens["assessed"]


def test_with_the_fictional_pack_the_chain_runs_to_its_end(played: tuple[Path, Counts]) -> None:
    _, counts = played
    for model in MODELS:
        row = counts["Gói MẪU", model]
        assert row["unknown"] < row["assessed"]
        # Who recognises the literacy of a commune stands in no text, and the fictional pack does not make it up.
        assert (0 < row["recognised"] <= row["assessed"]) is (model != "Đạt chuẩn xóa mù chữ")


def test_published_figures_stand_beside_our_own(played: tuple[Path, Counts]) -> None:
    folder, _ = played
    text = (folder / KNOWN / "so-lieu-that.txt").read_text("utf-8")
    assert "“60.08 %”" in text
    assert "60,09 %; số in ra bị cắt bớt, không làm tròn." in text
    assert "MẪU" not in text


def test_literacy_is_read_from_persons_to_the_province(played: tuple[Path, Counts]) -> None:
    folder, _ = played
    lines = (folder / KNOWN / "xoa-mu-chu-mau.txt").read_text("utf-8").splitlines()
    assert [sum(line.strip().startswith(word) for line in lines) for word in ("Xã MẪU", "Huyện MẪU", "Tỉnh MẪU")] == [
        100,
        10,
        1,
    ]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("chữ")
    done = subprocess.run(
        [sys.executable, "-m", "densach", "try", "--out", str(tmp_path / "tep" / "thu"), "--packs", "vn"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert [line.split("S105")[0] for line in done.stdout.splitlines()] == ["[Luật hiện biết] "] * 2
