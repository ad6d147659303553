"""Run beside a site: print certificates into its database, in a real and in a made-up commune, and tell their codes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.certificates.issuing import withdraw
from densach.assessing.models import Certificate
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from tests.assessing.certificates.making import correct, order, printed, signed, signed_for_real
from tests.assessing.making import settle

ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử")
FIRST_DAY = date(2026, 1, 1)


def main() -> None:
    """The codes by how their papers stand; every name in them is made up."""
    ensure_ready()
    real = settle(get_place("05443", FIRST_DAY).place, ACT)
    signed_for_real(real, ACT)
    province = get_place("19", FIRST_DAY).place
    commune = add_fictional_commune(province, "99001", "Xã MẪU Đèn Sách", on=FIRST_DAY, act=ACT)
    made_up = settle(commune, ACT, first=11)
    signed(made_up, ACT)
    with TemporaryDirectory() as folder:
        printed(Path(folder) / "a.pdf", order(real, fictional=False), ACT)
        printed(Path(folder) / "b.pdf", order(made_up), ACT)
    valid, corrected, withdrawn, *_, specimen = Certificate.objects.select_related("recognition").order_by("pk")
    correct(corrected.recognition, ACT, "Nguyễn Khác Hẳn", office="")
    withdraw(withdrawn, on=date(2027, 3, 1), paper="Biên bản 3/BB", act=ACT)
    papers = {"valid": valid, "corrected": corrected, "withdrawn": withdrawn, "specimen": specimen}
    names = {"name": valid.words["name"]}
    print(json.dumps({state: paper.words["code"] for state, paper in papers.items()} | names))  # noqa: T201


if __name__ == "__main__":
    main()
