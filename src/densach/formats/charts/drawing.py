"""Charts drawn as SVG by the same library that a browser would run, inside this process and without a browser.

One engine for each process, made when the first chart is drawn and never before, so that a server may fork after it was
loaded. It draws one chart at a time; it knows no file, no network and no clock of the visitor.
"""

from __future__ import annotations

import atexit
import json
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from threading import Lock

from py_mini_racer import MiniRacer

import densach
from densach.formats.charts.shapes import FONT, PAPER, WIDTH, Chart, options_of

LIBRARY = Path(densach.__file__).parent / "web" / "static" / "vendor" / "echarts" / "echarts-5.6.0.common.min.js"
SECONDS, BYTES = 10, 256_000_000  # far more than any chart needs: a guard, not an aim
KEPT = 256
_DRAW = """function draw(options, width, height) {
  var chart = echarts.init(null, null, {renderer: "svg", ssr: true, width: width, height: height});
  try { chart.setOption(options); return chart.renderToSVGString(); } finally { chart.dispose(); }
}"""
_STYLE = re.compile(r' style="([^"]*)"')
_FOR_BROWSERS = re.compile(r'<style.*?</style>| class="[^"]*"| ecmeta_\w+="[^"]*"', re.DOTALL)
_NUMBERED = re.compile(r"\bzr\d+-")
_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=KEPT)
def draw(chart: Chart) -> str:
    """The chart as one SVG text: equal charts give equal texts, and no part of it needs a style sheet."""
    words = json.dumps(options_of(chart))
    with _ONE_AT_A_TIME:
        drawn = _engine().eval(f"draw({words}, {WIDTH}, {chart.height})", timeout_sec=SECONDS, max_memory=BYTES)
    return _titled(_tidied(str(drawn)), chart.title)


def draw_for_paper(chart: Chart) -> str:
    """The same drawing without a ground, in the letters of our papers."""
    return draw(chart).replace(FONT, "Tinos").replace(PAPER, "none")


@cache
def _engine() -> MiniRacer:
    engine = MiniRacer()
    atexit.register(engine.close)  # left to the end of Python it sometimes waits for itself for ever
    engine.eval(LIBRARY.read_text("utf-8"))
    engine.eval(_DRAW)
    return engine


def _titled(svg: str, title: str) -> str:
    return svg.replace(">", f' role="img"><title>{escape(title)}</title>', 1)


def _tidied(svg: str) -> str:
    """Without what moves under a mouse, without styles, which our pages forbid, without counts of earlier charts."""
    return _NUMBERED.sub("zr-", _STYLE.sub(_as_attributes, _FOR_BROWSERS.sub("", svg)))


def _as_attributes(found: re.Match[str]) -> str:
    """The declarations of a style, each as the attribute of the same name."""
    pairs = (part.split(":", 1) for part in found[1].split(";") if ":" in part)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
