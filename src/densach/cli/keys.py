"""`densach keys`: the keys that personal numbers and the content of evidence are encrypted with."""

from __future__ import annotations

import click
from django.conf import settings
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.evidence.domain import encrypt_anew
from densach.assessing.evidence.vault import Vault
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.domain import rotate_numbers
from densach.people.numbers import add_key, load_keys


@click.group()
def keys() -> None:
    """Khóa mã hóa số định danh, minh chứng / keys of personal numbers and evidence."""


@keys.command()
def rotate() -> None:
    """Dùng khóa mới và mã hóa lại mọi số / take a new key and encrypt every number again.

    Giữ bản sao tệp khóa trước khi chạy / keep a copy of the key file first.
    """
    ensure_ready()
    act = Act(who="densach keys rotate", at=timezone.now(), why="thay khóa mã hóa")
    changed = rotate_numbers(add_key(settings.KEYS_FILE), act=act)
    files = encrypt_anew(Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE)))
    click.echo(f"Đã mã hóa lại {changed} số với khóa mới / {changed} numbers encrypted again.")
    click.echo(f"Đã mã hóa lại {files} tệp minh chứng / {files} files of evidence encrypted again.")
