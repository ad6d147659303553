"""The papers of a sitting: what they say, in the form of Nghị định 30/2020, kept as they stood at the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from densach.formats.official.checking import validate_docx, validate_pdf
from densach.formats.official.keeping import read_kept
from densach.formats.official.model import Official, Paragraph, Table
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from tests.authority.roles import TODAY
from tests.awards.councils.making import (
    FLAG,
    KEYS,
    Bench,
    closed,
    council_of,
    ended,
    fresh,
    items_of,
    nominate,
    opened,
    vote,
)

if TYPE_CHECKING:
    from pathlib import Path

    from densach.awards.councils.models import Sitting
    from densach.awards.models import Part
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def said(document: Official) -> str:
    """All that the body of a paper says."""
    texts: list[str] = []
    for block in document.blocks:
        texts += [block.text, block.lead] if isinstance(block, Paragraph) else []
        texts += [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
    return "\n".join(texts)


def papers(commune: Place, act: Act, *, secret: bool = True) -> tuple[Official, Official]:
    from densach.awards.councils.counting import write_discussion
    from densach.awards.councils.voting import declare_interest

    bench = council_of(commune, act, members=4)
    sitting = opened(bench, act, secret=secret, writing=(2,), absent=(3,))
    first, second = items_of(sitting)
    declare_interest(sitting, bench.seat(sitting, 1), first.uid, "Em ruột MẪU", keys=KEYS, act=act)
    for number, choice in ((0, "for"), (2, "against")):
        vote(bench, sitting, number, choice, act=act)
    vote(bench, sitting, 1, "for", act=act, items=[second])
    sitting = closed(bench, sitting, act)
    now = fresh(sitting)
    write_discussion(now, "Thảo luận MẪU", "Một ủy viên đề nghị xem lại MẪU", now.version, act=act)
    sitting = ended(bench, sitting, act)
    return read_kept(sitting.minutes), read_kept(sitting.count_paper)


def test_the_minutes_keep_who_came_what_came_out_and_every_dissent(commune: Place, act: Act) -> None:
    minutes, count = papers(commune, act)
    text = said(minutes)
    assert "Tổng số thành viên: 4; có mặt: 2; vắng mặt có ý kiến bằng văn bản: 1." in text
    assert "Số cần có mặt: 1/2 tổng số thành viên (Quy chế MẪU, Điều 6)." in text
    assert "Em ruột MẪU" in text
    assert "Ý kiến khác: Một ủy viên đề nghị xem lại MẪU." in text
    assert "cần ít nhất 3 phiếu đồng ý (Quy chế MẪU, Điều 6)" in text
    assert [signature.office for signature in minutes.signatures] == ["Thư ký", "Chủ tọa"]
    assert minutes.fictional
    [table] = [block for block in count.blocks if isinstance(block, Table)]
    assert [row[2:] for row in table.rows] == [("3", "2", "1", "1", "0", "1"), ("4", "3", "2", "1", "0", "1")]
    assert "bỏ phiếu kín" in text
    assert "không đồng ý\n" not in text.replace("không đồng ý. ", "")  # nobody is named with a secret choice


def test_an_open_vote_names_who_differed(commune: Place, act: Act) -> None:
    minutes, _ = papers(commune, act, secret=False)
    assert "-2, về Lê Thị Mẫu 0: không đồng ý" in said(minutes)


@pytest.mark.parametrize("which", [0, 1])
def test_both_papers_have_the_form_of_the_decree(commune: Place, act: Act, tmp_path: Path, which: int) -> None:
    document = papers(commune, act)[which]
    word, pdf = tmp_path / "p.docx", tmp_path / "p.pdf"
    write_docx(word, document, made_on=TODAY)
    pdf.write_bytes(official_pdf(document, made_on=TODAY))
    assert validate_docx(word) == []
    assert validate_pdf(pdf) == []


def test_many_move_as_one_moves(commune: Place, act: Act) -> None:
    """What is written for one nomination, and for many of a council, is the same."""
    from densach.awards.councils.moving import move_those_free
    from densach.awards.domain import move
    from densach.awards.models import Nomination, Step
    from densach.history.models import Entry
    from tests.awards.councils.making import nominate

    one, other = nominate(council_of(commune, act).round, 2)
    move(one, Step.COUNCIL, one.version, act=act)
    assert move_those_free({other.pk: (Step.COUNCIL, "")}, act=act) == {other.pk}
    rows = Nomination.objects.filter(pk__in=(one.pk, other.pk)).values_list("step", "version", "reason")
    assert set(rows) == {("council", 2, "")}
    entries = Entry.objects.filter(kind="nomination", object_id__in=(str(one.uid), str(other.uid)))
    told = {(entry.event, entry.before, entry.after, entry.who, entry.why) for entry in entries}
    assert (entries.count(), len(told)) == (2, 1)


def filed(sitting: Sitting) -> dict[str, dict[str, Part]]:
    """The parts that stand in each dossier of an agenda, by name and kind."""
    from densach.awards.models import Part

    found: dict[str, dict[str, Part]] = {}
    for item in items_of(sitting):
        rows = Part.objects.filter(nomination=item.nomination, replaced_at=None)
        found[item.nomination.nominee.name] = {row.kind: row for row in rows}
    return found


def differing(commune: Place, act: Act) -> tuple[Bench, Sitting]:
    """An open vote that was counted: one member is against the second of two, and a flag has its 80 %."""
    from densach.awards.councils.counting import write_discussion

    bench = council_of(commune, act)
    nominate(bench.round, 1, award=FLAG, kind="collective", name="Thôn MẪU", folded="thon mau")
    sitting = opened(bench, act, secret=False)
    rows = {item.nomination.nominee.name: item for item in items_of(sitting)}
    for number in (0, 1):
        vote(bench, sitting, number, "for", act=act)
    vote(bench, sitting, 2, "for", act=act, items=[rows["Lê Thị Mẫu 0"], rows["Thôn MẪU"]])
    vote(bench, sitting, 2, "against", act=act, items=[rows["Lê Thị Mẫu 1"]])
    sitting = closed(bench, sitting, act)
    now = fresh(sitting)
    write_discussion(now, "Bàn về Lê Thị Mẫu 1 MẪU", "Lê Thị Mẫu 1 cần xem lại MẪU", now.version, act=act)
    return bench, fresh(sitting)


def test_each_dossier_gets_what_the_council_found_of_it_and_nothing_of_others(commune: Place, act: Act) -> None:
    from densach.history.models import Entry

    bench, sitting = differing(commune, act)
    assert filed(sitting) == {"Lê Thị Mẫu 0": {}, "Lê Thị Mẫu 1": {}, "Thôn MẪU": {}}
    found = filed(ended(bench, sitting, act))
    assert {name: sorted(parts) for name, parts in found.items()} == {
        "Lê Thị Mẫu 0": ["bien_ban_xet_khen_thuong"],
        "Lê Thị Mẫu 1": ["bien_ban_xet_khen_thuong"],
        "Thôn MẪU": ["bien_ban_kiem_phieu", "bien_ban_xet_khen_thuong"],
    }
    first = found["Lê Thị Mẫu 0"]["bien_ban_xet_khen_thuong"]
    assert "Lê Thị Mẫu 1" not in first.content
    assert "Thôn MẪU" not in first.content
    document = read_kept(first.content)
    assert document.abstract == "Họp xét khen thưởng: Khen thưởng MẪU năm 2026 (trích phần của một đề nghị)"
    assert "Lê Thị Mẫu 0\nGiấy khen của Chủ tịch Ủy ban nhân dân xã, phường, đặc khu\n3\n0\n0\nđồng ý." in said(
        document
    )
    assert document.fictional
    assert "-2, về Lê Thị Mẫu 1: không đồng ý" in said(
        read_kept(found["Lê Thị Mẫu 1"]["bien_ban_xet_khen_thuong"].content)
    )
    [counts] = [each for each in read_kept(found["Thôn MẪU"]["bien_ban_kiem_phieu"].content).blocks
                if isinstance(each, Table)]  # fmt: skip
    assert [row[2:] for row in counts.rows] == [("3", "3", "3", "0", "0", "0")]
    put = Entry.objects.filter(kind="nomination", event="part_put")
    assert put.count() == 4
    assert {json.loads(entry.after)["sha256"] for entry in put} >= {first.sha256}


def test_a_signed_scan_stands_where_it_was_handed_in(commune: Place, act: Act) -> None:
    from densach.awards.models import Part

    bench, sitting = differing(commune, act)
    nomination = items_of(sitting)[0].nomination
    kind = "bien_ban_xet_khen_thuong"
    scan = Part.objects.create(
        nomination=nomination, kind=kind, name="Biên bản", file=b"%PDF-1.4 x", sha256="0" * 64, added_at=act.at
    )
    other = items_of(sitting)[1].nomination
    Part.objects.create(nomination=other, kind=kind, name="Biên bản", content="{}", sha256="0" * 64, added_at=act.at)
    found = filed(ended(bench, sitting, act))
    assert found[nomination.nominee.name] == {kind: scan}
    assert found[other.nominee.name][kind].content != "{}"
    assert Part.objects.get(content="{}").replaced_at == act.at


def test_an_extract_has_the_form_of_the_decree(commune: Place, act: Act, tmp_path: Path) -> None:
    bench, sitting = differing(commune, act)
    for kind, part in filed(ended(bench, sitting, act))["Thôn MẪU"].items():
        document, word, pdf = read_kept(part.content), tmp_path / f"{kind}.docx", tmp_path / f"{kind}.pdf"
        write_docx(word, document, made_on=TODAY)
        pdf.write_bytes(official_pdf(document, made_on=TODAY))
        assert validate_docx(word) == []
        assert validate_pdf(pdf) == []


def test_a_quorum_that_the_place_laid_down_is_taken_with_its_text() -> None:
    from datetime import date

    from densach.awards.councils.thresholds import quorum_laid_down
    from densach.places.lookup import get_place

    on = date(2026, 1, 1)
    bac_ninh, thai_nguyen = (get_place(code, on).place for code in ("24", "19"))
    found = quorum_laid_down("chu-tich-ubnd-cap-tinh", bac_ninh, on)
    assert found is not None
    assert (str(found.share), found.source) == ("4/5", "Bắc Ninh, Quyết định 86/2025/QĐ-UBND, Điều 5, Điều 8")
    assert quorum_laid_down("chu-tich-ubnd-cap-tinh", thai_nguyen, on) is None
    assert quorum_laid_down("chu-tich-ubnd-cap-xa", bac_ninh, on) is None
