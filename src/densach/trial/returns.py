"""The returns of the demonstration: one in each state, gone through the hands of its accounts."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from densach.accounts.models import Account
from densach.accounts.queries import account_by_username
from densach.authority.access import Viewer, viewer_of
from densach.people.numbers import load_keys
from densach.places.models import Place
from densach.places.queries import period_of
from densach.policy.reported import datasets
from densach.reporting.breakdowns.domain import keep_breakdown
from densach.reporting.figures import domain
from densach.reporting.figures.access import Of
from densach.reporting.figures.domain import Typed
from densach.reporting.figures.periods import Period

# What the association of the commune wrote (MẪU), by data set.
FUND = {
    "FUND_BALANCE": 82_500_000,
    "FUND_RAISED": 41_000_000,
    "FUND_SPENT": 36_200_000,
    "FUND_SPENT_SCHOLARSHIPS": 21_000_000,
    "FUND_SPENT_AWARDS": 9_700_000,
    "FUND_PUPILS": 118,
    "FUND_SCHOLARSHIPS": 42,
}
ORGANISATION = {"KHVN_CHAPTERS": 12, "KHVN_BOARDS": 19, "KHVN_BOARDS_CLANS": 8, "KHVN_MEMBERS": 1_460}
CENTRES = {"CLC_CENTRES": 1, "CLC_USING_IT": 1, "CLC_SESSIONS": 37, "CLC_ATTENDANCES": 1_820, "LITERACY_LEARNERS": 14}
WHY = "Hai số hội viên của xã khác nhau, kiểm tra lại với sổ hội (MẪU)."


def report_for_the_trial(commune: Place, year: int, *, at: datetime) -> None:
    """The returns for a year that is over, written in the summer after it: accepted, waiting, given back, begun."""
    today = date(year + 1, 7, 15)
    writer, head, above = (
        _viewer(name, today) for name in ("hoi-khuyen-hoc-xa", "chu-tich-hoi-xa", "hoi-khuyen-hoc-tinh")
    )
    officer = _viewer("can-bo-xa", today)
    whole, half = Period(year), Period(year, 2)
    fund = _of(commune, "khvn-quy", half, today)
    _up(fund, writer, head, FUND, at=at)
    models = _of(commune, "khvn-mo-hinh", whole, today)
    domain.compute(writer, models, at=at)
    domain.prepare(writer, models, at=at)
    domain.approve(head, models, at=at)
    domain.accept(above, models, at=at)  # so that the dashboards have something to show
    keep_breakdown(commune, year, keys=load_keys(settings.KEYS_FILE), act=above.act(at))
    organisation = _of(commune, "khvn-to-chuc", whole, today)
    _up(organisation, writer, head, ORGANISATION, at=at)
    domain.give_back(above, organisation, WHY, at=at)
    centres = _of(commune, "ttht-xoa-mu-chu", whole, today)
    domain.write(officer, centres, _typed(CENTRES), at=at)
    domain.prepare(officer, centres, at=at)
    domain.write(
        writer, _of(commune, "khvn-quy", Period(year + 1, 1), today), _typed({"FUND_RAISED": 17_500_000}), at=at
    )


def _up(of: Of, writer: Viewer, head: Viewer, numbers: dict[str, int], *, at: datetime) -> None:
    domain.write(writer, of, _typed(numbers), at=at)
    domain.prepare(writer, of, at=at)
    domain.approve(head, of, at=at)


def _typed(numbers: dict[str, int]) -> dict[str, Typed]:
    return {code: Typed(value) for code, value in numbers.items()}


def _of(commune: Place, dataset: str, period: Period, today: date) -> Of:
    row = period_of(commune, today)
    assert row is not None  # noqa: S101  - the demonstration was made with its commune
    return Of(datasets()[dataset], row, period)


def _viewer(username: str, today: date) -> Viewer:
    account: Account | None = account_by_username(username)
    assert account is not None  # noqa: S101  - the demonstration was made with its accounts
    return viewer_of(account, None, today)
