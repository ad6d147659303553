"""References, overlays and dates: what a rubric is on a day at a place."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from densach.policy.files import HOME
from densach.policy.library import open_library
from densach.problems import Refused
from densach.rules.model import Overlay
from tests.policy.writing import CITES, INDICATOR, change, copy, rubric_of, write

VN = open_library()


def codes(*args: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        open_library(*args)  # type: ignore[arg-type]
    return [found.code for found in refused.value.problems]


def overlay(**more: object) -> dict[str, object]:
    return {
        "id": "mau-phu",
        "kind": "fills",
        "rubric": "mau-nho",
        "document": "tt22-2020-bgddt",
        "valid_from": "2024-02-01",
        "mark": "read",
        "cites": CITES,
    } | more


def with_hole() -> dict[str, object]:
    rubric = copy()
    hole = {"value": "unknown", "between": ["40%", "60%"], "hole": "learners_share"}
    change(rubric, (*INDICATOR, "levels"), {1: hole})
    return rubric


def filling(value: object, hole: str = "learners_share") -> dict[str, object]:
    return {"hole": hole, "value": value, "mark": "read", "cites": CITES}


def laid(folder: Path, rubric: dict[str, object], over: dict[str, object], place: str | None = None) -> list[str]:
    write(folder, "mau-nho.yaml", rubric)
    write(folder, "mau-phu.overlay.yaml", over)
    library = open_library((), (folder,))
    try:
        found = library.rubric("mau-nho", date(2024, 6, 1), place)
    except Refused as refused:
        return [problem.code for problem in refused.problems]
    return [str(found.rubric.criteria[0].indicators[0].levels[1].value), *(name for name, _ in found.sources)]


def test_the_library_holds_all_the_law_we_know() -> None:
    assert (len(VN.rubrics), len(VN.targets), len(VN.documents)) == (19, 32, 71)
    assert [len(VN.offices), sum(map(len, VN.powers.values())), len(VN.claims)] == [7, 24, 33]


def test_a_criterion_is_taken_whole_with_its_facts_in_the_order_of_the_sheet() -> None:
    district, province = VN.rubric("donvihuyen-tt24-2023").rubric, VN.rubric("donvitinh-tt24-2023").rubric
    for at in (0, 1):
        mine, lent = province.criteria[at], district.criteria[at]
        assert [i.id for i in mine.indicators] == [i.id for i in lent.indicators]
        assert [i.levels for i in mine.indicators] == [i.levels for i in lent.indicators]
        assert mine.indicators[0].cites == (*mine.cites, *lent.indicators[0].cites)
    assert [fact.id for fact in province.facts][:11] == [fact.id for fact in district.facts][:11]
    assert province.enumerates == ("public_preschool", "public_unit", "institution_kind")


def test_sources_name_the_bytes_of_every_file_a_verdict_rests_on() -> None:
    folder = HOME / "vn" / "tt24-2023-bgddt" / "2024-01-26"
    names = ("donvitinh-tt24-2023", "donvihuyen-tt24-2023")
    digests = tuple((name, sha256((folder / f"{name}.yaml").read_bytes()).hexdigest()) for name in names)
    assert VN.rubric("donvitinh-tt24-2023").sources == digests


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(Refused) as refused:
        VN.rubric("giadinh-448")
    (found,) = refused.value.problems
    assert (found.code, found.words["near"].split(", ")[0]) == ("P120", "giadinh-448-2015")


def test_district_titles_have_no_competent_office_since_the_districts_ended() -> None:
    for key in ("commune.tt25", "unit_district.tt24", "district.tt25"):
        last = VN.powers[key][-1]
        assert (last.office, last.valid_from, last.valid_to) == (None, "2025-07-01", None)


def test_only_five_texts_give_36_months() -> None:
    terms = {name: rubric.recognition.validity for name, rubric in VN.rubrics.items()}
    assert sorted(name for name, term in terms.items() if term is not None and term.months == 36) == [
        "donvihuyen-tt24-2023", "donvitinh-tt24-2023", "huyen-tt25-2023", "tinh-tt25-2023", "xa-tt25-2023",
    ]  # fmt: skip


def test_a_hole_is_filled_within_its_bounds(tmp_path: Path) -> None:
    assert laid(tmp_path, with_hole(), overlay(fills=[filling("55%")])) == ["55%", "mau-nho", "mau-phu"]


def test_a_local_text_holds_only_at_its_place(tmp_path: Path) -> None:
    local = overlay(fills=[filling("55%")], place="19")
    assert laid(tmp_path, with_hole(), local, "19") == ["55%", "mau-nho", "mau-phu"]
    assert laid(tmp_path, with_hole(), local, "01") == ["unknown", "mau-nho"]


def test_a_local_text_holds_only_in_its_time(tmp_path: Path) -> None:
    late = overlay(fills=[filling("55%")], valid_from="2024-06-02")
    assert laid(tmp_path, with_hole(), late) == ["unknown", "mau-nho"]


@pytest.mark.parametrize(
    ("fill", "code"),
    [(filling("39%"), "P134"), (filling("61%"), "P134"), (filling("x"), "P134"), (filling("50%", "other"), "P133")],
)
def test_a_hole_is_not_filled_otherwise(tmp_path: Path, fill: dict[str, object], code: str) -> None:
    assert laid(tmp_path, with_hole(), overlay(fills=[fill])) == [code]


def local_set(kind: str, **more: object) -> dict[str, object]:
    new = copy()
    change(new, (*INDICATOR, "levels"), {1: {"value": "80%"}})
    return overlay(kind=kind, facts=new["facts"], criteria=new["criteria"], **more)


def test_a_framework_takes_a_local_set(tmp_path: Path) -> None:
    assert laid(tmp_path, copy() | {"framework": True}, local_set("local_set")) == ["80%", "mau-nho", "mau-phu"]


def test_only_a_framework_takes_a_local_set(tmp_path: Path) -> None:
    assert laid(tmp_path, copy(), local_set("local_set")) == ["P130"]


def test_the_448_framework_takes_a_local_set_of_a_province(tmp_path: Path) -> None:
    local = local_set("local_set", rubric="giadinh-448-2015", place="77", levels=copy()["levels"], total=10)
    write(tmp_path, "mau-phu.overlay.yaml", local)
    (tmp_path / "document.yaml").unlink()
    library = open_library(("vn",), (tmp_path,))
    there, elsewhere = (library.rubric("giadinh-448-2015", date(2024, 6, 1), place) for place in ("77", "79"))
    assert [criterion.title_vi for criterion in there.rubric.criteria] == ["MẪU"]
    assert elsewhere.rubric == VN.rubrics["giadinh-448-2015"]


READERS = {"scan_sha256": "0" * 64, "transcribed_by": "MẪU A", "second_reader": "MẪU B"}


def test_an_unread_rubric_takes_a_whole_transcription(tmp_path: Path) -> None:
    unread = copy() | {"gaps": ["MẪU"]}
    assert laid(tmp_path, unread, local_set("transcription", **READERS)) == ["80%", "mau-nho", "mau-phu"]


def test_a_complete_rubric_takes_none(tmp_path: Path) -> None:
    assert laid(tmp_path, copy(), local_set("transcription", **READERS)) == ["P131"]


@pytest.mark.parametrize("change_of", [{"second_reader": "MẪU A"}, {"scan_sha256": None}, {"transcribed_by": None}])
def test_a_transcription_needs_a_scan_and_two_readers(tmp_path: Path, change_of: dict[str, object]) -> None:
    readers = {key: value for key, value in (READERS | change_of).items() if value is not None}
    unread = copy() | {"gaps": ["MẪU"]}
    assert laid(tmp_path, unread, local_set("transcription", **readers)) == ["P132"]


def test_the_fictional_pack_opens_only_beside_the_law() -> None:
    assert codes(("demo",))[0] == "P111"
    assert codes(("vn", "xx")) == ["P109"]


def test_fictional_law_is_refused_outside_its_pack(tmp_path: Path) -> None:
    write(tmp_path, "mau-nho.yaml", copy() | {"mark": "fictional"})
    assert codes((), (tmp_path,)) == ["P112"]
    (tmp_path / "document.yaml").unlink()
    assert open_library(("vn", "demo"), (tmp_path,)).rubric("mau-nho").fictional


def test_everything_fictional_says_so() -> None:
    demo = open_library(("vn", "demo"))
    scan = sha256((HOME / "demo" / "ban-quet-mau.txt").read_bytes()).hexdigest()
    for made_up in demo.overlays.values():
        assert (made_up.kind, made_up.mark, made_up.scan_sha256) == ("transcription", "fictional", scan)
        assert _titles_without_mark(made_up) == []
        assert demo.rubric(made_up.rubric).fictional
        assert not VN.rubric(made_up.rubric).fictional


def _titles_without_mark(overlay: Overlay) -> list[str]:
    titles = [overlay.title_vi, overlay.title_en]
    titles += [fact.title_vi for fact in overlay.facts]
    titles += [level.name_vi for level in overlay.levels]
    titles += [i.text_vi for criterion in overlay.criteria for i in criterion.indicators]
    return [title for title in titles if title and "MẪU" not in title]


def test_an_id_is_used_once(tmp_path: Path) -> None:
    write(tmp_path, "giadinh-448-2015.yaml", copy() | {"id": "giadinh-448-2015"})
    (tmp_path / "document.yaml").unlink()
    assert codes(("vn",), (tmp_path,)) == ["P110"]


def test_a_rubric_without_overlays_is_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path, "mau-nho.yaml", copy())
    library = open_library((), (tmp_path,))
    assert rubric_of(library) is library.rubrics["mau-nho"]


@pytest.mark.parametrize(
    ("start", "end", "day", "state"),
    [
        ("2024-01-26", None, "2024-01-25", "no"),
        ("2024-01-26", None, "2024-01-26", "yes"),
        ("2020-11", "2022", "2020-11-01", "unknown"),
        ("2020-11", "2022", "2020-11-30", "yes"),
        ("2020-11", "2022", "2021-12-31", "yes"),
        ("2020-11", "2022", "2022-01-01", "unknown"),
        ("2020-11", "2022", "2022-12-31", "no"),
        ("2014", "2016-01-01", "2014-01-01", "unknown"),
        ("2014", "2016-01-01", "2014-12-31", "yes"),
        ("2014", "2016-01-01", "2016-01-01", "no"),
        ("unknown", None, "2026-01-01", "unknown"),
        ("unknown", "2024-02-12", "2024-02-12", "no"),
        ("2024-02", None, "2024-02-29", "yes"),
    ],
)
def test_inexact_dates(start: str, end: str | None, day: str, state: str, tmp_path: Path) -> None:
    dated = copy() | {"valid_from": start} | ({"valid_to": end} if end else {})
    write(tmp_path, "mau-nho.yaml", dated)
    rubric = open_library((), (tmp_path,)).rubrics["mau-nho"]
    assert VN.in_force(rubric, date.fromisoformat(day)) == state
