"""`densach organisations`: what an organisation was on a day, who stands above and below, and what happens to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.options import day, language, place_option
from densach.cli.organisation_list import load_list, write_list
from densach.cli.organisation_story import kind_words, story_json, story_lines, story_of
from densach.cli.places import echo_json, today
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_date
from densach.history.domain import Act
from densach.people.domain import link_unit, unlink_unit
from densach.places.lookup import get_place
from densach.places.models import Line, Organisation, OrganisationKind, Place
from densach.places.organisations import domain
from densach.places.organisations.command import Map, Node
from densach.places.organisations.domain import Charter, Said, Superior
from densach.places.organisations.lookup import (
    FoundNode,
    find_organisation,
    reference_of,
    search_misspelled,
    search_organisations,
)
from densach.problems import Language, Refused, problem
from densach.rules.model import MARKS

SHOWN = 50
WORDS: dict[str, dict[Language, str]] = {
    "none": {
        "vi": "Không tìm thấy tổ chức nào giống “{text}”. Cơ quan không còn nữa thì thêm --on và một ngày khi còn.",
        "en": "Nothing like “{text}” was found. For a body that is no more add --on and a day on which it was.",
    },
    "near": {
        "vi": "Không có tổ chức nào đúng như “{text}”. Khác một chữ:",
        "en": "Nothing is called “{text}”. One letter different:",
    },
    "count": {"vi": "{count} tổ chức", "en": "{count} organisations"},
    "more": {"vi": "… và {count} tổ chức nữa; gõ thêm chữ để thu hẹp.", "en": "… and {count} more; type more."},
}

on_option = click.option("--on", "on", required=True, callback=day, metavar="DATE", help="Từ ngày / from this day.")
asked_option = click.option("--on", "on", callback=day, metavar="DATE", help="Vào ngày này; mặc định hôm nay / today.")
line_option = click.option("--line", required=True, type=click.Choice(Line.values), help="Tuyến / line of command.")


def said_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add who says it (`--source`), how sure that is (`--mark`) and by which act (`--act`)."""
    act = click.option("--act", "legal_act", default="", metavar="TEXT", help="Văn bản / the legal act.")
    mark = click.option(
        "--mark", default="read", type=click.Choice(MARKS[:-1]), help="Mức tin cậy / how sure; mặc định đã đọc, read."
    )
    source = click.option("--source", required=True, metavar="TEXT", help="Nguồn / who says so.")
    return source(mark(act(command)))


@click.group()
def organisations() -> None:
    """Tổ chức theo ngày và các tuyến cấp trên / organisations by day and their lines of command."""


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@asked_option
@click.option("--json", "as_json", is_flag=True, help="In JSON thay cho câu / JSON instead of sentences.")
@language
def show(*, reference: str, on: date | None, as_json: bool, lang: Language) -> None:
    """Một tổ chức, cấp trên và cấp dưới / one organisation, who stands above and below."""
    ensure_ready()
    on = on or today()
    story = story_of(find_organisation(reference, on), on)
    if as_json:
        echo_json(story_json(story))
        return
    for line in story_lines(story, lang):
        click.echo(line)


@organisations.command()
@click.argument("text", nargs=-1, required=True)
@asked_option
@language
def find(*, text: tuple[str, ...], on: date | None, lang: Language) -> None:
    """Tìm theo tên gần đúng, kể cả viết tắt / find by a name typed any way, short forms too."""
    ensure_ready()
    asked = " ".join(text)
    found = search_organisations(asked, on or today())
    if not found:
        found = search_misspelled(asked, on or today())
        click.echo(WORDS["near" if found else "none"][lang].format(text=asked))
    if not found:
        return
    for each in found[:SHOWN]:
        click.echo(_found_line(each, lang))
    hidden = len(found) - SHOWN
    click.echo(WORDS["more" if hidden > 0 else "count"][lang].format(count=hidden if hidden > 0 else len(found)))


@organisations.command()
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(OrganisationKind.values), help="Loại / kind.")
@click.option("--seat", required=True, metavar="CODE|NAME", help="Nơi đặt trụ sở vào ngày đó / the seat on that day.")
@click.option("--body", default="", metavar="KEY", help="Là cơ quan này của nơi ấy, ví dụ / e.g. education.province")
@on_option
@said_options
def add(*, name: str, kind: str, seat: str, body: str, on: date, **said: str) -> None:
    """Thêm một tổ chức / add an organisation."""
    ensure_ready()
    charter = Charter(name=name, kind=kind, seat=_place(seat, on), said=Said(**said), body=body)
    _tell(domain.found_organisation(charter, on=on, act=acting()), on)


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@click.argument("name")
@on_option
@said_options
def rename(*, reference: str, name: str, on: date, **said: str) -> None:
    """Đổi tên; vẫn là tổ chức ấy / give another name; it stays the same organisation."""
    ensure_ready()
    organisation = _registered(reference, on)
    domain.rename_organisation(organisation, name, on=on, act=acting(), said=Said(**said))
    _tell(organisation, on)


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@click.option("--seat", required=True, metavar="CODE|NAME", help="Nơi mới / the new seat.")
@on_option
@said_options
def move(*, reference: str, seat: str, on: date, **said: str) -> None:
    """Chuyển trụ sở / move the seat."""
    ensure_ready()
    organisation = _registered(reference, on)
    domain.move_seat(organisation, _place(seat, on), on=on, act=acting(), said=Said(**said))
    _tell(organisation, on)


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@on_option
@said_options
def close(*, reference: str, on: date, **said: str) -> None:
    """Kết thúc một tổ chức / end an organisation."""
    ensure_ready()
    node = _registered_node(reference, on)
    domain.close_organisation(_own(node), on=on, act=acting(), said=Said(**said))
    click.echo(f"{node.label}: kết thúc {format_date(on)} / ended {on.isoformat()}")


@organisations.command()
@click.argument("references", metavar="ID|NAME…", nargs=-1, required=True)
@click.option("--into", required=True, metavar="ID|NAME", help="Tổ chức nhận / the one that takes them in.")
@on_option
@said_options
def merge(*, references: tuple[str, ...], into: str, on: date, **said: str) -> None:
    """Nhập các tổ chức vào một tổ chức / merge organisations into one."""
    ensure_ready()
    olds = [_registered(reference, on) for reference in references]
    taking = _registered(into, on)
    domain.merge_organisations(olds, taking, on=on, act=acting(), said=Said(**said))
    _tell(taking, on)


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@click.option("--new", "names", required=True, multiple=True, metavar="NAME", help="Tên tổ chức mới / a new one.")
@click.option("--ends", is_flag=True, help="Tổ chức cũ kết thúc / the old one ends.")
@on_option
@said_options
def split(*, reference: str, names: tuple[str, ...], ends: bool, on: date, **said: str) -> None:
    """Tách thành các tổ chức mới cùng loại, cùng nơi / split off new ones of its kind at its seat."""
    ensure_ready()
    node = _registered_node(reference, on)
    if node.ground is None:
        raise Refused(problem("O104", node.name, day=format_date(on)))
    seat = node.ground.period.place
    charters = [Charter(name=name, kind=node.kind, seat=seat, said=Said(**said)) for name in names]
    for new in domain.split_organisation(_own(node), charters, on=on, act=acting(), said=Said(**said), ends=ends):
        _tell(new, on)


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@click.option("--under", required=True, metavar="ID|NAME", help="Cấp trên / the superior.")
@line_option
@on_option
@said_options
def put(*, reference: str, under: str, line: str, on: date, **said: str) -> None:
    """Xếp dưới một cấp trên trong một tuyến / put under a superior in a line."""
    ensure_ready()
    organisation, above = _registered(reference, on), find_organisation(under, on)
    domain.put_under(organisation, _superior(above), line, on=on, act=acting(), said=Said(**said))
    click.echo(f"↑ {above.label}")


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@line_option
@on_option
def release(*, reference: str, line: str, on: date) -> None:
    """Kết thúc quan hệ cấp trên đã ghi / end what was entered about a superior."""
    ensure_ready()
    node = _registered_node(reference, on)
    domain.end_superior(_own(node), line, on=on, act=acting())
    click.echo(node.label)


@organisations.command()
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path, dir_okay=False))
def template(*, file: Path) -> None:
    """Tạo danh sách trống để điền / write an empty list to fill in."""
    write_list(file, today())
    click.echo(file)


@organisations.command("import")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không nhập / check only, load nothing.")
def import_(*, file: Path, dry_run: bool) -> None:
    """Nhập danh sách đã điền, tất cả hoặc không / import a filled list, all of it or nothing."""
    ensure_ready()
    done = load_list(file, today=today(), act=acting(), dry_run=dry_run)
    click.echo(f"{file.name}: {'chỉ kiểm tra, chưa nhập' if dry_run else 'đã nhập'}")
    click.echo(f"  thêm {done.added}, đã có {done.known} / added {done.added}, known {done.known}")


@organisations.command()
@click.argument("reference", metavar="ID|NAME")
@place_option
@click.option("--unit", required=True, metavar="UNIT", help="Mã đơn vị trong sổ của xã / code of the unit.")
@asked_option
def link(*, reference: str, code: str, unit: str, on: date | None) -> None:
    """Gắn đơn vị được đánh giá của xã với tổ chức / say which organisation an assessed unit is."""
    ensure_ready()
    on = on or today()
    node = _registered_node(reference, on)
    found = link_unit(get_place(code, on).place, unit, _own(node), on=on, act=acting())
    click.echo(f"{unit}: {found.name} = {node.label}")


@organisations.command()
@place_option
@click.option("--unit", required=True, metavar="UNIT", help="Mã đơn vị trong sổ của xã / code of the unit.")
@asked_option
def unlink(*, code: str, unit: str, on: date | None) -> None:
    """Gỡ liên kết; đơn vị lại mang tên trong sổ / take the link away; the unit has its own name again."""
    ensure_ready()
    found = unlink_unit(get_place(code, on or today()).place, unit, act=acting())
    click.echo(f"{unit}: {found.name}")


def acting() -> Act:
    """The command stands for who enters, until people sign in."""
    return Act(who=f"densach organisations {click.get_current_context().info_name}", at=timezone.now())


def _place(seat: str, on: date) -> Place:
    """The place of a code or name on a day; before the lists, as the first list has it."""
    return get_place(seat, Map.of(on).read_on).place


def _registered_node(reference: str, on: date) -> Node:
    """An organisation that is registered; a body that is only derived has no rows to change (O117)."""
    node = find_organisation(reference, on)
    if node.organisation is None and node.body:
        raise Refused(problem("O117", node.label, name=node.name, body=node.body.key))
    return node


def _own(node: Node) -> Organisation:
    assert node.organisation is not None  # noqa: S101  - `_registered_node` refuses what has none
    return node.organisation


def _registered(reference: str, on: date) -> Organisation:
    return _own(_registered_node(reference, on))


def _superior(node: Node) -> Superior:
    if node.organisation or node.body is None or node.ground is None:
        return Superior(organisation=node.organisation)
    return Superior(body=node.body.key, place=node.ground.period.place)


def _tell(organisation: Organisation, on: date) -> None:
    node = find_organisation(str(organisation.uid), on)
    click.echo(f"{reference_of(node)}  {node.label}")


def _found_line(found: FoundNode, lang: Language) -> str:
    return f"{reference_of(found.node)}  {found.node.label} – {kind_words(found.node.kind, lang)}"
