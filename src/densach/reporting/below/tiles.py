"""The country as tiles, one a province, by its code; Hoàng Sa and Trường Sa are tiles at sea of the provinces they are
part of.

A drawing, no map: which tile lies where is ours, so that each province is as large as every other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """One tile: its column and row, and the short name that fits on it; an archipelago names the code it belongs to."""

    code: str
    column: int
    row: int
    name: str
    archipelago: bool = False


TILES = (
    Tile("12", 1, 0, "Lai Châu"),
    Tile("15", 2, 0, "Lào Cai"),
    Tile("08", 3, 0, "Tuyên Quang"),
    Tile("04", 4, 0, "Cao Bằng"),
    Tile("11", 0, 1, "Điện Biên"),
    Tile("14", 1, 1, "Sơn La"),
    Tile("25", 2, 1, "Phú Thọ"),
    Tile("19", 3, 1, "Thái Nguyên"),
    Tile("20", 4, 1, "Lạng Sơn"),
    Tile("01", 2, 2, "Hà Nội"),
    Tile("24", 3, 2, "Bắc Ninh"),
    Tile("22", 4, 2, "Quảng Ninh"),
    Tile("37", 2, 3, "Ninh Bình"),
    Tile("33", 3, 3, "Hưng Yên"),
    Tile("31", 4, 3, "Hải Phòng"),
    Tile("38", 2, 4, "Thanh Hóa"),
    Tile("40", 2, 5, "Nghệ An"),
    Tile("42", 3, 6, "Hà Tĩnh"),
    Tile("44", 3, 7, "Quảng Trị"),
    Tile("46", 4, 8, "Huế"),
    Tile("48", 5, 9, "Đà Nẵng"),
    Tile("51", 5, 10, "Quảng Ngãi"),
    Tile("52", 5, 11, "Gia Lai"),
    Tile("66", 5, 12, "Đắk Lắk"),
    Tile("68", 4, 13, "Lâm Đồng"),
    Tile("56", 5, 13, "Khánh Hòa"),
    Tile("80", 2, 14, "Tây Ninh"),
    Tile("75", 3, 14, "Đồng Nai"),
    Tile("79", 3, 15, "TP. HCM"),
    Tile("82", 1, 15, "Đồng Tháp"),
    Tile("91", 0, 15, "An Giang"),
    Tile("86", 2, 16, "Vĩnh Long"),
    Tile("92", 1, 16, "Cần Thơ"),
    Tile("96", 0, 17, "Cà Mau"),
    Tile("48", 7, 9, "Hoàng Sa", archipelago=True),
    Tile("56", 7, 14, "Trường Sa", archipelago=True),
)
COLUMNS = 1 + max(tile.column for tile in TILES)
ROWS = 1 + max(tile.row for tile in TILES)
