"""Run in several processes: each writes on the sheet of the same person, told of no sheet, at the same moment."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.models import Round
from densach.assessing.sheets.models import Sheet, Way
from densach.assessing.villages.domain import Writing, write_for
from densach.assessing.villages.rubrics import CITIZEN
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.problems import Refused
from tests.assessing.villages.making import working

ACT = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))


def make() -> str:
    """The keys of a round and of a person in it."""
    ensure_ready()
    province = get_place("19", ACT.at.date()).place
    made = working(add_fictional_commune(province, "99001", "Xã MẪU", on=ACT.at.date(), act=ACT), ACT)
    return f"{made.round.pk} {made.small.subject('citizen', 'Nguyễn Văn Mẫu 1').person_id}"


def write(round_: int, person: int, points: int, at: float) -> str:
    """What became of one writing, begun at a moment."""
    writing = Writing(answers={"a1": points}, version=0, way=Way.PAPER, by=None)
    time.sleep(max(0.0, at - time.time()))
    try:
        write_for(Round.objects.get(pk=round_), CITIZEN, person, writing, act=ACT)
    except Refused as refused:
        return refused.problems[0].code
    return f"kept {points}"


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        said = make()
    elif sys.argv[1:] == ["look"]:
        said = " ".join(str(row.draft["a1"]) for row in Sheet.objects.all())  # each sheet there is
    else:
        round_, person, points = map(int, sys.argv[1:4])
        said = write(round_, person, points, float(sys.argv[4]))
    print(said)  # noqa: T201  - what the test reads
