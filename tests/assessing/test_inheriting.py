"""Titles through a merger: those of households, clans and villages run on; a commune's own is shown, not passed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.assessing.counts import standing_of
from densach.assessing.domain import open_round
from densach.assessing.frame import frame_of
from densach.assessing.inheriting import inherited_by
from densach.assessing.models import Round
from densach.assessing.titles import BY_MODEL, Title
from densach.history.domain import Act
from densach.people.merger.carrying import carry_over
from densach.places.models import Place
from densach.policy.library import Library
from densach.reporting.inheriting import inherited_json, inherited_lines
from densach.rules.model import Assumption
from tests.assessing.making import library
from tests.people.merger import MERGED, Merger, end_old, merger, recognise, recognise_old, settle_old

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


def merged(province: Place, act: Act, *packs: str) -> Merger:
    found = merger(province, act, merged=False)
    settle_old(found, act)
    recognise_old(found, act, *packs)
    end_old(found, act)
    carry_over(found.n, MERGED, act=act)
    return found


def held(round_: Round, model: str) -> tuple[int, int]:
    """How many surely hold a title in a round, and how many perhaps."""
    title: Title = BY_MODEL[model]
    standing = standing_of(round_, title, frame_of(round_.place, END))
    return len(standing.holders), len(standing.open)


def test_titles_of_unknown_validity_are_open_in_the_round_of_the_new_commune(thai_nguyen: Place, act: Act) -> None:
    made = merged(thai_nguyen, act)
    round_ = open_round(made.n, 2026, "vn", act=act)
    assert [held(round_, model) for model in ("family", "clan", "village")] == [(0, 2), (0, 1), (0, 1)]


def test_titles_whose_end_is_known_hold_until_then(thai_nguyen: Place, act: Act) -> None:
    made = merged(thai_nguyen, act, "vn", "demo")
    for year, count in ((2026, 2), (2027, 0)):
        round_ = open_round(made.n, year, "vn,demo", act=act)
        title = BY_MODEL["family"]
        standing = standing_of(round_, title, frame_of(made.n, date(year, 12, 31)))
        assert (len(standing.holders), len(standing.open)) == (count, 0)


def own_titles(province: Place, act: Act, *levels: tuple[str, str]) -> Round:
    found = merger(province, act, merged=False)
    for commune, level in levels:
        place = getattr(found, commune)
        recognise(place, "commune", [place.pk], act, ("vn",), level)
    end_old(found, act)
    return open_round(found.n, 2026, "vn", act=act)


def test_a_commune_shows_what_it_inherited_and_is_itself_not_assessed(thai_nguyen: Place, act: Act) -> None:
    round_ = own_titles(thai_nguyen, act, ("a", "1"), ("d", "2"))
    inherited = inherited_by(round_, library())
    lines = inherited_lines(inherited, END)
    assert lines[0] == "Danh hiệu của các xã hợp thành:"
    assert lines[1].startswith(
        "- Xã MẪU An (nhập cả): Cộng đồng học tập cấp xã năm 2024, mức 1, quyết định commune/QĐ-MẪU ngày 20/12/2024 do "
        "Trưởng phòng Giáo dục và Đào tạo cấp huyện ký; "
    )
    assert lines[2] == "- Xã MẪU Bình (nhập cả): chưa ghi danh hiệu nào."
    assert lines[3].startswith("- Xã MẪU Đồng (nhập một phần): Cộng đồng học tập cấp xã năm 2024, mức 2")
    assert lines[4] == "Các danh hiệu trên không tính cho xã mới. Xã mới chưa được đánh giá."
    assert "giả định từ 26/11/2026" in lines[5]
    said = inherited_json(inherited)
    assert said is not None
    assert (said["standing"], len(said["communes"])) == ("not_counted", 3)  # type: ignore[arg-type]


def test_without_any_title_it_says_so_and_an_old_commune_says_nothing(thai_nguyen: Place, act: Act) -> None:
    round_ = own_titles(thai_nguyen, act)
    (line,) = inherited_lines(inherited_by(round_, library()), END)
    assert line.endswith(
        "chưa ghi danh hiệu nào của Xã MẪU An (nhập cả), Xã MẪU Bình (nhập cả), Xã MẪU Đồng (nhập một phần)."
    )
    alone = open_round(round_.place, 2024, "vn", act=act)
    assert inherited_by(alone, library()) is None
    assert inherited_lines(None, END) == ()


def choosing(choice: str) -> Library:
    """The law with another choice laid over the commune's rubric."""
    law = library()
    rubric = law.rubrics["xa-tt25-2023"]
    assumed = Assumption(id="merged_title", value=choice, text_vi="MẪU", text_en="MẪU", since="2026-11-26")
    changed = type(rubric)(
        **{name: getattr(rubric, name) for name in rubric.__struct_fields__} | {"assumptions": (assumed,)}
    )
    return replace(law, rubrics={**law.rubrics, rubric.id: changed})


@pytest.mark.parametrize(
    ("choice", "levels", "standing"),
    [
        ("shown", (("a", "1"), ("b", "2"), ("d", "1")), "not_counted"),
        ("reassess", (("a", "1"), ("b", "2"), ("d", "1")), "lapsed"),
        ("weighted", (("a", "1"), ("b", "2"), ("d", "1")), "unknown"),
        ("strictest", (("a", "1"), ("b", "2")), "not_held"),
        ("strictest", (("a", "1"), ("b", "2"), ("d", "1")), "unknown"),
    ],
)
def test_another_choice_changes_what_it_means(
    thai_nguyen: Place, act: Act, choice: str, levels: tuple[tuple[str, str], ...], standing: str
) -> None:
    inherited = inherited_by(own_titles(thai_nguyen, act, *levels), choosing(choice))
    assert inherited is not None
    assert inherited.standing == standing


def test_the_strictest_way_takes_the_lowest_level_and_the_earliest_end(thai_nguyen: Place, act: Act) -> None:
    from densach.assessing.models import Recognition

    round_ = own_titles(thai_nguyen, act, ("a", "1"), ("b", "2"), ("d", "2"))
    for number, row in enumerate(Recognition.objects.order_by("pk")):
        row.valid_to = date(2027 + number, 1, 1)
        row.save()
    inherited = inherited_by(round_, choosing("strictest"))
    assert inherited is not None
    assert (inherited.standing, inherited.level, inherited.until) == ("held", "1", date(2027, 1, 1))
    assert any("mức 1 đến trước ngày 01/01/2027" in line for line in inherited_lines(inherited, END))
    Recognition.objects.filter(valid_to=date(2027, 1, 1)).update(valid_to=END)
    lapsed = inherited_by(round_, choosing("strictest"))
    assert lapsed is not None
    assert lapsed.standing == "not_held"
    assert any("đã hết hiệu lực, chỉ đến trước ngày 31/12/2026" in line for line in inherited_lines(lapsed, END))


def test_what_is_inherited_takes_a_fixed_number_of_queries(thai_nguyen: Place, act: Act) -> None:
    round_ = own_titles(thai_nguyen, act, ("a", "1"), ("b", "2"))
    with CaptureQueriesContext(connection) as asked:
        inherited_by(round_, library())
    assert len(asked) == 5
