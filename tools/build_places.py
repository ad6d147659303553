"""Build the shipped lists of places, and what became of the old ones on 01/07/2025, from a published package.

    python tools/build_places.py vietnamadminunits-1.0.4-py3-none-any.whl

Needed only to rebuild `src/densach/places/data/*.csv`; the product never reads the package. What is corrected or
left out, and why, stands in `src/densach/places/data/README.md`.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from math import cos, hypot, radians
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zipfile import ZipFile

from densach.formats.vietnamese import nfc, single_spaced

DATA = Path(__file__).parent.parent / "src/densach/places/data"
SOURCE = "PyPI vietnamadminunits 1.0.4"
LAW = "QĐ 19/2025/QĐ-TTg"
VALID_FROM = "2025-07-01"
FIGURES = "sapnhap.bando.com.vn 2025-07-17"
TYPES = ("Thành phố", "Thị xã", "Thị trấn", "Tỉnh", "Quận", "Huyện", "Đặc khu", "Phường", "Xã")
PACKAGE = "vietnamadminunits/data/"

# Both Xã Phú Tân (Huyện Châu Thành of Hậu Giang and of Sóc Trăng) have the same coordinates in the package.
TWINS_AT_ONE_POINT = {("31379", "31582"), ("31582", "31378")}

# Read in the resolutions: clause 107 of 1656/NQ-UBTVQH15 gives a part of Xã Văn Khê to Xã Ô Diên; clauses 20 and 52 of
# 1682/NQ-UBTVQH15 put all of thị trấn Thủ Thừa into Xã Thủ Thừa and none of it into Xã Nhựt Tảo.
LEFT_OUT = {("09013", "09817")}
NOT_SO = {("28036", "28087")}

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


class Pair(NamedTuple):
    """An old unit without its old commune code where it was a district, and a new commune that took it in."""

    old: sqlite3.Row
    new: sqlite3.Row


def read_units(wheel: Path, table: str) -> list[sqlite3.Row]:
    """The units of one table of the package: `admin_units` in force, `admin_units_legacy` before."""
    with TemporaryDirectory() as folder, ZipFile(wheel) as archive:
        database = archive.extract(PACKAGE + "dataset.db", folder)
        connection = sqlite3.connect(database)
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f"select * from {table} order by wardCode").fetchall()  # noqa: S608  - our names
        connection.close()
    return rows


def read_conversion(wheel: Path) -> dict[str, Any]:
    """What the package says became of each old unit."""
    with ZipFile(wheel) as archive:
        conversion: dict[str, Any] = json.loads(archive.read(PACKAGE + "converter_2025.json"))
    return conversion


def clean_name(name: str) -> str:
    """NFC, one space, one apostrophe, and the type of the unit with a capital."""
    name = single_spaced(nfc(name)).replace("’", "'")
    kind = next(kind for kind in TYPES if name.lower().startswith(kind.lower() + " "))
    return kind + name[len(kind) :]


def unit_type(name: str) -> str:
    """The type that a clean name begins with, in small letters."""
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


def past_rows(units: list[sqlite3.Row], level: str, above: str = "") -> list[Row]:
    """The provinces, districts or wards before 01/07/2025, each once, with the code of the unit above."""
    codes = {unit[f"{level}Code"]: unit for unit in units if unit[f"{level}Code"]}
    rows = []
    for code, unit in sorted(codes.items()):
        name = clean_name(unit[level])
        place = {above: unit[f"{above}Code"]} if above else {}
        rows.append(place | {"code": code, "name": name, "type": unit_type(name)})
    return rows


def read_pairs(conversion: dict[str, Any], old: list[sqlite3.Row], new: list[sqlite3.Row]) -> list[Pair]:
    """Every old unit with every new commune that the package gives for it."""
    old_units = {f"{unit['provinceKey']}_{unit['districtKey']}_{unit['wardKey'] or ''}": unit for unit in old}
    keys = {unit["province"]: unit["provinceKey"] for unit in new}
    new_units = {(keys[unit["province"]], unit["wardKey"]): unit for unit in new}
    whole = [
        Pair(old_units[old_key], new_units[province, ward])
        for province, wards in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for ward, old_keys in wards.items()
        for old_key in old_keys
    ]
    divided = [
        Pair(old_units[old_key], new_units[province, candidate["newWardKey"]])
        for province, wards in conversion["DICT_PROVINCE_WARD_DIVIDED"].items()
        for old_key, candidates in wards.items()
        for candidate in candidates
    ]
    return whole + divided


def corrected(pairs: list[Pair], old: list[sqlite3.Row], new: list[sqlite3.Row]) -> list[Pair]:
    """The pairs as the resolutions have them, where the package has one too many or leaves one out."""
    old_units, new_units = {unit["wardCode"]: unit for unit in old}, {unit["wardCode"]: unit for unit in new}
    kept = [pair for pair in pairs if (pair.old["wardCode"], pair.new["wardCode"]) not in NOT_SO]
    return kept + [Pair(old_units[before], new_units[after]) for before, after in sorted(LEFT_OUT)]


def true_pairs(pairs: list[Pair]) -> list[Pair]:
    """The pairs without those of homonyms.

    The package was joined by name within a new province. Where two old communes of one name both seem divided, or one
    of them, and share a new commune, the one that lies farther from it is its homonym's, and the pair is dropped.
    """
    often = Counter(place_of(pair.old) for pair in pairs)
    named: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        named.setdefault((pair.new["wardCode"], pair.old["ward"] or ""), []).append(pair)
    return [
        pair
        for pair in pairs
        if often[place_of(pair.old)] == 1 or not is_homonym(pair, named[pair.new["wardCode"], pair.old["ward"] or ""])
    ]


def is_homonym(pair: Pair, same_name: Iterable[Pair]) -> bool:
    """Whether an old commune of the same name is nearer to the new one."""
    if (pair.old["wardCode"], pair.new["wardCode"]) in TWINS_AT_ONE_POINT:
        return True
    return any(kilometres(other) < kilometres(pair) for other in same_name)


def kilometres(pair: Pair) -> float:
    """The rough distance between two units; only compared, never shipped."""
    north = pair.old["wardLat"] - pair.new["wardLat"]
    east = (pair.old["wardLon"] - pair.new["wardLon"]) * cos(radians(pair.new["wardLat"]))
    return 111 * hypot(north, east)


def place_of(unit: sqlite3.Row) -> str:
    """The code of a commune, or of a district that had none below it."""
    code: str = unit["wardCode"] or unit["districtCode"]
    return code


def commune_lineage(pairs: list[Pair]) -> list[Row]:
    """What became of each commune, and of 5 districts without any: `same` place, taken in `whole` or in `part`."""
    parts, sources = Counter(place_of(pair.old) for pair in pairs), Counter(pair.new["wardCode"] for pair in pairs)
    rows = []
    for pair in sorted(pairs, key=lambda pair: (place_of(pair.old), pair.new["wardCode"])):
        level = "commune" if pair.old["wardCode"] else "district"
        relation = "part" if parts[place_of(pair.old)] > 1 else "whole"
        if relation == "whole" and sources[pair.new["wardCode"]] == 1 and level == "commune":
            relation = "same"
        rows.append({"level": level, "old": place_of(pair.old), "new": pair.new["wardCode"], "relation": relation})
    return rows


def province_lineage(conversion: dict[str, Any], old: list[sqlite3.Row], new: list[sqlite3.Row]) -> list[Row]:
    """What became of each of the 63 provinces."""
    old_codes = {unit["provinceKey"]: unit["provinceCode"] for unit in old}
    new_codes = {unit["provinceKey"]: unit["provinceCode"] for unit in new}
    return sorted(
        (
            {
                "level": "province",
                "old": old_codes[old_key],
                "new": new_codes[new_key],
                "relation": "same" if len(old_keys) == 1 else "whole",
            }
            for new_key, old_keys in conversion["DICT_PROVINCE"].items()
            for old_key in old_keys
        ),
        key=lambda row: row["old"],
    )


def write(path: Path, rows: list[Row]) -> None:
    """Write one list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main(wheel: Path) -> None:
    """Write all lists and say what is in them."""
    units, old = read_units(wheel, "admin_units"), read_units(wheel, "admin_units_legacy")
    conversion = read_conversion(wheel)
    pairs = read_pairs(conversion, old, units)
    kept = true_pairs(pairs)
    lineage = commune_lineage(corrected(kept, old, units))
    lists = {
        "provinces_2025.csv": province_rows(units),
        "communes_2025.csv": commune_rows(units),
        "provinces_before_2025_07.csv": past_rows(old, "province"),
        "districts_before_2025_07.csv": past_rows(old, "district", "province"),
        "communes_before_2025_07.csv": past_rows(old, "ward", "district"),
        "lineage_2025_07.csv": province_lineage(conversion, old, units) + lineage,
    }
    for name, rows in lists.items():
        write(DATA / name, rows)
        sys.stdout.write(f"{name}: {len(rows)} rows\n")
    without_area = sum(not row["area_km2"] for row in lists["communes_2025.csv"])
    sys.stdout.write(f"{without_area} communes without area; {len(pairs) - len(kept)} pairs of homonyms dropped\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
