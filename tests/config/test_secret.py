from __future__ import annotations

import multiprocessing
from pathlib import Path

from densach.config.secret import secret_key


def test_a_secret_is_made_once_kept_and_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "nha" / "secret-key"
    made = secret_key(path)
    assert len(made) >= 50
    assert path.read_text() == made
    assert path.stat().st_mode & 0o777 == 0o600
    secret_key.cache_clear()
    assert secret_key(path) == made
    assert [each.name for each in path.parent.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = pool.map(secret_key, [tmp_path / "secret-key"] * 16, chunksize=1)
    assert set(found) == {(tmp_path / "secret-key").read_text()}
