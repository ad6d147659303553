"""Good examples: told, praised, taken over, and told in public only while whoever they are about agrees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.awards.candidates.finding import find_candidates
from densach.awards.praise import access
from densach.awards.praise.domain import Told, honour, praise, publish, take_down, take_over, tell
from densach.awards.praise.measuring import Timeliness, timeliness_of
from densach.problems import Refused
from densach.web.sentences import say
from tests.assessing.making import Small, settle
from tests.assessing.privacy.making import says
from tests.authority.roles import NOW, TODAY, viewer

if TYPE_CHECKING:
    from densach.authority.access import Viewer
    from densach.awards.praise.models import GoodExample
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
DEED_ON, TOLD_ON = date(2026, 11, 1), date(2026, 11, 5)


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act, households=2)


@pytest.fixture
def head(small: Small, act: Act) -> Viewer:
    return viewer(Role.VILLAGE_HEAD, small.village, act)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.problems]


def told(who: Viewer, name: str = "", what: str = "person", deed_on: date = DEED_ON) -> GoodExample:
    found = [each for each in find_candidates(who, name, fictional=True) if each.what == what] if name else [None]
    deed = "Dạy chữ cho hàng xóm (MẪU)"
    said = Told(deed=deed, deed_on=deed_on, told_on=max(deed_on, TOLD_ON), found=found[0], name="Bà MẪU")
    return tell(who, said, fictional=True, at=NOW)


def agree(person: Person, act: Act, giver: str = "self", paper: str = "") -> None:
    from densach.assessing.privacy.consenting import give_consent

    give_consent(person, access.PURPOSE, says(giver, paper), on=TODAY, act=act)


def test_days_from_deed_to_praise_are_told_with_their_median_and_by_place(head: Viewer, small: Small) -> None:
    for days, words in ((10, "Cảm ơn"), (3, "Cảm ơn"), (0, "")):
        row = told(head, deed_on=date(2026, 11, 10))
        if words:
            praise(head, row, words, date(2026, 11, 10 + days), at=NOW)
    shown = access.examples_for(head, 0)
    assert (shown.whole, shown.whole.waiting) == (Timeliness(3, 2, 6.5), 1)
    assert [(label.rows[0].place, one) for label, one in shown.by_place] == [(small.village, Timeliness(3, 2, 6.5))]
    assert timeliness_of([(TODAY, None)]) == Timeliness(1, 0, None)


def test_a_letter_is_an_official_paper_without_a_number_and_comes_once_from_each(
    head: Viewer, commune: Place, act: Act
) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from densach.formats.official.checking import validate_docx
    from densach.formats.official.keeping import read_kept
    from densach.formats.official.word import write_docx

    row = told(head)
    stranger = viewer(Role.ASSOCIATION_OFFICER, commune, act)
    letter = praise(head, row, "Cảm ơn bà đã dạy chữ.", date(2026, 11, 7), at=NOW)
    paper = read_kept(letter.content)
    assert (letter.from_whom, paper.kind.name_vi, paper.abstract) == ("Thôn Đoài", "Thư khen", "Gửi Bà MẪU")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "thu.docx"
        write_docx(path, paper, made_on=TODAY)
        assert [str(fault) for fault in validate_docx(path)] == []
    with pytest.raises(Refused) as refusal:
        praise(head, row, "Lần nữa", TODAY, at=NOW)
    assert codes(refusal) == ["Q605"]
    with pytest.raises(Refused) as refusal:
        praise(stranger, row, "Từ xa", TODAY, at=NOW)
    assert codes(refusal) == ["H103"]


def test_honoured_and_taken_over(head: Viewer) -> None:
    row = told(head)
    honour(head, row, "Đại hội khuyến học (MẪU)", TODAY, at=NOW)
    take_over(head, row, "Thôn Đông (MẪU)", "Mở lớp tối", TODAY, at=NOW)
    found = access.followed(row)
    assert [each.event for each in found.honourings] == ["Đại hội khuyến học (MẪU)"]
    assert [each.by for each in found.replications] == ["Thôn Đông (MẪU)"]
    with pytest.raises(Refused) as refusal:
        take_over(head, row, "Thôn Đông (MẪU)", "", TODAY, at=NOW)
    assert codes(refusal) == ["Q608"]


def test_nothing_is_told_in_public_without_the_consent_of_the_person(head: Viewer, act: Act) -> None:
    from densach.assessing.privacy.consenting import withdraw_consent

    row = told(head, "Nguyễn Văn Mẫu 1")
    with pytest.raises(Refused) as refusal:
        publish(head, row, "Chuyện (MẪU)", names_no_other=True, at=NOW)
    assert codes(refusal) == ["Q606"]
    assert row.person is not None
    agree(row.person, act)
    with pytest.raises(Refused) as refusal:
        publish(head, row, "Chuyện (MẪU)", names_no_other=False, at=NOW)
    assert codes(refusal) == ["Q611"]
    publish(head, row, "Chuyện (MẪU)", names_no_other=True, at=NOW)
    assert [each.story for each in access.stories(TODAY)] == ["Chuyện (MẪU)"]
    withdraw_consent(row.person, access.PURPOSE, says(), on=TODAY, act=act)
    assert access.stories(TODAY) == []
    with pytest.raises(Refused) as refusal:
        access.story(row.uid, TODAY)
    assert codes(refusal) == ["H103"]


def test_of_a_child_both_the_child_and_its_representative_agree(head: Viewer, act: Act) -> None:
    from densach.people.models import Person

    child = Person.objects.filter(birth_date__gt=date(2011, 1, 1)).order_by("birth_date").first()
    assert child is not None
    row = told(head, child.full_name)
    for giver, paper in (("self", ""), ("representative", "Giấy MẪU 1"), ("both", "")):
        with pytest.raises(Refused):
            agree(child, act, giver, paper)
    with pytest.raises(Refused) as refusal:
        publish(head, row, "Chuyện (MẪU)", names_no_other=True, at=NOW)
    assert codes(refusal) == ["Q606"]
    agree(child, act, "both", "Giấy MẪU 1")
    assert publish(head, row, "Chuyện (MẪU)", names_no_other=True, at=NOW).published_at == NOW
    take_down(head, row, at=NOW)
    assert access.stories(TODAY) == []


def test_for_a_household_its_head_agrees_and_a_typed_name_cannot_be_told_in_public(head: Viewer, act: Act) -> None:
    from densach.people.models import Person

    row = told(head, "Nguyễn Văn Mẫu 1", "household")
    with pytest.raises(Refused):
        publish(head, row, "Chuyện (MẪU)", names_no_other=True, at=NOW)
    agree(Person.objects.get(full_name="Nguyễn Văn Mẫu 1"), act)
    publish(head, row, "Chuyện (MẪU)", names_no_other=True, at=NOW)
    with pytest.raises(Refused) as refusal:
        publish(head, told(head), "Chuyện (MẪU)", names_no_other=True, at=NOW)
    assert codes(refusal) == ["Q606"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"deed": " "}, "Q601"), ({"name": " "}, "Q601"), ({"told_on": date(2026, 10, 1)}, "Q602"),
     ({"told_on": date(2027, 1, 1)}, "Q602")],
)  # fmt: skip
def test_what_is_told_is_whole(head: Viewer, wrong: dict[str, object], code: str) -> None:
    given = {"deed": "Dạy chữ", "deed_on": DEED_ON, "told_on": TOLD_ON, "name": "Bà MẪU", **wrong}
    with pytest.raises(Refused) as refusal:
        tell(head, Told(**given), fictional=True, at=NOW)  # type: ignore[arg-type]
    assert codes(refusal) == [code]


def test_others_find_nothing(head: Viewer, commune: Place, act: Act) -> None:
    row = told(head)
    association = viewer(Role.ASSOCIATION_OFFICER, commune, act)
    assert access.examples_for(association, 0).rows == []
    for stranger in (association, viewer(Role.CITIZEN, _person(), act)):
        with pytest.raises(Refused) as refusal:
            access.example_for(stranger, row.uid)
        assert codes(refusal) == ["H103"]
    emulation = viewer(Role.EMULATION_OFFICER, commune, act)
    assert [each.pk for each in access.examples_for(emulation, 0).rows] == [row.pk]


def _person() -> Person:
    from densach.people.models import Person

    return Person.objects.order_by("pk")[0]


def test_no_word_of_an_award_stands_in_this_room() -> None:
    from pathlib import Path

    from densach.web import sentences

    assert say("praise.title") == "Gương tốt"
    words = (Path(sentences.__file__).parent / "sentences" / "praise.toml").read_text(encoding="utf-8").lower()
    for word in ("khen thưởng", "giấy khen", "bằng khen", "danh hiệu", "award", "commendation"):
        assert word not in words
