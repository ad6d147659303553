"""Who may do what: the one place that says which rights a role has, over what, and in which line of command.

A role is a post in the movement (Quyết định 1315/QĐ-TTg, 387/QĐ-TTg, Thông tư 24/2023/TT-BGDĐT), not an office that
signs: who is competent to recognise is the law's matter (`competence.py`). Which rights go with a post is our own
reading of who does the work, and no text draws it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models

from densach.places.models import Level, Line


class Over(StrEnum):
    """What a role is held over."""

    PERSON = "person"
    HOUSEHOLD = "household"
    CLAN = "clan"
    UNIT = "unit"
    PLACE = "place"


class Role(models.TextChoices):
    """A post in the movement."""

    CITIZEN = "citizen", "Công dân"
    HOUSEHOLD_HEAD = "household_head", "Chủ hộ"
    CLAN_HEAD = "clan_head", "Trưởng dòng họ"
    UNIT_HEAD = "unit_head", "Người đứng đầu đơn vị"
    UNIT_ASSESSOR = "unit_assessor", "Tổ đánh giá của đơn vị"
    VILLAGE_HEAD = "village_head", "Trưởng thôn, tổ trưởng tổ dân phố"
    CHAPTER_OFFICER = "chapter_officer", "Chi hội khuyến học"
    ASSOCIATION_OFFICER = "association_officer", "Hội Khuyến học"
    CENTRE_DIRECTOR = "centre_director", "Giám đốc trung tâm học tập cộng đồng"
    COMMUNE_OFFICER = "commune_officer", "Cán bộ phụ trách cấp xã"
    COMMUNE_LEADER = "commune_leader", "Lãnh đạo Ủy ban nhân dân cấp xã"
    PARTY_HEAD = "party_head", "Người đứng đầu cấp ủy"
    FRONT_HEAD = "front_head", "Người đứng đầu Mặt trận"
    ORGANISATION_HEAD = "organisation_head", "Người đứng đầu đoàn thể"
    PROVINCE_OFFICER = "province_officer", "Cán bộ Sở Giáo dục và Đào tạo"
    PROVINCE_LEADER = "province_leader", "Lãnh đạo Ủy ban nhân dân cấp tỉnh"
    EMULATION_OFFICER = "emulation_officer", "Cán bộ thi đua, khen thưởng"
    COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng Thi đua - Khen thưởng"
    CASE_OFFICER = "case_officer", "Cán bộ tiếp nhận khiếu nại, tố cáo"
    MINISTRY_OFFICER = "ministry_officer", "Cán bộ Bộ Giáo dục và Đào tạo"
    RUBRIC_EDITOR = "rubric_editor", "Người soạn bộ tiêu chí"
    AUDITOR = "auditor", "Người kiểm tra nhật ký"
    ADMINISTRATOR = "administrator", "Quản trị"


class Right(StrEnum):
    """Something that can be done or read. What is public needs no right."""

    FILL_IN = "fill_in"  # a sheet about oneself, one's household, clan or unit
    FILL_IN_FOR_OTHERS = "fill_in_for_others"  # with it one sees the names in the place, and says that one helped
    CHECK_SHEETS = "check_sheets"  # score and verify what others sent
    SEE_NAMES = "see_names"  # who lives in the place and how far each has come
    SEE_PROTECTED = "see_protected"  # ethnicity, poverty, disability (Nghị định 356/2025, sensitive data)
    ENTER_PROTECTED = "enter_protected"
    ENTER_CONSENTS = "enter_consents"  # what people of the place signed on paper about their own data
    ANSWER_ABOUT_DATA = "answer_about_data"  # requests of people about their own data, and their consents on paper
    SEE_FIGURES = "see_figures"  # counts of the place and of what lies in it
    RUN_ROUND = "run_round"  # open, import, judge, settle, sample, meet, propose, prepare papers
    SIGN = "sign"  # record the act of the competent office, and withdraw
    VERIFY_BELOW = "verify_below"  # read a commune's file, ask back, agree
    REPORT_FIGURES = "report_figures"  # prepare the returns of one's own place, in one's line of command
    APPROVE_FIGURES = "approve_figures"  # approve as the head what another prepared
    ACCEPT_FIGURES = "accept_figures"  # accept, give back or reopen the returns of the places below
    SET_TARGETS = "set_targets"  # enter, replace and end the targets of one's own place
    SEE_OWN_TASKS = "see_own_tasks"  # the page of a head
    NOMINATE = "nominate"  # put forward for an award, and follow what was put forward
    HANDLE_AWARDS = "handle_awards"  # receive, check, hold, prepare sittings and decisions, keep register and fund
    SIT_IN_COUNCIL = "sit_in_council"  # read the files of one's sittings and vote
    SIGN_AWARDS = "sign_awards"  # record the signed decision of the competent office, and cancel it
    HEAR_CASES = "hear_cases"  # complaints and denunciations, and who denounced
    WRITE_LAW = "write_law"
    APPROVE_LAW = "approve_law"
    READ_LOG = "read_log"
    GIVE_RIGHTS = "give_rights"


@dataclass(frozen=True)
class Post:
    """What a role is: held over what, at which levels of place, in which lines, with which rights; whom it may name."""

    over: Over
    line: Line
    rights: frozenset[Right]
    levels: frozenset[Level] = frozenset()
    names: frozenset[Role] = field(default_factory=frozenset)


def _rights(*rights: Right) -> frozenset[Right]:
    return frozenset(rights)


_READS = _rights(Right.SEE_FIGURES, Right.SEE_OWN_TASKS)
# We know one post in the association: whoever prepares there, another officer of it approves.
_REPORTS = _rights(Right.REPORT_FIGURES, Right.APPROVE_FIGURES, Right.ACCEPT_FIGURES)
_HEAD_LEVELS = frozenset({Level.COMMUNE, Level.PROVINCE, Level.COUNTRY})
_IN_A_VILLAGE = frozenset({Role.CITIZEN, Role.HOUSEHOLD_HEAD})
_IN_A_COMMUNE = _IN_A_VILLAGE | {
    Role.CLAN_HEAD,
    Role.UNIT_HEAD,
    Role.UNIT_ASSESSOR,
    Role.VILLAGE_HEAD,
    Role.CHAPTER_OFFICER,
    Role.CENTRE_DIRECTOR,
    Role.EMULATION_OFFICER,
    Role.COUNCIL_MEMBER,
    Role.CASE_OFFICER,
}
_ENTERS = _rights(Right.FILL_IN_FOR_OTHERS, Right.SEE_NAMES, Right.SEE_FIGURES)
_RUNS = _ENTERS | _rights(
    Right.CHECK_SHEETS, Right.SEE_PROTECTED, Right.ENTER_PROTECTED, Right.RUN_ROUND, Right.SEE_OWN_TASKS
)

POSTS: dict[Role, Post] = {
    Role.CITIZEN: Post(Over.PERSON, Line.GOVERNMENT, _rights(Right.FILL_IN)),
    Role.HOUSEHOLD_HEAD: Post(Over.HOUSEHOLD, Line.GOVERNMENT, _rights(Right.FILL_IN)),
    Role.CLAN_HEAD: Post(Over.CLAN, Line.ASSOCIATION, _rights(Right.FILL_IN)),
    Role.UNIT_HEAD: Post(
        Over.UNIT,
        Line.GOVERNMENT,
        _rights(Right.FILL_IN, Right.SEE_OWN_TASKS, Right.GIVE_RIGHTS, Right.NOMINATE),
        names=frozenset({Role.UNIT_ASSESSOR}),
    ),
    Role.UNIT_ASSESSOR: Post(Over.UNIT, Line.GOVERNMENT, _rights(Right.FILL_IN, Right.CHECK_SHEETS)),
    Role.VILLAGE_HEAD: Post(
        Over.PLACE,
        Line.GOVERNMENT,
        _ENTERS | _rights(Right.FILL_IN, Right.SEE_OWN_TASKS, Right.GIVE_RIGHTS, Right.NOMINATE, Right.ENTER_CONSENTS),
        frozenset({Level.VILLAGE}),
        _IN_A_VILLAGE,
    ),
    Role.CHAPTER_OFFICER: Post(
        Over.PLACE, Line.ASSOCIATION, _ENTERS | _rights(Right.CHECK_SHEETS), frozenset({Level.VILLAGE})
    ),
    Role.ASSOCIATION_OFFICER: Post(
        Over.PLACE, Line.ASSOCIATION, _READS | _REPORTS | _rights(Right.CHECK_SHEETS, Right.NOMINATE), _HEAD_LEVELS
    ),
    Role.CENTRE_DIRECTOR: Post(Over.PLACE, Line.SECTOR, _READS, frozenset({Level.COMMUNE})),
    Role.COMMUNE_OFFICER: Post(
        Over.PLACE,
        Line.GOVERNMENT,
        _RUNS
        | _rights(Right.FILL_IN, Right.GIVE_RIGHTS, Right.ANSWER_ABOUT_DATA, Right.REPORT_FIGURES, Right.NOMINATE)
        | _rights(Right.ENTER_CONSENTS),
        frozenset({Level.COMMUNE}),
        _IN_A_COMMUNE,
    ),
    Role.COMMUNE_LEADER: Post(
        Over.PLACE,
        Line.GOVERNMENT,
        _READS
        | _rights(Right.SEE_NAMES, Right.SIGN, Right.GIVE_RIGHTS, Right.READ_LOG)
        | _rights(Right.APPROVE_FIGURES, Right.SET_TARGETS, Right.SIGN_AWARDS),
        frozenset({Level.COMMUNE}),
        _IN_A_COMMUNE | {Role.COMMUNE_OFFICER},
    ),
    Role.PARTY_HEAD: Post(Over.PLACE, Line.PARTY, _READS, _HEAD_LEVELS),
    Role.FRONT_HEAD: Post(Over.PLACE, Line.FRONT, _READS, _HEAD_LEVELS),
    Role.ORGANISATION_HEAD: Post(Over.PLACE, Line.FRONT, _READS, _HEAD_LEVELS),
    Role.PROVINCE_OFFICER: Post(
        Over.PLACE,
        Line.SECTOR,
        _READS | _rights(Right.VERIFY_BELOW, Right.REPORT_FIGURES, Right.ACCEPT_FIGURES, Right.NOMINATE),
        frozenset({Level.PROVINCE}),
    ),
    Role.PROVINCE_LEADER: Post(
        Over.PLACE,
        Line.GOVERNMENT,
        _READS
        | _rights(Right.VERIFY_BELOW, Right.SIGN, Right.READ_LOG, Right.APPROVE_FIGURES, Right.SET_TARGETS)
        | _rights(Right.SIGN_AWARDS),
        frozenset({Level.PROVINCE}),
    ),
    Role.EMULATION_OFFICER: Post(
        Over.PLACE,
        Line.GOVERNMENT,
        _READS | _rights(Right.NOMINATE, Right.HANDLE_AWARDS),
        frozenset({Level.COMMUNE, Level.PROVINCE}),
    ),
    Role.COUNCIL_MEMBER: Post(
        Over.PLACE, Line.GOVERNMENT, _rights(Right.SIT_IN_COUNCIL), frozenset({Level.COMMUNE, Level.PROVINCE})
    ),
    Role.CASE_OFFICER: Post(
        Over.PLACE, Line.GOVERNMENT, _rights(Right.HEAR_CASES), frozenset({Level.COMMUNE, Level.PROVINCE})
    ),
    Role.MINISTRY_OFFICER: Post(
        Over.PLACE,
        Line.SECTOR,
        _READS | _rights(Right.VERIFY_BELOW, Right.ACCEPT_FIGURES),
        frozenset({Level.COUNTRY}),
    ),
    Role.RUBRIC_EDITOR: Post(
        Over.PLACE,
        Line.SECTOR,
        _rights(Right.WRITE_LAW, Right.APPROVE_LAW),
        frozenset({Level.PROVINCE, Level.COUNTRY}),
    ),
    Role.AUDITOR: Post(
        Over.PLACE,
        Line.GOVERNMENT,
        _rights(Right.READ_LOG, Right.SEE_FIGURES),
        frozenset({Level.COMMUNE, Level.PROVINCE, Level.COUNTRY}),
    ),
    Role.ADMINISTRATOR: Post(
        Over.PLACE,
        Line.GOVERNMENT,
        _rights(Right.GIVE_RIGHTS, Right.READ_LOG),
        frozenset({Level.COMMUNE, Level.PROVINCE, Level.COUNTRY}),
        frozenset(Role),
    ),
}
