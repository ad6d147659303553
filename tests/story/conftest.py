"""A real site and a real browser: the server as an office starts it, Debian's chromium without its windows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from densach.trial import ready_made, serving
from tests.first_start import lay_ready
from tests.story.browsing import QUIET, Way, opened

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(tmp_path_factory: pytest.TempPathFactory, *prepare: str) -> Iterator[tuple[str, str]]:
    """The address of a site whose database a module made ready, and what that module printed."""
    home, folder = tmp_path_factory.mktemp("nha"), tmp_path_factory.mktemp("trang")
    environment = {**os.environ, "DENSACH_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    lay_ready(home)
    ready = [sys.executable, "-m", *prepare]
    done = subprocess.run(ready, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    yield serving.start(folder, home), done.stdout
    serving.stop(folder)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that holds the country and nothing made up."""
    with served(tmp_path_factory, "densach", "places", "show", "01") as (address, _):
        yield address


@pytest.fixture(scope="session")
def site_with_papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a site that printed certificates, and their codes by how they stand."""
    with served(tmp_path_factory, "tests.story.papers") as (address, printed):
        yield address, json.loads(printed)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a trial in which the database of the demonstration stands ready."""
    folder = tmp_path_factory.mktemp("thu")
    assert ready_made.unpack(folder)
    return folder


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's chromium; a machine without it fails here (tools/debian-packages.txt).

    Its loop ends with the file: while it runs, Django takes the process for asynchronous and opens no database.
    """
    path = which("chromium-headless-shell")
    assert path, "these tests need the packages of tools/debian-packages.txt"
    home = Path(tmp_path_factory.mktemp("chromium"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET), env={"HOME": str(home)})
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the way asked for (a phone in Vietnamese unless said otherwise) that complains of nothing."""
    with opened(chromium, site, getattr(request, "param", Way())) as page:
        yield page
