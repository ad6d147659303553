"""`densach try`: a site with an account for each role, opened once, and a fresh copy of it for each trial."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from densach.formats.sheets import SPECIMEN
from densach.trial import ready_made, serving
from densach.trial.accounts import PHONE
from densach.web.signing.demonstration import trial_accounts

pytestmark = pytest.mark.slow


def opened(folder: Path) -> str:
    command = [sys.executable, "-m", "densach", "try", "--out", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(address: str) -> str:
    with urlopen(address, timeout=30) as answer:  # noqa: S310  - an address of this machine
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def folder(demonstration: Path) -> Iterator[Path]:
    yield demonstration
    serving.stop(demonstration)


def test_the_second_trial_is_a_fresh_copy(folder: Path) -> None:
    home = ready_made.copy(folder)
    (home / "densach.sqlite3").write_bytes(b"spoilt by an earlier trial")
    told = opened(folder)
    [address] = re.findall(r"Mở bằng trình duyệt: (http://127\.0\.0\.1:\d+)", told)
    for page in ("/", "/tim-xa?q=den+sach", "/luat"):
        assert SPECIMEN in read(address + page)


def test_every_role_has_an_account_and_it_is_printed(folder: Path) -> None:
    from densach.authority.roles import Role

    ways = trial_accounts(ready_made.copy(folder))
    assert ways is not None
    assert {account["role"] for account in ways.accounts} == set(Role.values)
    told = opened(folder)
    assert [account["username"] in told for account in ways.accounts] == [True] * len(ways.accounts)
    assert ways.password in told


def test_a_code_to_the_phone_stands_in_the_file_that_is_printed(folder: Path) -> None:
    told = opened(folder)
    [address] = re.findall(r"Mở bằng trình duyệt: (http://127\.0\.0\.1:\d+)", told)
    [log] = re.findall(r"mã nằm ở cuối tệp (.+) / ", told)
    browser = build_opener(HTTPCookieProcessor())
    page = browser.open(f"{address}/dang-nhap/ma", timeout=30).read().decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[:1]
    sent = urlencode({"csrfmiddlewaretoken": token, "to": PHONE}).encode()
    assert browser.open(f"{address}/dang-nhap/ma", sent, timeout=30).url == f"{address}/dang-nhap/ma/nhap"
    until = time.monotonic() + 20
    while not (codes := re.findall(r"^\+84000000001 .*?(\d{4}-\d{4})", Path(log).read_text("utf-8"), re.MULTILINE)):
        assert time.monotonic() < until
        time.sleep(0.1)
    page = browser.open(f"{address}/dang-nhap/ma/nhap", timeout=30).read().decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[:1]
    sent = urlencode({"csrfmiddlewaretoken": token, "code": codes[-1]}).encode()
    assert browser.open(f"{address}/dang-nhap/ma/nhap", sent, timeout=30).url == f"{address}/viec-cua-toi"
