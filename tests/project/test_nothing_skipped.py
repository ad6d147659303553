"""The plug-in of the continuous build: a left-out test turns a green run red."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("body", "code"),
    [("assert True", 0), ("pytest.skip('no server')", 1), ("pytest.xfail('later')", 1), ("assert False", 1)],
)
def test_what_did_not_run_fails_and_is_named(tmp_path: Path, body: str, code: int) -> None:
    (tmp_path / "test_one.py").write_text(f"import pytest\ndef test_one():\n    {body}\n", "utf-8")
    ini = tmp_path / "pytest.ini"
    ini.write_text("[pytest]\n", "utf-8")
    plugins = ["-p", "tools.nothing_skipped", "-p", "no:django", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-c", str(ini), str(tmp_path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "did not run: test_one.py::test_one" in done.stdout) == (code, "pytest." in body), (
        done.stdout
    )
