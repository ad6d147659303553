"""Phones as people write them."""

from __future__ import annotations

import pytest

from densach.accounts.phones import phone_hidden, phone_typed


@pytest.mark.parametrize("text", ["0912345678", "0912 345 678", "+84 912.345.678", "84912345678", "(091) 234-5678"])
def test_one_phone_in_every_way_it_is_written(text: str) -> None:
    assert phone_typed(text) == "+84912345678"


@pytest.mark.parametrize(
    "text", ["", "hoa.le", "12345", "091234567", "+0912345678", "٠٩١٢٣٤٥٦٧٨", "0912345678x", "+" + "9" * 16]
)
def test_what_is_no_phone_is_none(text: str) -> None:
    assert phone_typed(text) == ""


def test_a_phone_of_another_country_is_kept_and_the_middle_is_hidden() -> None:
    assert phone_typed("+1 415 555 0123") == "+14155550123"
    assert phone_hidden("+84912345678") == "+84 … 678"
