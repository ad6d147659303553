"""`densach people counted`, `count-by`, `count-at`: who is counted in a commune, by which choice."""

from __future__ import annotations

import json
from datetime import date

import click

from densach.cli.options import day, place_option
from densach.cli.people_acting import acting, json_option, on_option, person_argument, the_commune, the_person
from densach.formats.vietnamese import format_date, format_number
from densach.people.counting import Counted, counted_in
from densach.people.models import CountedBy
from densach.people.records.choosing import choose_place, choose_rule
from densach.people.records.naming import public_id
from densach.people.records.queries import persons_by_key
from densach.places.queries import names_ever

NAMED = 20
from_option = click.option(
    "--from", "since", required=True, callback=day, metavar="DATE", help="Từ ngày / from this day."
)
source_option = click.option("--source", required=True, metavar="TEXT", help="Nguồn: văn bản, biên bản / the source.")


@click.command()
@place_option
@on_option
@json_option
def counted(*, code: str, on: date, as_json: bool) -> None:
    """Ai được tính vào xã trong một ngày, theo cách nào / who is counted on a day, by which choice."""
    commune = the_commune(code, on)
    found = counted_in(commune, on)
    if as_json:
        click.echo(json.dumps(_json(code, on, found), ensure_ascii=False, indent=2))
        return
    name = names_ever([commune.pk])[commune.pk]
    click.echo(f"Ngày {format_date(on)}, {name} ({code}): tính {format_number(found.sure)} người.")
    click.echo(found.rule.sentence())
    for count, what in _lines(found):
        if count:
            click.echo(f"  {format_number(count)} {what}")
    _name(
        "Chờ chọn nơi được tính", found.waiting, "densach people count-at MÃ --place MÃ_XÃ --by … --source … --from …"
    )
    _name("Có nơi ở trong xã mà chưa xã nào tính", found.nowhere, "densach people story MÃ")


@click.command("count-by")
@place_option
@click.option("--choice", type=click.Choice(CountedBy.values), required=True, help="Tính ai / who is counted.")
@source_option
@from_option
def count_by(*, code: str, choice: str, source: str, since: date) -> None:
    """Xã chọn tính ai, có nguồn / a commune chooses who is counted, on the word of a source."""
    commune = the_commune(code, since)
    choose_rule(commune, choice, source=source, on=since, act=acting(source))
    click.echo(counted_in(commune, since).rule.sentence())
    click.echo(f"Xem kết quả: densach people counted --place {code}")


@click.command("count-at")
@person_argument
@place_option
@click.option("--by", required=True, metavar="TEXT", help="Ai chọn / who chose.")
@source_option
@from_option
def count_at(*, who: str, code: str, by: str, source: str, since: date) -> None:
    """Chọn nơi tính một người có hai nơi ở / chooses where somebody with two homes is counted."""
    person = the_person(who)
    choose_place(person, the_commune(code, since), by=by, source=source, on=since, act=acting(source))
    click.echo(f"{person.full_name} [{public_id(person)}] được tính ở xã {code} từ {format_date(since)}.")


def _lines(found: Counted) -> list[tuple[int, str]]:
    return [
        (len(found.households) - len(found.waiting & found.households.keys()), "người ở các hộ của xã"),
        (len(set(found.lodgers) - found.waiting), "người ở nội trú hoặc làm việc tại xã, không thuộc hộ nào"),
        (len(found.chosen), "người trong số đó được tính ở đây theo lựa chọn riêng"),
        (len(found.waiting), "người nữa được hai xã cùng tính, chờ chọn một nơi; chưa tính vào số trên"),
        (len(found.elsewhere), "người có nơi ở trong xã nhưng tính ở xã khác"),
        (len(found.nowhere), "người có nơi ở trong xã mà chưa xã nào tính"),
    ]


def _name(what: str, persons: set[int], command: str) -> None:
    """Who they are, the first of them by name, and what can be done."""
    if not persons:
        return
    rows = sorted(persons_by_key(persons).values(), key=lambda row: (row.sort, row.pk))
    more = f" … và {len(rows) - NAMED} người nữa" if len(rows) > NAMED else ""
    click.echo(f"{what}: " + ", ".join(f"{row.full_name} [{public_id(row)}]" for row in rows[:NAMED]) + more)
    click.echo(f"  {command}")


def _json(code: str, on: date, found: Counted) -> dict[str, object]:
    rule = found.rule
    return {
        "place": code,
        "on": on.isoformat(),
        "rule": {"choice": rule.choice, "assumption": rule.is_assumption, "since": rule.since, "source": rule.source},
        "counted": found.sure,
        "in_households": len(found.households),
        "lodgers": len(found.lodgers),
        "by_own_choice": len(found.chosen),
        "waiting_for_a_choice": len(found.waiting),
        "counted_elsewhere": len(found.elsewhere),
        "counted_nowhere": len(found.nowhere),
        "who_waits": _ids(found.waiting),
        "who_is_nowhere": _ids(found.nowhere),
    }


def _ids(persons: set[int]) -> list[str]:
    return sorted(public_id(row) for row in persons_by_key(persons).values())
