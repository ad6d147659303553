from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings


@pytest.fixture(scope="session", autouse=True)
def no_static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The interface of programs has no pages, and needs no style."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield
