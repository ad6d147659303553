from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test keeps its rows to itself until it ends, so a heartbeat from another connection would find no job."""
    monkeypatch.setattr("densach.jobs.worker.BEAT", 600)
