"""`densach try --packs sap-nhap`: three made-up communes through a merger, told and written down, all of it MẪU."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from densach.formats.sheets import SPECIMEN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("sap-nhap")
    environment = {**os.environ, "DENSACH_HOME": str(folder / "khong-dung-den")}
    done = subprocess.run(
        [sys.executable, "-m", "densach", "try", "--out", str(folder), "--packs", "sap-nhap"],
        env=environment, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "sap-nhap", done.stdout.replace("[Sáp nhập MẪU] ", "")


def pages_of(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(path.read_bytes())).pages]


def text_of(path: Path) -> str:
    return " ".join(pages_of(path))


def serial_on(page: str) -> str:
    return page.split("Số vào sổ: ")[1].split(maxsplit=1)[0]


def test_what_went_whole_moves_and_what_was_divided_waits_until_somebody_says(told: tuple[Path, str]) -> None:
    _, story = told
    tried, done = story.split("Sau khi xã nói rõ")
    assert "Sẽ chuyển sang Xã MẪU Ba Sông từ 01/07/2025: 6 thôn, 120 hộ" in tried
    assert "Đã chuyển sang Xã MẪU Ba Sông từ 01/07/2025: 7 thôn, 140 hộ" in done
    assert "Đã chuyển sang Xã MẪU Bên Kia từ 01/07/2025: 1 thôn, 20 hộ" in done
    assert done.count("99313 Xã MẪU Sông: thôn, tổ dân phố Thôn Cầu, 20 hộ") == 2
    assert "Thôn Tây" not in done.split("Đã chuyển sang")[1].split("còn chờ")[1]


def test_equal_names_and_codes_are_told_apart_and_a_name_is_replaced(told: tuple[Path, str]) -> None:
    _, story = told
    assert "H00001 → H00001-99311" in story
    assert "Thôn 1: đề xuất Thôn 1 (MẪU Thượng), chốt là Thôn 1 (MẪU Thượng)." in story
    assert "Thôn 1: đề xuất Thôn 1 (MẪU Hạ), chốt là Thôn Ngã Ba." in story


def test_titles_of_2024_run_on_and_the_communes_own_is_only_shown(told: tuple[Path, str]) -> None:
    folder, story = told
    given = [int(n) for n in re.findall(r"ủy ban công nhận (\d+) Gia đình học tập", story)]
    found = re.search(r"Gia đình học tập: (\d+) danh hiệu do xã cũ công nhận năm 2024 còn tính", story)
    assert found is not None
    # All of Thượng and Hạ, and of Sông those in Thôn Đông.
    assert given[0] + given[1] < int(found[1]) < sum(given)
    inherited = "Xã MẪU Thượng (nhập cả): Cộng đồng học tập cấp xã năm 2024, mức 1, quyết định MẪU-xa/QĐ-MẪU"
    assert inherited in story
    report = text_of(folder / "bao-cao-2026.pdf")
    assert "Danh hiệu của các xã hợp thành" in report
    assert "không tính cho xã mới" in report


def test_figures_of_2024_stand_on_both_maps(told: tuple[Path, str]) -> None:
    folder, _ = told
    text = (folder / "so-lieu-2024-hai-ban-do.txt").read_text("utf-8")
    totals = [int(n) for n in re.findall(r"Gia đình học tập: tổng số (\d+)", text)]
    assert totals == [60, 60, 60, 120, 60, 60]  # three old communes, the new one, and the divided one beside both
    assert "gồm Xã MẪU Hạ, Xã MẪU Thượng; có phần của xã bị chia, không cộng: Xã MẪU Sông" in text
    assert "99317 Xã MẪU Bên Kia: chưa báo cáo" in text


def test_a_certificate_of_2024_is_printed_again_by_the_names_of_its_day(told: tuple[Path, str]) -> None:
    folder, story = told
    first, again = (folder / "giay-chung-nhan" / name for name in ("gia-dinh-mot-thon-2025.pdf", "in-lai-2026.pdf"))
    assert sorted((folder / "giay-chung-nhan").iterdir()) == [first, again]
    (page,) = pages_of(again)
    [(name, code)] = re.findall(r"in lại giấy của (Hộ .+) \(mã hộ nay là (H\d+-99312)\)", story)
    assert f"{name} Thôn 1, xã MẪU Hạ (nay là thôn Ngã Ba, xã MẪU Ba Sông, tỉnh Phú Thọ)" in page
    assert code not in page  # it is the code of the register, and nobody's name
    assert "Bản in lại ngày 02/03/2026" in page
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU HẠ (MẪU)" in page
    (before,) = (each for each in pages_of(first) if serial_on(each) == serial_on(page))
    assert f"{name} Thôn 1, xã MẪU Hạ được công nhận" in before
    assert not any("nay là" in each or "Bản in lại" in each for each in pages_of(first))
    assert f"số vào sổ vẫn là {serial_on(page)};" in story
    assert story.index(f"{first}\n") < story.index("01/07/2025: Thượng và Hạ nhập cả") < story.index(f"{again}\n")


def test_every_file_says_mau(told: tuple[Path, str]) -> None:
    folder, _ = told
    texts = sorted(path.name for path in folder.glob("*.txt"))
    assert texts == ["chuyen-sang-xa-moi.txt", "so-lieu-2024-hai-ban-do.txt"]
    for name in texts:
        assert (folder / name).read_text("utf-8").startswith("MẪU – KHÔNG CÓ GIÁ TRỊ")
    for path in folder.rglob("*.pdf"):
        assert all(SPECIMEN in page for page in pages_of(path)), path
    questions = text_of(folder / "cau-hoi-tung-thon-2026.pdf")
    assert "Thôn Ngã Ba" in questions
    assert not (folder.parent / "khong-dung-den").exists()
