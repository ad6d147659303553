"""`densach try`: a fictional commune's year, by the law as we know it and with the fictional pack, side by side; and a
merger of communes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import click

from densach.trial import serving

SHOWN = "vn"  # the way whose database the site shows
WAYS = {
    "vn": ("luat-hien-biet", "Luật hiện biết"),
    "vn,demo": ("goi-mau", "Gói MẪU"),
    "sap-nhap": ("sap-nhap", "Sáp nhập MẪU"),
}


@click.command("try")
@click.option(
    "--out",
    "folder",
    default=Path("build/try"),
    type=click.Path(path_type=Path, file_okay=False),
    help="Thư mục kết quả / where the results go.",
)
@click.option("--packs", type=click.Choice(list(WAYS)), help="Chỉ chạy một cách / one way only.")
@click.option("--stop", is_flag=True, help="Dừng trang web của lần chạy trước / stop the site of an earlier trial.")
def trial(*, folder: Path, packs: str | None, stop: bool) -> None:
    """Chạy thử cả năm của một xã MẪU, một lần sáp nhập, rồi mở trang web / a year, a merger, then the site."""
    if stop:
        was_running = serving.stop(folder)
        click.echo(
            "Đã dừng trang web. / The site was stopped."
            if was_running
            else "Không có trang web nào đang chạy. / No site was running."
        )
    elif packs is None or os.environ.get("DENSACH_HOME") != str(_home(folder, packs)):
        play_apart(folder, [packs] if packs else list(WAYS))
        if packs in {None, SHOWN}:
            address = serving.start(folder, _home(folder, SHOWN))
            click.echo(
                f"Mở bằng trình duyệt: {address} (dừng bằng: make stop) / Open it in a browser; `make stop` ends it."
            )
    else:
        # Only the process of one way loads Django: each has a database of its own, so that figures never mix.
        from densach.trial.main import play_one  # noqa: PLC0415

        play_one(folder / WAYS[packs][0], packs, click.echo)


def play_apart(folder: Path, ways: list[str]) -> None:
    """Play these ways at once, each in its own process and database, and say where to look."""
    if SHOWN in ways:
        serving.stop(folder)  # its database is about to be made anew
    playing = [(packs, _start(folder, packs)) for packs in ways]
    readers = [threading.Thread(target=_relay, args=(WAYS[packs][1], process.stdout)) for packs, process in playing]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    codes = [process.wait() for _, process in playing]
    if any(codes):
        raise SystemExit(2)
    click.echo(f"Xong. Mọi kết quả nằm trong {folder}; mỗi trang đều ghi MẪU.")


def _home(folder: Path, packs: str) -> Path:
    """Where one way keeps its database and keys: never those of real work."""
    return folder / WAYS[packs][0] / "du-lieu"


def _start(folder: Path, packs: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "densach", "try", "--out", str(folder), "--packs", packs]
    environment = {**os.environ, "DENSACH_HOME": str(_home(folder, packs)), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    environment.pop("DENSACH_KEYS", None)
    return subprocess.Popen(  # noqa: S603  - our own interpreter and command
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _relay(name: str, lines: IO[str] | None) -> None:
    for line in lines or ():
        click.echo(f"[{name}] {line}", nl=False)
