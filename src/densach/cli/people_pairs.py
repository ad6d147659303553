"""`densach people duplicates`, `pair`, `compare`, `same`, `different`, `unmerge`: records that may be of one person."""

from __future__ import annotations

import json

import click
from django.utils import timezone

from densach.assessing.queries import titles_by_record
from densach.cli.options import place_option
from densach.cli.people_acting import acting, json_option, the_commune, the_keys, the_person, why_option
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_date
from densach.people.models import LikelyDuplicate, PairState, Person
from densach.people.records.describing import birth_text, described
from densach.people.records.merging import decide_different, decide_same, find_likely, put_forward, undo_same
from densach.people.records.naming import public_id
from densach.people.records.queries import pair_of, pairs_waiting, records_of
from densach.problems import Refused, problem

pair_argument = click.argument("number", metavar="PAIR", type=int)
_WHY = {
    "name": {
        "same": "cùng tên",
        "marks_missing": "cùng tên, một bên thiếu dấu",
        "marks_differ": "tên chỉ khác dấu",
    },
    "birth": {
        "same": "cùng ngày sinh",
        "swapped": "ngày và tháng sinh đổi chỗ",
        "one_digit": "ngày sinh lệch một chữ số",
        "year_only": "cùng năm sinh, một bên không rõ ngày",
        "unknown": "một bên chưa rõ ngày sinh",
    },
    "where": {
        "household": "cùng hộ",
        "commune": "cùng xã",
        "lineage": "ở xã cũ và xã mới của cùng một vùng",
        "province": "cùng tỉnh, tên hiếm",
    },
}
_DIFFER, _EQUAL = "≠", " "


@click.command()
@place_option
@json_option
def duplicates(*, code: str, as_json: bool) -> None:
    """Các cặp hồ sơ giống nhau đang chờ người xem / pairs of records that look alike and wait for a person."""
    today = timezone.localdate()
    commune = the_commune(code, today)
    find_likely(commune, today=today, keys=the_keys(), act=acting("tìm hồ sơ giống nhau"))
    pairs = list(pairs_waiting(commune))
    if as_json:
        click.echo(json.dumps([_pair_json(pair) for pair in pairs], ensure_ascii=False, indent=2))
        return
    for pair in pairs:
        click.echo(f"{pair.pk}: {_short(pair.first)} và {_short(pair.second)} – {why_told(pair)}")
    click.echo(_what_next(len(pairs)))


@click.command("pair")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@why_option
def pair_up(*, one: str, other: str, why: str) -> None:
    """Đặt hai hồ sơ mà máy không thấy giống thành một cặp chờ xem / two records the search does not find alike."""
    waiting = put_forward(the_person(one), the_person(other), act=acting(why))
    click.echo(f"Cặp {waiting.pk}: {_short(waiting.first)} và {_short(waiting.second)} – {why_told(waiting)}")
    click.echo(_what_next(1))


@click.command()
@pair_argument
def compare(*, number: int) -> None:
    """Hai hồ sơ cạnh nhau, chỗ khác có dấu ≠ / both records side by side, differences marked."""
    pair = _the_pair(number)
    first, second = (_fields(person) for person in (pair.first, pair.second))
    width = max(map(len, first | second))
    column = max(map(len, first.values()))
    for name in first | second:
        one, other = first.get(name, "–"), second.get(name, "–")
        click.echo(f"{_EQUAL if one == other else _DIFFER} {name:<{width}}  {one:<{column}}  {other}")
    click.echo(f"Vì sao giống: {why_told(pair)}.")
    click.echo(_state_told(pair))


@click.command()
@pair_argument
@click.option("--keep", required=True, metavar="ID", help="Hồ sơ được giữ làm chính / the record that is kept.")
@why_option
def same(*, number: int, keep: str, why: str) -> None:
    """Là một người: tính theo hồ sơ được giữ / one person, counted by the record kept."""
    kept = the_person(keep)
    decide_same(number, kept, act=acting(why))
    click.echo(f"Cặp {number} là một người, tính theo hồ sơ {public_id(kept)}. Không dòng nào của hai hồ sơ bị đổi.")
    click.echo(f"Hoàn tác: densach people unmerge {number} --why …")


@click.command()
@pair_argument
@why_option
def different(*, number: int, why: str) -> None:
    """Là hai người: cặp này chỉ hiện lại khi hồ sơ thay đổi / two people; comes back only if a record changes."""
    ensure_ready()
    decide_different(number, act=acting(why))
    click.echo(f"Cặp {number} là hai người. Cặp này chỉ hiện lại nếu một trong hai hồ sơ thay đổi.")


@click.command()
@pair_argument
@why_option
def unmerge(*, number: int, why: str) -> None:
    """Hoàn tác việc gộp: mỗi hồ sơ lại là một người / undo: each record is a person again."""
    ensure_ready()
    undo_same(number, act=acting(why))
    click.echo(
        f"Đã hoàn tác cặp {number}: mỗi hồ sơ lại được tính riêng, như trước khi gộp. Cặp này lại chờ người xem."
    )


def why_told(pair: LikelyDuplicate) -> str:
    """Why two records look alike, in words."""
    why = pair.why
    if "held" in why:
        return f"người xem cho là một người: {why['held']}"
    said = [_WHY[part][why[part]] for part in ("name", "birth", "where")]
    if not why["same_sex"]:
        said.append("khác giới tính")
    if why["number"] == "differ":
        said.append("hai số định danh lệch như gõ nhầm")
    return ", ".join(said)


def _the_pair(number: int) -> LikelyDuplicate:
    ensure_ready()
    pair = pair_of(number)
    if pair is None:
        raise Refused(problem("N104", number))
    return pair


def _fields(person: Person) -> dict[str, str]:
    titles = titles_by_record([row.pk for row in records_of(person.pk)])
    told = "; ".join(dict.fromkeys(f"{key} năm {year} ({number})" for key, year, number in titles))
    return described(person, the_keys()) | {"Danh hiệu": told or "không có"}


def _short(person: Person) -> str:
    return f"{person.full_name}, sinh {birth_text(person)} [{public_id(person)}]"


def _what_next(count: int) -> str:
    if not count:
        return (
            "Không cặp hồ sơ nào chờ xem. Khi nhập sổ hộ, hồ sơ giống nhau sẽ hiện ở đây để người xem quyết định; "
            "phần mềm không tự gộp ai."
        )
    return f"{count} cặp chờ xem. Xem một cặp: densach people compare SỐ; rồi densach people same hoặc different."


def _state_told(pair: LikelyDuplicate) -> str:
    if pair.decided_at is None:
        keep = public_id(pair.first)
        return (
            f"Chờ người xem. Là một người: densach people same {pair.pk} --keep {keep} --why …; "
            f"là hai người: densach people different {pair.pk} --why …"
        )
    kept = f", giữ {public_id(pair.kept)}" if pair.kept else ""
    on = format_date(timezone.localdate(pair.decided_at))
    return (
        f"Đã quyết định ngày {on}: {PairState(pair.state).label}{kept}. Lý do: {pair.decided_why} ({pair.decided_by})."
    )


def _pair_json(pair: LikelyDuplicate) -> dict[str, object]:
    return {
        "pair": pair.pk,
        "first": public_id(pair.first),
        "second": public_id(pair.second),
        "why": pair.why,
        "found_at": pair.found_at.isoformat(),
    }
