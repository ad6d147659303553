"""Reviews: newest figures, words that stay, nothing unknown as nought, few people never printed, nothing leaks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.model import Official, Paragraph, Picture, Table
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.reporting.below import country, real
from tests.reporting.dashboards.making import accepted
from tests.reporting.figures.making import FUND, Hands, of, up_to
from tests.reporting.targets.making import accepted as shares_accepted
from tests.reporting.targets.making import entered

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.reporting.reviews.access import Seen

pytestmark = pytest.mark.django_db
INTERIM, FINAL = "2023-2025", "2023-2030"


def seen(who: Viewer, place: Place, key: str = INTERIM) -> Seen:
    from densach.reporting.reviews.access import find_review, see_review

    return see_review(who, find_review(who, key, place.uid))


def paper(who: Viewer, place: Place, key: str = INTERIM) -> Official:
    from densach.reporting.reviews.paper import paper_of

    return paper_of(seen(who, place, key))


def write(who: Viewer, place: Place, words: dict[str, str], version: int = 0) -> None:
    from densach.reporting.reviews.access import find_review
    from densach.reporting.reviews.domain import write_words

    write_words(who, find_review(who, INTERIM, place.uid), words, version, at=NOW)


def made_up(province: Place, code: str, name: str, act: Act) -> Place:
    from densach.places.domain import add_fictional_commune

    return add_fictional_commune(province, code, name, on=date(2025, 7, 1), act=act)


def beside(province: Place, act: Act, order: int = 2) -> Place:
    return made_up(province, f"9910{order}", f"Xã MẪU Số {order}", act)


def tables(document: Official) -> list[Table]:
    blocks = [*document.blocks, *(block for annex in document.annexes for block in annex.blocks)]
    return [block for block in blocks if isinstance(block, Table)]


def model_rows(document: Official, place: int) -> tuple[tuple[str, ...], ...]:
    """The rows of one model, in the order of the models."""
    return [table for table in tables(document) if table.headers[0] == "Năm"][place].rows


def letters(document: Official) -> str:
    blocks = [*document.blocks, *(block for annex in document.annexes for block in annex.blocks)]
    said = [f"{block.lead} {block.text}" for block in blocks if isinstance(block, Paragraph)]
    said += [cell for table in tables(document) for row in table.rows for cell in row]
    return "\n".join([*said, *(block.alt for block in blocks if isinstance(block, Picture))])


@pytest.fixture
def commune(thai_nguyen: Place, act: Act) -> Place:
    """A made-up commune that was there in the last year of the review."""
    return made_up(thai_nguyen, "99001", "Xã MẪU Đèn Sách", act)


@pytest.fixture
def officer(commune: Place, act: Act) -> Viewer:
    return viewer(Role.COMMUNE_OFFICER, commune, act)


def test_each_year_has_its_four_counts_and_what_was_not_reported_is_said(officer: Viewer, commune: Place) -> None:
    accepted(commune, "FAMILY", (1000, 800, 700, 600), year=2024)
    families = model_rows(paper(officer, commune), 1)
    silent = ("chưa báo cáo",) * 6
    assert families == (
        ("2023", *silent, "0/1"),
        ("2024", "1.000", "800", "700", "600", "60,0 %", "75,0 %", "1/1"),
        ("2025", *silent, "0/1"),
    )


def test_a_share_whose_counts_were_not_reported_alone_brings_them_along(officer: Viewer, commune: Place) -> None:
    shares_accepted(commune, {2024: 540})
    row = model_rows(paper(officer, commune), 1)[1]
    assert row == ("2024", *("chưa báo cáo",) * 4, "54,0 % (540 / 1.000)", "chưa báo cáo", "1/1")


def test_a_paper_made_again_has_newer_figures_and_the_same_words(officer: Viewer, commune: Place) -> None:
    write(officer, commune, {"remarks": "Tăng nhờ tổ khuyến học.\n\nCòn một thôn chưa làm."})
    before = paper(officer, commune)
    assert "40,0 %" not in letters(before)
    accepted(commune, "CITIZEN", (500, 400, 300, 200), year=2025)
    after = paper(officer, commune)
    assert "40,0 %" in letters(after)
    for document in (before, after):
        assert {"Tăng nhờ tổ khuyến học.", "Còn một thôn chưa làm."} <= {
            block.text for block in document.blocks if isinstance(block, Paragraph)
        }
        assert letters(document).count("(phần này để cơ quan viết)") == 7


def test_words_written_meanwhile_are_not_written_over(officer: Viewer, commune: Place) -> None:
    from densach.history.domain import verify_chain
    from densach.reporting.reviews.models import Draft

    write(officer, commune, {"causes": "Một."})
    with pytest.raises(Refused, match="Y102"):
        write(officer, commune, {"causes": "Hai."})
    write(officer, commune, {"causes": "Hai."}, version=1)
    write(officer, commune, {"causes": "Hai."}, version=1)  # sent twice
    draft = Draft.objects.get()
    assert (draft.words, draft.version) == ({"causes": "Hai."}, 2)
    assert verify_chain("review", draft.pk) == []


def test_a_part_that_is_too_long_is_refused_and_nothing_is_kept(officer: Viewer, commune: Place) -> None:
    from densach.reporting.reviews.models import Draft

    with pytest.raises(Refused, match="Y101"):
        write(officer, commune, {"causes": "x" * 8001, "lessons": "Ngắn."})
    assert not Draft.objects.exists()


def test_few_people_are_never_printed_whoever_asks(thai_nguyen: Place, commune: Place, act: Act) -> None:
    other = beside(thai_nguyen, act)
    accepted(commune, "CITIZEN", (500, 400, 300, 3), year=2025)
    accepted(other, "CITIZEN", (500, 400, 300, 90), year=2025)
    entered(viewer(Role.COMMUNE_LEADER, commune, act), indicator="MODEL_CITIZEN_OF_ALL")
    for place in (commune, other):
        own = paper(viewer(Role.COMMUNE_OFFICER, place, act), place)
        assert model_rows(own, 0)[-1][4:7] == ("không nêu",) * 3
        assert not {"3 / 500", "90 / 500"} & {word.strip() for word in letters(own).replace("(", "\n").split("\n")}
    above = paper(viewer(Role.PROVINCE_OFFICER, thai_nguyen, act), thai_nguyen)
    assert model_rows(above, 0)[-1][4] == "93"
    below = above.annexes[-1].blocks[-1]
    assert isinstance(below, Table)
    assert [row[1] for row in below.rows] == ["không nêu", "không nêu"]


def test_few_people_of_other_returns_are_not_printed_either(commune: Place, thai_nguyen: Place, act: Act) -> None:
    hands = Hands(commune, thai_nguyen, act)
    up_to(hands, of(commune, FUND, 2025), {"FUND_PUPILS": 40, "FUND_TEACHERS": 2, "FUND_RAISED": 41_000_000})
    said = letters(paper(replace(hands.writer, today=TODAY), commune))
    assert "41.000.000 đồng" in said
    assert "40 người" not in said
    assert "2 người" not in said


def test_targets_stand_with_their_number_base_year_and_what_is_said_of_them(
    officer: Viewer, commune: Place, act: Act
) -> None:
    leader = viewer(Role.COMMUNE_LEADER, commune, act)
    entered(leader)
    accepted(commune, "FAMILY", (1000, 800, 700, 450), year=2025)
    document = paper(officer, commune)
    (row,) = next(table for table in tables(document) if table.headers[0] == "Mục tiêu").rows
    assert row[1:4] == ("80 %, năm 2030", "45 % (450 / 1.000), năm 2025", "Chậm so với mức cần có.")
    assert "1 chậm hoặc chưa đạt" in letters(document)


def test_a_base_that_ended_is_said_to_have(act: Act) -> None:
    ministry = viewer(Role.MINISTRY_OFFICER, country(), act)
    said = letters(paper(ministry, country()))
    assert "Mẫu số không còn từ ngày 01/07/2025" in said
    assert "huyện" in said


def test_published_figures_stand_side_by_side_and_never_beside_made_up_ones(commune: Place, act: Act) -> None:
    from densach.places.models import Place as Places

    ministry = viewer(Role.MINISTRY_OFFICER, country(), act)
    assert "Số liệu đã công bố" not in letters(paper(ministry, country()))
    assert paper(ministry, country()).fictional
    Places.objects.filter(pk=commune.pk).update(fictional=False)
    document = paper(ministry, country())
    assert not document.fictional
    assert "Số liệu đã công bố" in letters(document)
    printed = [row for table in tables(document) if table.headers[0] == "Điều được nêu" for row in table.rows]
    assert {"89,06%", "hơn 67%"} & {row[1] for row in printed} or len(printed) > 1


def test_the_places_below_stand_by_name(thai_nguyen: Place, commune: Place, act: Act) -> None:
    second = beside(thai_nguyen, act)
    accepted(second, "FAMILY", (100, 100, 100, 90), year=2025)
    accepted(commune, "FAMILY", (1000, 800, 700, 600), year=2025)
    document = paper(viewer(Role.PROVINCE_OFFICER, thai_nguyen, act), thai_nguyen)
    below = document.annexes[-1].blocks[-1]
    assert isinstance(below, Table)
    assert [(row[0], row[2]) for row in below.rows] == [
        ("Xã MẪU Đèn Sách", "600 / 1.000"),
        ("Xã MẪU Số 2", "90 / 100"),
    ]


def test_nothing_of_another_place_is_found(officer: Viewer, thai_nguyen: Place, act: Act) -> None:
    there = beside(thai_nguyen, act)
    write(viewer(Role.COMMUNE_OFFICER, there, act), there, {"causes": "Chuyện của xã bên."})
    for place in (there, thai_nguyen, real(), country()):
        with pytest.raises(Refused, match="H103"):
            seen(officer, place)


def test_those_above_read_and_do_not_write(commune: Place, thai_nguyen: Place, officer: Viewer, act: Act) -> None:
    write(officer, commune, {"causes": "Vì sao."})
    above = viewer(Role.PROVINCE_OFFICER, thai_nguyen, act)
    assert seen(above, commune).draft.words == {"causes": "Vì sao."}
    with pytest.raises(Refused, match="H103"):
        write(above, commune, {"causes": "Khác."}, version=1)
    with pytest.raises(Refused, match="H103"):
        write(viewer(Role.PARTY_HEAD, commune, act), commune, {"causes": "Khác."}, version=1)


def test_the_association_writes_its_own(commune: Place, officer: Viewer, act: Act) -> None:
    write(officer, commune, {"causes": "Của Ủy ban."})
    association = viewer(Role.ASSOCIATION_OFFICER, commune, act)
    assert seen(association, commune).draft.words == {}
    assert paper(association, commune).issuer.body == ("Hội Khuyến học", "xã MẪU Đèn Sách")
    assert paper(association, commune).draft
    assert paper(officer, commune).issuer.symbol == "UBND"


def test_a_period_that_is_not_over_says_so(officer: Viewer, commune: Place) -> None:
    assert "Giai đoạn chưa hết: mới có các năm đến 2025." in letters(paper(officer, commune, FINAL))
    assert "Giai đoạn chưa hết" not in letters(paper(officer, commune))


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.ASSOCIATION_OFFICER, Role.PROVINCE_OFFICER])
def test_both_forms_keep_the_measures_of_the_decree(
    tmp_path: Path, role: Role, commune: Place, thai_nguyen: Place, act: Act
) -> None:
    accepted(commune, "FAMILY", (1000, 800, 700, 600), year=2025)
    place = thai_nguyen if role is Role.PROVINCE_OFFICER else commune
    document = paper(viewer(role, place, act), place)
    write_docx(tmp_path / "a.docx", document, made_on=TODAY)
    (tmp_path / "a.pdf").write_bytes(official_pdf(document, made_on=TODAY))
    assert validate_docx(tmp_path / "a.docx") == []
    assert validate_pdf(tmp_path / "a.pdf") == []


@pytest.mark.parametrize("communes", [1, 3])
def test_the_figures_of_a_review_take_a_constant_number_of_queries(
    communes: int, commune: Place, thai_nguyen: Place, act: Act, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for order in range(2, communes + 1):
        accepted(beside(thai_nguyen, act, order), "FAMILY", (100, 100, 100, 3), year=2025)
    accepted(commune, "FAMILY", (100, 100, 100, 4), year=2025)
    who = viewer(Role.PROVINCE_OFFICER, thai_nguyen, act)
    with django_assert_num_queries(14):
        seen(who, thai_nguyen)


def test_what_is_read_from_kept_sums_is_what_the_figures_give(thai_nguyen: Place, commune: Place, act: Act) -> None:
    from densach.reporting.sums.keeping import keep_all

    for order, recognised in ((2, 60), (3, 3)):
        accepted(beside(thai_nguyen, act, order), "FAMILY", (100, 90, 80, recognised), year=2025)
    accepted(commune, "FAMILY", (1000, 800, 700, 600), year=2024)
    looking = [(viewer(Role.PROVINCE_OFFICER, thai_nguyen, act), thai_nguyen),
               (viewer(Role.MINISTRY_OFFICER, country(), act), country()),
               (viewer(Role.COMMUNE_OFFICER, commune, act), commune)]  # fmt: skip
    added = [seen(who, place).gathered for who, place in looking]
    keep_all(TODAY)
    assert [seen(who, place).gathered for who, place in looking] == added


def test_no_paper_shows_an_identifier_of_a_target(act: Act) -> None:
    said = letters(paper(viewer(Role.MINISTRY_OFFICER, country(), act), country()))
    assert re.findall(r"\b\d{3,4}\.[a-z_]+\.[a-z_]+", said) == []
