"""`densach round`: a commune's year, from the filled workbooks to verdicts, pages of questions and the report up."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.corrections import correct_name, find_recognised
from densach.assessing.domain import PaperAct, open_round, propose_all_met
from densach.assessing.frame import frame_of
from densach.assessing.inheriting import inherited_by
from densach.assessing.models import Round, Stage
from densach.assessing.queries import mappings_of, round_of, rounds_of_code
from densach.assessing.run import judged_on, run_round
from densach.assessing.titles import BY_MODEL, TITLES, Title
from densach.assessing.workbooks.forms import sheet_forms
from densach.assessing.workbooks.loading import load_reading, read_for_year
from densach.assessing.workbooks.remembering import forget as forget_mapping
from densach.assessing.workbooks.remembering import memories, remember
from densach.authority.domain import enter_local_decision
from densach.cli.importing import (
    Asked,
    confirm,
    marked_when_refused,
    progress_shown,
    show_understanding,
    told_options,
    uncollected,
)
from densach.cli.named_places import commune_on
from densach.cli.options import day, demo_option, out_option, packs_of, place_option, year_option
from densach.cli.standing import law_in
from densach.cli.statistics import map_option, show_statistics
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_date, format_number
from densach.history.domain import Act
from densach.people.numbers import load_keys
from densach.people.records.merging import find_likely
from densach.places.lookup import known_on
from densach.places.models import Place
from densach.policy.library import open_library
from densach.problems import Refused, problem
from densach.reporting.certificates.correction_paper import write_correction
from densach.reporting.four_counts import FourCounts, VillageCounts, counts_by_village, four_counts
from densach.reporting.inheriting import inherited_json, inherited_lines
from densach.reporting.papers import naming
from densach.reporting.papers.issuing import Order, issue_decision, issue_papers, number_of
from densach.reporting.papers.writing import the_dossier, write_both_forms, write_official_papers
from densach.reporting.round_papers import write_papers

ASSUMED = (
    "Giả định ngày 26/11/2026, chưa có văn bản nào nói: ai nay có thẩm quyền công nhận danh hiệu thì được đính chính, "
    "bằng một quyết định (docs/decisions/0012)."
)


@click.group("round")
def round_() -> None:
    """Đợt đánh giá một năm của một xã / a commune's yearly round."""


@round_.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@place_option
@year_option
@demo_option
@click.option("--verified", is_flag=True, help="Kết quả kiểm tra, không phải tự đánh giá / as verified by others.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không nhập / check only, load nothing.")
@told_options
@uncollected()
def import_(*, file: Path, code: str, year: int, demo: bool, verified: bool, dry_run: bool, **said: Any) -> None:
    """Nhập một sổ, phiếu: mẫu đã điền hay bảng tự kẻ / import a template or a table people made, all or nothing."""
    commune, keys, asked = commune_of(code, year), load_keys(settings.KEYS_FILE), Asked(**said)
    library = law_in(commune, demo=demo)
    told = asked.told(sheet_forms(library, date(year, 12, 31)), memories(commune, asked.sender))
    with progress_shown() as progress:
        reading = read_for_year(file, commune, year, library, told, progress)
    show_understanding(reading)
    if not (reading.problems or asked.yes or dry_run):
        confirm(reading)
    act, stage = acting(f"nhập {file.name}"), Stage.VERIFIED if verified else Stage.SELF
    with (
        marked_when_refused(file, asked.marked, reading, timezone.localdate()),
        progress_shown() as progress,
        transaction.atomic(),  # a file that is refused, or only tried, opens no round either
    ):
        opened = open_round(commune, year, ",".join(library.packs), act=acting("mở đợt"))
        remember(commune, asked.sender, reading, act=act)
        loaded = load_reading(reading, opened, library, keys, act=act, stage=stage, progress=progress)
        transaction.set_rollback(dry_run)
    click.echo(f"{file.name}: {'chỉ kiểm tra, chưa nhập' if dry_run else 'đã nhập'}")
    for sheet, (entered, corrected, unchanged) in loaded.sheets.items():
        click.echo(f"  {sheet}: thêm {entered}, sửa {corrected}, giữ nguyên {unchanged}")
    if "register" in loaded.sheets and not dry_run:
        act = acting("tìm hồ sơ giống nhau")
        found = find_likely(commune, today=timezone.localdate(), keys=keys, act=act)
        if found.waiting:
            click.echo(f"  {found.new} cặp hồ sơ mới có thể trùng nhau, {found.waiting} cặp chờ người xem: ", nl=False)
            click.echo(f"densach people duplicates --place {code}")


@round_.command()
@place_option
@click.option("--forget", type=int, metavar="ID", help="Quên một cách hiểu / forget one.")
def mappings(*, code: str, forget: int | None) -> None:
    """Cách hiểu cột đã được xác nhận của một xã / confirmed meanings of columns in a commune."""
    commune = commune_of(code, timezone.localdate().year)
    if forget is not None:
        forget_mapping(commune, forget, act=acting("quên cách hiểu cột"))
        click.echo(f"Đã quên cách hiểu số {forget}. / Forgotten.")
        return
    found = list(mappings_of(commune))
    for row in found:
        columns = ", ".join(f"{letters}={key}" for letters, key in row.columns.items())
        when = format_date(timezone.localdate(row.confirmed_at))
        click.echo(f"{row.pk}: {row.form}, {row.sender or 'cả xã'}, {when}, {row.confirmed_by}: {columns}")
    if not found:
        click.echo("Chưa có cách hiểu cột nào được xác nhận. / No meaning of columns was confirmed yet.")


@round_.command()
@place_option
@year_option
@demo_option
@out_option
def run(*, code: str, year: int, demo: bool, folder: Path) -> None:
    """Kết luận cho mọi đối tượng và viết kết quả / judge everyone and write the results."""
    found = known_round(code, year, packs_of(demo=demo))
    library = law_in(found.place, demo=demo)
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
@out_option
@click.option("--issue", "on", callback=day, metavar="DATE", help="Cấp số cho hồ sơ, ngày này / number the dossier.")
@click.option("--paper", "only", multiple=True, type=click.Choice(naming.NUMBERED), help="Chỉ cấp số cho / only for.")
@click.option("--to", default="", metavar="NAME", help="Nơi nhận khi luật chưa nêu / addressee the law leaves open.")
def papers(*, code: str, year: int, demo: bool, folder: Path, on: date | None, only: tuple[str, ...], to: str) -> None:
    """Viết hồ sơ và quyết định, PDF và Word / write the dossier and decisions as PDF and Word.

    Với --issue, văn bản của hồ sơ chưa có số được cấp số một lần / with --issue each paper is numbered, once.
    """
    found, today = known_round(code, year, packs_of(demo=demo)), timezone.localdate()
    library = law_in(found.place, demo=demo)
    if on is not None:
        dossier = list(the_dossier(found, library, on, to=to))
        for name in issue_papers(found, dossier, on, only=only, today=today, act=acting("cấp số hồ sơ")):
            click.echo(f"Đã cấp số: {name}")
    for path in write_official_papers(folder, found, library, made_on=today, to=to):
        click.echo(path)


@round_.command()
@place_option
@year_option
@demo_option
@out_option
@click.option("--title", "model", required=True, type=click.Choice(list(naming.MODELS)), help="Mô hình / model.")
@click.option("--signed", required=True, callback=day, metavar="DATE", help="Ngày ký / day of signing.")
@click.option("--basis", required=True, metavar="TEXT", help="Căn cứ: biên bản, tờ trình / what it rests on.")
@click.option("--signer", default="", metavar="NAME", help="Họ tên người ký / who signs.")
@click.option("--number", type=click.IntRange(1), help="Số đã cấp trên giấy / a number given on paper.")
def issue(*, code: str, year: int, demo: bool, folder: Path, model: str, signed: date, **said: Any) -> None:
    """Ban hành quyết định công nhận: cấp số, ghi sổ, in / issue a decision: number, record, print.

    Chạy lại cùng lệnh thì in lại, không cấp số mới / the same command again prints again and draws no number.
    """
    found, today = known_round(code, year, packs_of(demo=demo)), timezone.localdate()
    library, order = law_in(found.place, demo=demo), Order(signed=signed, **said)
    issued = issue_decision(found, BY_MODEL[model], order, library, today=today, act=acting("ban hành quyết định"))
    click.echo(f"Số {number_of(issued[1])}: {issued[1].abstract}")
    for path in write_both_forms(folder, [issued], year, made_on=today):
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
    if map_ is not None:
        show_statistics(place=code, year=year, demo=demo, map_=map_, as_json=as_json)
        return
    found = known_round(code, year, packs_of(demo=demo))
    library = law_in(found.place, demo=demo)
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


@round_.command()
@place_option
@year_option
@demo_option
@click.option("--title", "model", type=click.Choice(list(BY_MODEL)), required=True, help="Danh hiệu / the title.")
@click.option("--who", required=True, metavar="NAME|CODE", help="Tên như đã ký, hoặc mã hộ / name as signed, or code.")
@click.option("--name", required=True, metavar="TEXT", help="Tên đúng / the right name.")
@click.option("--why", required=True, metavar="TEXT", help="Vì sao sai / why it was wrong.")
@click.option("--basis", required=True, metavar="TEXT", help="Giấy tờ chứng minh / the paper that shows it.")
@click.option("--number", required=True, metavar="TEXT", help="Số văn bản đính chính / number of the correction.")
@click.option("--signed", "signed_on", required=True, callback=day, metavar="DATE", help="Ngày ký / day of signing.")
@click.option("--office", default="", metavar="ID", help="Chức danh ký; trống nếu do địa phương giao / office.")
@click.option("--out", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def correct(*, code: str, year: int, demo: bool, model: str, who: str, folder: Path, **written: Any) -> None:
    """Đính chính tên trong quyết định đã ký / correct a name in a signed decision."""
    commune, title = commune_of(code, year), BY_MODEL[model]
    library = law_in(commune, demo=demo)
    found = find_recognised(commune, year, title, who, fictional=demo)
    said = {key: written.pop(key) for key in ("name", "why")}
    made = correct_name(found, title, PaperAct(**written), library, **said, act=acting("đính chính tên"))
    click.echo(f"Đã đính chính “{made.was}” thành “{made.now}” theo {made}; quyết định cũ giữ nguyên văn.")
    for path in write_correction(folder, made, title, made_on=timezone.localdate()):
        click.echo(path)
    click.echo(ASSUMED)
    click.echo(f'In giấy mang tên đúng: densach certificate print --again --only "{made.now}" …')


def commune_of(code: str, year: int) -> Place:
    """The commune of a code at the end of a year, or of the list of the day behind it: "02017@2025-06-30"."""
    return commune_on(code, date(year, 12, 31)).place


def known_round(code: str, year: int, opened: tuple[str, ...]) -> Round:
    """The round that was opened by an import; refused (R109) where there is none."""
    packs = ",".join(opened)
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
