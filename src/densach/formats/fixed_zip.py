"""Archives that are the same bytes for the same files: no hour of writing, no order of a disk."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that the format knows


def fixed_zip(files: Mapping[str, bytes]) -> bytes:
    """Some files, by name, as one archive in the order given."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return written.getvalue()


def without_hours(archive: bytes) -> bytes:
    """An archive, such as a Word file, written again so that equal contents are equal bytes."""
    with ZipFile(BytesIO(archive)) as read:
        return fixed_zip({entry.filename: read.read(entry) for entry in read.infolist()})
