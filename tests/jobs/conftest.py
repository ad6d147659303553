from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def work_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.WORK_FOLDER = tmp_path / "work"
    return tmp_path / "work"
