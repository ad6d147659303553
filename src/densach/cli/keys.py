"""`densach keys`: the keys that personal numbers, protected facts, evidence, scans and cases are encrypted with."""

from __future__ import annotations

import click
from django.conf import settings
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.assessing.evidence.domain import encrypt_anew
from densach.assessing.evidence.vault import Vault
from densach.assessing.scans.domain import encrypt_scans_anew
from densach.awards.cases.domain import rotate_cases
from densach.config.database import ensure_ready
from densach.history.domain import Act
from densach.people.domain import rotate_numbers
from densach.people.numbers import add_key
from densach.people.protected.domain import rotate_facts


@click.group()
def keys() -> None:
    """Khóa mã hóa số định danh, điều nhạy cảm, minh chứng, đơn thư / keys of what is encrypted."""


@keys.command()
def rotate() -> None:
    """Dùng khóa mới và mã hóa lại mọi số / take a new key and encrypt every number again.

    Giữ bản sao tệp khóa trước khi chạy / keep a copy of the key file first.
    """
    ensure_ready()
    act = Act(who="densach keys rotate", at=timezone.now(), why="thay khóa mã hóa")
    taken = add_key(settings.KEYS_FILE)
    changed, facts = rotate_numbers(taken, act=act), rotate_facts(taken, act=act)
    cases = rotate_cases(taken, act=act)
    vault = Vault(settings.EVIDENCE_FOLDER, taken)
    files, scans = encrypt_anew(vault), encrypt_scans_anew(vault)
    click.echo(f"Đã mã hóa lại {changed} số với khóa mới / {changed} numbers encrypted again.")
    click.echo(f"Đã mã hóa lại {files} tệp minh chứng / {files} files of evidence encrypted again.")
    click.echo(f"Đã mã hóa lại {scans} bản chụp phiếu đồng ý / {scans} scans of consent sheets encrypted again.")
    click.echo(f"Đã mã hóa lại {facts} điều nhạy cảm / {facts} protected facts encrypted again.")
    click.echo(f"Đã mã hóa lại {cases} phần của đơn thư / {cases} parts of cases encrypted again.")
