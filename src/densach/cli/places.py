"""`densach places`: what a place was called, where it lay and which code it had on a day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.options import day, language
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_date, format_number
from densach.places.lookup import Found, NotKnown, find_place, search
from densach.places.models import CodeList, Level
from densach.places.queries import children_of
from densach.problems import Language

SHOWN = 50
WORDS: dict[str, dict[Language, str]] = {
    "code": {"vi": "mã {code} theo {list}", "en": "code {code} of {list}"},
    "since": {"vi": "từ {since}", "en": "from {since}"},
    "to": {"vi": "đến trước {to}", "en": "to before {to}"},
    "in_force": {"vi": "đang có hiệu lực", "en": "in force"},
    "below": {"vi": "Trực thuộc: {count} nơi", "en": "Below it: {count} places"},
    "no_villages": {"vi": "Chưa có danh sách thôn, tổ dân phố", "en": "No list of its villages yet"},
    "source": {"vi": "Nguồn: {source}", "en": "Source: {source}"},
    "fictional": {"vi": "MẪU – nơi hư cấu, không có thật", "en": "MẪU – a fictional place"},
    "none": {"vi": "Không tìm thấy nơi nào giống “{text}”.", "en": "Nothing like “{text}” was found."},
    "more": {"vi": "… và {count} nơi nữa; gõ thêm chữ để thu hẹp.", "en": "… and {count} more; type more of the name."},
    "count": {"vi": "{count} nơi", "en": "{count} places"},
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
        if not as_json:
            raise found.refusal()
        echo_json({"known": False, "on": on.isoformat(), "lists": [list_json(each) for each in found.lists]})
        return
    below = count_below(found, on)
    if as_json:
        echo_json({"known": True, "on": on.isoformat(), "below": below} | found_json(found))
        return
    for line in described(found, below, lang):
        click.echo(line)


@places.command()
@click.argument("text", nargs=-1, required=True)
@language
def find(*, text: tuple[str, ...], lang: Language) -> None:
    """Tìm nơi theo tên gần đúng, kể cả không dấu / find places by a name typed any way, marks or not."""
    ensure_ready()
    asked = " ".join(text)
    found = search(asked, today())
    if isinstance(found, NotKnown):
        raise found.refusal()
    if not found:
        click.echo(WORDS["none"][lang].format(text=asked))
        return
    for each in found[:SHOWN]:
        click.echo(f"{each.period.code:5}  {each.label}")
    hidden = len(found) - SHOWN
    count = _count(hidden if hidden > 0 else len(found), lang)
    click.echo(WORDS["more" if hidden > 0 else "count"][lang].format(count=count))


def count_below(found: Found, on: date) -> int | None:
    """The number of places directly below; None for a commune whose villages were not entered."""
    count = children_of(found.period.place, on).count()
    return None if found.period.level == Level.COMMUNE and not count else count


def described(found: Found, below: int | None, lang: Language) -> list[str]:
    """One place as lines of text."""
    period = found.period
    lines = [found.label, f"  {_code(found, lang)}", f"  {_valid(found, lang)}"]
    lines.append("  " + WORDS["no_villages" if below is None else "below"][lang].format(count=below))
    lines.append("  " + WORDS["source"][lang].format(source=period.source))
    return [*lines, "  " + WORDS["fictional"][lang]] if period.place.fictional else lines


def found_json(found: Found) -> dict[str, Any]:
    """One place as plain data; `id` is its permanent identity."""
    period, province = found.period, found.province
    return {
        "id": str(period.place.uid),
        "name": period.name,
        "level": period.level,
        "type": period.type,
        "code": period.code,
        "code_list": period.code_list and period.code_list.title,
        "province": province and {"code": province.code, "name": province.name},
        "valid_from": period.valid_from.isoformat(),
        "valid_to": period.valid_to and period.valid_to.isoformat(),
        "source": period.source,
        "fictional": period.place.fictional,
    }


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


def _code(found: Found, lang: Language) -> str:
    period = found.period
    return WORDS["code"][lang].format(code=period.code, list=period.code_list)


def _valid(found: Found, lang: Language) -> str:
    period = found.period
    since = WORDS["since"][lang].format(since=format_date(period.valid_from))
    if period.valid_to is None:
        return f"{since}, {WORDS['in_force'][lang]}"
    return f"{since} {WORDS['to'][lang].format(to=format_date(period.valid_to))}"


def _count(number: int, lang: Language) -> str:
    return format_number(number) if lang == "vi" else f"{number:,}"
