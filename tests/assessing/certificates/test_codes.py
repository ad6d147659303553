"""A code is chance, easy to type, and found in whatever a person types or scans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.assessing.certificates.codes import code_typed, new_code, public_address, qr_text, shown
from densach.problems import Refused

CODE = "7Q4K9WER2M5NXH3T"
codes = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=16, max_size=16)


@given(codes, st.sampled_from(["", "https://xa.example.vn", "http://10.0.0.5:8000/densach"]), st.booleans())
def test_a_code_is_found_in_all_that_shows_it(code: str, url: str, fictional: bool) -> None:
    said = qr_text(code, url, fictional=fictional)
    assert code_typed(said) == code_typed(shown(code)) == code_typed(f" {code.lower()}\n") == code
    assert said.startswith("MẪU – KHÔNG CÓ GIÁ TRỊ") == fictional


@given(codes)
def test_letters_that_look_like_digits_are_taken_for_them(code: str) -> None:
    assert code_typed(code.replace("0", "O").replace("1", "l")) == code


def test_what_the_qr_says() -> None:
    assert qr_text(CODE, "", fictional=False) == f"densach:{CODE}"
    assert qr_text(CODE, "https://xa.example.vn", fictional=False) == f"https://xa.example.vn/chung-nhan/{CODE}"
    assert qr_text(CODE, "", fictional=True) == f"MẪU – KHÔNG CÓ GIÁ TRỊ\ndensach:{CODE}"
    assert shown(CODE) == "7Q4K-9WER-2M5N-XH3T"


@pytest.mark.parametrize("text", ["", "abc", CODE[:-1], CODE + "0", "U" * 16, "densach:", "https://xa.vn/chung-nhan/"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        code_typed(text)
    assert refused.value.problems[0].code == "R141"


def test_no_two_codes_are_alike() -> None:
    made = [new_code() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert {code_typed(code) for code in made} == set(made)


@pytest.mark.parametrize("text", ["xa.example.vn", "ftp://xa.vn", "https://", "https://xa.vn/?a=1", "https://xa.vn/#x"])
def test_a_public_address_is_one_that_a_telephone_can_open(text: str) -> None:
    with pytest.raises(Refused) as refused:
        public_address(text)
    assert refused.value.problems[0].code == "R149"
    assert public_address("https://xa.example.vn/") == "https://xa.example.vn"
    assert public_address("") == ""
