"""The second story: three made-up communes through the merger of 01/07/2025, by the functions that the commands use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from densach.assessing.certificates.issuing import Order
from densach.assessing.counts import standing_of
from densach.assessing.domain import Decision, PaperAct, open_round, record_past_act, subjects_for
from densach.assessing.frame import Frame, frame_of
from densach.assessing.inheriting import inherited_by
from densach.assessing.models import Round
from densach.assessing.queries import certificates_in
from densach.assessing.run import judged_on, run_round
from densach.assessing.titles import BY_MODEL, Title
from densach.assessing.workbooks.forms import sheet_forms
from densach.assessing.workbooks.loading import load_workbook
from densach.assessing.workbooks.templates import write_templates
from densach.authority.competence import competent_office
from densach.config.database import ensure_ready
from densach.formats.certificates.model import Words
from densach.formats.vietnamese import format_date, format_number
from densach.history.domain import Act
from densach.people.merger.carrying import carry_over, plan_carry_over
from densach.people.merger.settling import Said, settle
from densach.people.numbers import load_keys
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.merging import Part, merge_communes, name_village
from densach.places.models import Place
from densach.places.queries import name_questions, period_of
from densach.policy.library import Library, open_library
from densach.reporting.carrying import carry_over_lines
from densach.reporting.certificates.printing import Printed
from densach.reporting.inheriting import inherited_lines
from densach.reporting.round_papers import write_papers
from densach.reporting.statistics import Asked, statistics
from densach.reporting.statistics_words import statistics_lines
from densach.sample.commune import make_commune
from densach.sample.model import SampleCommune
from densach.trial.certificates import CERTIFICATES, print_whole
from densach.trial.rows import Row, rows_of
from densach.trial.story import Say, sign

PACKS = ("vn", "demo")
PROVINCE = "25"  # Phú Thọ: a real province; the communes under it are made up
BEGAN, MERGED = date(2024, 1, 1), date(2025, 7, 1)
SIGNED = date(2025, 1, 20)
YEAR, FIRST = 2024, 2026  # the last round of the old communes, the first of the new one
HOUSEHOLDS, UNITS = 60, 3  # in each old commune: enough to see names and codes collide
PRINTED, REPRINTED = date(2025, 2, 10), date(2026, 3, 2)  # certificates, before the merger and after it
PRINTING, VILLAGE = "99312", "Thôn 1"  # its name is taken in the new commune, which gives it another
LAW = "Nghị quyết MẪU"
OLDS = {
    "99311": ("Xã MẪU Thượng", ("Thôn 1", "Thôn 2", "Thôn Đoài")),
    "99312": ("Xã MẪU Hạ", ("Thôn 1", "Thôn Bến", "Thôn Vạn")),
    "99313": ("Xã MẪU Sông", ("Thôn Đông", "Thôn Tây", "Thôn Cầu")),  # divided; nobody says where Thôn Cầu went
}
NEW, NEIGHBOUR = ("99316", "Xã MẪU Ba Sông"), ("99317", "Xã MẪU Bên Kia")
SAID = (Said("village", "Thôn Đông", NEW[0]), Said("village", "Thôn Tây", NEIGHBOUR[0]))


@dataclass(frozen=True)
class _Told:
    """The story on its way: where its files go, the law, whom it tells, and the communes by code."""

    folder: Path
    library: Library
    say: Say
    communes: dict[str, Place]

    @property
    def packs(self) -> str:
        """The reading of the law."""
        return ",".join(self.library.packs)

    def write(self, name: str, lines: Sequence[str], what: str) -> None:
        """Keep lines as a file that says MẪU, and say where it is."""
        path = self.folder / name
        path.write_text("\n".join(["MẪU – KHÔNG CÓ GIÁ TRỊ. Xã, thôn và người đều hư cấu.", *lines]) + "\n", "utf-8")
        self.say(f"Xem {what}: {path}")


def play_merger(folder: Path, say: Say) -> None:
    """Tell the story; everything made stands in `folder` and says MẪU."""
    ensure_ready()
    told = _Told(folder, open_library(PACKS), say, _communes())
    for order, code in enumerate(OLDS):
        _year_of_old(told, code, order)
    _own_title(told)
    printed = _print_village(told)
    _merge(told)
    _carry(told)
    round_ = _first_round(told)
    _titles_run_on(told, round_)
    _figures_of_then(told)
    _print_again(told, printed)
    for path in write_papers(folder, round_, told.library, made_on=timezone.localdate()):
        say(f"Xem giấy tờ đợt đầu của xã mới: {path}")


def _communes() -> dict[str, Place]:
    """The old communes and the new ones, none of them real."""
    province = get_place(PROVINCE, MERGED).place
    names = {code: (name, BEGAN) for code, (name, _) in OLDS.items()}
    names |= {code: (name, MERGED) for code, name in (NEW, NEIGHBOUR)}
    act = _act("xã hư cấu để trình diễn")
    return {code: add_fictional_commune(province, code, name, on=on, act=act) for code, (name, on) in names.items()}


def _year_of_old(told: _Told, code: str, order: int) -> None:
    """One old commune's year 2024: its workbooks come in, everyone is judged, and its committee recognises."""
    name, villages = OLDS[code]
    commune = _in_villages(make_commune(1400 + order, households=HOUSEHOLDS, year=YEAR), villages)
    on = date(YEAR, 12, 31)
    round_ = open_round(told.communes[code], YEAR, told.packs, act=_act("mở đợt"))
    _load(told, round_, f"so-phieu-{code}-{YEAR}", rows_of(commune, sheet_forms(told.library, on)))

    def signing(title: Title) -> None:
        if title.model != "commune":  # its own title is another office's, and comes later
            sign(round_, title, told.library, SIGNED, lambda _line: None)

    run_round(round_, told.library, act=_act("kết luận"), after=signing, progress=lambda _title, _done: None)
    held = standing_of(round_, BY_MODEL["family"], frame_of(round_.place, on)).holders
    told.say(f"{YEAR}, {name}: {HOUSEHOLDS} hộ, ủy ban công nhận {format_number(len(held))} Gia đình học tập.")


def _in_villages(commune: SampleCommune, names: Sequence[str]) -> SampleCommune:
    """The same commune with its people in as many villages as there are names, and a few units."""
    first = commune.villages[: len(names)]
    villages = tuple(replace(village, name=name) for village, name in zip(first, names, strict=True))
    homes = (
        replace(home, village=villages[order % len(villages)].code) for order, home in enumerate(commune.households)
    )
    return replace(commune, villages=villages, households=tuple(homes), units=commune.units[:UNITS])


def _load(told: _Told, round_: Round, folder: str, rows: dict[str, Iterator[Row]]) -> None:
    keys = load_keys(settings.KEYS_FILE)
    paths = write_templates(told.folder / folder, told.library, judged_on(round_), rows, fictional=True)
    for path in paths:
        load_workbook(path, round_, told.library, keys, act=_act(f"nhập {path.name}"))


def _own_title(told: _Told) -> None:
    """One of the old communes bears the title of a commune itself."""
    place, title = told.communes["99311"], BY_MODEL["commune"]
    subject = subjects_for(title.kind, [place.pk])[place.pk]
    office = competent_office(told.library, title.key, SIGNED, title.subject).offices[0]
    paper = PaperAct(number="MẪU-xa/QĐ-MẪU", signed_on=SIGNED, office=office.id, basis="Biên bản MẪU")
    decision = Decision(subject=subject, level="1", reason="Hội nghị MẪU", scorer="Ban MẪU")
    record_past_act(place, title, YEAR, paper, told.library, [decision], act=_act("ghi quyết định của xã cũ"))
    told.say(f"{YEAR}, {OLDS['99311'][0]} được công nhận {title.name_vi}, mức 1.")


def _print_village(told: _Told) -> Printed:
    """One of the old communes prints the certificates of a village, soon after its committee signed."""
    path = told.folder / CERTIFICATES / f"gia-dinh-mot-thon-{PRINTED.year}.pdf"
    act = _act("in giấy chứng nhận")
    done = print_whole(path, _certificates_of(told, VILLAGE), told.library, on=PRINTED, act=act)
    pages, name = format_number(done.pages), OLDS[PRINTING][0]
    told.say(f"{format_date(PRINTED)}: {name} in giấy chứng nhận năm {YEAR} của {pages} gia đình ở {VILLAGE}: {path}")
    return done


def _certificates_of(told: _Told, only: str, *, again: bool = False) -> Order:
    """Certificates of the old commune: whoever prints them, they stay those of its act."""
    place, title = told.communes[PRINTING], BY_MODEL["family"]
    return Order(place=place, year=YEAR, title=title, fictional=True, only=only, again=again)


def _merge(told: _Told) -> None:
    thuong, ha, song, new, neighbour = (told.communes[code] for code in (*OLDS, NEW[0], NEIGHBOUR[0]))
    parts = [
        Part(thuong, new, whole=True),
        Part(ha, new, whole=True),
        Part(song, new, whole=False),
        Part(song, neighbour, whole=False),
    ]
    merge_communes(parts, on=MERGED, legal_act=LAW, source="MẪU", act=_act("sáp nhập MẪU"))
    told.say(f"{format_date(MERGED)}: Thượng và Hạ nhập cả vào {NEW[1]}; Sông bị chia giữa {NEW[1]} và {NEIGHBOUR[1]}.")


def _carry(told: _Told) -> None:
    """Villages, households, clans and units go along; one proposed village name is confirmed, one replaced."""
    new, neighbour = (told.communes[code] for code in (NEW[0], NEIGHBOUR[0]))
    lines = ["Bản chạy thử, khi chưa ai nói thôn của xã bị chia về đâu:"]
    lines += carry_over_lines(plan_carry_over(new, MERGED), dry_run=True)
    lines += ["", "Sau khi xã nói rõ Thôn Đông và Thôn Tây về đâu:"]
    for place, said in ((new, SAID), (neighbour, SAID)):
        lines += carry_over_lines(
            carry_over(place, MERGED, settle(place, MERGED, said), act=_act("chuyển sang xã mới"))
        )
    for question, name in zip(list(name_questions(new)), ("", "Thôn Ngã Ba"), strict=True):
        given = name_village(question.village, name, on=MERGED, cites=LAW, act=_act("đặt tên thôn"))
        lines.append(f"{question.old_name}: đề xuất {question.proposed}, chốt là {given}.")
    for line in lines:
        told.say(line)
    told.write("chuyen-sang-xa-moi.txt", lines, "việc chuyển sang xã mới")


def _first_round(told: _Told) -> Round:
    """The new commune's first round: it registers families under their codes of today, and everyone is judged."""
    round_ = open_round(told.communes[NEW[0]], FIRST, told.packs, act=_act("mở đợt đầu của xã mới"))
    frame = frame_of(round_.place, judged_on(round_))
    rows: Iterator[Row] = ({"household": home.code, "registered": True} for home in frame.households.values())
    _load(told, round_, f"so-phieu-{NEW[0]}-{FIRST}", {"family": rows})
    run_round(round_, told.library, act=_act("kết luận"), progress=lambda _title, _done: None)
    told.say(f"{FIRST}, {NEW[1]}: đợt đầu, {format_number(len(frame.households))} hộ đăng ký bằng mã của xã mới.")
    return round_


def _titles_run_on(told: _Told, round_: Round) -> None:
    frame = frame_of(round_.place, judged_on(round_))
    for model in ("family", "clan", "village"):
        told.say(_held(round_, BY_MODEL[model], frame))
    for line in inherited_lines(inherited_by(round_, told.library), frame.on):
        told.say(line)


def _held(round_: Round, title: Title, frame: Frame) -> str:
    holders = format_number(len(standing_of(round_, title, frame).holders))
    return f"{title.name_vi}: {holders} danh hiệu do xã cũ công nhận năm {YEAR} còn tính trong đợt {round_.year}."


def _figures_of_then(told: _Told) -> None:
    """The figures of 2024 as each old commune reported them, then on the map of the new ones."""
    eve, today = MERGED - timedelta(days=1), timezone.localdate()
    lines = []
    for code, on in [*((code, eve) for code in OLDS), (NEW[0], today), (NEIGHBOUR[0], today)]:
        row = period_of(told.communes[code], on)
        if row is not None:
            asked = Asked(row, on, YEAR, told.packs, on, fictional=True)
            lines += [*statistics_lines(statistics(asked)), ""]
    told.write(f"so-lieu-{YEAR}-hai-ban-do.txt", lines, f"số liệu {YEAR} như đã báo cáo và trên bản đồ hôm nay")


def _print_again(told: _Told, first: Printed) -> None:
    """A family of the old commune asks the new one for another copy, by the code that it has there."""
    home = certificates_in(first.printing)[-1].recognition.subject.household_id
    code = frame_of(told.communes[NEW[0]], REPRINTED).households[home or 0].code
    path = told.folder / CERTIFICATES / f"in-lai-{REPRINTED.year}.pdf"
    order, act = _certificates_of(told, code, again=True), _act("in lại giấy chứng nhận")
    done = print_whole(path, order, told.library, on=REPRINTED, act=act)
    words = Words(**certificates_in(done.printing)[0].words)
    told.say(
        f"{format_date(REPRINTED)}: {NEW[1]} in lại giấy của {words.name} (mã hộ nay là {code}). "
        f"Tên, nơi ở và quyết định vẫn như ngày ký, số vào sổ vẫn là {words.serial}; "
        f"giấy ghi thêm “{words.now}” và “{words.reprint}”: {path}"
    )


def _act(why: str) -> Act:
    return Act(who="densach try", at=timezone.now(), why=why)
