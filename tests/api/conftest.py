from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def no_static_files(tmp_path: Path) -> Iterator[None]:
    """The interface of programs has no pages, and needs no style."""
    with override_settings(STATIC_ROOT=tmp_path):
        yield
