"""The peer in an environment of its own: OpenFisca is AGPL, so it is never a dependency and never imported here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HOME = Path(__file__).parent / "peers" / "openfisca"
ENVIRONMENT = Path(__file__).parent.parent / "build" / "peers" / "openfisca"
PYTHON, READY = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "ready"


def ask_openfisca(subjects: object) -> Any:
    """What the peer says of the subjects; sets up its environment when it is not there yet."""
    if not READY.exists():
        _set_up()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "subjects.json"
        file.write_text(json.dumps(subjects), "utf-8")
        done = subprocess.run([PYTHON, HOME / "judge.py", file], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _set_up() -> None:
    print("setting up OpenFisca beside the bench …", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    lock = HOME / "requirements.lock"
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], check=True)
    READY.touch()
