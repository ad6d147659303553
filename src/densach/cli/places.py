"""`densach places`: what a place was called, where it lay and which code it had on a day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.areas import areas_group
from densach.cli.merged_places import (
    carry_over_command,
    merge_villages_command,
    name_village_command,
    since_command,
    villages_command,
)
from densach.cli.options import day, language
from densach.cli.place_rows import found_json
from densach.cli.place_story import now_words, past_lines, story_json, story_lines
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_date, format_number
from densach.places.lookup import (
    Found,
    Likeness,
    NotKnown,
    find_ever,
    find_place,
    known_on,
    look_anywhere,
    several_meant,
)
from densach.places.models import CodeList, Level
from densach.places.queries import children_of
from densach.places.story import story_of
from densach.places.telling import code_line, valid_line
from densach.problems import Language

SHOWN = 50
WORDS: dict[str, dict[Language, str]] = {
    "below": {"vi": "Trực thuộc: {count} nơi", "en": "Below it: {count} places"},
    "no_villages": {"vi": "Chưa có danh sách thôn, tổ dân phố", "en": "No list of its villages yet"},
    "no_units": {"vi": "Chưa có danh mục các nơi trực thuộc của ngày này", "en": "No list of what lay below it then"},
    "source": {"vi": "Nguồn: {source}", "en": "Source: {source}"},
    "fictional": {"vi": "MẪU – nơi hư cấu, không có thật", "en": "MẪU – a fictional place"},
    "none": {
        "vi": "Không tìm thấy nơi nào giống “{text}”. Thử riêng tên xã, hoặc thêm tỉnh: “ba đình, hà nội”.",
        "en": "Nothing like “{text}” was found. Try the name alone, or add the province: “ba đình, hà nội”.",
    },
    "more": {"vi": "… và {count} nơi nữa; gõ thêm chữ để thu hẹp.", "en": "… and {count} more; type more of the name."},
    "count": {"vi": "{count} nơi", "en": "{count} places"},
    "no_list": {
        "vi": "Chưa có danh mục của ngày {day}; đây là nơi mang mã, tên này theo danh mục {first}, nên có thể khác.",
        "en": "No list of {day} is held; this is what the list of {first} has, so it may have been otherwise.",
    },
    "confirmed": {
        "vi": "Đã {by}: cùng mã, cùng tên, cùng nơi cấp trên.",
        "en": "Confirmed by another list ({by}): the same code, name and place above.",
    },
}
# Said before what was found when nothing fits what was typed.
LOOSELY: dict[Likeness, dict[Language, str]] = {
    Likeness.OTHER_TYPE: {
        "vi": "Không có nơi nào đúng như “{text}”. Cùng tên, khác loại:",
        "en": "Nothing is called “{text}”. The same name, another type:",
    },
    Likeness.ONE_LETTER: {
        "vi": "Không có nơi nào đúng như “{text}”. Khác một chữ:",
        "en": "Nothing is called “{text}”. One letter different:",
    },
    Likeness.OTHER_AREA: {
        "vi": "Không có nơi nào đúng như “{text}”. Cùng tên, thuộc nơi khác:",
        "en": "Nothing is called “{text}”. The same name, elsewhere:",
    },
}


@click.group()
def places() -> None:
    """Đơn vị hành chính theo ngày / administrative units by day."""


@places.command()
@click.argument("code_or_name", metavar="CODE|NAME")
@click.option("--on", "on", callback=day, metavar="DATE", help="Vào ngày này; mặc định hôm nay / on this day; today.")
@click.option("--json", "as_json", is_flag=True, help="In JSON thay cho câu / JSON instead of sentences.")
@language
def show(*, code_or_name: str, on: date | None, as_json: bool, lang: Language) -> None:
    """Một nơi theo mã hoặc tên / one place by code or name."""
    ensure_ready()
    on = on or today()
    found = find_place(code_or_name, on)
    if isinstance(found, NotKnown):
        _show_nearest(code_or_name, found, as_json, lang)
        return
    below = count_below(found, on)
    if as_json:
        echo_json({"known": True, "on": on.isoformat(), "below": below} | found_json(found))
        return
    for line in described(found, below, lang):
        click.echo(line)
    ended = found.period.valid_to
    if ended and ended <= today():
        click.echo(f"  {now_words([found], today(), lang)[0]}")


@places.command()
@click.argument("text", nargs=-1, required=True)
@language
def find(*, text: tuple[str, ...], lang: Language) -> None:
    """Tìm nơi theo tên gần đúng, kể cả không dấu / find places by a name typed any way, marks or not."""
    ensure_ready()
    asked = " ".join(text)
    on = today()
    found = look_anywhere(asked, on)
    total = len(found.present) + len(found.past)
    if found.loosely is not None or not total:
        words = LOOSELY[found.loosely] if found.loosely is not None else WORDS["none"]
        click.echo(words[lang].format(text=asked))
    if not total:
        return
    for each in found.present[:SHOWN]:
        click.echo(f"{each.period.code:5}  {each.label}")
    for line in past_lines(found.past[: max(SHOWN - len(found.present), 0)], on, lang):
        click.echo(line)
    hidden = total - SHOWN
    count = _count(hidden if hidden > 0 else total, lang)
    click.echo(WORDS["more" if hidden > 0 else "count"][lang].format(count=count))


@places.command()
@click.argument("code_or_name", metavar="CODE|NAME")
@click.option("--on", "on", callback=day, metavar="DATE", help="Nơi mang mã, tên này vào ngày / as it was on this day.")
@click.option("--json", "as_json", is_flag=True, help="In JSON thay cho câu / JSON instead of sentences.")
@language
def lineage(*, code_or_name: str, on: date | None, as_json: bool, lang: Language) -> None:
    """Một nơi từ đâu mà ra và nay thuộc về đâu / what a place was made from and what has become of it."""
    ensure_ready()
    found = find_ever(code_or_name, on or today())
    if isinstance(found, NotKnown):
        raise found.refusal()
    story = story_of(found, today())
    if as_json:
        echo_json(story_json(story))
        return
    for line in story_lines(story, lang):
        click.echo(line)


def _show_nearest(asked: str, unknown: NotKnown, as_json: bool, lang: Language) -> None:
    """For a day that no list speaks of: the one unit that is likely, said to be only that; otherwise the refusal."""
    if as_json:
        lists = [list_json(each) for each in unknown.lists]
        nearest = [found_json(each) for each in unknown.nearest]
        echo_json({"known": False, "on": unknown.on.isoformat(), "lists": lists, "nearest": nearest})
        return
    if len(unknown.nearest) != 1:
        raise several_meant(asked, unknown.nearest) if unknown.nearest else unknown.refusal()
    period = unknown.nearest[0].period
    name, *facts = described(unknown.nearest[0], count_below(unknown.nearest[0], period.valid_from), lang)
    days = {"day": format_date(unknown.on), "first": format_date(period.valid_from)}
    for line in (name, "  " + WORDS["no_list"][lang].format(**days), *facts):
        click.echo(line)
    click.echo("  " + WORDS["confirmed"][lang].format(by=period.confirmed_by))


for command in (
    areas_group,
    since_command,
    carry_over_command,
    villages_command,
    name_village_command,
    merge_villages_command,
):
    places.add_command(command)


def count_below(found: Found, on: date) -> int | None:
    """The number of places directly below; None where not all of them are known on that day, or no villages."""
    count = children_of(found.period.place, on).count()
    if found.period.level == Level.COMMUNE:
        return count or None
    return None if known_on(on) else count


def described(found: Found, below: int | None, lang: Language) -> list[str]:
    """One place as lines of text."""
    period = found.period
    lines = [found.label, f"  {code_line(period, lang)}", f"  {valid_line(period, lang)}"]
    unknown = "no_villages" if period.level == Level.COMMUNE else "no_units"
    lines.append("  " + WORDS[unknown if below is None else "below"][lang].format(count=below))
    lines.append("  " + WORDS["source"][lang].format(source=period.source))
    return [*lines, "  " + WORDS["fictional"][lang]] if period.place.fictional else lines


def list_json(code_list: CodeList) -> dict[str, Any]:
    """The days for which a list of places speaks."""
    known_to = code_list.known_to
    return {
        "title": code_list.title,
        "known_from": code_list.known_from.isoformat(),
        "known_to": known_to and known_to.isoformat(),
    }


def echo_json(answer: dict[str, Any]) -> None:
    """Print plain data."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def today() -> date:
    """The day in Viet Nam, asked for only here, at the edge."""
    return timezone.localdate()


def _count(number: int, lang: Language) -> str:
    return format_number(number) if lang == "vi" else f"{number:,}"
