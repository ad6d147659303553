"""The site that a trial leaves behind: it answers, is replaced, is stopped, and stops nobody else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from densach.problems import Refused
from densach.trial import serving
from tests.first_start import lay_ready

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that has the country in it."""
    return lay_ready(tmp_path_factory.mktemp("nha")).parent


def says(address: str) -> str:
    with urlopen(f"{address}/healthz", timeout=10) as answer:  # noqa: S310  - an address of this machine
        return str(answer.read().decode())


def pid_of(folder: Path) -> int:
    return int(json.loads((folder / serving.SERVER).read_text())["pid"])


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        os.waitpid(pid, os.WNOHANG)
        os.kill(pid, 0)
    except (ProcessLookupError, ChildProcessError):
        return False
    return True


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """The folders of two trials."""
    made = [tmp_path / "a", tmp_path / "b"]
    for folder in made:
        folder.mkdir()
    return made


def test_a_site_answers_is_replaced_and_stops_and_another_that_began_with_it_stands(
    home: Path, folders: list[Path]
) -> None:
    folder, beside = folders
    with ThreadPoolExecutor() as at_once:
        first, other = at_once.map(lambda each: serving.start(each, home), folders)
    pid = pid_of(folder)
    assert (first == other, says(first), says(other)) == (False, "ok\n", "ok\n")
    second = serving.start(folder, home)
    assert (says(second), is_there(pid), pid_of(folder) == pid) == ("ok\n", False, False)
    assert serving.stop(folder)
    with pytest.raises(URLError):
        says(second)
    assert not serving.stop(folder)
    assert says(other) == "ok\n"
    assert serving.stop(beside)


def test_one_that_does_not_listen_to_reason_is_stopped_all_the_same_and_no_stranger_whose_number_was_left(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SECONDS_TO_STOP", 1)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stranger:
        # As a machine leaves it that was switched off.
        (tmp_path / serving.SERVER).write_text(json.dumps({"pid": stranger.pid, "port": 1}))
        (tmp_path / serving.LOCK).touch()
        assert not serving.stop(tmp_path)
        address = serving.start(tmp_path, home)
        os.killpg(pid_of(tmp_path), signal.SIGSTOP)
        assert serving.stop(tmp_path)
        assert stranger.poll() is None
        stranger.kill()
    with pytest.raises(URLError):
        says(address)


def test_a_site_that_cannot_come_up_says_where_the_reason_is(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("chữ")
    with pytest.raises(Refused) as refused:
        serving.start(tmp_path, tmp_path / "tep")
    assert [(each.code, each.where) for each in refused.value.problems] == [("H110", str(tmp_path / serving.LOG))]
    assert "S107" in (tmp_path / serving.LOG).read_text()
    assert not serving.stop(tmp_path)
