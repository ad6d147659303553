"""A process that is killed in the middle of a carry-over leaves everything where it was, and the next one works."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.making import Home
from tests.first_start import lay_ready
from tests.workbooks.test_killed import KILL_AT

MERGER = """
import densach.config.ready
from datetime import UTC, date, datetime
from densach.history.domain import Act
from densach.places.lookup import get_place
from tests.people.merger import end_old, merger, settle_old
act = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
found = merger(get_place("19", date(2026, 1, 1)).place, act, merged=False)
settle_old(found, act)
end_old(found, act)
"""
CARRY = ("places", "carry-over", "--place", "99201", "--village", "Thôn Đông=99201")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("nha"))
    lay_ready(home.folder)
    done = home.run("places", "find", "zzz", before=MERGER)
    assert done.returncode == 0, done.stderr
    return home


def test_a_carry_over_that_is_killed_moves_nothing(home: Home, tmp_path: Path) -> None:
    before = home.rows()
    for table in ("places_placeperiod", "people_householdhome", "people_unitseat"):
        killed = home.run(*CARRY, before=KILL_AT.format(table=table))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert home.rows() == before
    said = tmp_path / "thon.csv"
    said.write_text("Tên;Mã xã mới;Loại\nThôn Đông;99201;\nD1;99202;dòng họ\n", "utf-8")
    tried = home.run("places", "carry-over", "--place", "99201", "--villages", str(said), "--dry-run")
    assert (tried.returncode, tried.stderr) == (0, "")
    assert home.rows() == before
    assert "Sẽ chuyển sang Xã MẪU Nguyên từ 01/07/2025: 5 thôn, 5 hộ, 2 dòng họ, 2 đơn vị, 15 người." in tried.stdout
    assert "99103 Xã MẪU Đồng: thôn, tổ dân phố Thôn 1, 1 hộ" in tried.stdout
    assert "dòng họ" not in tried.stdout.split("Chưa biết")[1].replace("--clan", "")
    whole = home.run(*CARRY)
    assert (whole.returncode, whole.stderr) == (0, "")
    after = home.rows()
    assert after != before
    assert "Không còn gì để chuyển" in home.run(*CARRY).stdout
    assert home.rows() == after
    elsewhere = home.run(*CARRY[:-1], "Thôn Đông=99202")
    assert elsewhere.stderr.startswith("L129")
    again = home.run("places", "carry-over", "--place", "99201", "--undo")
    assert again.stdout == "Đã hoàn tác: 5 hộ trở về xã cũ.\n"


def test_villages_are_listed_and_named(home: Home) -> None:
    assert home.run(*CARRY).returncode == 0
    listed = home.run("places", "villages", "--place", "99201", "--codes").stdout
    assert "Thôn 1 (MẪU An)  (tên đề xuất, chờ xác nhận)" in listed
    assert "H1 → H1-99101, H1-99102" in listed
    named = home.run("places", "name-village", "--place", "99201", "thon 1 (mau an)", "Thôn Một", "--cites", "NQ 5")
    assert named.stdout == "Thôn 1 (MẪU An) → Thôn Một, từ 01/07/2025 (NQ 5)\n"
    words = ("--into", "Thôn Hai", "--on", "2026-02-01", "--cites", "NQ 6")
    merged = home.run("places", "merge-villages", "--place", "99201", "Thôn Một", "Thôn Bến", *words)
    assert merged.stdout == "Thôn Một, Thôn Bến → Thôn Hai, từ 01/02/2026 (NQ 6)\n"
    left = home.run("places", "villages", "--place", "99201").stdout
    assert "Thôn Hai" in left
    assert "Thôn Bến" not in left
    refused = home.run("places", "name-village", "--place", "99201", "Thôn Lạ", "--cites", "NQ")
    assert refused.stderr.startswith("L128")
    undone = home.run("places", "carry-over", "--place", "99201", "--undo")
    assert undone.stderr.startswith("N141")
