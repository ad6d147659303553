"""Which passwords are taken."""

from __future__ import annotations

import pytest

from densach.accounts.passwords import refuse_weak
from densach.problems import Refused


@pytest.mark.parametrize(
    ("password", "code"),
    [("ngan-qua-", "U110"), ("x" * 129, "U110"), ("1234567890", "U111"), ("Mật khẩu 123!", "U111"),
     ("aaaaaaaaaaaa", "U111"), ("Password1234", "U111"), ("qwertyuiop", "U111"), ("Việt Nam 2026", "U111"),
     ("lethihoa1980", "U112"),
     ("Lê Thị Hoa 1980", "U112"), ("hoa.le.hoa.le", "U112")],
)  # fmt: skip
def test_a_password_that_others_would_try_is_refused(password: str, code: str) -> None:
    with pytest.raises(Refused) as told:
        refuse_weak(password, "hoa.le", "Lê Thị Hoa")
    assert [problem.code for problem in told.value.problems] == [code]


@pytest.mark.parametrize(
    "password", ["con trâu đi học chữ", "matkhau-MAU-1315", "Hoa thích đọc sách đêm", "        x1y9z"]
)
def test_long_and_unlikely_ones_are_taken_whatever_letters_they_have(password: str) -> None:
    refuse_weak(password, "hoa.le", "Lê Thị Hoa")
