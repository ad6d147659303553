"""A council with 5,000 nominations on one agenda beside pretalx with as many submissions, each reviewed twice.

Ours on SQLite and on PostgreSQL, the peer on SQLite as it comes, in one run; each asked as a browser asks, by somebody
who has signed in. Medians of many; what happens once (opening, counting) is told once.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import cast

from submissions import SUBMISSIONS, THEIRS, TIMES, pretalx
from village_grid import databases, told

HOME = Path(__file__).parent
PROMISED = 0.3  # seconds for the first page
FIRST = "first page, secretary"


def main() -> None:
    with TemporaryDirectory() as home:
        peer = median(pretalx(home)[THEIRS["list"]])
    print(f"pretalx: list of {SUBMISSIONS:,} submissions {peer * 1000:7.1f} ms")
    with databases() as found:
        for name, url in found.items():
            with TemporaryDirectory() as home:
                ours = told(url, home, str(HOME / "council_pages.py"), str(SUBMISSIONS), str(TIMES))
            for what, page in cast(dict[str, dict[str, list[float]]], ours["pages"]).items():
                took = median(page["seconds"])
                beside = f", pretalx {peer / took:5.1f} times as long (promised: {PROMISED} s)" if what == FIRST else ""
                print(f"{name}: {what:22} {took * 1000:7.1f} ms, {page['queries']} queries{beside}")
            for what, seconds in ours["once"].items():
                print(f"{name}: {what:22} {cast(float, seconds):7.2f} s, once")


if __name__ == "__main__":
    main()
