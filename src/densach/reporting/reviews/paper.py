"""A review as an official báo cáo: what people wrote, with the figures, targets, tables and charts of this moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from densach.formats.official.model import Annex, Block, Kind, Official, Paragraph, Reference, Table
from densach.formats.vietnamese import format_date
from densach.policy.words import day
from densach.reporting.claims import BASES
from densach.reporting.dashboards.board import Number
from densach.reporting.figures.models import Quoted
from densach.reporting.figures.quoting import NOT_SAID
from densach.reporting.papers.dossier import OPEN, Part, in_parts
from densach.reporting.reviews.access import Seen
from densach.reporting.reviews.drawing import Drawn, all_models, over_years, targets_beside_figures
from densach.reporting.reviews.gathering import Aim, Gathered, Sent, Year
from densach.reporting.reviews.issuing_body import Body, body_of
from densach.reporting.reviews.kinds import SECTIONS
from densach.reporting.reviews.telling import (
    HIDDEN,
    MODELS,
    SILENT,
    count_told,
    figure_told,
    latest_told,
    level_told,
    of_all,
    percent_told,
    period_told,
    received_told,
    share_told,
    standing_told,
)
from densach.reporting.targets.progress import Standing

TO_WRITE = f"{OPEN} (phần này để cơ quan viết)"
COUNTED = (
    "Năm",
    "Tổng số",
    "Đăng ký",
    "Được đánh giá",
    "Được công nhận",
    "Trên tổng số",
    "Trên số đăng ký",
    "Số xã báo cáo",
)
SOURCE = "Nguồn: số các xã báo cáo và cấp trên đã tiếp nhận, đến hết ngày 31/12 của từng năm."
UNSAID = f"“{SILENT}” không phải là 0. “{HIDDEN}” là số người từ 1 đến 4, hoặc số mà từ đó trừ ra được số ấy."


def paper_of(seen: Seen) -> Official:
    """The paper, its number and day still open; to whom it goes is for the body to write, as no text read says it."""
    review, gathered = seen.of.review, seen.gathered
    body = body_of(seen.of.place, seen.of.line)
    abstract = f"{review.called[:1].upper()}{review.called[1:]} phong trào “Cả nước thi đua xây dựng xã hội học tập”"
    closing = Paragraph(f"Trên đây là báo cáo {review.called} của {body.called}./.")
    return Official(
        kind=Kind.REPORT,
        issuer=body.issuer,
        reference=Reference(body.seat, gathered.today.year),
        abstract=abstract,
        blocks=(*_opening(seen, body), *in_parts(_parts(seen)), closing),
        signatures=(body.signature,),
        addressees=(OPEN,),
        annexes=tuple(_annexes(gathered)),
        draft=body.draft,
        fictional=gathered.fictional,
    )


def _opening(seen: Seen, body: Body) -> Iterator[Block]:
    gathered = seen.gathered
    yield Paragraph(
        f"Thực hiện Quyết định số 1315/QĐ-TTg ngày 09 tháng 11 năm 2023 của Thủ tướng Chính phủ, {body.called} báo cáo "
        f"{seen.of.review.called} như sau:"
    )
    so_far = (
        ""
        if seen.of.review.is_over(gathered.today)
        else f" Giai đoạn chưa hết: mới có các năm đến {gathered.last.year}."
    )
    yield Paragraph(f"Số liệu lấy lúc lập báo cáo, ngày {format_date(gathered.today)}.{so_far} {UNSAID}")


def _parts(seen: Seen) -> Iterator[Part]:
    gathered, words = seen.gathered, seen.draft.words
    yield _written("guidance", words)
    yield "Kết quả thực hiện các mục tiêu", tuple(_targets(gathered))
    yield "Kết quả năm mô hình học tập", tuple(_models(gathered))
    yield _written("contents", words)
    yield _written("remarks", words)
    if gathered.beside:
        yield "Số liệu đã công bố, đặt cạnh nhau", tuple(_published(gathered))
    for section in ("shortfalls", "causes", "lessons", "direction", "proposals"):
        yield _written(section, words)


def _written(section: str, words: dict[str, str]) -> Part:
    """What people wrote, a paragraph a line; a place left open where nothing is written yet."""
    lines = [line.strip() for line in words.get(section, "").splitlines() if line.strip()]
    return SECTIONS[section], tuple(map(Paragraph, lines or [TO_WRITE]))


def _targets(gathered: Gathered) -> Iterator[Block]:
    if not gathered.aims:
        yield Paragraph("Chưa có mục tiêu nào được ghi cho nơi này.")
        return
    standings = [each.progress.standing for each in gathered.aims]
    behind = sum(each.progress.is_behind for each in gathered.aims)
    yield Paragraph(
        f"Có {len(standings)} mục tiêu: {standings.count(Standing.REACHED)} đã đạt, {behind} chậm hoặc chưa đạt, "
        f"{standings.count(Standing.SILENT)} {SILENT}, {standings.count(Standing.ABOLISHED)} không còn mẫu số."
    )
    if shown := [each for each in gathered.aims if _is_told(each)]:
        yield _aims_of(shown)
    if len(shown) < len(gathered.aims):
        yield Paragraph(
            f"{len(gathered.aims) - len(shown)} mục tiêu chưa đo được hoặc chưa có con số đứng trong phụ lục."
        )
    if drawn := targets_beside_figures(shown):
        yield from _figure(drawn)


def _is_told(aim: Aim) -> bool:
    """Whether a target stands in the report itself: one that is measured, or whose base ended."""
    return aim.progress.standing not in {Standing.UNMEASURED, Standing.UNSET}


def _aims_of(aims: Iterable[Aim]) -> Table:
    rows = tuple(_aim(each) for each in aims)
    return Table(("Mục tiêu", "Mức", "Số gần nhất", "Đánh giá", "Căn cứ"), rows, (12, 5, 9, 9, 8))


def _aim(aim: Aim) -> tuple[str, ...]:
    target = aim.progress.target
    named = f"{target.title} ({target.base or 'số lượng'})"
    latest = latest_told(aim) if _is_told(aim) else "–"
    return (
        named,
        f"{level_told(target.value, target.unit)}, năm {target.year}",
        latest,
        standing_told(aim),
        target.citation,
    )


def _models(gathered: Gathered) -> Iterator[Block]:
    said = (
        f"năm {period.year}: {of_all(reported, expected)} xã"
        for period, (reported, expected) in gathered.reported.items()
    )
    yield Paragraph(f"Số xã đã báo cáo được tiếp nhận, trên số xã của nơi này: {'; '.join(said)}. {SOURCE}")
    yield from _figure(all_models(gathered))
    for place, (model, years) in enumerate(gathered.models.items(), 1):
        yield Paragraph(lead=f"{place}. {MODELS[model]}")
        yield Table(COUNTED, tuple(map(_year, years)), (6, 10, 10, 10, 10, 8, 8, 11), frozenset(range(8)))
        if any(year.of_all.value is not None for year in years):
            yield from _figure(over_years(gathered, model))


def _year(year: Year) -> tuple[str, ...]:
    """The counts of a year and its shares, which bring theirs along where the counts were not reported alone."""
    counts = [count_told(each) for each in year.counts]
    told = share_told if SILENT in counts else percent_told
    return str(year.period.year), *counts, told(year.of_all), told(year.of_registered), of_all(*year.reported)


def _figure(drawn: Drawn) -> Iterator[Block]:
    yield Paragraph(lead=f"{drawn.title}.")
    yield drawn.picture


def _published(gathered: Gathered) -> Iterator[Block]:
    yield Paragraph(
        "Các số dưới đây do nhiều nguồn in về cùng một điều, giữ như đã in, không cộng vào số liệu của báo cáo. Mẫu số "
        "khác nhau thì không so với nhau được."
    )
    rows = (
        (f"{each.name}: {each.indicator.name_vi}", row.printed, _base(row), day(row.said_on, "vi"), row.source)
        for each in gathered.beside
        for row in each.rows
    )
    yield Table(("Điều được nêu", "Số in", "Mẫu số", "Ngày", "Nguồn"), tuple(rows), (11, 9, 6, 6, 8))


def _base(row: Quoted) -> str:
    return "nguồn không nêu" if row.base_word == NOT_SAID else BASES["vi"].get(row.base_word, row.base_word)


def _annexes(gathered: Gathered) -> Iterator[Annex]:
    if untold := [each for each in gathered.aims if not _is_told(each)]:
        yield Annex("Mục tiêu chưa đo được hoặc chưa có con số", (_aims_of(untold),))
    if gathered.sent:
        yield Annex("Số liệu tổ chức, quỹ và trung tâm học tập cộng đồng", (_sent(gathered),))
    if gathered.below:
        note = Paragraph(
            f"Được công nhận trên tổng số, năm {gathered.last.year}, theo bản đồ ngày {format_date(gathered.map_on)}. "
            f"Các nơi đứng theo tên, không xếp hạng. {SOURCE}"
        )
        yield Annex(f"Năm mô hình ở các nơi, năm {gathered.last.year}", (note, _below(gathered)))


def _sent(gathered: Gathered) -> Table:
    rows = tuple(row for sent in gathered.sent for row in _rows_of(sent))
    return Table(("Kỳ", "Chỉ tiêu", "Số liệu", "Tiếp nhận"), rows, (8, 16, 12, 7))


def _rows_of(sent: Sent) -> Iterator[tuple[str, ...]]:
    when = period_told(sent.period)
    if not sent.figures:
        yield when, f"{sent.dataset.name_vi} (cả biểu)", SILENT, "–"
    for row in sent.figures:
        yield when, row.indicator.name_vi, figure_told(row, sent), received_told(row)


def _below(gathered: Gathered) -> Table:
    rows = tuple((each.name, *map(_of_all, each.shares)) for each in gathered.below)
    return Table(("Nơi", *MODELS.values()), rows, (11, 8, 8, 8, 8, 8), frozenset(range(1, 6)))


def _of_all(number: Number) -> str:
    """The two counts of a share, which stand below each other where the column is narrow."""
    if number.hidden or number.value is None or number.base is None:
        return count_told(number)
    return f"{count_told(number)} / {count_told(Number(number.base))}"
