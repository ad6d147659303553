"""The demonstration that ships: opened in seconds with keys of its own, whole or not at all, and not out of date."""

from __future__ import annotations

import json
import lzma
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from densach.problems import Refused
from densach.trial import ready_made
from tests.trial.alike import differences

ROOT = Path(__file__).resolve().parents[2]
OUT_OF_DATE = (
    "the file that ships is out of date: run `make demonstration` and commit src/densach/trial/demonstration.xz"
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a trial in which the file that ships was opened."""
    folder = tmp_path_factory.mktemp("thu")
    assert ready_made.unpack(folder)
    return folder


def looked_at(home: Path) -> dict[str, object]:
    environment = {**os.environ, "DENSACH_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-W", "ignore", "-m", "tests.trial.looking"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_it_opens_with_keys_of_its_own_and_all_that_was_left_out_is_there_again(unpacked: Path) -> None:
    home = ready_made.copy(unpacked)
    assert sorted(path.name for path in home.iterdir()) == [
        "densach.sqlite3",
        "gia-lap.json",
        "keys.json",
        "tai-khoan-dung-thu.json",
    ]
    assert (home / "keys.json").stat().st_mode & 0o777 == 0o600
    assert looked_at(home) == {
        "numbers": 17_862,
        "broken_chains": 0,
        "broken_receipts": 0,
        "cases": [
            "Đỗ Thị Mẫu: Cho rằng báo cáo thành tích ghi thừa một năm (MẪU)",
            "Vũ Văn Mẫu: Nêu nghi vấn về thành tích được kê khai (MẪU)",
        ],
        "votes": [{"for": 1, "against": 2}] * 4,
        "signed_in": ["/viec-cua-toi", "/viec-cua-toi"],
    }


def test_no_key_ships(unpacked: Path) -> None:
    from densach.people.numbers import load_keys
    from densach.trial.shipped import SHIPPED

    content = lzma.decompress(SHIPPED.read_bytes())
    assert re.findall(rb'"k[0-9a-f]{10}"', content) == []
    assert load_keys(ready_made.copy(unpacked) / "keys.json").current.encode() not in content


def test_an_opening_that_was_killed_leaves_nothing_that_is_taken_for_ready(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "densach", "try", "--out", str(tmp_path)]
    opening = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while not list(tmp_path.rglob("densach.sqlite3")) and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(opening.pid, signal.SIGKILL)
    opening.wait()
    assert list(tmp_path.rglob("densach.sqlite3"))
    assert not ready_made.is_made(tmp_path)


def test_a_file_that_is_missing_or_damaged_is_refused(tmp_path: Path) -> None:
    from densach.people.numbers import load_keys
    from densach.trial.shipped import SHIPPED, restore

    missing, cut, other = (tmp_path / name for name in ("khong-co.xz", "cut.xz", "khac.xz"))
    cut.write_bytes(SHIPPED.read_bytes()[:-1000])
    other.write_bytes(b"not of ours")
    for file in (missing, cut, other):
        with pytest.raises(Refused) as refused:
            restore(file, tmp_path / "nha", load_keys(tmp_path / "keys.json"))
        assert [(each.code, each.where) for each in refused.value.problems] == [("S120", file.name)]


@pytest.mark.slow
def test_where_it_cannot_be_opened_it_is_made_from_the_source_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("nothing can be written below a file, so that neither succeeds")
    command = [sys.executable, "-m", "densach", "try", "--out", str(tmp_path / "tep" / "thu")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("S105")) == (2, 4)
    assert "được lập từ nguồn" in done.stdout


@pytest.mark.slow
def test_it_holds_what_the_source_makes_today(unpacked: Path, tmp_path: Path) -> None:
    assert ready_made.make(tmp_path)
    assert differences(ready_made.copy(unpacked), ready_made.copy(tmp_path)) == {}, OUT_OF_DATE
