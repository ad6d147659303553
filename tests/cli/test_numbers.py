"""The books of numbers through the command: read, begun after paper, and a paper cancelled."""

from __future__ import annotations

from datetime import date

import pytest

from densach.authority.numbering import BookKey, draw
from densach.history.domain import Act
from densach.places.models import Place
from tests.cli.making import AT, Terminal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commune")]
NOTHING = "Năm 2026 chưa cấp số nào ở đây."


def test_the_book_is_read_as_the_clerk_keeps_it(densach: Terminal, commune: Place, act: Act) -> None:
    assert densach("numbers", "show", *AT).startswith(NOTHING)
    assert densach("numbers", "start", *AT, "--last", "57") == "UBND QĐ 2026: số tiếp theo là 58.\n"
    draw(
        BookKey(commune, "UBND", "QĐ", fictional=True),
        on=date(2026, 3, 2),
        what="Quyết định công nhận MẪU",
        act=act,
        count=2,
    )
    cancelled = densach("numbers", "cancel", *AT, "--number", "58", "--reason", "Ghi sai tên")
    assert cancelled == "58  02/03/2026  Quyết định công nhận MẪU  ĐÃ HỦY: Ghi sai tên\n"
    assert densach("numbers", "show", *AT).splitlines() == [
        "Sổ UBND QĐ 2026 (MẪU – KHÔNG CÓ GIÁ TRỊ): số cuối 59.",
        "  01–57  đã cấp trên giấy trước khi mở sổ",
        "  58  02/03/2026  Quyết định công nhận MẪU  ĐÃ HỦY: Ghi sai tên",
        "  59  02/03/2026  Quyết định công nhận MẪU",
    ]
    assert densach.refusals("numbers", "start", *AT, "--last", "9") == ["A103"]
    assert densach.refusals("numbers", "cancel", *AT, "--number", "99", "--reason", "x") == ["A104"]
