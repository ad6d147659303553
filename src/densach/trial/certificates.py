"""The certificates of the stories, printed as `densach certificate print` prints them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from densach.assessing.certificates.issuing import Order
from densach.assessing.models import Round
from densach.assessing.titles import BY_MODEL
from densach.formats.certificates.layout import find_layout
from densach.formats.vietnamese import format_number
from densach.history.domain import Act
from densach.policy.library import Library
from densach.reporting.certificates.printing import Printed, print_certificates

CERTIFICATES = "giay-chung-nhan"
_LAYOUT = "day-du"


def print_some(folder: Path, round_: Round, village: str, library: Library, *, on: date, act: Act) -> str:
    """Print the certificates of the families of one village and of all clans; gives the sentence that says where."""
    homes_and_clans = []
    for model, name, only in (("family", "gia-dinh-mot-thon", village), ("clan", "dong-ho", "")):
        order = Order(place=round_.place, year=round_.year, title=BY_MODEL[model], fictional=True, only=only)
        done = print_whole(folder / f"{name}-{round_.year}.pdf", order, library, on=on, act=act)
        homes_and_clans.append(format_number(done.pages))
    homes, clans = homes_and_clans
    return f"Xem giấy chứng nhận của {homes} gia đình ở {village} và {clans} dòng họ, mỗi giấy một trang: {folder}"


def print_whole(path: Path, order: Order, library: Library, *, on: date, act: Act) -> Printed:
    """Print an order with its whole face, on white paper."""
    return print_certificates(path, order, library, find_layout(_LAYOUT), on=on, act=act)
