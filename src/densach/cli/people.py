"""`densach people`: one person over time, records that look alike, and who is counted."""

from __future__ import annotations

import click
from django.utils import timezone

from densach.cli.options import place_option
from densach.cli.people_acting import the_commune
from densach.cli.people_counted import count_at, count_by, counted
from densach.cli.people_lives import (
    back,
    born,
    correct,
    die,
    divide,
    head,
    leave,
    move,
    rename,
    stay,
    story,
    unite,
)
from densach.cli.people_pairs import compare, different, duplicates, pair_up, same, unmerge
from densach.formats.vietnamese import format_date
from densach.people.records.describing import birth_text
from densach.people.records.naming import find_persons, public_id
from densach.people.records.queries import open_homes_by_person

SHOWN = 50


@click.group()
def people() -> None:
    """Người: tìm, đời của một người, hồ sơ trùng, ai được tính / people over time."""


@people.command()
@click.argument("text", nargs=-1, required=True)
@place_option
def find(*, text: tuple[str, ...], code: str) -> None:
    """Tìm người trong xã theo tên, kể cả không dấu / find people of a commune by a name typed any way."""
    asked = " ".join(text)
    found = find_persons(asked, the_commune(code, timezone.localdate()))
    homes = open_homes_by_person([row.pk for row in found[:SHOWN]])
    for row in found[:SHOWN]:
        lives = ", ".join(homes.get(row.pk, ())) or "không còn nơi ở trong sổ"
        died = f", mất {format_date(row.died_on)}" if row.died_on else ""
        click.echo(f"{public_id(row)}  {row.full_name}, sinh {birth_text(row)}{died} – {lives}")
    if not found:
        click.echo(f"Không tìm thấy ai có tên giống “{asked}”. Gõ ít chữ hơn, hoặc gõ không dấu.")
    elif len(found) > SHOWN:
        click.echo(f"… và {len(found) - SHOWN} người nữa; gõ thêm chữ để thu hẹp.")


PAIRS = (duplicates, pair_up, compare, same, different, unmerge)
LIVES = (story, move, leave, die, born, rename, correct, divide, unite, head, stay, back)
COUNTED = (counted, count_by, count_at)
for command in (*PAIRS, *LIVES, *COUNTED):
    people.add_command(command)
