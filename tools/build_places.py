"""Build the shipped lists of provinces and communes in force since 01/07/2025 from the data of a published package.

    python tools/build_places.py vietnamadminunits-1.0.4-py3-none-any.whl

Needed only to rebuild `src/densach/places/data/*.csv`; the product never reads the package. What is corrected or
left out, and why, stands in `src/densach/places/data/README.md`.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from densach.formats.vietnamese import nfc, single_spaced

DATA = Path(__file__).parent.parent / "src/densach/places/data"
SOURCE = "PyPI vietnamadminunits 1.0.4"
LAW = "QĐ 19/2025/QĐ-TTg"
VALID_FROM = "2025-07-01"
FIGURES = "sapnhap.bando.com.vn 2025-07-17"
TYPES = ("Thành phố", "Tỉnh", "Đặc khu", "Phường", "Xã")

# Population and area in km², as published for the 34 provinces (registry figures announced with the merger).
PUBLISHED = {
    "01": ("8718000", "3359.80"),
    "04": ("555809", "6700.40"),
    "08": ("1865270", "13795.50"),
    "11": ("653422", "9539.90"),
    "12": ("494626", "9068.70"),
    "14": ("1327430", "14109.80"),
    "15": ("1778785", "13256.92"),
    "19": ("1799489", "8375.21"),
    "20": ("813978", "8310.20"),
    "22": ("1429841", "6207.90"),
    "24": ("3619433", "4718.60"),
    "25": ("4022638", "9361.38"),
    "31": ("4664124", "3194.72"),
    "33": ("3567943", "2514.81"),
    "37": ("4412264", "3942.62"),
    "38": ("3760650", "11114.70"),
    "40": ("3470988", "16493.70"),
    "42": ("1622901", "5994.40"),
    "44": ("1870845", "12700.00"),
    "46": ("1236393", "4947.10"),
    "48": ("3065628", "11859.59"),
    "51": ("2161755", "14832.55"),
    "52": ("3583693", "21576.53"),
    "56": ("2243554", "8555.86"),
    "66": ("3346853", "18096.40"),
    "68": ("3872999", "24233.07"),
    "75": ("4491408", "12737.18"),
    "79": ("14002598", "6772.59"),
    "80": ("3254170", "8536.44"),
    "82": ("4370046", "5938.64"),
    "86": ("4257581", "6296.20"),
    "91": ("4952238", "9888.91"),
    "92": ("4199824", "6360.83"),
    "96": ("2606672", "7942.39"),
}

Row = dict[str, str]


def read_units(wheel: Path) -> list[sqlite3.Row]:
    """The units in force, as the package has them."""
    with TemporaryDirectory() as folder, ZipFile(wheel) as archive:
        database = archive.extract("vietnamadminunits/data/dataset.db", folder)
        connection = sqlite3.connect(database)
        connection.row_factory = sqlite3.Row
        rows = connection.execute("select * from admin_units order by wardCode").fetchall()
        connection.close()
    return rows


def clean_name(name: str) -> str:
    """NFC, one space, one apostrophe, and the type of the unit with a capital."""
    name = single_spaced(nfc(name)).replace("’", "'")
    return name[0].upper() + name[1:]


def unit_type(name: str) -> str:
    """The type that the name begins with, in small letters."""
    return next(kind for kind in TYPES if name.startswith(kind + " ")).lower()


def area_of(unit: sqlite3.Row) -> str:
    """Square kilometres with two decimals; empty where the package has none or 0."""
    area = unit["wardAreaKm2"]
    return str(Decimal(str(area)).quantize(Decimal("0.01"), ROUND_HALF_UP)) if area else ""


def row(code: str, name: str, source: str) -> Row:
    """The columns that both lists share."""
    name = clean_name(name)
    return {
        "code": code,
        "name": name,
        "type": unit_type(name),
        "valid_from": VALID_FROM,
        "legal_list": LAW,
        "source": source,
    }


def province_rows(units: list[sqlite3.Row]) -> list[Row]:
    """One row for each province, with its published figures."""
    names = {unit["provinceCode"]: unit["province"] for unit in units}
    rows = []
    for code, name in sorted(names.items()):
        population, area = PUBLISHED[code]
        figures = {"population": population, "area_km2": area, "figures_source": FIGURES}
        rows.append(row(code, name, SOURCE) | figures)
    return rows


def commune_rows(units: list[sqlite3.Row]) -> list[Row]:
    """One row for each commune, with its area unless another commune of its name has the very same.

    The package joined areas by name alone, so at most one of such a group can be right.
    """
    seen = Counter((unit["ward"], area_of(unit)) for unit in units)
    rows = []
    for unit in units:
        area = area_of(unit) if seen[unit["ward"], area_of(unit)] == 1 else ""
        rows.append(
            {"province": unit["provinceCode"]}
            | row(unit["wardCode"], unit["ward"], SOURCE)
            | {"area_km2": area, "figures_source": FIGURES if area else ""}
        )
    return rows


def write(path: Path, rows: list[Row]) -> None:
    """Write one list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main(wheel: Path) -> None:
    """Write both lists and say what is in them."""
    units = read_units(wheel)
    provinces, communes = province_rows(units), commune_rows(units)
    write(DATA / "provinces_2025.csv", provinces)
    write(DATA / "communes_2025.csv", communes)
    without_area = sum(not row["area_km2"] for row in communes)
    sys.stdout.write(f"{len(provinces)} provinces, {len(communes)} communes, {without_area} without area\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
