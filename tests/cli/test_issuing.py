"""`densach round issue`: a decision with its number, in the book and on paper, once, whatever interrupts it."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.making import AT, Home, Terminal, home_with_commune
from tests.workbooks.making import filled_templates
from tests.workbooks.test_killed import KILL_AT

SIGNED = ("--signed", "2026-01-15", "--basis", "Biên bản họp MẪU")
ISSUE = ("round", "issue", *AT, "--demo", "--title", "citizen", *SIGNED)
BOOK = "  01  15/01/2026  Quyết định: Về việc công nhận Công dân học tập năm 2026"
FILES = [f"quyet-dinh-so-01-cong-nhan-cong-dan-2026.{form}" for form in ("docx", "pdf")]
# The first file is written after the event has committed: there the process ends.
KILL_AT_FILE = """
import os, signal, sys

def kill(event, given):
    if event == "os.mkdir" and str(given[0]).split(os.sep)[-2] == "giay-to":
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill)
"""


@pytest.mark.django_db
@pytest.mark.usefixtures("commune")
def test_a_commune_issues_decisions_and_its_dossier(densach: Terminal, tmp_path: Path) -> None:
    for path in filled_templates(tmp_path / "phieu", "vn", "demo"):
        densach("round", "import", str(path), *AT, "--demo")
    densach("round", "run", *AT, "--demo", "--out", str(tmp_path / "giay"))
    out = ("--out", str(tmp_path / "van-ban"))
    printed = densach(*ISSUE, *out).splitlines()
    assert printed[0] == "Số 01/QĐ-UBND: Về việc công nhận Công dân học tập năm 2026"
    assert sorted(Path(line).name for line in printed[1:]) == FILES
    assert densach(*ISSUE, *out).splitlines() == printed
    assert densach("numbers", "show", *AT).splitlines()[1:] == [BOOK]
    invited = densach("round", "papers", *AT, "--demo", *out, "--issue", "2026-01-16", "--paper", "giay-moi-hop")
    assert invited.splitlines()[0] == "Đã cấp số: giay-moi-hop"
    assert "Đã cấp số" not in densach(
        "round", "papers", *AT, "--demo", *out, "--issue", "2026-01-16", "--paper", "giay-moi-hop"
    )
    assert densach.refusals(*ISSUE[:-3], "2100-01-01", "--basis", "x", *out) == ["R116"]
    assert densach.refusals("round", "issue", *AT, "--title", "citizen", *SIGNED, *out) == ["R109"]
    assert densach.refusals(*ISSUE, "--number", "7", *out) == ["R120"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An installation with a judged round in it."""
    home = home_with_commune(tmp_path_factory.mktemp("nha"))
    folder = tmp_path_factory.mktemp("phieu")
    for path in filled_templates(folder, "vn", "demo")[:2]:
        assert home.run("round", "import", str(path), *AT, "--demo").returncode == 0
    assert home.run("round", "run", *AT, "--demo", "--out", str(folder)).returncode == 0
    return home


@pytest.mark.slow
def test_whatever_kills_it_the_same_command_ends_with_one_number_and_the_same_files(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "giay-to"
    issue = (*ISSUE, "--out", str(folder))
    before = home.rows()
    for table in ("authority_issuednumber", "assessing_recognition", "authority_keptpaper"):
        killed = home.run(*issue, before=KILL_AT.format(table=table))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert home.rows() == before
    killed = home.run(*issue, before=KILL_AT_FILE)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    issued = home.rows()
    assert issued != before
    assert not folder.exists() or list(folder.iterdir()) == []
    for _ in range(2):
        done = home.run(*issue)
        assert (done.returncode, done.stderr) == (0, "")
        assert home.rows() == issued
    assert sorted(path.name for path in folder.iterdir()) == FILES
    pdf = folder / FILES[1]
    content = pdf.read_bytes()
    pdf.unlink()
    assert home.run("round", "papers", *AT, "--demo", "--out", str(folder)).returncode == 0
    assert pdf.read_bytes() == content
    assert home.run("numbers", "show", *AT).stdout.splitlines()[1:] == [BOOK]
