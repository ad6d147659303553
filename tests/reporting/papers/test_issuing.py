"""A decision is numbered, recorded and kept at once and once; what nobody may sign carries no number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.keeping import kept_text, read_kept
from densach.formats.official.model import Official
from densach.history.domain import Act
from densach.places.models import Place
from densach.problems import Refused
from tests.assessing.making import GOOD, LAST_DAY, POOR, Small, adults, answer, library, open_year, run, settle
from tests.formats.official.making import DOCUMENTS

if TYPE_CHECKING:
    from densach.assessing.models import Round

pytestmark = pytest.mark.django_db
SIGNED, TODAY, BASIS = date(2027, 1, 15), date(2027, 2, 1), "Biên bản họp Hội đồng MẪU ngày 10/01/2027"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act)


def proposed(small: Small, act: Act, packs: str = "vn,demo") -> Round:
    """A round with three adults on the recognition list of citizens."""
    from densach.assessing.domain import propose_all_met
    from densach.assessing.titles import BY_MODEL

    round_ = open_year(small, act, packs)
    points: list[dict[str, int | bool | str]] = [{**GOOD}, {**GOOD}, {**GOOD}, {**POOR}]
    answer(round_, "citizen", dict(zip(adults(small), points, strict=True)), act)
    run(round_, act)
    propose_all_met(round_, BY_MODEL["citizen"].key, act=act)
    return round_


def issue(round_: Round, act: Act, model: str = "citizen", **order: object) -> tuple[str, Official]:
    from densach.assessing.titles import BY_MODEL
    from densach.reporting.papers.issuing import Order, issue_decision

    said = Order(**{"signed": SIGNED, "basis": BASIS, **order})  # type: ignore[arg-type]
    law = library(*round_.packs.split(","))
    return issue_decision(round_, BY_MODEL[model], said, law, today=TODAY, act=act)


def refusals(event: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        event()
    return [problem.code for problem in refused.value.problems]


def given() -> list[tuple[str, int, date, str]]:
    from densach.authority.models import IssuedNumber

    rows = IssuedNumber.objects.order_by("pk").select_related("book")
    return [(row.book.series, row.number, row.on, row.what) for row in rows]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_kept_document_is_read_back_as_it_was(name: str) -> None:
    document = DOCUMENTS[name]
    assert read_kept(kept_text(document)) == document
    assert kept_text(read_kept(kept_text(document))) == kept_text(document)


def test_a_decision_is_numbered_recorded_and_kept(small: Small, act: Act) -> None:
    from densach.assessing.models import Recognition, RecognitionAct

    name, document = issue(proposed(small, act), act, signer="Nguyễn Thị Mẫu")
    assert name == "quyet-dinh-so-01-cong-nhan-cong-dan"
    assert (document.reference.number, document.reference.on, document.draft) == (1, SIGNED, "")
    assert document.bases[-1] == f"Căn cứ {BASIS}"
    assert document.signatures[0].name == "Nguyễn Thị Mẫu"
    assert document.fictional
    assert "…" not in kept_text(document)
    assert given() == [("QĐ", 1, SIGNED, "Quyết định: Về việc công nhận Công dân học tập năm 2026")]
    signed = RecognitionAct.objects.get()
    assert (signed.number, signed.signed_on, signed.basis, signed.fictional) == ("01/QĐ-UBND", SIGNED, BASIS, True)
    listed = {row[3] for row in document.annexes[0].blocks[0].rows}  # type: ignore[union-attr]
    assert {row.subject.person.full_name for row in Recognition.objects.all() if row.subject.person} == listed
    assert len(listed) == 3


def test_the_same_command_again_gives_the_same_paper_and_draws_no_second_number(small: Small, act: Act) -> None:
    round_ = proposed(small, act)
    first = issue(round_, act)
    assert issue(round_, act) == first
    assert issue(round_, act, number=1) == first
    assert refusals(lambda: issue(round_, act, number=2)) == ["R120"]
    assert refusals(lambda: issue(round_, act, basis="Biên bản khác")) == ["R119"]
    assert len(given()) == 1


def test_who_comes_on_the_list_later_gets_a_decision_of_its_own(small: Small, act: Act) -> None:
    from densach.assessing.domain import Decision, propose_list
    from densach.assessing.titles import BY_MODEL

    round_ = proposed(small, act)
    issue(round_, act)
    late = Decision(subject=adults(small)[3], reason="Đã bổ sung minh chứng", scorer="Hội đồng MẪU")
    propose_list(round_, BY_MODEL["citizen"].key, [late], act=act)
    name, document = issue(round_, act, basis="Biên bản họp bổ sung")
    assert (name, document.reference.number) == ("quyet-dinh-so-02-cong-nhan-cong-dan", 2)
    assert len(document.annexes[0].blocks[0].rows) == 1  # type: ignore[union-attr]


def test_a_list_names_each_thing_once() -> None:
    from densach.reporting.papers.decisions import Listed, list_of

    listed = list_of([Listed("Thôn Đoài", "", "Thôn Đoài", "Mức độ 1"), Listed("Thôn Đông", "", "Thôn Đông", "")])
    assert listed.headers == ("TT", "Tên", "Mức")
    assert listed.rows == (("1", "Thôn Đoài", "Mức độ 1"), ("2", "Thôn Đông", ""))


def test_a_number_given_on_paper_is_entered_in_the_book(small: Small, act: Act) -> None:
    _, document = issue(proposed(small, act), act, number=58)
    assert document.reference.number == 58
    assert [number for _, number, *_ in given()] == [58]


def test_what_may_not_be_issued_is_refused_and_leaves_nothing(small: Small, act: Act) -> None:
    from densach.assessing.models import RecognitionAct
    from densach.authority.models import NumberBook

    real, made_up = proposed(small, act, "vn"), proposed(small, act)
    with pytest.raises(Refused) as refused:
        issue(real, act)
    (unknown,) = refused.value.problems
    assert unknown.code == "R117"
    assert unknown.words["reason"].startswith("Quyết định 324/QĐ-KHVN; ")
    assert "Người công nhận chưa thấy trong văn bản nào" in unknown.words["reason"]
    assert refusals(lambda: issue(made_up, act, signed=date(2027, 2, 2))) == ["R116"]
    assert refusals(lambda: issue(made_up, act, "commune")) == ["R118"]
    assert refusals(lambda: issue(made_up, act, "family")) == ["R119"]
    assert (RecognitionAct.objects.count(), NumberBook.objects.count(), given()) == (0, 0, [])


def test_a_local_decision_lets_the_commune_issue_its_own(small: Small, act: Act) -> None:
    from densach.authority.domain import enter_local_decision

    round_ = proposed(small, act, "vn")
    name_office = partial(
        enter_local_decision, title_key="citizen.qd677", place=small.place, citation="Quyết định 1/QĐ-MẪU", act=act
    )
    name_office(office_title="Chủ tịch Hội Khuyến học xã", valid_from=LAST_DAY)
    assert refusals(lambda: issue(round_, act)) == ["R118"]
    name_office(office_title="Chủ tịch UBND xã", valid_from=SIGNED)
    _, document = issue(round_, act)
    assert document.opening == "Chủ tịch Ủy ban nhân dân xã"
    assert document.reference.number == 1


def papers(round_: Round, on: date = TODAY) -> dict[str, Official]:
    from densach.reporting.papers.writing import official_papers

    return dict(official_papers(round_, library(*round_.packs.split(",")), on))


def number_dossier(round_: Round, on: date, act: Act, only: tuple[str, ...] = ()) -> list[str]:
    from densach.reporting.papers.issuing import issue_papers
    from densach.reporting.papers.writing import the_dossier

    dossier = list(the_dossier(round_, library(*round_.packs.split(",")), on))
    return issue_papers(round_, dossier, on, only=only, today=TODAY, act=act)


def test_an_issued_decision_takes_the_place_of_its_draft(small: Small, act: Act) -> None:
    round_ = proposed(small, act)
    assert papers(round_)["quyet-dinh-cong-nhan-cong-dan"].reference.number is None
    name, document = issue(round_, act)
    found = papers(round_)
    assert found[name] == document
    assert [each for each in found if each.startswith("quyet-dinh")] == [name]


def test_each_paper_of_the_dossier_is_numbered_once_in_its_series(small: Small, act: Act) -> None:
    round_ = proposed(small, act, "vn")
    assert number_dossier(round_, date(2027, 1, 5), act, ("giay-moi-hop",)) == ["giay-moi-hop"]
    rest = ["bien-ban-hop", "bao-cao-tu-danh-gia", "to-trinh", "bao-cao-cac-mo-hinh"]
    assert number_dossier(round_, SIGNED, act) == rest
    assert number_dossier(round_, TODAY, act) == []
    assert [row[:3] for row in given()] == [
        ("GM", 1, date(2027, 1, 5)),
        ("BB", 1, SIGNED),
        ("BC", 1, SIGNED),
        ("TTr", 1, SIGNED),
        ("BC", 2, SIGNED),
    ]
    found = papers(round_)
    assert found["giay-moi-hop"].reference.on == date(2027, 1, 5)
    assert found["ban-tong-hop"].reference.number is None


def test_an_issued_report_says_what_it_said_whatever_is_judged_later(small: Small, act: Act) -> None:
    round_ = proposed(small, act, "vn")
    number_dossier(round_, SIGNED, act)
    before = papers(round_)["bao-cao-tu-danh-gia"]
    answer(round_, "commune", {small.subject("commune"): {"yearly_plan": True}}, act)
    run(round_, act)
    after = papers(round_)
    assert after["bao-cao-tu-danh-gia"] == before
    assert after["ban-tong-hop"] != before


def test_a_cancelled_paper_gets_a_new_number(small: Small, act: Act) -> None:
    from densach.authority.numbering import BookKey, cancel_number

    round_ = proposed(small, act, "vn")
    number_dossier(round_, SIGNED, act, ("to-trinh",))
    key = BookKey(small.place, "UBND", "TTr", fictional=True)
    cancel_number(key, 2027, 1, reason="Ghi sai nơi nhận", act=act)
    assert papers(round_)["to-trinh"].reference.number is None
    assert number_dossier(round_, SIGNED, act, ("to-trinh",)) == ["to-trinh"]
    assert papers(round_)["to-trinh"].reference.number == 2


def test_a_draft_takes_no_number(small: Small, act: Act) -> None:
    round_ = proposed(small, act)
    answer(round_, "commune", {small.subject("commune"): {"yearly_plan": False}}, act)
    run(round_, act)
    assert refusals(partial(number_dossier, round_, SIGNED, act, ("to-trinh",))) == ["R121"]
    assert "to-trinh" not in number_dossier(round_, SIGNED, act)


def test_numbered_papers_keep_the_decree_in_both_forms(small: Small, act: Act, tmp_path: Path) -> None:
    from densach.reporting.papers.writing import write_official_papers

    round_ = proposed(small, act)
    issue(round_, act)
    number_dossier(round_, SIGNED, act)
    law = library("vn", "demo")
    paths = write_official_papers(tmp_path / "1", round_, law, made_on=TODAY)
    for pdf, word in zip(paths[::2], paths[1::2], strict=True):
        assert validate_pdf(pdf) + validate_docx(word) == []
    again = write_official_papers(tmp_path / "2", round_, law, made_on=TODAY + timedelta(days=400))
    numbered = {name for name, document in papers(round_).items() if document.reference.number is not None}
    assert len(numbered) >= 5
    for first, second in zip(paths, again, strict=True):
        if first.name.rpartition("-")[0] in numbered and first.suffix == ".pdf":
            assert first.read_bytes() == second.read_bytes(), first.name
