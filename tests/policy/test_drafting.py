"""What is written beside the packs: read back as it was typed, set among the law, and told in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from densach.policy.comparing import Change, changes
from densach.policy.composing import Piece, compose
from densach.policy.drafting import Desk, look_over
from densach.policy.library import Library, assemble, entries_of, load, open_library
from densach.policy.reading import Source
from densach.policy.viewing import view_rubric
from densach.policy.writing import Filled, Frame, Paper, document_id, document_text, filled_text, id_of, whole_text
from densach.problems import Language

UNIT = "donvitinh-tt24-2023"
PAPER = Paper(
    number='12/2026/QĐ-UBND "MẪU": #1',
    kind_vi="Quyết định",
    title_vi="Quy định \\ MẪU",
    issuer_vi="Cơ quan MẪU",
    signed="2026-11-20",
    valid_from="2026-12-01",
    mark="read",
    original="Văn phòng MẪU, tủ 3",
)
BASE = tuple(load(("vn",))[0])


def overlay(value: str, hole: str = "orderly_members_level_2", since: str = "2026-12-01", place: str = "19") -> Piece:
    frame = Frame(id=id_of(UNIT, place, since), kind="fills", rubric=UNIT, place=place, place_name="MẪU")
    document = document_id(PAPER, place)
    text = filled_text(frame, PAPER, document, [Filled(hole=hole, value=value, article="Điều 3: “MẪU”")])
    text = text.replace("valid_from: 2026-12-01", f"valid_from: {since}")
    sources = (
        Source(Path("document.yaml"), document_text(PAPER, document).encode()),
        Source(Path(f"{frame.id}.overlay.yaml"), text.encode()),
    )
    return Piece(sources)


def law_with(*pieces: Piece) -> Library:
    return assemble(("vn",), compose(BASE, pieces))


def test_what_was_typed_is_read_back_as_it_was_typed() -> None:
    document, written = (entry.value for entry in overlay("95%").entries())
    assert (document.number, document.title_vi, document.sources) == (PAPER.number, PAPER.title_vi, (PAPER.original,))
    assert (document.id, document.signed) == ("12-2026-qd-ubnd-mau-1-19", "2026-11-20")
    assert (written.fills[0].value, written.fills[0].cites[0].place) == ("95%", "Điều 3: “MẪU”")
    assert (written.place, written.valid_from, written.cites[0].document) == ("19", "2026-12-01", document.id)


def test_a_framework_lends_its_text_to_the_local_set() -> None:
    law = open_library()
    source = law.contents[law.digests["giadinh-448-2015"]].decode()
    frame = Frame(id="giadinh-19", kind="local_set", rubric="giadinh-448-2015", place="19", place_name="MẪU")
    text = whole_text(frame, PAPER, "qd448-2015-khvn", source)
    [entry] = entries_of(Source(Path("giadinh-19.overlay.yaml"), text.encode()))
    national = law.rubrics["giadinh-448-2015"]
    assert (entry.value.criteria, entry.value.facts) == (national.criteria, national.facts)
    assert look_over(Desk(("vn",), BASE, frozenset({"19"})), Piece((entry.source,))).found == ()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "vi",
            Change(
                "Tiêu chí 2, 2.1",
                "Mức độ 2: chưa biết, trong khoảng 90% đến 100%, chỗ trống: orderly_members_level_2",
                "Mức độ 2: 95%, trong khoảng 90% đến 100%, chỗ trống: orderly_members_level_2",
            ),
        ),
        (
            "en",
            Change(
                "Criterion 2, 2.1",
                "Level 2: not known, between 90% and 100%, hole: orderly_members_level_2",
                "Level 2: 95%, between 90% and 100%, hole: orderly_members_level_2",
            ),
        ),
    ],
)
def test_a_change_is_told_in_words(lang: Language, expected: Change) -> None:
    day = date(2026, 12, 31)
    before, after = law_with().at(["19"]), law_with(overlay("95%")).at(["19"])
    found = changes(view_rubric(before, UNIT, day, lang), view_rubric(after, UNIT, day, lang), lang)
    assert found[0].where == ("Văn bản" if lang == "vi" else "Document")
    assert expected in found


def test_nothing_differs_from_itself() -> None:
    view = view_rubric(law_with(), UNIT, None, "vi")
    assert changes(view, view, "vi") == []
    assert len(changes(None, view, "vi")) > 20


def test_a_text_stands_until_a_later_one_that_fills_the_same_holes() -> None:
    first, later = overlay("91%"), overlay("95%", since="2027-01-01")
    aside = overlay("99%", hole="trained_members_level_2", since="2027-02-01")
    for order in ((first, later, aside), (aside, later, first)):
        ends = {one.valid_from: one.valid_to for one in law_with(*order).overlays.values()}
        assert ends == {"2026-12-01": "2027-01-01", "2027-01-01": None, "2027-02-01": None}


def test_a_text_of_another_place_does_not_end_it() -> None:
    other = overlay("95%", since="2027-01-01", place="20")
    document = other.sources[0].data.decode().replace("12/2026", "13/2026")
    elsewhere = Piece((Source(Path("document.yaml"), document.encode()), other.sources[1]))
    assert {one.valid_to for one in law_with(overlay("91%"), elsewhere).overlays.values()} == {None}


@pytest.mark.parametrize(
    ("junk", "line"),
    [("", 1), ("\x00", 1), ("a: [", 2), ("- 1", 1), ("id: x", 1), ("a: &b c\nd: *b", 2), ("[" * 99, 1)],
)
def test_what_cannot_be_read_is_told_with_its_line(junk: str, line: int) -> None:
    looked = look_over(Desk(("vn",), BASE), Piece((Source(Path("mau.overlay.yaml"), junk.encode()),)))
    assert {(found.file, found.line) for found in looked.found} == {("mau.overlay.yaml", line)}
    assert not looked.is_sound
