"""Set up the Python environment of this clone: `python3.11 tools/setup.py runtime | development`.

Each environment is built whole under `.venvs/`, and `.venv` is then switched to it in one step, so an interrupted
or failed set-up leaves the working one as it was. Needs nothing but Python 3.11 and what the locks name.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO, TextIOWrapper
from pathlib import Path
from shutil import rmtree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from densach.problems import Refused, problem  # noqa: E402  - the catalogue is read where it stands, before any set-up

LOCKS = {"runtime": ROOT / "requirements.lock", "development": ROOT / "requirements-dev.lock"}
HOMES = ROOT / ".venvs"
CURRENT = ROOT / ".venv"
READY = "ready"  # written last into an environment: without it, it was never finished
INSTALL = ("install", "--disable-pip-version-check", "--no-input", "--no-deps")


def set_up(kind: str) -> None:
    """Make `.venv` hold what the lock of `kind` names; an environment for development serves for both."""
    serving = {home_of("development"), home_of(kind)}
    if CURRENT.resolve() in serving and is_ready(CURRENT):
        return
    home = home_of(kind)
    with one_at_a_time():
        if not is_ready(home):
            build(home, LOCKS[kind])
        switch_to(home)
        for outdated in set(HOMES.glob(f"{kind}-*")) - {home}:
            rmtree(outdated)


def home_of(kind: str) -> Path:
    """Where the environment stands that belongs to this lock, this Python and this folder."""
    origin = f"{sys.version} {sys.base_prefix} {ROOT} ".encode()
    return HOMES / f"{kind}-{sha256(origin + LOCKS[kind].read_bytes()).hexdigest()[:12]}"


def is_ready(home: Path) -> bool:
    """Whether it was built to the end, and the Python that it was built on is still there."""
    return (home / READY).exists() and (home / "bin" / "python").exists()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other set-up of this clone is at work; the lock is gone when the process is."""
    HOMES.mkdir(exist_ok=True)
    with (HOMES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(home: Path, lock: Path) -> None:
    """Build one environment from empty: Python, the locked packages, then the project itself without network."""
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise Refused(problem("S101", sys.executable))
    start = time.monotonic()
    say("Đang chuẩn bị môi trường Python trong .venv (lần đầu mất một đến vài phút).", "Setting up Python in .venv.")
    rmtree(home, ignore_errors=True)
    run([sys.executable, "-m", "venv", str(home)], "S102")
    pip(home, "S103", "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock))
    pip(home, "S104", "--no-index", "--no-build-isolation", "--editable", str(ROOT))
    (home / READY).touch()
    say(f"Xong sau {time.monotonic() - start:.0f} giây.", "Ready.")


def switch_to(home: Path) -> None:
    """Point `.venv` to the environment in one step; a folder that was made there by hand is kept aside."""
    if CURRENT.is_dir() and not CURRENT.is_symlink():
        CURRENT.rename(HOMES / f"replaced-{time.time_ns()}")
    link = HOMES / "link"
    link.unlink(missing_ok=True)
    link.symlink_to(home)
    link.replace(CURRENT)


def pip(home: Path, code: str, *arguments: str) -> None:
    """Run the environment's own pip, out of reach of variables that would let it import from elsewhere."""
    run([str(home / "bin" / "python"), "-I", "-m", "pip", *INSTALL, *arguments], code)


def run(command: list[str], code: str) -> None:
    """Run one step quietly; if it fails, show the end of what it said and refuse with `code`."""
    said = []
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as step:
        for line in TextIOWrapper(step.stdout or BytesIO(), "utf-8", "replace"):
            said.append(line)
            show_progress(said)
    if step.returncode:
        print(*said[-20:], sep="", file=sys.stderr)
        raise Refused(problem(code, sys.executable))


def show_progress(said: list[str]) -> None:
    """Count on the screen the packages that pip has got to; into a file or a log, nothing."""
    if sys.stdout.isatty() and said[-1].startswith("Collecting "):
        count = sum(line.startswith("Collecting ") for line in said)
        print(f"\r{count} gói / packages", end="\r", flush=True)


def say(vi: str, en: str) -> None:
    """Tell where the work stands."""
    print(f"{vi} / {en}", flush=True)


def main(kind: str, goal: str) -> None:
    """Set up what `kind` names; a refusal says in both languages what did not run, and ends with exit code 2."""
    try:
        set_up(kind)
    except (Refused, OSError) as error:
        refused = (
            error if isinstance(error, Refused) else Refused(problem("S105", error.filename, reason=error.strerror))
        )
        for found in (*refused.problems, problem("S106", ROOT, goal=goal)):
            print(found.told("vi"), found.told("en"), sep="\n", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        say("Đã dừng; lần sau sẽ làm lại phần còn dở.", "Stopped; the unfinished part starts anew next time.")
        sys.exit(130)


if __name__ == "__main__":
    main(*sys.argv[1:3])
