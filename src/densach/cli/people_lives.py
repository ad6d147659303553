"""`densach people move`, `leave`, `die` and what else happens in a life; `story` tells it."""

from __future__ import annotations

from datetime import date
from shlex import quote

import click
from django.utils import timezone

from densach.assessing.queries import titles_by_record
from densach.assessing.workbooks.cells import CellReader
from densach.assessing.workbooks.columns import REGISTER
from densach.assessing.workbooks.refusing import NotAValue
from densach.cli.options import place_option
from densach.cli.people_acting import acting, on_option, past_day, person_argument, the_commune, the_person, why_option
from densach.formats.vietnamese import fold, format_date
from densach.people.models import Household, Person, Precision, Sex, StayKind
from densach.people.records import lives
from densach.people.records.naming import public_id
from densach.people.records.queries import household_coded, households_without_head, records_of
from densach.people.records.story import life_of
from densach.places.models import Place
from densach.places.queries import villages_of
from densach.problems import Refused, problem

kind_option = click.option(
    "--kind", type=click.Choice(["permanent", "temporary"]), help="Thường trú hay tạm trú / which home."
)
basis_option = click.option("--basis", required=True, metavar="TEXT", help="Căn cứ: giấy tờ nào / the paper.")
source_option = click.option("--source", required=True, metavar="TEXT", help="Nguồn / who says so.")
household_argument = click.argument("household", metavar="HOUSEHOLD")
NOBODY_DIED = "none"
_BIRTH = next(column for column in REGISTER if column.key == "birth_date")


@click.command()
@person_argument
@click.option("--to", "household", required=True, metavar="CODE", help="Mã hộ đến ở / the household moved to.")
@place_option
@kind_option
@click.option("--source", default="", metavar="TEXT", help="Nguồn: sổ, khai báo / who says so.")
@on_option
@why_option
def move(*, who: str, household: str, code: str, kind: str | None, source: str, on: date, why: str) -> None:
    """Chuyển đến một hộ, về làm dâu rể, trở về / moves to a household, marries into it, comes back."""
    person = the_person(who)
    lives.move(person, _household(code, household, on), on=on, kind=kind, source=source, act=acting(why))
    _done(person, f"ở hộ {household} từ {format_date(on)}")


@click.command()
@person_argument
@kind_option
@on_option
@why_option
def leave(*, who: str, kind: str | None, on: date, why: str) -> None:
    """Đã rời đi, chưa rõ đi đâu / has left, for where nobody knows."""
    person = the_person(who)
    lives.leave(person, on=on, kind=kind, act=acting(why))
    _done(person, f"không còn nơi ở ấy từ {format_date(on)}")


@click.command()
@person_argument
@on_option
@basis_option
def die(*, who: str, on: date, basis: str) -> None:
    """Đã mất: từ ngày ấy không được tính ở đâu nữa / has died; is counted nowhere from that day on."""
    person = the_person(who)
    lives.die(person, on=on, basis=basis, act=acting(basis))
    _done(person, f"mất ngày {format_date(on)}")


@click.command()
@place_option
@click.option("--to", "household", required=True, metavar="CODE", help="Mã hộ / the household.")
@click.option("--name", required=True, metavar="NAME", help="Họ và tên / full name.")
@click.option("--sex", type=click.Choice(Sex.values), required=True, help="Nam hay nữ / the sex.")
@click.option("--kind", type=click.Choice(["permanent", "temporary"]), default="permanent", help="Cư trú / home.")
@on_option
@why_option
def born(*, code: str, household: str, name: str, sex: str, kind: str, on: date, why: str) -> None:
    """Trẻ mới sinh của một hộ; --on là ngày sinh / a child is born into a household on that day."""
    home = _household(code, household, on)
    child = lives.Newborn(full_name=name, sex=sex, born=on)
    _done(lives.enter_newborn(child, home, kind=kind, act=acting(why)), f"sinh ngày {format_date(on)}, hộ {household}")


@click.command()
@person_argument
@click.option("--name", required=True, metavar="NAME", help="Tên mới / the new name.")
@on_option
@basis_option
def rename(*, who: str, name: str, on: date, basis: str) -> None:
    """Đổi tên từ một ngày; giấy tờ cũ giữ tên của ngày ấy / changes names; earlier papers keep theirs."""
    person = the_person(who)
    before = person.full_name
    lives.rename(person, name, on=on, basis=basis, act=acting(basis))
    _done(person, f"tên từ {format_date(on)} là {name}, trước đó là {before}")


@click.command()
@person_argument
@click.option("--sex", type=click.Choice(Sex.values), help="Giới tính đúng / the right sex.")
@click.option("--birth", metavar="DATE|YEAR", help="Ngày hoặc năm sinh đúng / the right birth date or year.")
@click.option("--died", metavar="DATE|none", help="Ngày mất đúng, hoặc none nếu còn sống / the right day of death.")
@why_option
def correct(*, who: str, sex: str | None, birth: str | None, died: str | None, why: str) -> None:
    """Sửa điều đã ghi sai: giới tính, ngày sinh, ngày mất / puts right what was entered wrong."""
    person = the_person(who)
    fields = {"sex": sex} if sex else {}
    lives.correct(person, {**fields, **_birth(birth, timezone.localdate()), **_death(died, why)}, act=acting(why))
    _done(person, "đã sửa")


@click.command()
@household_argument
@place_option
@click.option("--new", required=True, metavar="CODE", help="Mã hộ mới / the code of the new household.")
@click.option(
    "--who", required=True, multiple=True, metavar="ID", help="Ai tách ra, chủ hộ mới trước / the head first."
)
@click.option("--village", metavar="NAME", help="Thôn của hộ mới; mặc định thôn cũ / village; the same one.")
@on_option
@why_option
def divide(
    *, household: str, code: str, new: str, who: tuple[str, ...], village: str | None, on: date, why: str
) -> None:
    """Tách hộ, kể cả khi ly hôn / some people become a household of their own, also by divorce."""
    old = _household(code, household, on)
    leaving = [the_person(each) for each in who]
    place = _village(old.home.commune, village, on) if village else old.home.village
    made = lives.divide(old, leaving, code=new, village=place, on=on, act=acting(why))
    click.echo(f"Từ {format_date(on)}: {len(leaving)} người của hộ {household} là hộ {made.home.code}.")


@click.command()
@household_argument
@place_option
@click.option("--into", required=True, metavar="CODE", help="Hộ nhập vào / the household joined.")
@on_option
@why_option
def unite(*, household: str, code: str, into: str, on: date, why: str) -> None:
    """Cả hộ nhập vào hộ khác / a whole household joins another."""
    count = lives.unite(_household(code, household, on), _household(code, into, on), on=on, act=acting(why))
    click.echo(f"Từ {format_date(on)}: {count} người của hộ {household} ở hộ {into}.")


@click.command()
@household_argument
@place_option
@click.option("--who", required=True, metavar="ID", help="Chủ hộ mới / the new head.")
@on_option
@why_option
def head(*, household: str, code: str, who: str, on: date, why: str) -> None:
    """Đổi chủ hộ / another member becomes the head."""
    person = the_person(who)
    lives.change_head(_household(code, household, on), person, on=on, act=acting(why))
    _done(person, f"là chủ hộ {household} từ {format_date(on)}")


@click.command()
@person_argument
@click.option("--kind", type=click.Choice(StayKind.values), required=True, help="Nội trú hay đi làm ăn xa / how.")
@click.option("--where", required=True, metavar="TEXT", help="Ở đâu, bằng chữ / where, in words.")
@click.option("--in", "code", metavar="CODE", help="Mã xã nơi đó, nếu biết / that commune, if known.")
@source_option
@on_option
def stay(*, who: str, kind: str, where: str, code: str | None, source: str, on: date) -> None:
    """Đi ở nội trú hoặc đi làm ăn xa; nơi ở cũ vẫn giữ / boards at a school or works away; homes stay."""
    person = the_person(who)
    commune = the_commune(code, on) if code else None
    lives.stay(person, kind, where, commune=commune, on=on, source=source, act=acting(source))
    _done(person, f"{StayKind(kind).label.lower()} từ {format_date(on)}: {where}")


@click.command()
@person_argument
@on_option
@why_option
def back(*, who: str, on: date, why: str) -> None:
    """Thôi nội trú, đi làm xa đã về / is back from school or work."""
    person = the_person(who)
    lives.end_stay(person, on=on, act=acting(why))
    _done(person, f"đã về từ {format_date(on)}")


@click.command()
@person_argument
def story(*, who: str) -> None:
    """Đời của một người, theo ngày, ai ghi và vì sao / a life line: dated, with who entered it and why."""
    person = the_person(who)
    click.echo(f"{person.full_name} [{public_id(person)}]")
    for moment in life_of(person):
        click.echo(f"  {moment.told()}")
    for key, year, number in dict.fromkeys(titles_by_record([row.pk for row in records_of(person.pk)])):
        click.echo(f"  năm {year}: được công nhận {key}, quyết định {number}")


def _done(person: Person, what: str) -> None:
    """What happened, what is left to say, and where to look."""
    click.echo(f"{person.full_name} [{public_id(person)}]: {what}.")
    for household in households_without_head([row.pk for row in records_of(person.pk)]):
        click.echo(
            f"Hộ {household.home.code} nay chưa có chủ hộ. Ghi bằng: densach people head {quote(household.home.code)} …"
        )
    click.echo(f"Xem cả đời người này: densach people story {public_id(person)}")


def _household(code: str, household: str, on: date) -> Household:
    """The household of a commune by its code; refused (N123) where there is none."""
    found = household_coded(the_commune(code, on), household)
    if found is None:
        raise Refused(problem("N123", household))
    return found


def _village(commune: Place, name: str, on: date) -> Place:
    """The village of a name in a commune; refused (N128) with the names that are there."""
    found = {fold(row.name): row.place for row in villages_of(commune, on)}
    if fold(name) not in found:
        raise Refused(problem("N128", name, villages=", ".join(row.name for row in villages_of(commune, on)) or "–"))
    return found[fold(name)]


def _birth(text: str | None, today: date) -> dict[str, object]:
    """A birth date as a register takes it: 23/11/1980, or a year alone."""
    if text is None:
        return {}
    try:
        said = str(CellReader(today).read(_BIRTH, text))
    except NotAValue as refused:
        raise Refused(problem("N127", text)) from refused
    whole = len(said) > len("1980")
    day = date.fromisoformat(said) if whole else date(int(said), 1, 1)
    return {"birth_date": day, "birth_precision": Precision.DAY if whole else Precision.YEAR}


def _death(text: str | None, why: str) -> dict[str, object]:
    if text is None:
        return {}
    if text == NOBODY_DIED:
        return {"died_on": None, "death_basis": ""}
    context = click.get_current_context()
    parameter = next(each for each in context.command.params if each.name == "died")
    return {"died_on": past_day(context, parameter, text), "death_basis": why}
