"""`densach places areas`: lists of communes of region I, II, III, of the border and of islands, each with its text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
from django.db import transaction
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.area_list import read_list, write_list
from densach.cli.named_places import commune_on
from densach.cli.options import day
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_date, format_number
from densach.history.domain import Act
from densach.places.areas import domain
from densach.places.areas.domain import Entered
from densach.places.areas.lookup import Standing, find_list, standings_of
from densach.places.areas.queries import area_lists, counts_of
from densach.places.areas.reading import About, Decision
from densach.places.lookup import get_place
from densach.places.models import AreaKind, AreaList, PlacePeriod
from densach.places.queries import country_on
from densach.rules.model import DECIDING_IN_DEMO, MARKS

USED = [mark for mark in MARKS if mark in DECIDING_IN_DEMO]  # nobody compares communes by a list from memory
_KINDS = {kind.value: kind.label for kind in AreaKind}


@click.group("areas")
def areas_group() -> None:
    """Danh mục xã khu vực I, II, III, xã biên giới, xã đảo / lists of kinds of communes.

    Phần mềm không có sẵn danh mục nào: danh mục do văn bản của Nhà nước quy định, nạp kèm số, ngày, cơ quan ban hành. /
    No list comes with the software: each is loaded with the text it is from.
    """


@areas_group.command()
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
def template(*, file: Path) -> None:
    """Tạo danh mục trống để điền / write an empty list to fill in."""
    write_list(file, timezone.localdate())
    click.echo(file)


@areas_group.command()
@click.argument("file", metavar="FILE.xlsx|csv", type=click.Path(path_type=Path))
@click.option("--number", required=True, metavar="TEXT", help="Số văn bản / number of the text.")
@click.option("--signed", "signed_on", required=True, callback=day, metavar="DATE", help="Ngày ký / day of signing.")
@click.option("--issuer", required=True, metavar="TEXT", help="Cơ quan ban hành / who issued it.")
@click.option("--from", "start", required=True, callback=day, metavar="DATE", help="Có hiệu lực từ / in force from.")
@click.option("--until", "last", callback=day, metavar="DATE", help="Đến hết ngày / to the end of this day.")
@click.option("--mark", default="read", type=click.Choice(USED), help="Mức tin cậy / how sure; mặc định đã đọc, read.")
@click.option("--covers", multiple=True, metavar="CODE|NAME", help="Nói về cả tỉnh này / speaks of this province.")
@click.option("--whole-country", is_flag=True, help="Nói về cả nước / speaks of the whole country.")
@click.option("--named-only", is_flag=True, help="Văn bản sửa đổi: chỉ các xã nêu tên / a text that amends another.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không nạp / check only, load nothing.")
def load(
    *,
    file: Path,
    start: date,
    last: date | None,
    covers: tuple[str, ...],
    whole_country: bool,
    named_only: bool,
    dry_run: bool,
    **text: Any,
) -> None:
    """Nạp một danh mục, tất cả hoặc không / load a list, all of it or nothing.

    Danh mục nói về mọi xã của các tỉnh có xã trong tệp: xã không nêu tên là không thuộc loại ấy. Từ ngày có hiệu lực,
    danh mục trước về cùng loại ở các xã ấy thôi áp dụng. / It speaks of all communes of the provinces that it names
    communes of, and from its first day ends what earlier lists say of them.
    """
    ensure_ready()
    lines = read_list(file, timezone.localdate())
    decision = Decision(valid_from=start, valid_to=last + timedelta(days=1) if last else None, **text)
    about = About(tuple(_places(covers, start, whole_country=whole_country)), named_only)
    with transaction.atomic():
        done = domain.enter_list(decision, lines, about, act=_act(decision.number))
        transaction.set_rollback(dry_run)
    for line in _entered_lines(file, done, dry_run=dry_run):
        click.echo(line)


@areas_group.command()
def lists() -> None:
    """Các danh mục đã nạp / the lists that were loaded."""
    ensure_ready()
    found = list(area_lists())
    counts = counts_of([each.pk for each in found])
    for each in found:
        click.echo(f"{each.number}, {format_date(each.signed_on)}, {each.issuer} ({each.mark}): {_days(each)}")
        click.echo(f"  {_counted(counts.get(each.pk, {}))}")
        click.echo(f"  {each.uid}" + (", đã rút lại / taken back" if each.taken_back_at else ""))
    if not found:
        click.echo("Chưa nạp danh mục nào; bắt đầu bằng: densach places areas template FILE.xlsx")


@areas_group.command()
@click.argument("code", metavar="CODE")
@click.option("--on", "on", callback=day, metavar="DATE", help="Vào ngày này; mặc định hôm nay / on this day; today.")
def show(*, code: str, on: date | None) -> None:
    """Một xã thuộc loại nào vào một ngày / of which kinds a commune is on a day."""
    ensure_ready()
    on = on or timezone.localdate()
    commune = commune_on(code, on)
    click.echo(f"{commune.name}, {format_date(on)}")
    for standing in standings_of(commune.place, on):
        click.echo(f"  {_standing_line(standing)}")


@areas_group.command("take-back")
@click.argument("reference", metavar="NUMBER|ID")
@click.option("--why", required=True, metavar="TEXT", help="Vì sao rút / why.")
def take_back(*, reference: str, why: str) -> None:
    """Rút một danh mục nạp nhầm; danh mục trước áp dụng lại / take back a list loaded by mistake."""
    ensure_ready()
    area_list = find_list(reference)
    again = domain.take_back(area_list, act=_act(why))
    click.echo(f"Đã rút {area_list.number} ({why}); {again} danh mục trước áp dụng lại. Nạp lại được bằng lệnh load.")


def _places(covers: tuple[str, ...], on: date, *, whole_country: bool) -> Iterator[PlacePeriod]:
    yield from (get_place(each, on) for each in covers)
    if whole_country and (country := country_on(on)):
        yield country


def _entered_lines(file: Path, done: Entered, *, dry_run: bool) -> Iterator[str]:
    if not done.new:
        yield f"{file.name}: danh mục này đã nạp trước đây, không có gì thay đổi / loaded before, nothing changed"
        return
    yield f"{file.name}: {'chỉ kiểm tra, chưa nạp' if dry_run else 'đã nạp'} {done.area_list.number}"
    others, kinds = format_number(done.others), "; ".join(family.label for family in done.families)
    yield f"  nêu tên {format_number(done.named)} xã; {others} xã khác được hiểu là không thuộc: {kinds}"
    if done.ended:
        yield f"  {done.ended} danh mục trước thôi áp dụng từ {format_date(done.area_list.valid_from)} ở các xã ấy"
    if not dry_run:
        yield f"  rút lại: densach places areas take-back {done.area_list.uid} --why LÝ_DO"


def _standing_line(standing: Standing) -> str:
    if standing.area_list is None:
        return f"{standing.family.label}: chưa có danh mục"
    said = standing.kind.label if standing.kind else "không thuộc danh mục"
    text = standing.area_list
    return f"{standing.family.label}: {said} ({text.number}, {format_date(text.signed_on)}, {text.issuer}; {text.mark})"


def _counted(counts: dict[str, int]) -> str:
    return "; ".join(f"{label}: {format_number(counts[kind])}" for kind, label in _KINDS.items() if kind in counts)


def _days(area_list: AreaList) -> str:
    until = f" đến hết {format_date(area_list.valid_to - timedelta(days=1))}" if area_list.valid_to else ""
    return f"từ {format_date(area_list.valid_from)}{until}"


def _act(why: str) -> Act:
    return Act(who=f"densach places areas {click.get_current_context().info_name}", at=timezone.now(), why=why)
