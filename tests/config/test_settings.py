"""What follows from the address of the site, each read by a process of its own as a server reads it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

READ = """
import json
from densach.config import settings
names = ("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_SECURE",
         "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER")
print(json.dumps({name: getattr(settings, name) for name in names} | {"debug": getattr(settings, "DEBUG", False)}))
"""


def settings_with(home: Path, **environment: str) -> dict[str, Any]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DENSACH_")}
    done = subprocess.run(
        [sys.executable, "-c", READ],
        env={**clean, "DENSACH_HOME": str(home), **environment},
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_public_site_sends_its_cookies_over_https_only(tmp_path: Path) -> None:
    found = settings_with(tmp_path, DENSACH_ADDRESS="https://densach.tinh.example")
    assert found == {
        "ALLOWED_HOSTS": ["densach.tinh.example", "127.0.0.1", "localhost"],
        "CSRF_TRUSTED_ORIGINS": ["https://densach.tinh.example"],
        "LANGUAGE_COOKIE_SECURE": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
        "debug": False,
    }


def test_a_site_on_ones_own_machine_works_without_https(tmp_path: Path) -> None:
    found = settings_with(tmp_path)
    assert (found["LANGUAGE_COOKIE_SECURE"], found["SECURE_HSTS_SECONDS"], found["debug"]) == (False, 0, False)
    assert set(found["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost"}


def test_reading_the_settings_writes_nothing(tmp_path: Path) -> None:
    settings_with(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_our_own_mistakes_are_written_to_the_standard_error_and_no_visitor_is(tmp_path: Path) -> None:
    write = """
import logging
import densach.config.ready
logging.getLogger("django.request").error("lỗi của chúng ta")
logging.getLogger("django.request").warning("Not Found: /khong-co")
logging.getLogger("django.security.DisallowedHost").error("Invalid HTTP_HOST header")
"""
    environment = {**os.environ, "DENSACH_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", write], env=environment, capture_output=True, check=True, text=True)
    assert done.stderr.rstrip().endswith("ERROR django.request: lỗi của chúng ta")
    assert done.stderr.count("\n") == 1


def test_what_signs_cookies_is_the_secret_in_the_file(tmp_path: Path) -> None:
    read = "import densach.config.ready\nfrom django.conf import settings\nprint(str(settings.SECRET_KEY), end='')"
    environment = os.environ | {"DENSACH_HOME": str(tmp_path)}
    told = [
        subprocess.run([sys.executable, "-c", read], env=environment, capture_output=True, check=True, text=True).stdout
        for _ in range(2)
    ]
    assert told == [(tmp_path / "secret-key").read_text("utf-8")] * 2
