"""`densach certificate`: certificates printed from signed decisions, looked up and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.certificates.checking import Standing, State, check_certificate
from densach.assessing.certificates.codes import public_address
from densach.assessing.certificates.issuing import Order, withdraw
from densach.assessing.queries import printing_numbered
from densach.assessing.titles import BY_MODEL, LITERACY
from densach.cli.options import day, demo_option, place_option, year_option
from densach.cli.rounds import commune_of
from densach.cli.standing import law_in
from densach.config.database import ensure_ready
from densach.formats.certificates.layout import find_layout
from densach.formats.certificates.sheets import NO_SHIFT, Shift, grid_pdf
from densach.formats.official.words import SPECIMEN
from densach.formats.vietnamese import format_date, format_number
from densach.formats.whole_file import writing
from densach.history.domain import Act
from densach.reporting.certificates.printing import print_certificates, write_printing

MODELS = [model for model in BY_MODEL if model != LITERACY]
_FARTHEST = 50  # millimetres; a printer that is off by more needs another layout
_STATES = {
    State.VALID: "Giấy này còn giá trị.",
    State.CORRECTED: "Tên trên giấy này đã được đính chính; giấy mang tên đúng được in sau.",
    State.WITHDRAWN: "Giấy này đã bị thu hồi.",
    State.ENDED: "Danh hiệu trên giấy này đã hết thời hạn.",
    State.SPECIMEN: f"{SPECIMEN}.",
}


def _shift(ctx: click.Context, param: click.Parameter, value: str) -> Shift:
    """Read `1.5,-0.8`: millimetres to the right and downwards."""
    try:
        right, down = (float(part) for part in value.split(","))
    except ValueError as error:
        raise click.BadParameter(f"{value}: 1.5,-0.8", ctx, param) from error
    if not max(abs(right), abs(down)) <= _FARTHEST:
        raise click.BadParameter(f"{value}: ±{_FARTHEST} mm", ctx, param)
    return right, down


layout_option = click.option(
    "--layout", "layout_name", default="day-du", show_default=True, metavar="NAME|FILE.toml",
    help="day-du, phoi, hay tệp của địa phương / or a file of your own.",
)  # fmt: skip
shift_option = click.option(
    "--shift", default=f"{NO_SHIFT[0]},{NO_SHIFT[1]}", callback=_shift, metavar="DX,DY",
    help="Dịch sang phải, xuống dưới, mm / shift right, down, in mm.",
)  # fmt: skip
out_option = click.option(
    "--out", "path", required=True, metavar="FILE.pdf", type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp kết quả / the file to write.",
)  # fmt: skip


@click.group()
def certificate() -> None:
    """Giấy chứng nhận theo quyết định đã ký / certificates of signed decisions."""


@certificate.command("print")
@place_option
@year_option
@click.option("--title", "model", type=click.Choice(MODELS), required=True, help="Danh hiệu / the title.")
@demo_option
@layout_option
@shift_option
@click.option(
    "--only", default="", metavar="TEXT", help="Một tên, một mã hộ, một thôn / one name, household code or village."
)
@click.option("--again", is_flag=True, help="In lại, giữ số vào sổ / reprints, with their numbers.")
@out_option
def print_(
    *, code: str, year: int, model: str, demo: bool, layout_name: str, shift: Shift, path: Path, **chosen: Any
) -> None:
    """In giấy chứng nhận của những ai chưa có / print the certificates that were not printed yet."""
    layout, commune = find_layout(layout_name), commune_of(code, year)
    library = law_in(commune, demo=demo)
    order = Order(
        place=commune,
        year=year,
        title=BY_MODEL[model],
        fictional=demo,
        public_url=public_address(settings.PUBLIC_URL),
        **chosen,
    )
    today, act = timezone.localdate(), _act("in giấy chứng nhận")
    done = print_certificates(path, order, library, layout, on=today, act=act, shift=shift)
    number = done.printing.pk
    click.echo(f"{path}: {format_number(done.pages)} giấy chứng nhận, lần in số {number}.")
    if done.waited:
        begun = format_date(done.printing.printed_on)
        click.echo(
            f"Lần in ngày {begun} chưa viết xong tệp; nay đã đủ, số như cũ. Còn ai chưa in thì chạy lại lệnh này."
        )
    click.echo(f"In lệch giấy thì viết lại tệp, không cấp số mới: densach certificate file {number} --shift …")


@certificate.command()
@click.argument("number", type=int, metavar="PRINTING")
@layout_option
@shift_option
@out_option
def file(*, number: int, layout_name: str, shift: Shift, path: Path) -> None:
    """Viết lại tệp của một lần in, đúng chữ, đúng số / write the file of a printing again."""
    layout = find_layout(layout_name)
    ensure_ready()
    printing = printing_numbered(number)
    if printing is None:
        raise click.BadParameter(f"không có lần in số {number} / there is no printing {number}")
    click.echo(f"{path}: {format_number(write_printing(path, printing, layout, shift=shift))} giấy chứng nhận.")


@certificate.command("test-sheet")
@layout_option
@shift_option
@out_option
def test_sheet(*, layout_name: str, shift: Shift, path: Path) -> None:
    """Tờ thử có lưới mm và các ô của mẫu / a sheet with a grid in mm and the boxes."""
    sheet = grid_pdf(find_layout(layout_name), made_on=timezone.localdate(), shift=shift)
    with writing(path) as unfinished:
        unfinished.write_bytes(sheet)
    click.echo(path)


@certificate.command()
@click.argument("text", metavar="CODE")
def check(*, text: str) -> None:
    """Tra một giấy theo mã hoặc chữ của ô QR / what a certificate says now."""
    ensure_ready()
    _, standing = check_certificate(text, on=timezone.localdate())
    for line in _told(standing):
        click.echo(line)


@certificate.command("withdraw")
@click.argument("text", metavar="CODE")
@click.option("--on", "on", required=True, callback=day, metavar="DATE", help="Ngày thu hồi / the day.")
@click.option("--paper", required=True, metavar="TEXT", help="Văn bản thu hồi / the paper that says so.")
def withdraw_(*, text: str, on: date, paper: str) -> None:
    """Thu hồi một tờ giấy đã in, công nhận vẫn giữ / take one print back; the recognition stays."""
    ensure_ready()
    found, _ = check_certificate(text, on=on)
    withdraw(found, on=on, paper=paper, act=_act("thu hồi giấy chứng nhận"))
    click.echo(f"Đã thu hồi giấy số {found} theo {paper}.")


def _told(standing: Standing) -> Iterator[str]:
    words = standing.words
    yield _STATES[standing.state]
    yield f"Trên giấy: {words.name}; {words.title} năm {words.year}; số vào sổ {words.serial}."
    yield f"{words.decision}."
    if (correction := standing.correction) is not None:
        yield f"Đính chính: Quyết định số {correction.number} ngày {format_date(correction.signed_on)}."
    if standing.withdrawn_on is not None:
        yield f"Thu hồi ngày {format_date(standing.withdrawn_on)} theo {standing.withdrawn_by}."
    if standing.ends_on is not None:
        yield f"Danh hiệu có hiệu lực đến trước ngày {format_date(standing.ends_on)}."
    if standing.later_prints:
        yield f"Giấy in ngày {format_date(standing.printed_on)}; sau đó có {standing.later_prints} bản in lại."


def _act(why: str) -> Act:
    return Act(who=f"densach certificate {click.get_current_context().info_name}", at=timezone.now(), why=why)
