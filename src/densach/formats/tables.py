"""The one door for tables that people send: .xlsx, .xls, .csv, told apart by what they are and never by their name."""

from __future__ import annotations

from pathlib import Path

from densach.formats.delimited import read_text_table
from densach.formats.excel import Sheet, read_workbook
from densach.formats.file_kinds import Kind, kind_of
from densach.formats.xls import read_old_workbook

_READERS = {Kind.XLSX: read_workbook, Kind.XLS: read_old_workbook, Kind.TEXT: read_text_table}


def read_tables(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file in their order; raises Refused (W101 to W118) for what is none or could do harm."""
    return _READERS[kind_of(path)](path)
