"""QR codes as one path each: rows of dark modules drawn as strokes, for a thousand different ones in one paper."""

from __future__ import annotations

from itertools import groupby

import segno

QUIET = 4  # modules that stay white on each side, as the standard of the code (ISO/IEC 18004) asks
# The standard lets a writer try eight masks for the most even picture, which takes four times as long. A reader takes
# every mask as it comes: tests read all codes back from the drawn page.
_MASK = 3


def qr_svg(text: str) -> str:
    """The QR code of a text as SVG, with its quiet zone, at error level M or better."""
    code = segno.make_qr(text, error="m", mask=_MASK)
    rows = "".join(_row(y, row) for y, row in enumerate(code.matrix))
    side = len(code.matrix) + 2 * QUIET
    # Strokes a little thicker than a row leave no light seam between rows when a viewer smooths edges.
    stroke = f'<path stroke="#000" stroke-width="1.02" fill="none" d="{rows}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {side} {side}">{stroke}</svg>'


def _row(y: int, row: bytearray | tuple[int, ...]) -> str:
    steps = [f"M0 {y}.5"]
    for dark, modules in groupby(row):
        steps.append(f"{'h' if dark else 'm'}{len(list(modules))}{'' if dark else ' 0'}")
    return "".join(steps)
