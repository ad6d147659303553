"""What the repository may not hold: paths of a machine, addresses of a registry, files nobody can read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MACHINE = re.compile(r"(?<![\w.])/(work|root|home|Users)/\w|\b[A-Z]:\\\\?Users\b")
REGISTRY = re.compile(r"\b(pypi|pythonhosted|npmjs|pkg\.dev|artifactory|nexus)\.(org|com|dev|io)\b|/opt/(pypi|wheels)")
BINARY = {".ttf", ".png", ".pdf", ".woff2", ".xlsx", ".xz"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix not in BINARY
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_a_machine() -> None:
    assert MACHINE.search("see /" + "work/main") is not None
    assert lines_with(MACHINE) == []


def test_no_file_names_a_registry() -> None:
    assert REGISTRY.search("https://pypi" + ".org/simple") is not None
    assert lines_with(REGISTRY) == []


def test_the_set_up_and_the_build_can_be_run() -> None:
    assert (ROOT / ".ci/run").stat().st_mode & 0o111 == 0o111
