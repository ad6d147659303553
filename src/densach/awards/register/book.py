"""The register as a workbook, row by row as the pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from densach.awards.register.models import Award
from densach.formats.sheets import Cell, Column, SheetSpec, write_workbook

COLUMNS = (
    Column("number", "Quyết định", width=18),
    Column("signed_on", "Ngày ký", "date", width=12),
    Column("ordinal", "Số sổ vàng", "integer", width=10),
    Column("form", "Hình thức", width=34),
    Column("kind", "Đối tượng", width=12),
    Column("name", "Họ và tên, tên gọi", width=30),
    Column("about", "Chức vụ, đơn vị, địa chỉ", width=34),
    Column("mode", "Loại hình", width=24),
    Column("for_what", "Thành tích", width=50),
    Column("office", "Người quyết định", width=34),
    Column("items", "Hiện vật đã trao", width=24),
    Column("paid", "Tiền thưởng đã chi (đồng)", "integer", width=16),
    Column("state", "Tình trạng", width=40),
)
STANDS, CANCELLED = "còn hiệu lực", "đã hủy theo"


def write_register(path: Path, awards: Sequence[Award], *, made_on: date, fictional: bool) -> None:
    """Write the register; an award that was not paid has an empty sum, which is not 0."""
    sheet = SheetSpec("So khen thuong", "Sổ khen thưởng", COLUMNS, _rows(awards))
    write_workbook(path, [sheet], made_on=made_on, fictional=fictional)


def _rows(awards: Sequence[Award]) -> Iterator[Sequence[Cell]]:
    for row in awards:
        decision = row.decision
        yield (
            decision.number,
            decision.signed_on,
            row.ordinal,
            decision.award_name,
            row.get_kind_display(),
            row.name,
            row.about,
            row.get_mode_display(),
            row.for_what,
            decision.office_title,
            row.items if row.items_given_on else None,
            getattr(row, "paid", None),
            f"{CANCELLED} {row.cancelling.number}" if hasattr(row, "cancelling") else STANDS,
        )
