"""The targets of the demonstration: one of each standing, with made-up figures of past years at the made-up commune.

The figures stand at that commune alone, as if its merged parts had reported them; the real province has none.
"""

from __future__ import annotations

from datetime import date

from densach.authority.roles import Role
from densach.history.domain import Act
from densach.places.models import Place
from densach.places.queries import period_of
from densach.reporting.figures.models import Figure
from densach.reporting.figures.queries import indicator_keys, put_figures
from densach.reporting.targets.domain import Wording, enter_at
from densach.reporting.targets.models import Target, Unit
from densach.reporting.targets.queries import national_targets

PLAN = "Kế hoạch MẪU số 15/KH-UBND ngày 10/02/2026"
BASELINE = {"baseline_year": 2021, "baseline_source": "Báo cáo MẪU tổng kết năm 2021"}
# The year after the last of these is in the return that waits to be accepted (trial/returns.py).
FIGURES: dict[str, tuple[int, dict[int, int]]] = {
    "MODEL_FAMILY_OF_ALL": (4106, {2021: 1030, 2022: 1352, 2023: 1690, 2024: 2012}),
    "MODEL_COMMUNITY_OF_ALL": (20, {2021: 8, 2022: 8, 2023: 9, 2024: 9}),
    "MODEL_CLAN_OF_ALL": (65, {2021: 30, 2022: 31, 2023: 31, 2024: 33}),
}


def make_targets(commune: Place, province: Place, today: date, act: Act) -> int:
    """Enter the targets and figures of the demonstration; how many targets."""
    above = {(each.national, each.year): each for each in national_targets()}
    families = _enter(province, _families(8500, Role.PROVINCE_LEADER), above["387.model.family", 2030], today, act)
    _put_figures(commune)
    made = [
        families,
        _enter(commune, _families(8500, Role.COMMUNE_LEADER, baseline=2500, **BASELINE), families, today, act),
    ]
    for wording, parent in _others():
        made.append(_enter(commune, wording, above[parent, 2030] if parent else None, today, act))
    return len(made)


def _enter(place: Place, wording: Wording, above: Target | None, today: date, act: Act) -> Target:
    row = period_of(place, today)
    assert row is not None  # noqa: S101  - both stand on the map of today
    return enter_at(row, wording, above, today, act, fictional=True)


def _families(value: int, owner: Role, **more: object) -> Wording:
    return _wording(
        "Gia đình được công nhận Gia đình học tập",
        value,
        base="trên tổng số gia đình",
        owner=owner,
        indicator="MODEL_FAMILY_OF_ALL",
        **more,
    )


def _others() -> tuple[tuple[Wording, str], ...]:
    """Behind, likely to be, without a figure, without an indicator, and of a base that was abolished."""
    communities = _wording(
        "Thôn, tổ dân phố được công nhận Cộng đồng học tập",
        9000,
        base="trên tổng số thôn, tổ dân phố",
        owner=Role.FRONT_HEAD,
        indicator="MODEL_COMMUNITY_OF_ALL",
        baseline=4000,
        **BASELINE,
    )
    clans = _wording(
        "Dòng họ được công nhận Dòng họ học tập",
        7500,
        base="trên tổng số dòng họ, xã tự đếm ngày 31/12",
        owner=Role.PARTY_HEAD,
        indicator="MODEL_CLAN_OF_ALL",
    )
    centres = _wording(
        "Trung tâm học tập cộng đồng ứng dụng công nghệ thông tin",
        10_000,
        base="trên tổng số trung tâm học tập cộng đồng",
        owner=Role.CENTRE_DIRECTOR,
        indicator="CLC_USING_IT_SHARE",
    )
    members = _wording(
        "Đoàn viên tham gia lớp kỹ năng số", 6000, base="trên tổng số đoàn viên", owner=Role.ORGANISATION_HEAD
    )
    district = _wording("Huyện được công nhận Huyện học tập", 5000, base="trên số huyện", owner=Role.PARTY_HEAD)
    return (
        (communities, "387.model.community"),
        (clans, "387.model.clan"),
        (centres, ""),
        (members, ""),
        (district, "1373.model.district"),
    )


def _wording(title: str, value: int, **more: object) -> Wording:
    said = {"title": f"{title} (MẪU)", "unit": Unit.SHARE, "year": 2030, "value": value, "citation": PLAN, **more}
    return Wording(**said)  # type: ignore[arg-type]


def _put_figures(commune: Place) -> None:
    keys = indicator_keys(FIGURES)
    put_figures(
        [
            Figure(place=commune, indicator_id=keys[code], period=year * 10, value=value, base=base)
            for code, (base, values) in FIGURES.items()
            for year, value in values.items()
        ]
    )
