"""The papers of a dossier: made from templates by the decree, handed in and distrusted, shown with their days."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.awards import by_law
from densach.awards.access import way_up
from densach.awards.deadlines import terms_of
from densach.awards.judging import causes_for_a_person, facts_of, judgement_of
from densach.awards.models import Occasion, Part
from densach.awards.parts import document_of, hand_in, make_part, places_of
from densach.awards.showing import Around
from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from densach.formats.pictures import check_evidence
from densach.formats.signatures import signatures_of
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.awards.dossier.making import (
    Desk,
    desk,
    eligible,
    household,
    opened,
    put_forward,
    submitted,
    typed,
    written,
)

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(commune: Place, act: Act) -> Desk:
    return desk(commune, act)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.problems]


def test_every_paper_that_is_made_passes_the_decree(here: Desk, thai_nguyen: Place, act: Act, tmp_path: Path) -> None:
    officer = viewer(Role.EMULATION_OFFICER, thai_nguyen, act)
    review = opened(officer, Occasion.REVIEW_2025, name="Sơ kết 2023-2025 (MẪU)")
    above = put_forward(officer, review, typed(officer, "Trần Thị Thử"), "bang_khen_thu_tuong")
    village = put_forward(here.head, here.round, household(here))
    for who, made in ((officer, above), (here.head, village)):
        written(who, made)
        for place in places_of(made):
            if not place.can_be_made:
                continue
            part = make_part(who, made, place.form.code, at=NOW)
            pdf, word = tmp_path / f"{part.uid}.pdf", tmp_path / f"{part.uid}.docx"
            pdf.write_bytes(official_pdf(document_of(part), made_on=TODAY))
            write_docx(word, document_of(part), made_on=TODAY)
            assert validate_pdf(pdf) + validate_docx(word) == [], part.kind
    assert Part.objects.count() == 4


def test_a_paper_made_again_stands_in_place_of_the_first(here: Desk) -> None:
    made = put_forward(here.head, here.round, household(here))
    first = make_part(here.head, made, "bao_cao_thanh_tich", at=NOW)
    written(here.head, made, "Mở tủ sách gia đình (MẪU)")
    second = make_part(here.head, made, "bao_cao_thanh_tich", at=NOW)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert "Mở tủ sách gia đình (MẪU)" in second.content
    assert [place.part for place in places_of(made) if place.form.code == "bao_cao_thanh_tich"] == [second]


def test_what_is_missing_is_said_and_another_kind_is_refused(here: Desk) -> None:
    made = put_forward(here.head, here.round, household(here))
    assert all(place.is_missing for place in places_of(made) if place.needed == "always")
    for kind in ("bien_ban_xet_khen_thuong", "bao_cao_anh_hung"):
        with pytest.raises(Refused) as refusal:
            make_part(here.head, made, kind, at=NOW)
        assert codes(refusal) == ["Q137"]
    with pytest.raises(Refused) as outside:
        make_part(here.officer, made, "bao_cao_thanh_tich", at=NOW)
    assert codes(outside) == ["H103"]


def test_a_signed_file_is_kept_and_a_changed_one_refused(here: Desk) -> None:
    from tests.formats.signing import paper, signed

    made = put_forward(here.head, here.round, household(here))
    whole = signed(paper())
    part = hand_in(
        here.head,
        made,
        "bao_cao_thanh_tich",
        check_evidence("giay.pdf", whole),
        signatures_of("giay.pdf", whole, at=NOW),
        at=NOW,
    )
    assert [each["integrity"] for each in part.signatures] == ["whole"]
    forged = bytearray(whole)
    forged[forged.index(b"stream") + 200] ^= 1
    with pytest.raises(Refused) as refusal:
        hand_in(
            here.head,
            made,
            "bao_cao_thanh_tich",
            check_evidence("giay.pdf", bytes(forged)),
            signatures_of("giay.pdf", bytes(forged), at=NOW),
            at=NOW,
        )
    assert codes(refusal) == ["Q136"]
    assert Part.objects.count() == 1


def test_the_facts_and_findings_of_a_dossier_of_march(here: Desk) -> None:
    made = eligible(here, on=date(2026, 3, 15))
    facts = facts_of(made, here.officer)
    assert (facts.award, facts.subject, facts.received_on) == ("giay_khen_xa", "household", date(2026, 3, 15))
    assert (facts.under_hold, facts.achievement_used, facts.quota_registered) == (False, False, False)
    assert (facts.confirmed_by_all, facts.parts, facts.was_disciplined) == (False, frozenset(), None)
    found = judgement_of(made, here.officer)
    assert found is not None
    results = {each.finding.rule.id: each.finding.result for group in found.groups.values() for each in group}
    assert (found.regime, results["R-09"], results["R-12"]) == ("B", "fulfilled", "fulfilled")
    assert (results["R-27"], results["R-02"]) == ("unfulfilled", "needs_person")
    assert found.both is not None
    assert found.both.waits
    assert "TC" in causes_for_a_person(made, here.officer)


def test_by_todays_law_nothing_passes_by_itself(here: Desk) -> None:
    found = judgement_of(eligible(here), here.officer)
    assert found is not None
    assert found.regime == "C"
    read_anew = {each.finding.rule.id for each in found.groups["fulfilled"] if "C" not in each.finding.rule.regimes}
    assert read_anew == set()


def test_a_dossier_that_did_not_come_in_has_neither_law_nor_days(here: Desk) -> None:
    made = submitted(here)
    assert judgement_of(made, here.officer) is None
    found = by_law.parameters_of(made, by_law.province_among(way_up(made, here.officer)))
    assert terms_of(made, found, Around([], [], [], []), TODAY) == []
    assert found.is_empty
