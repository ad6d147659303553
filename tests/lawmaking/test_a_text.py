"""A text goes from a draft to law, by two people; nothing is written over, and nobody reaches beyond their desk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from densach.authority.roles import Role
from densach.places.models import Level
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.lawmaking.writing import HOLE, UNIT, VALID_FROM, beginning, filled, published

if TYPE_CHECKING:
    from collections.abc import Callable

    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
AFTER = VALID_FROM + timedelta(days=1)


def country() -> Place:
    from densach.places.queries import open_country

    row = open_country()
    assert row is not None
    return row.place


@pytest.fixture
def writer(thai_nguyen: Place, act: Act) -> Viewer:
    return viewer(Role.RUBRIC_EDITOR, thai_nguyen, act)


@pytest.fixture
def second(thai_nguyen: Place, act: Act) -> Viewer:
    return viewer(Role.RUBRIC_EDITOR, thai_nguyen, act)


def refusal(event: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refused) as told:
        event(*arguments, **named)
    return told.value.problems[0].code


def threshold(library: Any, on: date, place: str | None = None) -> object:
    rubric = library.rubric(UNIT, on, place).rubric
    found = (i for c in rubric.criteria for i in c.indicators for t in i.levels.values() if t.hole == HOLE)
    return next(found).levels[2].value


def test_two_people_make_a_text_law_and_it_comes_out_as_the_same_file(
    writer: Viewer, second: Viewer, thai_nguyen: Place
) -> None:
    from densach.lawmaking.standing import library_for
    from densach.lawmaking.texts import digest_of

    texts = filled()
    text = published(writer, second, beginning(texts))
    library = library_for(("vn",), TODAY)
    assert (text.state, text.valid_from, text.published_on) == ("published", VALID_FROM, TODAY)
    assert library.contents[library.digests[text.policy_id]] == texts.law
    assert library.digests[text.policy_id] == digest_of(texts.law)
    assert threshold(library, AFTER) == "unknown"
    assert threshold(library, AFTER, "19") == "95%"
    assert threshold(library, TODAY, "19") == "unknown"
    assert threshold(library_for(("vn",), TODAY, thai_nguyen), AFTER) == "95%"


def test_the_pages_of_a_commune_go_by_what_its_province_published(
    writer: Viewer, second: Viewer, commune: Place, act: Act
) -> None:
    from densach.assessing.domain import open_round
    from densach.web.law import law_of_round

    officer, round_ = viewer(Role.COMMUNE_OFFICER, commune, act), open_round(commune, 2026, "vn", act=act)
    assert threshold(law_of_round(round_, officer), AFTER) == "unknown"
    published(writer, second, beginning())
    assert threshold(law_of_round(round_, officer), AFTER) == "95%"


def test_what_was_published_tomorrow_is_not_law_today(writer: Viewer, second: Viewer) -> None:
    from densach.lawmaking.standing import library_for

    text = published(writer, second, beginning())
    assert text.policy_id not in library_for(("vn",), TODAY - timedelta(days=1)).overlays


def test_nobody_approves_what_they_wrote(writer: Viewer, second: Viewer) -> None:
    from django.db import IntegrityError

    from densach.lawmaking.domain import approve, begin, put_forward, save, send_back
    from densach.lawmaking.models import LawText

    text = begin(writer, beginning(), at=NOW)
    put_forward(writer, text.uid, seen=1, at=NOW)
    assert refusal(approve, writer, text.uid, seen=1, at=NOW) == "P183"
    send_back(second, text.uid, why="Xem lại Điều 3", at=NOW)
    save(second, text.uid, filled("96%"), seen=1, at=NOW)
    put_forward(writer, text.uid, seen=2, at=NOW)
    assert refusal(approve, second, text.uid, seen=2, at=NOW) == "P183"
    row = LawText.objects.get(uid=text.uid)
    row.state, row.approved_by = "approved", row.put_forward_by
    with pytest.raises(IntegrityError, match="lawmaking_second_person_approves"):
        row.save()


def test_whoever_saves_second_sees_what_the_first_wrote_and_nothing_is_lost(writer: Viewer, second: Viewer) -> None:
    from densach.lawmaking.access import see_text, the_edition
    from densach.lawmaking.domain import begin, save
    from densach.lawmaking.texts import texts_of

    text = begin(writer, beginning(filled("91%")), at=NOW)
    save(second, text.uid, filled("92%"), seen=1, at=NOW)
    assert refusal(save, writer, text.uid, filled("93%"), seen=1, at=NOW) == "P181"
    seen = see_text(writer, text.uid)
    assert (seen.edition.number, seen.texts) == (2, filled("92%"))
    assert texts_of(the_edition(text, 1)) == filled("91%")


def test_a_text_that_is_wrong_is_not_put_forward(writer: Viewer) -> None:
    from densach.lawmaking.access import see_text
    from densach.lawmaking.domain import begin, put_forward

    text = begin(writer, beginning(filled("70%")), at=NOW)
    [found] = see_text(writer, text.uid).looked.found
    assert (found.problem.code, found.file, found.article) == (
        "P134",
        f"{UNIT}-19-2026-12-01.overlay.yaml",
        "99/2026-12-01/QĐ-MẪU, Điều 3 MẪU",
    )
    line = filled("70%").law.decode().splitlines()[found.line - 1]
    assert line.startswith("  - {hole: orderly_members_level_2, value: 70%")
    assert refusal(put_forward, writer, text.uid, seen=1, at=NOW) == "P184"


def test_a_case_that_comes_out_otherwise_stops_a_text(writer: Viewer) -> None:
    from dataclasses import replace

    from densach.lawmaking.access import see_text
    from densach.lawmaking.domain import begin, put_forward

    case = f'rubric: {UNIT}\ncases:\n  - {{name: "MẪU", on: 2026-12-31, expect: {{verdict: met}}}}\n'
    text = begin(writer, beginning(replace(filled(), cases=case.encode())), at=NOW)
    looked = see_text(writer, text.uid).looked
    assert [(run.case.name, run.holds) for run in looked.own] == [("MẪU", False)]
    assert looked.own[0].found is not None
    assert looked.own[0].found.verdict == "unknown"
    assert {run.holds for run in looked.packaged} == {True}
    assert refusal(put_forward, writer, text.uid, seen=1, at=NOW) == "P184"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_from": "2026-12"}, "P187"),
        ({"valid_from": "2023-01-01"}, "P189"),
        ({"mark": "fictional"}, "P112"),
        ({"code": "20"}, "P186"),
    ],
)
def test_a_text_is_for_its_place_and_day(writer: Viewer, changes: dict[str, str], code: str) -> None:
    from dataclasses import replace

    from densach.lawmaking.access import see_text
    from densach.lawmaking.domain import begin

    texts = filled(**changes)
    since, code_typed = changes.get("valid_from", VALID_FROM.isoformat()), changes.get("code", "19")
    begun = replace(beginning(valid_from=since, code=code_typed), texts=texts)
    text = begin(writer, begun, at=NOW)
    assert code in [found.problem.code for found in see_text(writer, text.uid).looked.found]


def test_the_past_is_meant_or_nothing_is_published(writer: Viewer, second: Viewer) -> None:
    from densach.lawmaking.domain import approve, begin, publish, put_forward

    begun = beginning(valid_from="2026-01-01")
    text = begin(writer, begun, at=NOW)
    put_forward(writer, text.uid, seen=1, at=NOW)
    approve(second, text.uid, seen=1, at=NOW)
    assert refusal(publish, writer, text.uid, past_is_meant=False, at=NOW) == "P188"
    assert publish(writer, text.uid, past_is_meant=True, at=NOW).valid_from == date(2026, 1, 1)


def test_a_later_text_ends_the_one_before_it(writer: Viewer, second: Viewer) -> None:
    from densach.lawmaking.access import log_of, the_text
    from densach.lawmaking.standing import library_for

    first = published(writer, second, beginning(filled("91%")))
    later = date(2027, 1, 1)
    published(second, writer, beginning(filled("95%", valid_from="2027-01-01"), valid_from="2027-01-01"))
    library = library_for(("vn",), TODAY)
    assert the_text(writer, first.uid).ended_on == later
    assert library.overlays[first.policy_id].valid_to == "2027-01-01"
    assert [threshold(library, on, "19") for on in (AFTER, later)] == ["91%", "95%"]
    assert [step.entry.event for step in log_of(writer, first.uid)] == [
        "begun",
        "put_forward",
        "approved",
        "published",
        "ended",
    ]


def test_texts_that_fill_other_holes_stand_side_by_side(writer: Viewer, second: Viewer) -> None:
    from densach.lawmaking.access import the_text

    first = published(writer, second, beginning(filled("91%")))
    other = filled("92%", hole="trained_members_level_2", valid_from="2027-01-01")
    published(writer, second, beginning(other, valid_from="2027-01-01"))
    assert the_text(writer, first.uid).ended_on is None


@pytest.mark.parametrize(
    ("event", "state"), [("save", "P182"), ("approve", "P182"), ("publish", "P182"), ("send_back", "P182")]
)
def test_each_step_has_its_place(writer: Viewer, second: Viewer, event: str, state: str) -> None:
    from densach.lawmaking import domain

    text = published(writer, second, beginning())
    named: dict[str, dict[str, Any]] = {
        "save": {"texts": filled(), "seen": 1},
        "approve": {"seen": 1},
        "publish": {"past_is_meant": True},
        "send_back": {"why": "MẪU"},
    }
    assert refusal(getattr(domain, event), second, text.uid, at=NOW, **named[event]) == state


def test_a_province_writes_only_what_lies_over_national_law(writer: Viewer) -> None:
    from dataclasses import replace

    from densach.lawmaking.domain import begin
    from densach.lawmaking.models import Kind

    for kind in (Kind.DATED, Kind.CORRECTION, Kind.TRANSCRIPTION):
        assert refusal(begin, writer, replace(beginning(), kind=kind), at=NOW) == "P180"
    assert refusal(begin, writer, replace(beginning(), fictional=True), at=NOW) == "P180"


def test_a_desk_is_closed_to_every_other(writer: Viewer, thai_nguyen: Place, act: Act) -> None:
    from densach.lawmaking.access import see_text, texts_for, waiting_for
    from densach.lawmaking.domain import approve, begin, put_forward, save
    from densach.places.lookup import get_place

    text = begin(writer, beginning(), at=NOW)
    put_forward(writer, text.uid, seen=1, at=NOW)
    beside = viewer(Role.RUBRIC_EDITOR, get_place("01", TODAY).place, act)
    above = viewer(Role.RUBRIC_EDITOR, country(), act)
    other = viewer(Role.PROVINCE_OFFICER, thai_nguyen, act)
    for stranger in (beside, other):
        assert refusal(see_text, stranger, text.uid) == refusal(see_text, stranger, uuid4()) == "H103"
        assert refusal(save, stranger, text.uid, filled(), seen=1, at=NOW) == "H103"
        assert refusal(approve, stranger, text.uid, seen=1, at=NOW) == "H103"
        assert waiting_for(stranger) == 0
    assert texts_for(beside) == []
    assert refusal(texts_for, other) == "H103"
    assert [seen.uid for seen in texts_for(above)] == [text.uid]
    assert approve(above, text.uid, seen=1, at=NOW).approved_by == above.account


def test_a_new_version_follows_the_one_that_stands_and_a_correction_says_so(act: Act) -> None:
    from densach.lawmaking.access import see_text
    from densach.lawmaking.domain import Beginning, begin
    from densach.lawmaking.models import Kind
    from densach.lawmaking.standing import library_for
    from densach.lawmaking.texts import Texts
    from densach.policy.writing import dated_text

    writer, second = (viewer(Role.RUBRIC_EDITOR, country(), act) for _ in range(2))
    before = library_for(("vn",), TODAY)
    law = before.contents[before.digests[UNIT]].decode()
    follows = dated_text(law, "donvitinh-mau-2027", "tt24-2023-bgddt", "2027-01-01").encode()
    dated = Beginning(
        policy_id="donvitinh-mau-2027", kind=Kind.DATED, target=UNIT, fictional=False, texts=Texts(law=follows)
    )
    published(writer, second, dated)
    library = library_for(("vn",), TODAY)
    assert library.rubrics[UNIT].valid_to == "2027-01-01"
    assert library.rubrics["donvitinh-mau-2027"].valid_to is None
    assert library.digests[UNIT] == before.digests[UNIT]

    again = Texts(law=law.replace("Đơn vị học tập cấp tỉnh", "Đơn vị học tập cấp tỉnh MẪU").encode())
    same = Beginning(policy_id=UNIT, kind=Kind.DATED, target=UNIT, fictional=False, texts=again)
    found = see_text(writer, begin(writer, same, at=NOW).uid).looked.found
    assert {one.problem.code for one in found} == {"P110", "P190"}
    correction = Beginning(policy_id=UNIT, kind=Kind.CORRECTION, target=UNIT, fictional=False, texts=again)
    published(second, writer, correction, past=True)
    assert library_for(("vn",), TODAY).rubrics[UNIT].title_vi.startswith("Đơn vị học tập cấp tỉnh MẪU")


def test_asking_for_the_law_costs_one_query_whatever_was_published(
    writer: Viewer, second: Viewer, django_assert_num_queries: Any
) -> None:
    from densach.lawmaking.standing import library_for

    for rows in (1, 3):
        for _ in range(rows):
            value = f"9{rows}%"
            begun = beginning(filled(value, valid_from=f"2027-0{rows}-01"), valid_from=f"2027-0{rows}-01")
        published(writer, second, begun)
        library_for(("vn",), TODAY)
        with django_assert_num_queries(1):
            library_for(("vn",), TODAY)


def test_the_level_of_the_desk_is_that_of_the_role(writer: Viewer) -> None:
    from densach.lawmaking.access import scope_of

    assert writer.where is not None
    assert (writer.where.level, scope_of(writer)) == (Level.PROVINCE, writer.place)
