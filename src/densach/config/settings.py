"""Settings of the product; whatever differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

HOME = Path(os.environ.get("DENSACH_HOME", "var")).resolve()

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{HOME / 'densach.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that writes takes its lock at once and waits, instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }

INSTALLED_APPS = [
    "densach.history",
    "densach.places",
    "densach.people",
    "densach.authority",
    "densach.assessing",
]

KEYS_FILE = Path(os.environ.get("DENSACH_KEYS", HOME / "keys.json")).resolve()

PUBLIC_URL = os.environ.get("DENSACH_PUBLIC_URL", "")  # where others reach this installation, if they can

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
