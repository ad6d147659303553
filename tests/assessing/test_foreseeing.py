"""What would change under another text: counted, hidden where few stand behind it, and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.assessing.making import GOOD, POOR, adults, answer, open_year, run, settle
from tests.authority.roles import NOW, TODAY, viewer

if TYPE_CHECKING:
    from densach.assessing.models import Subject
    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.lawmaking.models import LawText
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
CITIZEN = "congdan-324-2022"


@pytest.fixture
def lawyer(act: Act) -> Viewer:
    from densach.places.queries import open_country

    row = open_country()
    assert row is not None
    return viewer(Role.RUBRIC_EDITOR, row.place, act)


def stricter(lawyer: Viewer, old: str = "at_least: {value: ", points: int = 95) -> LawText:
    """A correction after which a citizen needs so many points."""
    import re

    from densach.lawmaking.domain import Beginning, begin
    from densach.lawmaking.models import Kind
    from densach.lawmaking.standing import library_for
    from densach.lawmaking.texts import Texts

    law = library_for(("vn",), TODAY)
    text = law.contents[law.digests[CITIZEN]].decode()
    text = re.sub(rf"({old})\d+", rf"\g<1>{points}", text)
    text = re.sub(r"^valid_from: .*$", "valid_from: 2022-01-01", text, flags=re.MULTILINE)
    begun = Beginning(
        policy_id=CITIZEN, kind=Kind.CORRECTION, target=CITIZEN, fictional=False, texts=Texts(law=text.encode())
    )
    return begin(lawyer, begun, at=NOW)


def judged(commune: Place, act: Act, households: int) -> None:
    """A round in which the first half of the adults answered well."""
    small = settle(commune, act, households)
    round_ = open_year(small, act)
    people = adults(small)
    halves: dict[Subject, dict[str, int | bool | str]] = {
        person: dict(GOOD if at < len(people) // 2 else POOR) for at, person in enumerate(people)
    }
    answer(round_, "citizen", halves, act)
    run(round_, act)


def test_verdicts_that_would_change_are_counted_and_stay_as_they_are(commune: Place, lawyer: Viewer, act: Act) -> None:
    from densach.assessing.foreseeing.access import foresee
    from densach.assessing.foreseeing.counting import Shift
    from densach.assessing.models import Assessment

    judged(commune, act, 10)
    before = list(Assessment.objects.order_by("pk").values())
    found = foresee(lawyer, stricter(lawyer).uid)
    [citizens] = found.titles
    assert citizens.title.model == "citizen"
    assert citizens.shifts == (Shift("met", "unmet", 10), Shift("unmet", "unmet", 10))
    assert citizens.places == (("Tỉnh Thái Nguyên", citizens.shifts),)
    assert (found.looked, found.left, found.changes_nothing) == (20, 0, False)
    assert list(Assessment.objects.order_by("pk").values()) == before


def test_what_few_stand_behind_is_not_told(commune: Place, lawyer: Viewer, act: Act) -> None:
    from densach.assessing.foreseeing.access import foresee
    from densach.assessing.foreseeing.counting import Shift

    judged(commune, act, 2)
    [citizens] = foresee(lawyer, stricter(lawyer).uid).titles
    assert citizens.shifts == (Shift("met", "unmet", None), Shift("unmet", "unmet", None))
    assert citizens.looked is None


def test_a_text_that_changes_no_word_changes_no_verdict(commune: Place, lawyer: Viewer, act: Act) -> None:
    from densach.assessing.foreseeing.access import foresee

    judged(commune, act, 10)
    found = foresee(lawyer, stricter(lawyer, points=70).uid)
    assert found.changes_nothing


def test_no_more_is_judged_than_somebody_waits_for_and_the_rest_is_told(
    commune: Place, lawyer: Viewer, act: Act
) -> None:
    from densach.assessing.foreseeing.access import foresee

    judged(commune, act, 10)
    found = foresee(lawyer, stricter(lawyer).uid, most=15)
    assert (found.looked, found.left) == (15, 5)


def test_a_province_counts_its_own_and_made_up_rounds_stand_apart(commune: Place, lawyer: Viewer, act: Act) -> None:
    from densach.assessing.foreseeing.access import foresee
    from densach.assessing.models import Round
    from densach.lawmaking.models import LawText
    from densach.places.lookup import get_place

    judged(commune, act, 10)
    text = stricter(lawyer)
    elsewhere = get_place("01", TODAY).place
    LawText.objects.filter(pk=text.pk).update(place=elsewhere)
    beside = viewer(Role.RUBRIC_EDITOR, elsewhere, act)
    assert foresee(beside, text.uid).rounds == 0
    LawText.objects.filter(pk=text.pk).update(place=None)
    with pytest.raises(Refused, match="H103"):
        foresee(beside, text.uid)
    Round.objects.update(packs="vn,demo")
    assert foresee(lawyer, text.uid).rounds == 0


@pytest.mark.parametrize("households", [1, 3])
def test_the_number_of_queries_does_not_grow_with_who_is_judged(
    commune: Place, lawyer: Viewer, act: Act, households: int, django_assert_num_queries: Any
) -> None:
    from densach.assessing.foreseeing.access import foresee

    judged(commune, act, households)
    text = stricter(lawyer)
    with django_assert_num_queries(10):
        foresee(lawyer, text.uid)
