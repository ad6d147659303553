from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.making import Terminal

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


@pytest.fixture
def densach(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Settings, tmp_path: Path
) -> Terminal:
    settings.KEYS_FILE = tmp_path / "nha" / "keys.json"
    return Terminal(monkeypatch, capsys)
