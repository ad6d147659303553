"""Run beside a test, in a process of its own: add entries to the chain that others add to at the same moment."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import densach.config.ready  # noqa: F401  - before the models below
from densach.history.domain import Act, Happening, record, verify_chain
from densach.history.queries import chain_of

MANY = 25
ACT = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC))


def main(what: str) -> None:
    """`add` entries outside of any transaction, or `tell` how many there are and what is broken."""
    if what == "add":
        for _ in range(MANY):
            record(Happening(kind="sheet", object_id="1", event="refused"), ACT)
    print(chain_of("sheet", "1").count(), len(verify_chain("sheet", "1")))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
