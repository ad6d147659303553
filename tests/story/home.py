"""Run beside a site: a made-up commune with its round open, accounts for two homes and the commune, certificates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import densach.config.ready  # noqa: F401  - before the models below
from densach.authority.roles import Role
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.certificates.making import order, printed, signed
from tests.assessing.making import settle
from tests.authority.roles import account, given

ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")
HOMES = 8


def main() -> None:
    """Heads `ho-1`, `ho-2` and so on, the officer `can-bo` and the chapter `chi-hoi`; all with the same password."""
    ensure_ready()
    place = add_fictional_commune(
        get_place("19", date(2026, 1, 1)).place, "99001", "Xã MẪU Đèn Sách", on=date(2026, 1, 1), act=ACT
    )
    small = settle(place, ACT, HOMES)
    signed(small, ACT, "family")
    with TemporaryDirectory() as folder:
        printed(Path(folder) / "a.pdf", order(small, "family"), ACT)
    for home in range(1, HOMES + 1):
        household = small.subject("family", f"H{home}").household
        assert household is not None
        given(account(f"ho-{home}"), Role.HOUSEHOLD_HEAD, household, ACT)
    given(account("can-bo"), Role.COMMUNE_OFFICER, place, ACT)
    given(account("chi-hoi"), Role.CHAPTER_OFFICER, small.village, ACT)


if __name__ == "__main__":
    main()
