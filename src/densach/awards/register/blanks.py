"""By which layouts certificates are printed: ours, and those that an administrator entered for the blanks at hand.

A blank is a file of the folder `blanks` of the installation, written as docs/certificates.md has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from densach.formats.certificates.layout import Layout, honour_layout, read_layout
from densach.formats.whole_file import writing
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem

SHIPPED: Mapping[str, str] = {"giay_khen": "giay-khen", "bang_khen": "bang-khen-phoi"}
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def blanks_entered() -> dict[str, Layout]:
    """The layouts that were entered here, by name; one that somebody spoiled since is left out."""
    found = {}
    for path in sorted(settings.BLANK_FOLDER.glob("*.toml")):
        try:
            found[path.stem] = read_blank(path)
        except Refused:
            continue
    return found


def layout_named(name: str) -> Layout:
    """A layout by its name, ours or one that was entered; refused (H103) where there is none."""
    if name in SHIPPED.values():
        return honour_layout(name)
    found = blanks_entered().get(name)
    if found is None:
        raise Refused(problem("H103", name))
    return found


def enter_blank(source: Path, *, act: Act) -> Layout:
    """Enter a layout from a file, in place of one of the same name.

    Refused as `read_layout` is (R131 to R134), and for a name that no address holds, a name of ours, or a layout of
    another kind of certificate (Q362).
    """
    layout, content = read_blank(source), source.read_bytes()
    with transaction.atomic(), writing(settings.BLANK_FOLDER / source.name) as unfinished:
        after = {"name": layout.name, "sha256": sha256(content).hexdigest()}
        record(Happening(kind="blank", object_id=source.stem, event="entered", after=after), act)
        unfinished.write_bytes(content)
    return layout


def read_blank(path: Path) -> Layout:
    """The layout of a file for a blank; refused as `enter_blank` says."""
    layout = read_layout(path)
    if not _NAME.fullmatch(path.stem) or path.stem in SHIPPED.values() or layout.words != "commendation":
        raise Refused(problem("Q362", path.name, name=path.name))
    return layout
