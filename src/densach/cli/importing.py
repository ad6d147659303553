"""What `densach round import` shows and asks: how a file was understood, whether that is right, how far it has come."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from densach.assessing.workbooks.forms import SheetForm
from densach.assessing.workbooks.marking import write_marked
from densach.assessing.workbooks.matching import UNUSED
from densach.assessing.workbooks.progress import Progress, Step
from densach.assessing.workbooks.reading import Reading
from densach.assessing.workbooks.telling import unconfirmed, understanding_told
from densach.assessing.workbooks.understanding import Memory, Told
from densach.assessing.workbooks.words import meanings_of
from densach.problems import Refused, problem


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: what an import makes is needed to its end, and looking takes a tenth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def told_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options by which people say what a file does not say itself."""
    for option in reversed(
        (
            click.option("--yes", is_flag=True, help="Xác nhận cách hiểu đã xem / confirm what was understood."),
            click.option("--column", "columns", multiple=True, metavar="B=KEY", help="Nói rõ một cột / name a column."),
            click.option("--form", default="", metavar="ID", help="Biểu, ví dụ register / form of the sheet."),
            click.option("--village", default="", metavar="TEXT", help="Thôn của cả tệp / village of all rows."),
            click.option("--sender", default="", metavar="TEXT", help="Ai gửi tệp, ví dụ Thôn 3 / who sent the file."),
            click.option(
                "--old-numbers-empty",
                is_flag=True,
                help="Để trống số CMND 9 chữ số / leave old 9-digit numbers empty.",
            ),
            click.option(
                "--marked",
                metavar="DIR",
                type=click.Path(path_type=Path, file_okay=False),
                help="Nơi ghi bản đánh dấu ô cần sửa / where the marked copy goes.",
            ),
        )
    ):
        command = option(command)
    return command


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options of `told_options` as they were typed."""

    yes: bool
    columns: tuple[str, ...]
    form: str
    village: str
    sender: str
    old_numbers_empty: bool
    marked: Path | None

    def told(self, forms: Mapping[str, SheetForm], remembered: Mapping[str, Memory]) -> Told:
        """What they say of a file; refused where nobody knows the form (W238) or the name of a column (W230)."""
        _check(self.columns, self.form, forms)
        return Told(self.columns, self.form, self.village, self.old_numbers_empty, remembered=remembered)


def show_understanding(reading: Reading) -> None:
    """Print how each sheet was understood, and what of it a person must confirm."""
    for line in understanding_told(reading):
        click.echo(line)
    for found in unconfirmed(reading):
        click.echo(f"  ? {found.words['said']}")


@contextmanager
def marked_when_refused(file: Path, folder: Path | None, reading: Reading, today: date) -> Iterator[None]:
    """When cells are refused, write the marked copy beside the file or into `folder`, and say where it is."""
    try:
        yield
    except Refused as refused:
        try:
            copy = write_marked(file, folder or file.parent, refused.problems, reading, today)
        except Refused as unwritten:  # why the file is refused matters more than that its copy cannot be written
            raise Refused(*refused.problems, *unwritten.problems) from refused
        if copy is not None:
            click.echo(f"Bản đánh dấu ô cần sửa / marked copy: {copy}")
        raise


def confirm(reading: Reading) -> None:
    """Ask a person whether what only may be so is so; refused (W216) where nobody can be asked."""
    unsure = unconfirmed(reading)
    if not unsure:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(*unsure)
    click.confirm("Hiểu như trên có đúng không? / Is this right?", abort=True)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A bar on the terminal for each step; silent where the output is no terminal."""
    bars: dict[Step, Any] = {}

    def hear(step: Step, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if step not in bars:
            _finish(bars)
            bars[step] = click.progressbar(length=total or None, label=step, file=sys.stderr)
            bars[step].__enter__()
        bars[step].update(done)

    try:
        yield hear
    finally:
        _finish(bars)


def _finish(bars: dict[Step, Any]) -> None:
    for bar in bars.values():
        if not bar.finished:
            bar.render_finish()
            bar.finished = True


def _check(columns: tuple[str, ...], form: str, forms: Mapping[str, SheetForm]) -> None:
    if form and form not in forms:
        raise Refused(problem("W238", "--form", value=form, forms=", ".join(forms)))
    asked = [forms[form]] if form else list(forms.values())
    keys = dict.fromkeys(meaning.key for one in asked for meaning in meanings_of(one))
    for said in columns:
        column, _, key = said.partition("=")
        if not column.rpartition("!")[2].strip().isalpha() or key.strip() not in {*keys, UNUSED}:
            raise Refused(problem("W230", "--column", value=said, keys=", ".join(keys)))
