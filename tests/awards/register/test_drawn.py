"""Decision with its list, Giấy khen, package for the centre: every page drawn, every .docx opened as people do."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.awards.central.making import centre, packed
from tests.awards.central.making import passed as passed_in_province
from tests.awards.register.making import TODAY, achieved, act_at, awarded, nominated, nominee, open_round, prepared
from tests.formats.official.drawing import Box, Drawn, by_word_processor, faults_of_both_forms

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LONG = "Có thành tích xuất sắc trong phong trào thi đua “Cả nước thi đua xây dựng xã hội học tập” giai đoạn 2023 - 2025"


def test_a_decision_with_a_list_of_several_pages(commune: Place, tmp_path: Path) -> None:
    from densach.awards.register.preparing import prepared_paper

    round_, rows = open_round(commune), []
    for number in range(60):
        kind = ("person", "collective", "household")[number % 3]
        who = nominee(commune, f"Trường hợp MẪU Nguyễn Thị Phương Thảo {number:02}", kind)
        rows.append(nominated(round_, who, achieved(who, f"{LONG} {number}"), citation=LONG))
    paper = prepared_paper(prepared(round_, rows))
    assert paper is not None
    assert faults_of_both_forms({"quyet-dinh": paper}, tmp_path) == {}


def test_every_giay_khen_is_drawn_within_its_sheet(commune: Place, tmp_path: Path) -> None:
    from densach.awards.register.printing import layout_of, print_certificates
    from densach.policy.commendation.reading import commendation_law

    names = ("Lê Văn MẪU", "Trường Trung học cơ sở và Trung học phổ thông bán trú dân tộc Nguyễn Thị Minh Khai MẪU")
    awards = awarded(open_round(commune), *names, signed=date(2026, 11, 20))
    decision = awards[0].decision
    layout = layout_of(decision, commendation_law())
    path = tmp_path / "giay.pdf"
    path.write_bytes(print_certificates(decision, awards, layout, printer=None, on=TODAY, act=act_at(6)))
    drawn = Drawn(path)
    assert len(drawn.pages) == len(names)
    for page, name in enumerate(names):
        ink = drawn.ink(page)
        assert ink is not None
        assert min(ink.left, ink.top, layout.width - ink.right, layout.height - ink.bottom) > 3
        assert drawn.ink(page, Box(100, 60, 200, 150)) is not None
        said = " ".join(drawn.pages[page].get_textpage().get_text_bounded().split())
        assert name in said


@pytest.mark.usefixtures("commune")
def test_every_paper_of_a_package_opens_and_no_page_is_blank(thai_nguyen: Place, act: Act, tmp_path: Path) -> None:
    from densach.awards.central import access

    here = centre(thai_nguyen, act)
    package = packed(here, passed_in_province(here, "Nguyễn Thị MẪU"), passed_in_province(here, "Trần Văn MẪU"))
    content = access.archive_for(here.officer, package.uid)[1]
    with ZipFile(BytesIO(content)) as archive:
        archive.extractall(tmp_path / "goi")
    words, printed = (sorted((tmp_path / "goi").rglob(f"*.{ending}")) for ending in ("docx", "pdf"))
    assert (len(words), len(printed)) == (6, 6)
    copies = []
    for number, each in enumerate(words):  # two dossiers hold papers of one name
        copies.append(each.rename(tmp_path / f"{number}-{each.name}"))
    for path in (*printed, *by_word_processor(copies, tmp_path / "opened")):
        drawn = Drawn(path)
        assert drawn.pages, path.name
        assert all(drawn.ink(page, Box(25, 20, 200, 280)) for page in range(len(drawn.pages))), path.name
