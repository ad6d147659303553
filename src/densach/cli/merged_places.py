"""`densach places carry-over` and its neighbours: what becomes of villages and households when communes are merged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.carrying import undo
from densach.cli.named_places import commune_on
from densach.cli.options import day, place_option
from densach.config.database import ensure_ready
from densach.formats.vietnamese import fold, format_date, format_number
from densach.history.domain import Act
from densach.people.entering import CLANS, HOUSEHOLDS, UNITS
from densach.people.merger.carrying import carry_over, merge_inhabited_villages, merged_on, plan_carry_over
from densach.people.merger.settling import KINDS, read_said, read_said_file, settle
from densach.people.queries import former_codes
from densach.places.lookup import last_day_of_first_list
from densach.places.merging import name_village
from densach.places.models import Place, PlacePeriod
from densach.places.queries import name_questions, villages_of
from densach.places.reaching_back import reach_back
from densach.problems import Refused, problem
from densach.reporting.carrying import carry_over_lines

STEPS = {"village": "thôn", "household": "hộ", "clan": "dòng họ", "unit": "đơn vị"}
cites_option = click.option("--cites", required=True, metavar="TEXT", help="Số, ngày văn bản / the act it rests on.")
on_option = click.option("--on", "on", callback=day, metavar="DATE", help="Từ ngày / from this day.")


@click.command("carry-over")
@place_option
@click.option("--village", "villages", multiple=True, metavar="NAME=CODE", help="Thôn về xã mới nào / where it went.")
@click.option("--clan", "clans", multiple=True, metavar="CODE=CODE", help="Dòng họ về xã mới nào / where it went.")
@click.option("--unit", "units", multiple=True, metavar="CODE=CODE", help="Đơn vị về xã mới nào / where it went.")
@click.option(
    "--villages",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx|csv",
    help="Danh sách: tên, mã xã mới, loại / a list: name, code of the new commune, kind.",
)
@click.option("--dry-run", is_flag=True, help="Chỉ xem, không chuyển / show only, move nothing.")
@click.option("--undo", "undoing", is_flag=True, help="Hoàn tác lần chuyển / put everything back.")
def carry_over_command(
    *,
    code: str,
    villages: tuple[str, ...],
    clans: tuple[str, ...],
    units: tuple[str, ...],
    file: Path | None,
    dry_run: bool,
    undoing: bool,
) -> None:
    """Chuyển thôn, hộ, dòng họ, đơn vị của các xã cũ sang xã mới / carry over what the former communes hold.

    Xã cũ nhập cả vào xã mới thì chuyển hết. Xã cũ bị chia thì chỉ chuyển thôn đã nói rõ về đâu; phần còn lại được liệt
    kê là đang chờ. / What went whole goes along; of a divided commune only what you say, the rest is listed as waiting.
    """
    commune = commune_on(code, timezone.localdate())
    on = merged_on(commune.place)
    if undoing:
        back = undo(commune.place, on, act=_act("hoàn tác chuyển sang xã mới"))
        click.echo(f"Đã hoàn tác: {format_number(back)} hộ trở về xã cũ.")
        return
    said = [read_said(kind, text) for kind, texts in _asked(villages, clans, units) for text in texts]
    said += read_said_file(file) if file else []
    settled = settle(commune.place, on, said)
    if dry_run:
        plan = plan_carry_over(commune.place, on, settled)
    else:
        plan = carry_over(commune.place, on, settled, act=_act("chuyển sang xã mới"), progress=_show_progress)
    for line in carry_over_lines(plan, dry_run=dry_run):
        click.echo(line)


@click.command("villages")
@place_option
@click.option("--codes", is_flag=True, help="Mã cũ và mã mới / former and new codes.")
def villages_command(*, code: str, codes: bool) -> None:
    """Các thôn của một xã, tên nào còn chờ xác nhận / the villages of a commune and the names to be confirmed."""
    commune = commune_on(code, timezone.localdate())
    rows = list(villages_of(commune.place, timezone.localdate()))
    waiting = {each.village_id for each in name_questions(commune.place) if not each.answer}
    for row in rows:
        click.echo(row.name + ("  (tên đề xuất, chờ xác nhận)" if row.place_id in waiting else ""))
    if not rows:
        click.echo("Xã này chưa có thôn nào. Nhập sổ hộ, hoặc chuyển từ các xã cũ: densach places carry-over.")
    if codes:
        for line in _code_lines(commune.place):
            click.echo(line)


@click.command("name-village")
@place_option
@click.argument("village")
@click.argument("name", required=False, default="")
@on_option
@cites_option
def name_village_command(*, code: str, village: str, name: str, on: date | None, cites: str) -> None:
    """Xác nhận tên đề xuất của một thôn, hoặc đặt tên khác / confirm a proposed name, or give another."""
    commune = commune_on(code, timezone.localdate())
    row = _village(commune, village)
    since = on or row.valid_from
    given = name_village(row.place, name, on=since, cites=cites, act=_act("đặt tên thôn"))
    click.echo(f"{row.name} → {given}, từ {format_date(since)} ({cites})")


@click.command("merge-villages")
@place_option
@click.argument("villages", nargs=-1, required=True)
@click.option("--into", "name", required=True, metavar="NAME", help="Tên thôn mới / name of the new village.")
@click.option("--on", "on", required=True, callback=day, metavar="DATE", help="Từ ngày / from this day.")
@cites_option
def merge_villages_command(*, code: str, villages: tuple[str, ...], name: str, on: date, cites: str) -> None:
    """Nhập nhiều thôn làm một theo văn bản / make one village of several, by an act."""
    commune = commune_on(code, timezone.localdate())
    old = [_village(commune, village).place for village in villages]
    merge_inhabited_villages(old, name, on=on, cites=cites, act=_act("nhập thôn"))
    click.echo(f"{', '.join(villages)} → {name}, từ {format_date(on)} ({cites})")


@click.command("since")
@click.argument("code", metavar="CODE")
@click.option("--on", "on", required=True, callback=day, metavar="DATE", help="Đã có từ ngày / there since this day.")
@click.option("--source", required=True, metavar="TEXT", help="Quyết định, sổ nào cho biết / which paper tells it.")
def since_command(*, code: str, on: date, source: str) -> None:
    """Ghi một xã cũ đã có, cùng tên, cùng nơi cấp trên, từ ngày nào / since when a former commune was there.

    Cần khi nhập sổ của năm mà chưa có danh mục đơn vị hành chính. / Needed for registers of years without a list.
    """
    ensure_ready()
    commune = commune_on(code, last_day_of_first_list(timezone.localdate()))
    rows = reach_back(commune.place, on, source=source, act=_act(source))
    for row in rows:
        click.echo(f"{row.name}: có từ {format_date(on)} ({source})")
    if not rows:
        click.echo(f"{commune.name}: đã biết là có từ {format_date(on)} hoặc sớm hơn, không ghi thêm gì.")


def _code_lines(commune: Place) -> Iterator[str]:
    for grouping in (HOUSEHOLDS, CLANS, UNITS):
        for old, new in sorted(former_codes(grouping.row, grouping.rows, commune).items()):
            yield f"{old} → {', '.join(new)}"


def _show_progress(kind: str, count: int) -> None:
    """A line on the terminal for each step; silent where the output is not a terminal."""
    if count and sys.stderr.isatty():
        click.echo(f"Đang chuyển {format_number(count)} {STEPS[kind]}…", err=True)


def _asked(
    villages: tuple[str, ...], clans: tuple[str, ...], units: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from (("village", villages), ("clan", clans), ("unit", units))


def _village(commune: PlacePeriod, name: str) -> PlacePeriod:
    """The village of a commune with a name, typed with or without marks."""
    rows = list(villages_of(commune.place, timezone.localdate()))
    found = [row for row in rows if row.name == name] or [row for row in rows if fold(row.name) == fold(name)]
    kind_vi, kind_en = KINDS["village"]
    if not found:
        raise Refused(problem("L128", name, commune=commune.name, name=name))
    if len(found) > 1:
        twins = "; ".join(row.name for row in found)
        raise Refused(problem("L123", name, kind_vi=kind_vi, kind_en=kind_en, name=name, found=twins))
    return found[0]


def _act(why: str) -> Act:
    return Act(who=f"densach places {click.get_current_context().info_name}", at=timezone.now(), why=why)
