"""What a country's results say, line by line; every text begins with the statement that its people are made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from densach.nation.comparing import Gains
from densach.nation.folder import said_in
from densach.nation.reasons import NO_TEXT, TOGETHER, TOTAL
from densach.nation.refusing import REFUSED
from densach.nation.running import CELLS, COUNTRY, COUNTS, PROVINCE, REASONS
from densach.nation.scores import GROUPS as OCCUPATIONS
from densach.nation.titles import BY_NAME, LEVELS, Chain
from densach.nation.told import STATEMENT
from densach.rules.lowering import indicators_of
from densach.rules.model import Rubric

FICTIONAL_LAW = "LUẬT HƯ CẤU – MẪU"
VERDICTS_VI = {"met": "đạt", "unknown": "chưa xác định", "unmet": "chưa đạt", "not_applicable": "không áp dụng"}
KINDS_VI = {"indicator": "chưa đạt chỉ số", "fact": "chưa có số liệu", "law": "luật chưa đọc được"}
OCCUPATIONS_VI = dict(
    zip(OCCUPATIONS, ("trẻ em", "nông dân", "công nhân", "cán bộ, quản lý", "sinh viên"), strict=True)
)
GROUPS_VI = {
    "sex": ("Giới", ("nam", "nữ")),
    "age_band": ("Tuổi", ("18-25", "26-35", "36-60", "61 trở lên")),
    "urban": ("Nơi ở", ("nông thôn", "thành thị")),
    "ethnicity": ("Dân tộc", ("Kinh", "thiểu số")),
    "occupation": ("Nhóm nghề", tuple(OCCUPATIONS_VI.values())),
}
MOST_REASONS = 6
OWN_WORDS = {TOTAL: "tổng điểm", TOGETHER: "tổng hợp các chỉ số", NO_TEXT: "toàn bộ tiêu chí"}


def result_lines(out: Path, chain: Chain) -> Iterator[str]:
    """The country by level and verdict, and the commonest reasons of each level."""
    yield STATEMENT
    if said_in(out / CELLS).get("law") == "fictional":
        yield FICTIONAL_LAW
    if refused := said_in(out / CELLS).get("refused"):
        yield f"Không tính {_number(int(refused))} dòng sai: xem {out / REFUSED}"
    counts = pl.read_parquet(out / COUNTS).filter(pl.col("place_level") == COUNTRY)
    reasons = pl.read_parquet(out / REASONS).filter(pl.col("place_level") == COUNTRY)
    for level in LEVELS:
        own = dict(counts.filter(pl.col("level") == level.name).select("verdict", "subjects").rows())
        parts = [f"{said} {_number(own[verdict])}" for verdict, said in VERDICTS_VI.items() if verdict in own]
        yield f"{level.name_vi}: {'; '.join(parts)} (trong {_number(sum(own.values()))})"
        yield from _reason_lines(reasons.filter(pl.col("level") == level.name), chain.judges[level.name].rubric)


def _reason_lines(reasons: pl.DataFrame, rubric: Rubric) -> Iterator[str]:
    words = words_of(rubric)
    most = reasons.sort(-pl.col("subjects"), "kind", "id").head(MOST_REASONS)
    for verdict, kind, name, subjects in most.select("verdict", "kind", "id", "subjects").rows():
        said = f" ({words[name]})" if name in words else ""
        yield f"  {VERDICTS_VI[verdict]}, {KINDS_VI[kind]} {name}{said}: {_number(subjects)}"


def words_of(rubric: Rubric) -> dict[str, str]:
    """What the ids of a rubric's reasons mean."""
    facts = {fact.id: fact.title_vi for fact in rubric.facts}
    indicators = {one.id: one.text_vi for _, one in indicators_of(rubric) if one.text_vi}
    return OWN_WORDS | facts | indicators


def gains_lines(gains: Iterable[Gains], names: dict[str, str]) -> Iterator[str]:
    """Who gained and who lost, one line each; `names` are those of places."""
    for one in gains:
        label = _label(one, names)
        share = _thousandths(one.after - one.before, one.subjects)
        moved = "" if one.gained is None else f"; được thêm {_number(one.gained)}, mất {_number(one.lost or 0)}"
        yield f"{label}: {_number(one.before)} → {_number(one.after)} trong {_number(one.subjects)} ({share}{moved})"


def _label(one: Gains, names: dict[str, str]) -> str:
    if one.what == "level":
        return BY_NAME[one.key].name_vi
    if one.what in {COUNTRY, PROVINCE}:
        return names.get(one.key, "Cả nước, công dân")
    title, keys = GROUPS_VI[one.what]
    return f"{title} {keys[int(one.key)]}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _thousandths(change: int, base: int) -> str:
    """A change in parts of a thousand, rounded half up once, with its sign."""
    if not base:
        return "không có ai"
    rounded = (abs(change) * 2000 + base) // (2 * base)
    return f"{'−' if change < 0 else '+'}{rounded} ‰"
