"""`densach figures`: the sums that dashboards read, kept ready and checked against the figures themselves."""

from __future__ import annotations

from itertools import islice

import click
from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.config.database import ensure_ready
from densach.problems import Refused, problem
from densach.reporting.dashboards.comparing import differences
from densach.reporting.figures.periods import Period
from densach.reporting.sums.keeping import keep_all

MOST_TOLD = 20


@click.group()
def figures() -> None:
    """Tổng số liệu để sẵn cho bảng số liệu / the sums kept ready for dashboards."""


@figures.command()
@click.option("--all", "every", is_flag=True, help="Cả những kỳ còn đúng / also those that hold.")
def keep(*, every: bool) -> None:
    """Tính lại các tổng sau khi bản đồ đổi; tiến trình nền tự làm mỗi giờ / work out the sums after a new map."""
    ensure_ready()
    kept = keep_all(timezone.localdate(), every=every)
    click.echo(f"Đã tính lại tổng của {len(kept)} kỳ / sums of {len(kept)} periods worked out anew.")


@figures.command()
def check() -> None:
    """So từng tổng để sẵn với tổng tính lại từ số liệu / compare each kept sum with the figures (Y201)."""
    ensure_ready()
    found = list(islice(differences(timezone.localdate(), _tell), MOST_TOLD + 1))
    for about, what in found[:MOST_TOLD]:
        click.echo(f"{about}: {what}")
    if found:
        count = f"{MOST_TOLD}+" if len(found) > MOST_TOLD else str(len(found))
        raise Refused(problem("Y201", "figures", count=count))
    click.echo("Mọi tổng để sẵn đều khớp / every kept sum agrees.")


def _tell(period: Period) -> None:
    click.echo(f"{period.code}…")
