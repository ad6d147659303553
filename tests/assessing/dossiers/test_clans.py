"""A clan and a family: asked once, answered once, whoever comes second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.problems import Refused
from tests.assessing.making import settle
from tests.authority.roles import TODAY
from tests.people.making import enter, family

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def test_two_who_ask_and_two_who_answer_at_once_find_out(commune: Place, act: Act) -> None:
    from densach.assessing.dossiers.clans import answer, enrol, leave
    from densach.assessing.dossiers.queries import families_in
    from densach.history.domain import verify_chain

    small = settle(commune, act)
    enter(commune, family(small.village, 9), act)
    clan, home = small.subject("clan", "D1").clan, small.subject("family", "H9").household
    assert clan is not None
    assert home is not None
    asked = enrol(clan, commune, home, "", by=None, on=TODAY, act=act)
    with pytest.raises(Refused) as twice:
        enrol(clan, commune, home, "", by=None, on=TODAY, act=act)
    answer(asked, commune, joins=True, by=None, on=TODAY, act=act)
    with pytest.raises(Refused) as late:
        answer(asked, commune, joins=False, by=None, on=TODAY, act=act)
    assert [each.value.problems[0].code for each in (twice, late)] == ["K178", "K180"]
    assert len(families_in(clan, TODAY)) == 3
    gone = leave(clan, home, "xin ra", on=TODAY, act=act)
    with pytest.raises(Refused) as again:
        leave(clan, home, "xin ra", on=TODAY, act=act)
    assert (gone.state, again.value.problems[0].code) == ("left", "H103")
    assert verify_chain("enrolment", asked.pk) == verify_chain("clan", clan.pk) == []
