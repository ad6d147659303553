"""Charts drawn without a browser: well formed, the same each time, with every label, readable without colour."""

from __future__ import annotations

import resource
import subprocess
import sys
from xml.etree import ElementTree

from densach.formats.charts.drawing import draw
from densach.formats.charts.shapes import UNKNOWN_SHARE, Chart, Mark, Series, options_of

YEARS = ("2023", "2024", "2025")
TREND = Chart(
    "Gia đình học tập <MẪU>",
    YEARS,
    (Series("Được công nhận", (Mark(None, "chưa có số liệu"), Mark(12.5, "12,5 %"), Mark(0, "0,0 %"))),),
    most=100,
)
COUNTS = Chart(
    "Bốn con số",
    ("Công dân học tập", "Gia đình học tập"),
    tuple(Series(name, (Mark(value, str(value)), Mark(1, "1"))) for name, value in (("Tổng số", 70), ("Đăng ký", 60))),
)
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def test_a_chart_is_well_formed_and_says_every_label() -> None:
    assert set(texts(draw(TREND))) == {*YEARS, "chưa có số liệu", "12,5 %", "0,0 %"}
    assert {"Tổng số", "Đăng ký", "70", "60", "1"} <= set(texts(draw(COUNTS)))
    title = ElementTree.fromstring(draw(TREND)).find(f"{SVG}title")  # noqa: S314
    assert title is not None
    assert title.text == "Gia đình học tập <MẪU>"


def test_the_same_chart_is_the_same_text_whatever_was_drawn_before() -> None:
    first = draw(TREND)
    draw(COUNTS)
    draw.cache_clear()
    draw(COUNTS)
    assert draw(TREND) == first


def test_nothing_in_it_needs_a_style_sheet_or_a_script() -> None:
    for svg in (draw(TREND), draw(COUNTS)):
        assert not any(word in svg for word in ("style", "class=", "<script", "http-equiv", "NaN", "undefined"))


def test_series_differ_by_pattern_and_the_unknown_is_hatched() -> None:
    assert options_of(COUNTS)["aria"] == {"enabled": True, "decal": {"show": True}}
    assert draw(COUNTS).count("<pattern") == 2
    unknown, known, nought = options_of(TREND)["series"][0]["data"]
    assert (unknown["value"], "decal" in unknown["itemStyle"]) == (100 * UNKNOWN_SHARE, True)
    assert "itemStyle" not in known
    assert nought["value"] == 0
    assert draw(TREND).count("<pattern") == 1


def test_braces_in_a_label_are_no_template() -> None:
    chart = Chart("", ("x",), (Series("", (Mark(1, "{b}{c}"),)),))
    assert "bc" in texts(draw(chart))


def test_nothing_is_loaded_before_the_first_chart_and_the_process_ends() -> None:
    code = (
        "from densach.formats.charts import drawing, shapes; assert drawing._engine.cache_info().currsize == 0;"
        "drawing.draw(shapes.Chart('', ('x',), (shapes.Series('', (shapes.Mark(1, '1'),)),)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_many_charts_take_bounded_memory() -> None:
    draw(TREND)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(100):
        draw(Chart(str(number), YEARS, TREND.series, most=100 + number))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
