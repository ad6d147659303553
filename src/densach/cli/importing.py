"""What `densach round import` shows and asks: how a file was understood, whether that is right, how far it has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from densach.assessing.workbooks.forms import SheetForm
from densach.assessing.workbooks.matching import UNUSED
from densach.assessing.workbooks.progress import Progress, Step
from densach.assessing.workbooks.reading import Reading
from densach.assessing.workbooks.telling import unconfirmed, understanding_told
from densach.assessing.workbooks.words import meanings_of
from densach.problems import Refused, problem


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
        )
    ):
        command = option(command)
    return command


def check_told(columns: tuple[str, ...], form: str, forms: Mapping[str, SheetForm]) -> None:
    """Refuse a form (W238), or the name of a column (W230), that nobody knows."""
    if form and form not in forms:
        raise Refused(problem("W238", "--form", value=form, forms=", ".join(forms)))
    asked = [forms[form]] if form else list(forms.values())
    keys = dict.fromkeys(meaning.key for one in asked for meaning in meanings_of(one))
    for said in columns:
        column, _, key = said.partition("=")
        if not column.rpartition("!")[2].strip().isalpha() or key.strip() not in {*keys, UNUSED}:
            raise Refused(problem("W230", "--column", value=said, keys=", ".join(keys)))


def show_understanding(reading: Reading) -> None:
    """Print how each sheet was understood."""
    for line in understanding_told(reading):
        click.echo(line)


def confirm(reading: Reading) -> None:
    """Ask a person whether what only may be so is so; refused (W216) where nobody can be asked."""
    unsure = unconfirmed(reading)
    if not unsure:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(*unsure)
    for found in unsure:
        click.echo(f"  ? {found.words['said']}")
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
