"""A misspelt name is corrected by an act: what was signed stays, what is printed afterwards is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from densach.assessing.certificates.checking import State, check_certificate
from densach.assessing.corrections import find_recognised
from densach.assessing.models import Certificate, Correction, NamedInAct, Recognition
from densach.assessing.naming import names_in_force
from densach.assessing.titles import BY_MODEL
from densach.formats.official.checking import validate_docx, validate_pdf
from densach.history.domain import Act, verify_chain
from densach.places.lookup import get_place
from densach.places.models import Place
from densach.problems import Refused
from densach.reporting.certificates.correction_paper import correction_paper, write_correction
from densach.reporting.papers.dossier import OPEN
from tests.assessing.certificates.making import TODAY, correct, merge, order, printed, signed, signed_for_real
from tests.assessing.making import YEAR, Small, settle
from tests.formats.certificates.making import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


@pytest.fixture
def wrong(small: Small, act: Act) -> Recognition:
    """A household whose name the decision has wrong."""
    signed(small, act, "family", names={0: "Hộ Nguyễn Văn Mau 1"})
    return find_recognised(small.place, YEAR, BY_MODEL["family"], "H1", fictional=True)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def now(recognition: Recognition) -> str:
    return names_in_force([Recognition.objects.select_related("named").get(pk=recognition.pk)])[recognition.pk].name


def test_the_act_keeps_its_words_and_the_correction_says_both(wrong: Recognition, act: Act) -> None:
    correct(wrong, act, "Hộ  Nguyễn Văn Mẫu 1")
    row = Correction.objects.get()
    assert (row.was, row.now, row.office) == ("Hộ Nguyễn Văn Mau 1", "Hộ Nguyễn Văn Mẫu 1", "mau-chu-tich-ubnd-cap-xa")
    assert NamedInAct.objects.get(recognition=wrong).name == "Hộ Nguyễn Văn Mau 1"
    assert (now(wrong), verify_chain("correction", row.pk)) == ("Hộ Nguyễn Văn Mẫu 1", [])


def test_the_same_correction_twice_stands_once_and_a_later_one_supersedes(wrong: Recognition, act: Act) -> None:
    assert correct(wrong, act, "Hộ Nguyễn Văn Mẫu") == correct(wrong, act, "Hộ Nguyễn Văn Mẫu")
    correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1", number="16/QĐ-UBND", signed_on=date(2027, 2, 1))
    assert list(Correction.objects.order_by("pk").values_list("was", "now")) == [
        ("Hộ Nguyễn Văn Mau 1", "Hộ Nguyễn Văn Mẫu"),
        ("Hộ Nguyễn Văn Mẫu", "Hộ Nguyễn Văn Mẫu 1"),
    ]
    assert now(wrong) == "Hộ Nguyễn Văn Mẫu 1"


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("Hộ Nguyễn Văn Mau 1", {}, "R146"),
        ("", {}, "R146"),
        ("Hộ A", {"why": " "}, "R146"),
        ("Hộ A", {"basis": ""}, "R146"),
        ("Hộ A", {"signed_on": date(2026, 12, 30)}, "R145"),
        ("Hộ A", {"office": "truong-phong-gddt-cap-huyen"}, "R106"),
        ("Hộ A", {"office": ""}, "R105"),
    ],
)
def test_what_is_no_correction_is_refused(
    wrong: Recognition, act: Act, name: str, said: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        correct(wrong, act, name, **said)
    assert (codes(refused), Correction.objects.count()) == ([code], 0)


def test_one_number_and_day_corrects_once(wrong: Recognition, act: Act) -> None:
    correct(wrong, act, "Hộ Nguyễn Văn Mẫu")
    with pytest.raises(Refused) as refused:
        correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1")
    assert codes(refused) == ["R147"]
    with pytest.raises(Refused) as refused:
        correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1", number="14/QĐ-UBND", signed_on=date(2027, 1, 19))
    assert codes(refused) == ["R145"]


def test_whoever_is_meant_is_found_by_name_or_household_and_only_one(small: Small, act: Act) -> None:
    signed(small, act)
    citizen = BY_MODEL["citizen"]
    found = find_recognised(small.place, YEAR, citizen, "tran thi mau 1", fictional=True)
    assert found.subject == small.subject("citizen", "Trần Thị Mẫu 1")
    correct(found, act, "Trần Thị Mẫn 1")
    assert find_recognised(small.place, YEAR, citizen, "Trần Thị Mẫn 1", fictional=True) == found
    for who, code in (("H1", "R144"), ("Ai Đó", "R139")):
        with pytest.raises(Refused) as refused:
            find_recognised(small.place, YEAR, citizen, who, fictional=True)
        assert codes(refused) == [code]


def test_certificates_printed_afterwards_carry_the_right_name(wrong: Recognition, act: Act, tmp_path: Path) -> None:
    small = Small(wrong.act.place, wrong.act.place)
    printed(tmp_path / "a.pdf", order(small, "family"), act)
    correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1")
    printed(tmp_path / "b.pdf", order(small, "family", only="Hộ Nguyễn Văn Mẫu 1", again=True), act)
    (page,) = sheets((tmp_path / "b.pdf").read_bytes())
    assert "Hộ Nguyễn Văn Mẫu 1" in page.text
    assert "đính chính theo Quyết định số 15/QĐ-UBND ngày 20 tháng 01 năm 2027" in page.text
    first, again = Certificate.objects.filter(recognition=wrong).order_by("pk")
    assert (first.words["name"], again.words["name"]) == ("Hộ Nguyễn Văn Mau 1", "Hộ Nguyễn Văn Mẫu 1")
    assert (first.correction, again.correction) == (None, Correction.objects.get())
    assert first.serial == again.serial


def test_an_old_certificate_is_shown_as_corrected_without_the_right_name(act: Act, tmp_path: Path) -> None:
    real = settle(get_place("05443", date(2026, 1, 1)).place, act)
    signed_for_real(real, act)
    printed(tmp_path / "a.pdf", order(real, fictional=False), act)
    found = find_recognised(real.place, YEAR, BY_MODEL["citizen"], "Trần Thị Mẫu 1", fictional=False)
    correct(found, act, "Trần Thị Khác Hẳn", office="")
    printed(tmp_path / "b.pdf", order(real, fictional=False, only="Trần Thị Khác Hẳn", again=True), act)
    first, again = Certificate.objects.filter(recognition=found).order_by("pk")
    old, new = (check_certificate(row.code, on=TODAY)[1] for row in (first, again))
    assert (old.state, old.later_prints, new.state, new.correction) == (State.CORRECTED, 1, State.VALID, None)
    assert (old.words.name, new.words.name) == ("Trần Thị Mẫu 1", "Trần Thị Khác Hẳn")


def test_the_act_is_written_by_the_decree_in_both_forms(wrong: Recognition, act: Act, tmp_path: Path) -> None:
    made = correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1")
    assert isinstance(made, Correction)
    pdf, word = write_correction(tmp_path, made, BY_MODEL["family"], made_on=TODAY)
    assert [path.name for path in (pdf, word)] == [f"dinh-chinh-2027-15-qd-ubnd.{form}" for form in ("pdf", "docx")]
    assert validate_pdf(pdf) + validate_docx(word) == []
    paper = correction_paper(made, BY_MODEL["family"])
    decision = "Quyết định số 12/QĐ-UBND ngày 31 tháng 12 năm 2026"
    assert paper.abstract == f"Về việc đính chính tên trong {decision} về việc công nhận Gia đình học tập năm 2026"
    assert paper.bases[1] == "Căn cứ Giấy khai sinh MẪU"
    assert (paper.reference.number, paper.issuer.symbol, paper.fictional) == (15, "UBND", True)
    assert paper.issuer.body == ("Ủy ban nhân dân", "xã MẪU Đèn Sách (MẪU)")
    said = [getattr(block, "text", "") for block in paper.blocks]
    assert said[0] == f"Đính chính tên trong {decision}: “Hộ Nguyễn Văn Mau 1” sửa thành “Hộ Nguyễn Văn Mẫu 1”."
    assert said[1] == "Lý do: Viết sai dấu."


@pytest.mark.parametrize(("whole", "body"), [(True, "xã MẪU Đuốc Sáng (MẪU)"), (False, "cấp xã (MẪU)")])
def test_after_a_merger_the_commune_that_took_in_all_of_it_corrects(
    wrong: Recognition, act: Act, tmp_path: Path, *, whole: bool, body: str
) -> None:
    merge(Small(wrong.act.place, wrong.named.place or wrong.act.place), act, "Đuốc Sáng", whole=whole)
    made = correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1", signed_on=date(2027, 6, 7))
    assert isinstance(made, Correction)
    paper = correction_paper(made, BY_MODEL["family"])
    assert paper.issuer.body == ("Ủy ban nhân dân", body)
    assert paper.reference.place == ("MẪU Đuốc Sáng" if whole else OPEN)
    assert validate_pdf(write_correction(tmp_path, made, BY_MODEL["family"], made_on=TODAY)[0]) == []


def test_the_results_say_the_right_name_where_they_speak_of_the_act(
    wrong: Recognition, act: Act, tmp_path: Path
) -> None:
    from python_calamine import CalamineWorkbook

    from densach.assessing.frame import frame_of
    from densach.assessing.queries import round_of
    from densach.assessing.run import judged_on
    from densach.reporting.outcomes import all_outcomes
    from densach.reporting.results import write_results
    from tests.assessing.making import answer, library, run

    round_ = round_of(wrong.act.place, YEAR, "vn,demo")
    assert round_ is not None
    answer(round_, "family", {wrong.subject: {}}, act)
    run(round_, act)
    correct(wrong, act, "Hộ Nguyễn Văn Mẫu 1")
    found = all_outcomes(round_, library("vn", "demo"), frame_of(round_.place, judged_on(round_)), named_on=TODAY)
    write_results(tmp_path / "a.xlsx", round_, library("vn", "demo"), found, (), who_counted="", made_on=TODAY)
    cells = [
        cell
        for row in CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Gia đình").to_python()
        for cell in row
    ]
    said = "12/QĐ-UBND ngày 31/12/2026; tên đính chính là “Hộ Nguyễn Văn Mẫu 1” theo 15/QĐ-UBND ngày 20/01/2027"
    assert cells.count(said) == 1
