"""Setting up: named by what it is built from, finished or not, and switched to in one step."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project whose locks are given, for the functions that work on the project they stand in."""
    locks = {kind: tmp_path / f"{kind}.lock" for kind in setup.LOCKS}
    for lock in locks.values():
        lock.write_text("one==1", "utf-8")
    for name, value in {
        "ROOT": tmp_path,
        "HOMES": tmp_path / ".venvs",
        "CURRENT": tmp_path / ".venv",
        "LOCKS": locks,
    }.items():
        monkeypatch.setattr(setup, name, value)
    return tmp_path


def finished(home: Path) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").symlink_to(sys.executable)
    (home / setup.READY).touch()
    return home


def test_an_environment_belongs_to_one_lock(clone: Path) -> None:
    before = setup.home_of("runtime")
    assert before == setup.home_of("runtime")
    assert before.parent == clone / ".venvs"
    (clone / "runtime.lock").write_text("one==2", "utf-8")
    assert setup.home_of("runtime") != before


def test_without_its_mark_or_its_python_an_environment_is_not_ready(clone: Path) -> None:
    home = finished(clone / "home")
    assert setup.is_ready(home)
    (home / setup.READY).unlink()
    assert not setup.is_ready(home)
    (home / setup.READY).touch()
    (home / "bin" / "python").unlink()
    (home / "bin" / "python").symlink_to(clone / "gone")
    assert not setup.is_ready(home)


def test_a_finished_environment_is_switched_to_and_an_outdated_one_removed(clone: Path) -> None:
    finished(setup.home_of("runtime"))
    setup.set_up("runtime")
    (clone / "runtime.lock").write_text("one==2", "utf-8")
    new = finished(setup.home_of("runtime"))
    setup.set_up("runtime")
    assert (clone / ".venv").resolve() == new
    assert sorted(path.name for path in (clone / ".venvs").iterdir()) == sorted(["lock", new.name])


def test_the_environment_of_development_serves_for_both(clone: Path) -> None:
    home = finished(setup.home_of("development"))
    setup.set_up("development")
    setup.set_up("runtime")
    assert (clone / ".venv").resolve() == home


def test_a_folder_made_by_hand_is_kept_aside(clone: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv" / "mine").touch()
    home = finished(setup.home_of("runtime"))
    setup.set_up("runtime")
    assert (clone / ".venv").resolve() == home
    assert len(list((clone / ".venvs").glob("replaced-*/mine"))) == 1


@pytest.mark.slow
def test_a_set_up_that_fails_says_what_did_not_run_and_leaves_the_working_one(tmp_path: Path) -> None:
    for name in ("tools/setup.py", "src/densach/problems.py", "src/densach/problems.toml", "src/densach/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "requirements.lock").write_text(f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    (tmp_path / "requirements-dev.lock").write_text("", "utf-8")
    old = finished(tmp_path / "old")
    (tmp_path / ".venv").symlink_to(old)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "tools/setup.py"), "runtime", "make try"],
        env=os.environ | {"PIP_NO_INDEX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if line.startswith("S")]
    assert done.returncode == 2
    assert [line[:4] for line in told] == ["S103", "S103", "S106", "S106"]
    assert told[3].endswith("this did not run: make try. Mend the above, then give the same command again.")
    assert (tmp_path / ".venv").resolve() == old
