"""Leads about communes: found in accepted figures, private to the province, dismissed for good with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.problems import Refused
from tests.authority.roles import NOW, viewer
from tests.reporting.dashboards.making import accepted
from tests.reporting.reviews.test_reviews import beside, made_up

if TYPE_CHECKING:
    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.reporting.formalism.models import CommuneLead

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune(thai_nguyen: Place, act: Act) -> Place:
    """A commune with nearly all units recognised, and few citizens."""
    place = made_up(thai_nguyen, "99001", "Xã MẪU Đèn Sách", act)
    accepted(place, "UNIT", (97, 97, 97, 95), year=2025)
    accepted(place, "CITIZEN", (4127, 2113, 1987, 1561), year=2025)
    return place


@pytest.fixture
def officer(thai_nguyen: Place, act: Act) -> Viewer:
    return viewer(Role.PROVINCE_OFFICER, thai_nguyen, act)


def look(who: Viewer) -> int:
    from densach.reporting.formalism.domain import look_for_leads
    from densach.web.law import law_of

    return look_for_leads(who, law_of, at=NOW)


def the_lead() -> CommuneLead:
    from densach.reporting.formalism.models import CommuneLead

    return CommuneLead.objects.get()


def test_shares_that_do_not_fit_are_found_once(officer: Viewer, commune: Place) -> None:
    assert look(officer) == 1
    lead = the_lead()
    assert (lead.place, lead.year, lead.kind, lead.about) == (commune, 2025, "misfit", "UNIT CITIZEN")
    assert lead.numbers == {"count": 95, "base": 97, "other_count": 1561, "other_base": 4127}
    assert look(officer) == 0


def test_an_honest_commune_gives_none(officer: Viewer, thai_nguyen: Place, act: Act) -> None:
    place = beside(thai_nguyen, act)
    for year, held in ((2024, 1400), (2025, 1571)):
        accepted(place, "CITIZEN", (4127, 2113, 1987, held), year=year)
    accepted(place, "UNIT", (97, 91, 88, 58), year=2025)
    assert look(officer) == 0


def test_a_jump_and_round_numbers_are_found(officer: Viewer, thai_nguyen: Place, act: Act) -> None:
    place = beside(thai_nguyen, act)
    accepted(place, "FAMILY", (1000, 800, 700, 210), year=2024)
    accepted(place, "FAMILY", (1010, 800, 720, 610), year=2025)
    accepted(place, "CITIZEN", (4120, 2110, 1980, 1560), year=2025)
    assert look(officer) == 2


def test_scores_of_a_round_are_looked_at(commune: Place) -> None:
    from densach.measures.formalism import lifted, round_scores
    from densach.reporting.formalism.queries import points_in, rounds_judged

    rounds = rounds_judged([commune.pk], 2025, "citizen.qd677")
    assert (rounds, points_in([], "citizen.qd677")) == ([], {})
    assert list(round_scores({}, 80)) == list(lifted({}, 80)) == []


def test_a_lead_is_dismissed_with_a_reason_and_stays_so(officer: Viewer, commune: Place) -> None:
    from densach.history.domain import verify_chain
    from densach.reporting.formalism.domain import dismiss

    look(officer)
    lead = the_lead()
    for reason in ("", "  ", "x" * 2001):
        with pytest.raises(Refused, match="Y111"):
            dismiss(officer, lead.uid, reason, at=NOW)
    dismiss(officer, lead.uid, "Đã xem năm đơn vị.", at=NOW)
    with pytest.raises(Refused, match="Y112"):
        dismiss(officer, lead.uid, "Lần nữa.", at=NOW)
    assert look(officer) == 0
    assert (the_lead().stand, the_lead().reason) == ("dismissed", "Đã xem năm đơn vị.")
    assert the_lead().place == commune
    assert verify_chain("commune_lead", lead.uid) == []


def test_every_kind_has_its_words() -> None:
    from densach.measures.formalism import Kind
    from densach.web.sentences import catalogue

    of_a_round = {Kind.COPIED, Kind.TOO_EVEN}
    for kind in set(Kind) - of_a_round:
        assert {f"leads.{what}_{kind}" for what in ("kind", "why", "numbers", "check")} <= set(catalogue())
    for kind in of_a_round:
        assert {f"verify.{what}_{kind}" for what in ("kind", "about", "numbers")} <= set(catalogue())
