"""The database that the site of a trial shows: last year's round done to its certificates, this year's half way.

What is made up for a trial goes through the events of every day, so that its log tells a whole story.
"""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice
from pathlib import Path

from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.domain import Facts, open_round, subjects_for
from densach.assessing.frame import Frame, frame_of
from densach.assessing.models import Kind, Round, Stage, Subject
from densach.assessing.queries import facts_answered
from densach.assessing.sheets.domain import begin_sheet, check_sheet, give_back, send_sheet, write_on
from densach.assessing.sheets.models import State, Way
from densach.assessing.titles import BY_MODEL
from densach.formats.vietnamese import format_number
from densach.people.models import Household
from densach.policy.library import open_library
from densach.trial.accounts import cast_of, make_accounts
from densach.trial.awards.whole import commend_for_the_trial
from densach.trial.consents import agree_on_paper
from densach.trial.returns import report_for_the_trial
from densach.trial.story import YEAR, Say, act_of_trial, first_village, play_the_round, print_certificates_of
from densach.trial.synthetic import make_synthetic
from densach.trial.targets import make_targets

PACKS = ("vn", "demo")
CITIZEN = BY_MODEL["citizen"]
HOMES_THAT_ANSWERED = 60  # in the first village: the officer finds sheets in every state, and homes that wait
STATES = (State.CHECKED, State.SENT, State.SENT, State.WRITING, State.GIVEN_BACK)
MISSING = "Chưa thấy minh chứng cho mục A2 (MẪU)."
NEXT_YEAR = YEAR + 1
ASKED = date(YEAR, 12, 20)  # the day on the sheets on which people agreed to be checked by the association, or not
UNTIL = date(NEXT_YEAR + 4, 12, 31)


def prepare(folder: Path, say: Say) -> None:
    """Make the database of the demonstration in the home of this process; papers made on the way stand in `folder`."""
    library = open_library(PACKS)
    round_ = play_the_round(folder, library, say)
    frame = frame_of(round_.place, date(YEAR, 12, 31))
    print_certificates_of(folder, round_, first_village(frame), library)
    cast = cast_of(round_, frame)
    this_year = open_round(round_.place, NEXT_YEAR, round_.packs, act=act_of_trial("mở đợt của năm nay"))
    asked = act_of_trial("phiếu đồng ý MẪU")
    spoke = agree_on_paper(frame, round_, ASKED, besides=cast.household.pk, act=asked)
    say(f"Đã ghi phiếu đồng ý hay không của {format_number(spoke)} người.")
    say(f"Đã có phiếu của năm {NEXT_YEAR} ở {begin_the_year(round_, this_year, frame, besides=cast.household)} hộ.")
    act = act_of_trial("tài khoản dùng thử")
    make_accounts(cast, folder / "du-lieu", since=date(NEXT_YEAR, 1, 1), until=UNTIL, act=act)
    report_for_the_trial(round_.place, YEAR, at=act.at)
    made = make_targets(cast.commune, cast.province, timezone.localdate(), act_of_trial("mục tiêu MẪU"))
    say(f"Đã ghi {made} mục tiêu MẪU, có mục tiêu chậm, chưa có số liệu và mẫu số đã không còn.")
    say(f"Đã lập {commend_for_the_trial(round_)} hồ sơ khen thưởng MẪU của xã và của tỉnh.")
    make_synthetic(folder / "du-lieu", PACKS, say)


def begin_the_year(last: Round, this: Round, frame: Frame, *, besides: Household) -> int:
    """Let the people of some homes of the first village answer as they did last year; how many homes did.

    The home of the demonstration's own citizen has not begun.
    """
    said = facts_answered(last, CITIZEN.key, Stage.SELF)
    villages = {name: key for key, name in frame.villages.items()}
    homes = frame.lived_in(frame.village_households[villages[first_village(frame)]])
    answering = [home for home in homes if home != besides.pk][:HOMES_THAT_ANSWERED]
    for home, state in zip(answering, cycle(STATES), strict=False):
        subjects = subjects_for(Kind.PERSON, frame.household_people[home])
        for subject in subjects.values():
            if subject.pk in said:
                _bring_to(state, this, subject, said[subject.pk])
    return len(answering)


def _bring_to(state: State, round_: Round, subject: Subject, facts: Facts) -> None:
    """Let one sheet come as far as a state, by the events of every day."""
    act = act_of_trial("phiếu MẪU")
    sheet = begin_sheet(round_, subject, CITIZEN.key, by=None, way=Way.PAPER, act=act)
    some = dict(islice(facts.items(), 4)) if state == State.WRITING else facts
    sheet = write_on(sheet, some, sheet.version, by=None, way=Way.PAPER, act=act)
    if state != State.WRITING:
        sheet = send_sheet(sheet, sheet.version, act=act)
    if state == State.CHECKED:
        check_sheet(sheet, facts, sheet.version, by=None, note="", act=act)
    elif state == State.GIVEN_BACK:
        give_back(sheet, sheet.version, by=None, note=MISSING, act=act)
