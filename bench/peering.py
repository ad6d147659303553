"""Peers in environments of their own: OpenFisca is AGPL, so it is never a dependency and never imported here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy
import polars

from peers.nation.asked import ADULT, SCORES, parts

PEERS = Path(__file__).parent / "peers"
ENVIRONMENTS = Path(__file__).parent.parent / "build" / "peers"


def ask_openfisca(subjects: object) -> Any:
    """What the peer says of the subjects; sets up its environment when it is not there yet."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "subjects.json"
        file.write_text(json.dumps(subjects), "utf-8")
        return _asked("judge.py", file)


def ask_openfisca_country(country: Path) -> Any:
    """What the peer says of every adult of a country; its arrays are written for it, as it reads no Parquet."""
    with TemporaryDirectory() as folder:
        for name in SCORES:
            scores = [_scores(part, name) for part in parts(country)]
            numpy.save(Path(folder) / f"{name}.npy", numpy.concatenate(scores))
        return _asked("country.py", Path(folder))


def _scores(part: Path, name: str) -> Any:
    """The scores of adults in the order of a file, -1 where nobody gave one."""
    people = polars.read_parquet(part, columns=["age", name], hive_partitioning=False)
    return people.filter(polars.col("age") >= ADULT)[name].fill_null(-1).to_numpy()


def _asked(script: str, given: Path) -> Any:
    command = [environment_of("openfisca"), PEERS / "openfisca" / script, given]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def environment_of(peer: str) -> Path:
    """The interpreter of a peer's own environment, which is set up from its lock when it is not there yet."""
    folder = ENVIRONMENTS / peer
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        print(f"setting up {peer} beside the bench …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        lock = PEERS / peer / "requirements.lock"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], check=True)
        ready.touch()
    return python
