"""A hundred people at once on two cores, ours beside a bare Django page, on SQLite and on PostgreSQL.

Each clicks every five seconds, one click in twenty writes on a sheet. Open loop: a click comes when its time has come,
whether or not the one before was answered, and its time runs from then. Four of five are heads of households who fill
in their sheet, the others look after a village. The bare page (bench/peers/bare_page) is asked the same number of times
in the same way for the 50 rows that a village list says. Both are served by gunicorn with two processes of eight
threads, and share the two cores with the generator. Ours and the peer take turns; the ratio is the median of the turns.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode

from village_grid import databases, rows_of, told

HOME = Path(__file__).parent
SECONDS_BETWEEN, SECONDS, TURNS = 5.0, 30.0, 3
ONE_WRITE_IN = 20
PROMISED = 10
COLUMNS = ("code", "head", "strip", "family", "why")
BARE_PAGE = HOME / "peers" / "bare_page"
SHAPE = ("--worker-class=gthread", "--workers=2", "--threads=8", "--log-level=warning", "--bind=127.0.0.1:{port}")
BARE = (sys.executable, "-m", "gunicorn", f"--chdir={BARE_PAGE}", "serving", *SHAPE)
OURS = (sys.executable, "-W", "ignore", "-m", "densach", "serve", "--port={port}", "--workers=2", "--no-worker")


@dataclass
class Person:
    """Somebody with a cookie, the pages they open, and the sheet they write on, if they do."""

    cookie: str
    token: str
    pages: list[str]
    writes: dict[str, Any] | None = None
    chance: Random = field(default_factory=Random)

    def click(self, connection: HTTPConnection) -> None:
        """Open a page or write an answer; whatever is not answered well stops the bench."""
        writers = 0.8  # four of five have a sheet, so that one click in twenty of all is a write
        if self.writes and self.chance.random() < 1 / (ONE_WRITE_IN * writers):
            self._write(connection, self.writes)
        else:
            self.ask(connection, "GET", self.chance.choice(self.pages))

    def _write(self, connection: HTTPConnection, writes: dict[str, Any]) -> None:
        answer = {self.chance.choice(writes["names"]): self.chance.randrange(5, 11), "version": writes["version"]}
        said = self.ask(connection, "POST", writes["address"], urlencode(answer))
        writes["version"] = json.loads(said)["version"]

    def ask(self, connection: HTTPConnection, method: str, address: str, body: str | None = None) -> bytes:
        """What a page says, which must be all right."""
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "X-Keeps": "1"}
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, address, body, headers | form)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()  # five seconds are longer than the server keeps one open
        if answer.status != 200:
            raise SystemExit(f"{method} {address}: {answer.status} {said[:300]!r}")
        return said


def clicks(person: Person, order: int, port: int, start: float) -> list[float]:
    """The seconds of each click of one person, from when it was due."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    found, due = [], start + order * SECONDS_BETWEEN / 100
    while due < start + SECONDS:
        sleep(max(0.0, due - monotonic()))
        person.click(connection)
        found.append(monotonic() - due)
        due += SECONDS_BETWEEN
    return found


def p95(people: list[Person], port: int) -> float:
    """The time that all but one in twenty of the clicks stay under."""
    start = monotonic() + 1
    with ThreadPoolExecutor(len(people)) as pool:
        each = [pool.submit(clicks, person, order, port, start) for order, person in enumerate(people)]
    return quantiles([seconds for one in each for seconds in one.result()], n=20)[-1]


@contextmanager
def served(url: str, home: str, *command: str) -> Iterator[int]:
    """A server, until it is no longer needed, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = {**os.environ, "DATABASE_URL": url, "DENSACH_HOME": home}
    server = subprocess.Popen([part.format(port=port) for part in command], env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as asking:
            if not asking.connect_ex(("127.0.0.1", port)):
                return
        sleep(0.1)
    raise SystemExit("the server does not answer")


def fill_the_bare_page(url: str, home: str, head: Person, port: int) -> None:
    """The bare page says what the first 50 rows of a village's list say."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    said = rows_of(head.ask(connection, "GET", head.pages[1]).decode())
    rows = Path(home) / "rows.json"
    rows.write_text(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in said]), "utf-8")
    environment = {**os.environ, "DATABASE_URL": url, "ROWS": str(rows)}
    subprocess.run([sys.executable, BARE_PAGE / "serving.py"], env=environment, check=True)


def compare(name: str, url: str, home: str) -> None:
    """Ours beside the bare page on one database, in turns."""
    made = told(url, home, str(HOME / "hundred_sessions.py"))
    people = [Person(**each, chance=Random(order)) for order, each in enumerate(made)]  # noqa: S311
    visitors = [Person("", "", ["/"], chance=Random(order)) for order in range(len(people))]  # noqa: S311
    with served(url, home, *OURS) as port:
        fill_the_bare_page(url, home, people[-1], port)
        with served(url, home, *BARE) as bare_port:
            p95(people, port)  # everybody comes before anything is counted, to both
            p95(visitors, bare_port)
            turns = [(p95(visitors, bare_port), p95(people, port)) for _ in range(TURNS)]
    for bare, took in turns:
        print(f"{name}: p95 {took * 1000:6.1f} ms, bare page {bare * 1000:6.1f} ms, ratio {took / bare:5.2f}")
    ratio = median(took / bare for bare, took in turns)
    print(f"{name}: {len(people)} people, no error, ratio {ratio:5.2f} (promised: at most {PROMISED})")


def main() -> None:
    with databases() as found:
        for name, url in found.items():
            with TemporaryDirectory() as home:
                compare(name, url, home)


if __name__ == "__main__":
    main()
