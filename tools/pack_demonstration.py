"""Make the demonstration from the source and write it as the file that ships: `make demonstration`."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory


def main(folder: Path) -> None:
    """Make it in an empty folder, with a database and keys of its own, which are thrown away."""
    os.environ["DENSACH_HOME"] = str(folder / "du-lieu")
    for name in ("DATABASE_URL", "DENSACH_KEYS"):
        os.environ.pop(name, None)
    # Only now, because the settings are read once, when Django is made ready.
    from django.utils import timezone  # noqa: PLC0415

    from densach.trial.demonstration import PACKS, prepare  # noqa: PLC0415
    from densach.trial.shipped import SHIPPED, write_shipped  # noqa: PLC0415

    prepare(folder, print)
    size = write_shipped(SHIPPED, PACKS, made_on=timezone.localdate())
    print(f"{SHIPPED.name}: {size:,} byte")


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        main(Path(made))
