"""`densach try`: the site of a fictional commune with an account for each role; or stories in files.

The stories are its year by the law as we know it and with the fictional pack, and a merger of communes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import click

from densach.trial import ready_made, serving
from densach.web.signing.demonstration import trial_accounts

WAYS = {
    "vn": ("luat-hien-biet", "Luật hiện biết"),
    "vn,demo": ("goi-mau", "Gói MẪU"),
    "sap-nhap": ("sap-nhap", "Sáp nhập MẪU"),
}
FOLDERS = {way: folder for way, (folder, _) in WAYS.items()} | dict.fromkeys(
    (ready_made.SITE, ready_made.AS_SHIPPED), ready_made.SITE
)


@click.command("try")
@click.option(
    "--out",
    "folder",
    default=Path("build/try"),
    type=click.Path(path_type=Path, file_okay=False),
    help="Thư mục kết quả / where the results go.",
)
@click.option("--stories", is_flag=True, help="Kể ba câu chuyện bằng tệp, không mở trang web / three stories in files.")
@click.option("--packs", type=click.Choice(list(FOLDERS)), help="Chỉ chạy một cách / one way only.")
@click.option("--stop", is_flag=True, help="Dừng trang web của lần chạy trước / stop the site of an earlier trial.")
def trial(*, folder: Path, stories: bool, packs: str | None, stop: bool) -> None:
    """Mở trang web của một xã MẪU với tài khoản cho từng vai / the site of a fictional commune, an account a role."""
    if stop:
        _stop(folder)
    elif packs is not None and os.environ.get("DENSACH_HOME") == str(_home(folder, packs)):
        # Only the process of one way loads Django: each has a database of its own, so that figures never mix.
        from densach.trial.main import play_one  # noqa: PLC0415

        play_one(folder / FOLDERS[packs], packs, click.echo)
    elif stories or packs is not None:
        play_apart(folder, [packs] if packs else list(WAYS))
    else:
        _open_site(folder)


def _stop(folder: Path) -> None:
    was_running = serving.stop(folder)
    click.echo(
        "Đã dừng trang web. / The site was stopped."
        if was_running
        else "Không có trang web nào đang chạy. / No site was running."
    )


def _open_site(folder: Path) -> None:
    """Serve a fresh copy of the demonstration, and say where it is and who may sign in."""
    serving.stop(folder)
    if not ready_made.is_made(folder):
        _make_ready(folder)
    home = ready_made.copy(folder)
    address = serving.start(folder, home)
    _tell_accounts(home, folder / serving.LOG)
    click.echo(f"Mở bằng trình duyệt: {address} (dừng bằng: make stop) / Open it in a browser; `make stop` ends it.")


def _make_ready(folder: Path) -> None:
    click.echo("Đang mở xã MẪU đi kèm, chỉ một lần, vài giây… / Opening the commune that ships, once, some seconds…")
    if ready_made.unpack(folder):
        return
    click.echo(
        "Vì thế xã MẪU đang được lập từ nguồn, chỉ một lần, một đến hai phút… / "
        "So the commune is made from the source, once, in a minute or two…"
    )
    if not ready_made.make(folder):
        raise SystemExit(2)


def _tell_accounts(home: Path, log: Path) -> None:
    found = trial_accounts(home)
    assert found is not None  # noqa: S101  - the demonstration was made with them
    for account in found.accounts:
        click.echo(f"  {account['username']:<20} {account['name']}")
    click.echo(f"Mật khẩu của mọi tài khoản trên / the password of all: {found.password}")
    click.echo(
        f"Thử vào bằng mã gửi đến điện thoại: số {found.phone} ({found.accounts[0]['username']}). Không tin nào được "
        f"gửi đi; mã nằm ở cuối tệp {log} / To try a code to the phone: nothing is sent, the code stands in that file."
    )


def play_apart(folder: Path, ways: list[str]) -> None:
    """Play these ways at once, each in its own process and database, and say where to look."""
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
    return folder / FOLDERS[packs] / ready_made.DATA


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
