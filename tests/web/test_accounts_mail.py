"""Mail goes out by a real SMTP process, as an installation is configured for it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

from densach.web.signing.later import wait_until_sent
from tests.authority.roles import account

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
READ = """
import json
from densach.config import settings
names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
names += ("MAIL_IS_SET",)
print(json.dumps([getattr(settings, name) for name in names]))
"""


@pytest.fixture
def box(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A folder into which a mail server of its own process puts what it is given."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}"]
    folder = tmp_path / "thu"
    process = subprocess.Popen([*command, "-c", "aiosmtpd.handlers.Mailbox", str(folder)], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_IS_SET = "127.0.0.1", port, True
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield folder
    process.terminate()
    process.wait()
    cache.clear()


def test_a_code_comes_by_mail_and_lets_one_in(client: Client, box: Path) -> None:
    who = account("hoa.le")
    who.email = "hoa@mau.example"
    who.save()
    client.post("/dang-nhap/ma", {"to": "hoa@mau.example"})
    wait_until_sent()
    [file] = (box / "new").iterdir()
    message: Any = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (message["To"], message["Subject"]) == ("hoa@mau.example", "Mã đăng nhập Đèn Sách")
    [code] = re.findall(r"\d{4}-\d{4}", message.get_content())
    assert client.post("/dang-nhap/ma/nhap", {"code": code})["Location"] == "/viec-cua-toi"


@pytest.mark.parametrize(
    ("url", "read"),
    [("smtp+tls://ten:m%40t@thu.example:25", ["thu.example", 25, "ten", "m@t", True, False, True]),
     ("smtps://thu.example", ["thu.example", 465, "", "", False, True, True]),
     ("smtp://127.0.0.1:1025", ["127.0.0.1", 1025, "", "", False, False, True]),
     ("", ["", 587, "", "", False, False, False])],
)  # fmt: skip
def test_one_variable_says_how_mail_goes_out(url: str, read: list[object], tmp_path: Path) -> None:
    environment = os.environ | {"DENSACH_HOME": str(tmp_path), "DENSACH_SMTP": url}
    done = subprocess.run([sys.executable, "-c", READ], env=environment, capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == read
