"""`densach round`: a commune's year, from the filled workbooks to verdicts, pages of questions and the report up."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.domain import open_round, propose_all_met
from densach.assessing.frame import frame_of
from densach.assessing.inheriting import inherited_by
from densach.assessing.models import Round, Stage
from densach.assessing.queries import round_of, rounds_of_code
from densach.assessing.run import judged_on, run_round
from densach.assessing.titles import TITLES, Title
from densach.assessing.workbooks.loading import load_workbook
from densach.authority.domain import enter_local_decision
from densach.cli.named_places import commune_on
from densach.cli.options import day, packs_of, place_option, year_option
from densach.cli.statistics import map_option, show_statistics
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_number
from densach.history.domain import Act
from densach.people.numbers import load_keys
from densach.places.lookup import known_on
from densach.places.models import Place
from densach.policy.library import Library, open_library
from densach.problems import Refused, problem
from densach.reporting.four_counts import FourCounts, VillageCounts, counts_by_village, four_counts
from densach.reporting.inheriting import inherited_json, inherited_lines
from densach.reporting.papers.writing import write_official_papers
from densach.reporting.round_papers import write_papers

demo_option = click.option("--demo", is_flag=True, help="Dùng gói hư cấu MẪU / with the fictional pack.")


@click.group("round")
def round_() -> None:
    """Đợt đánh giá một năm của một xã / a commune's yearly round."""


@round_.command("import")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@place_option
@year_option
@demo_option
@click.option("--verified", is_flag=True, help="Kết quả kiểm tra, không phải tự đánh giá / as verified by others.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không nhập / check only, load nothing.")
def import_(*, file: Path, code: str, year: int, demo: bool, verified: bool, dry_run: bool) -> None:
    """Nhập một sổ, phiếu đã điền / import a filled workbook, all of it or nothing."""
    library = open_library(packs_of(demo=demo))
    stage = Stage.VERIFIED if verified else Stage.SELF
    commune, keys = commune_of(code, year), load_keys(settings.KEYS_FILE)
    with transaction.atomic():  # a file that is refused, or only tried, opens no round either
        opened = open_round(commune, year, ",".join(library.packs), act=acting("mở đợt"))
        loaded = load_workbook(file, opened, library, keys, act=acting(f"nhập {file.name}"), stage=stage)
        transaction.set_rollback(dry_run)
    click.echo(f"{file.name}: {'chỉ kiểm tra, chưa nhập' if dry_run else 'đã nhập'}")
    for sheet, (entered, corrected, unchanged) in loaded.sheets.items():
        click.echo(f"  {sheet}: thêm {entered}, sửa {corrected}, giữ nguyên {unchanged}")


@round_.command()
@place_option
@year_option
@demo_option
@click.option("--out", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def run(*, code: str, year: int, demo: bool, folder: Path) -> None:
    """Kết luận cho mọi đối tượng và viết kết quả / judge everyone and write the results."""
    library = open_library(packs_of(demo=demo))
    found = known_round(code, year, library)
    for tally in run_round(found, library, act=acting("kết luận cả đợt"), progress=show_progress()):
        click.echo(f"{tally.title.name_vi}: mới {tally.entered}, đổi {tally.corrected}, như cũ {tally.unchanged}")
    for title in TITLES:
        propose_all_met(found, title.key, act=acting("lập danh sách đề nghị"))
    for path in write_papers(folder, found, library, made_on=timezone.localdate()):
        click.echo(path)


@round_.command()
@place_option
@year_option
@demo_option
@click.option("--out", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def papers(*, code: str, year: int, demo: bool, folder: Path) -> None:
    """Viết hồ sơ và dự thảo quyết định, PDF và Word / write the dossier and decisions as PDF and Word."""
    library = open_library(packs_of(demo=demo))
    for path in write_official_papers(folder, known_round(code, year, library), library, made_on=timezone.localdate()):
        click.echo(path)


@round_.command()
@place_option
@year_option
@demo_option
@map_option
@click.option("--json", "as_json", is_flag=True, help="In JSON / JSON.")
def show(*, code: str, year: int, demo: bool, map_: str | None, as_json: bool) -> None:
    """Bốn con số của mỗi mô hình / the four counts of each model.

    Xã cũ vẫn giữ số của năm mình: ghi mã cũ, hoặc mã@ngày. / A former commune keeps its figures: by its code.
    """
    library = open_library(packs_of(demo=demo))
    if map_ is not None:
        show_statistics(place=code, year=year, demo=demo, map_=map_, as_json=as_json)
        return
    found = known_round(code, year, library)
    frame = frame_of(found.place, judged_on(found))
    counts, inherited = four_counts(found, frame), inherited_by(found, library)
    if as_json:
        said = _counts_json(code, found, counts, counts_by_village(found, frame))
        said["inherited"] = inherited_json(inherited)
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    for row in counts:
        total, registered, assessed, recognised = map(
            format_number, (row.total, row.registered, row.assessed, row.recognised)
        )
        numbers = f"tổng số {total}, đăng ký {registered}, đã đánh giá {assessed}"
        click.echo(f"{row.title.name_vi}: {numbers}, được công nhận {recognised}")
    for line in inherited_lines(inherited, judged_on(found)):
        click.echo(line)


@round_.command()
@place_option
@click.option("--title", "title_key", required=True, metavar="KEY", help="Ví dụ / e.g. commune.tt25")
@click.option("--office", required=True, metavar="TEXT", help="Chức danh được giao / the office that decides.")
@click.option("--cites", required=True, metavar="TEXT", help="Căn cứ: số, ngày văn bản / the text it rests on.")
@click.option("--from", "since", required=True, callback=day, metavar="DATE", help="Từ ngày / from this day.")
def authority(*, code: str, title_key: str, office: str, cites: str, since: date) -> None:
    """Ghi quyết định của địa phương giao thẩm quyền / enter a local decision on who recognises."""
    library = open_library()
    if title_key not in library.powers:
        raise Refused(library.unknown_id(title_key, library.powers))
    enter_local_decision(
        title_key=title_key,
        place=commune_of(code, since.year),
        office_title=office,
        citation=cites,
        valid_from=since,
        act=acting("quyết định địa phương"),
    )
    click.echo(f"{title_key}: {office} ({cites})")


def commune_of(code: str, year: int) -> Place:
    """The commune of a code at the end of a year, or of the list of the day behind it: "02017@2025-06-30"."""
    return commune_on(code, date(year, 12, 31)).place


def known_round(code: str, year: int, library: Library) -> Round:
    """The round that was opened by an import; refused (R109) where there is none."""
    packs = ",".join(library.packs)
    ensure_ready()
    rounds = rounds_of_code(code, year, packs) if known_on(date(year, 12, 31)) else []
    # No list speaks of that day, but the round itself says which place it was.
    found = rounds[0] if len(rounds) == 1 else round_of(commune_of(code, year), year, packs)
    if found is None:
        raise Refused(problem("R109", code, year=year, packs=packs))
    return found


def acting(why: str) -> Act:
    """The command stands for who enters, until people sign in."""
    return Act(who=f"densach round {click.get_current_context().info_name}", at=timezone.now(), why=why)


def show_progress() -> Callable[[Title, int], None]:
    """A line on the terminal that counts verdicts; silent where the output is not a terminal."""

    def show_count(title: Title, done: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{title.name_vi}: {done}  ", nl=False, err=True)

    return show_count


def _counts_json(
    code: str, found: Round, counts: tuple[FourCounts, ...], villages: tuple[VillageCounts, ...]
) -> dict[str, object]:
    by_village: dict[str, dict[str, dict[str, int]]] = {}
    for row in villages:
        numbers = {name: getattr(row, name) for name in ("total", "registered", "assessed", "recognised")}
        by_village.setdefault(row.village, {})[row.title.model] = numbers
    return {
        "place": code,
        "year": found.year,
        "fictional": found.is_fictional or found.place.fictional,
        "models": {
            row.title.model: {
                "title_key": row.title.key,
                "total": row.total,
                "registered": row.registered,
                "assessed": row.assessed,
                "recognised": row.recognised,
                "verdicts": row.verdicts,
            }
            for row in counts
        },
        "villages": by_village,
    }
