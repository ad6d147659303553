"""Peers in environments of their own: OpenFisca is AGPL, so it is never a dependency and never imported here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PEERS = Path(__file__).parent / "peers"
ENVIRONMENTS = Path(__file__).parent.parent / "build" / "peers"


def ask_openfisca(subjects: object) -> Any:
    """What the peer says of the subjects; sets up its environment when it is not there yet."""
    python = environment_of("openfisca")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "subjects.json"
        file.write_text(json.dumps(subjects), "utf-8")
        done = subprocess.run(
            [python, PEERS / "openfisca" / "judge.py", file], check=True, capture_output=True, text=True
        )
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
