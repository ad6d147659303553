"""Resolve the packages anew and write both lock files: exact versions and hashes, and no address of any registry.

uv resolves; it lives in an environment of its own, because nothing else needs it. Its own lock file names the
registry it asked, so that one is not kept (docs/decisions/0002-hashed-lock-without-addresses.md).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from venv import create

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venvs" / "uv"
EXPORT = ("export", "--quiet", "--frozen", "--no-emit-project", "--no-header", "--no-annotate", "--no-default-groups")
LOCKS = {
    "requirements.lock": ("--group", "build", "--extra", "nation"),  # `make try` makes a synthetic country
    "requirements-dev.lock": ("--all-groups",),
}


def main() -> None:
    """Write the lock files, or leave them as they are when a step fails."""
    if not (HOME / "bin" / "uv").exists():
        print("Đang cài uv để ghi tệp khóa. / Installing uv to write the locks.", flush=True)
        create(HOME, clear=True, with_pip=True)
        _run([str(HOME / "bin" / "python"), "-I", "-m", "pip", "install", "-qq", "uv>=0.8"])
    _uv("lock", "--upgrade", "--python", sys.executable)
    texts = {name: _uv(*EXPORT, *groups) for name, groups in LOCKS.items()}
    for name, text in texts.items():
        (ROOT / name).write_text(text, "utf-8")
        print(f"{name}: {sum('==' in line for line in text.splitlines() if line[0] != ' ')} gói / packages")


def _uv(*arguments: str) -> str:
    return _run([str(HOME / "bin" / "uv"), *arguments])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(
            f"{Path(command[0]).name} dừng với mã {done.returncode}; tệp khóa giữ nguyên. / The locks are unchanged."
        )
    return done.stdout


if __name__ == "__main__":
    main()
