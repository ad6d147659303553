"""A fictional commune's whole year, by the same functions that the commands use: workbook in, papers out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from densach.assessing.domain import Decision, PaperAct, open_round, propose_all_met, sign_act
from densach.assessing.frame import Frame, frame_of
from densach.assessing.models import Round
from densach.assessing.queries import met_subjects
from densach.assessing.run import judged_on, run_round
from densach.assessing.titles import Title
from densach.assessing.workbooks.forms import sheet_forms
from densach.assessing.workbooks.loading import load_workbook
from densach.assessing.workbooks.templates import write_templates
from densach.authority.competence import competent_office
from densach.config.database import ensure_ready
from densach.formats.vietnamese import format_number, sort_key
from densach.history.domain import Act
from densach.people.numbers import load_keys
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.places.models import Place
from densach.policy.library import Library, open_library
from densach.reporting.claims import check_claim, say_claim
from densach.reporting.four_counts import FourCounts, four_counts
from densach.reporting.outcomes import all_outcomes
from densach.reporting.papers.issuing import Order, issue_decision, issue_papers, number_of
from densach.reporting.papers.writing import the_dossier, write_official_papers
from densach.reporting.round_papers import write_papers
from densach.sample.commune import make_commune
from densach.trial.certificates import CERTIFICATES, print_some
from densach.trial.literacy import literacy_story
from densach.trial.rows import rows_of

SEED, YEAR, CODE = 1315, 2025, "99315"
PROVINCE = "25"  # Phú Thọ: a real province; the commune under it is made up
NAME = "Xã MẪU Đèn Sách"
SIGNED = date(2026, 1, 15)
BASIS, SIGNER = "Biên bản họp MẪU ngày 12/01/2026", "Nguyễn Thị Mẫu"
ABOVE = "Sở Giáo dục và Đào tạo (MẪU)"
OFFICIAL = "van-ban"
PAPERS = (
    "từng kết luận với lý do và điều khoản",
    "danh sách đề nghị công nhận, chờ số và ngày quyết định",
    "câu hỏi còn mở của từng thôn",
    "báo cáo gửi cấp trên",
)
Say = Callable[[str], None]


def play(folder: Path, packs: tuple[str, ...], say: Say) -> None:
    """Play the year under some packs of law; everything made stands in `folder` and says MẪU."""
    library = open_library(packs)
    round_ = play_the_round(folder, library, say)
    today = timezone.localdate()
    frame = frame_of(round_.place, judged_on(round_))
    found = all_outcomes(round_, library, frame, named_on=today)
    papers = write_papers(folder, round_, library, made_on=today, found=found)
    write_official_papers(folder / OFFICIAL, round_, library, made_on=today, found=found)
    for row in four_counts(round_):
        say(_counts_sentence(row))
    if packs == ("vn",):
        _real_figures(folder / "so-lieu-that.txt", library, say)
        _literacy(folder / "xoa-mu-chu-mau.txt", library, say)
    for path, what in zip(papers, PAPERS, strict=True):
        say(f"Xem {what}: {path}")
    say(f"Xem hồ sơ và các quyết định, mỗi văn bản một tệp PDF và một tệp Word: {folder / OFFICIAL}")
    if round_.is_fictional:  # by the real law nobody is recognised yet, so there is nothing to print
        say(print_certificates_of(folder, round_, first_village(frame), library))


def play_the_round(folder: Path, library: Library, say: Say) -> Round:
    """The year in the database alone: sheets are filled in and imported, everyone is judged, acts are signed."""
    ensure_ready()
    round_ = open_round(_commune(), YEAR, ",".join(library.packs), act=act_of_trial("mở đợt"))
    _fill_in(folder / "so-phieu", library, say)
    _import(folder / "so-phieu", round_, library, say)
    _judge(round_, library, say)
    return round_


def print_certificates_of(folder: Path, round_: Round, village: str, library: Library) -> str:
    """Print the certificates of one village's families and of all clans; the sentence that says where."""
    act = act_of_trial("in giấy chứng nhận MẪU")
    return print_some(folder / CERTIFICATES, round_, village, library, on=SIGNED, act=act)


def first_village(frame: Frame) -> str:
    """The village whose name comes first."""
    return min(frame.villages.values(), key=sort_key)


def _commune() -> Place:
    province = get_place(PROVINCE, date(YEAR, 12, 31)).place
    return add_fictional_commune(province, CODE, NAME, on=date(YEAR, 7, 1), act=act_of_trial("xã hư cấu để trình diễn"))


def _fill_in(folder: Path, library: Library, say: Say) -> None:
    commune = make_commune(SEED, year=YEAR)
    on = date(YEAR, 12, 31)
    write_templates(folder, library, on, rows_of(commune, sheet_forms(library, on)), fictional=True)
    people, homes = format_number(len(commune.people)), format_number(len(commune.households))
    say(f"Đã lập sổ, phiếu của {NAME}: {homes} hộ, {people} người, đều hư cấu.")


def _import(folder: Path, round_: Round, library: Library, say: Say) -> None:
    keys = load_keys(settings.KEYS_FILE)
    for path in sorted(folder.glob("*.xlsx")):
        loaded = load_workbook(path, round_, library, keys, act=act_of_trial(f"nhập {path.name}"))
        rows = sum(entered for entered, _, _ in loaded.sheets.values())
        say(f"Đã nhập {path.name}: {format_number(rows)} mục.")


def _judge(round_: Round, library: Library, say: Say) -> None:
    def signing(title: Title) -> None:
        sign(round_, title, library, SIGNED, say)

    for tally in run_round(
        round_, library, act=act_of_trial("kết luận cả đợt"), after=signing, progress=lambda _title, _done: None
    ):
        say(f"Đã kết luận {tally.title.name_vi}: {format_number(tally.entered + tally.unchanged)}.")


def sign(round_: Round, title: Title, library: Library, signed_on: date, say: Say) -> None:
    """Where an office may sign, it recognises all that are met; by the real law of that day nobody is known who may."""
    propose_all_met(round_, title.key, act=act_of_trial("lập danh sách đề nghị"))
    competence = competent_office(library, title.key, signed_on, title.subject)
    met = [Decision(subject=subject) for subject in met_subjects(round_, title.key)]
    if competence.known != "named" or not met or not round_.is_fictional:
        return
    office = competence.offices[0]
    if office.level == "commune":
        order = Order(signed=signed_on, basis=BASIS, signer=SIGNER)
        _, document = issue_decision(
            round_, title, order, library, today=signed_on, act=act_of_trial("ban hành quyết định MẪU")
        )
        number = number_of(document)
    else:
        _send_the_dossier(round_, library, signed_on, say)
        number = f"MẪU-{title.model}/QĐ-MẪU"  # another office numbers for itself; its decision comes back on paper
        paper = PaperAct(number=number, signed_on=signed_on, office=office.id, basis=BASIS)
        sign_act(round_, title, paper, library, met, act=act_of_trial("ghi quyết định MẪU"))
    say(f"Đã ký {number}: công nhận {format_number(len(met))}.")


def _send_the_dossier(round_: Round, library: Library, on: date, say: Say) -> None:
    dossier = list(the_dossier(round_, library, on, to=ABOVE))
    issued = issue_papers(round_, dossier, on, today=on, act=act_of_trial("cấp số hồ sơ MẪU"))
    say(f"Đã cấp số cho {len(issued)} văn bản của hồ sơ xã.")


def _counts_sentence(row: FourCounts) -> str:
    numbers = [format_number(number) for number in (row.total, row.registered, row.assessed, row.recognised)]
    unknown = format_number(row.verdicts.get("unknown", 0))
    return "{}: tổng số {}, đăng ký {}, đã đánh giá {}, được công nhận {}; chưa xác định {}.".format(
        row.title.name_vi, *numbers, unknown
    )


def _real_figures(path: Path, library: Library, say: Say) -> None:
    lines = [line for claim in library.claims.values() for line in say_claim(check_claim(claim))]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    say(f"Số liệu đã công bố, để nguyên như đã in, bên cạnh số tính lại: {path}")


def _literacy(path: Path, library: Library, say: Say) -> None:
    path.write_text("\n".join(literacy_story(library)) + "\n", "utf-8")
    say(f"Nghị định 20/2014/NĐ-CP từ người đến xã, huyện, tỉnh (MẪU): {path}")


def act_of_trial(why: str) -> Act:
    """What a trial does, as the log tells it."""
    return Act(who="densach try", at=timezone.now(), why=why)
