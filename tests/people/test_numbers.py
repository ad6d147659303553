from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.people.numbers import Keys, add_key, is_personal_number, load_keys
from densach.problems import Refused
from tests.people.making import KEYS, number


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_sealed_number_opens_to_itself_and_stands_nowhere_plain(text: str) -> None:
    sealed = KEYS.seal(text)
    assert KEYS.open(sealed.cipher, sealed.key) == text
    assert text.encode() not in sealed.cipher


@pytest.mark.parametrize(
    "text", ["", "99908000000", "9990800000001", "99908000000a", " 999080000001", "９９９０８００００００１"]
)
def test_only_twelve_plain_digits_are_a_personal_number(text: str) -> None:
    assert not is_personal_number(text)
    assert is_personal_number(number(1))


def test_the_same_number_is_found_by_one_hash_and_never_encrypts_alike() -> None:
    one, two = KEYS.seal(number(1)), KEYS.seal(number(1))
    assert one.hash == two.hash
    assert one.cipher != two.cipher
    assert KEYS.hash(number(2)) != one.hash
    assert replace(KEYS, hashing=b"another").hash(number(1)) != one.hash


def test_a_changed_byte_or_a_missing_key_is_refused() -> None:
    sealed = KEYS.seal(number(1))
    changed = sealed.cipher[:-1] + bytes([sealed.cipher[-1] ^ 1])
    for cipher, key in ((changed, sealed.key), (sealed.cipher, "lost")):
        with pytest.raises(Refused) as refused:
            KEYS.open(cipher, key)
        assert [problem.code for problem in refused.value.problems] == ["N103"]


def test_keys_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "home" / "keys.json"
    made = load_keys(path)
    assert load_keys(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_two_installations_never_share_the_name_of_a_key(tmp_path: Path) -> None:
    # Otherwise a lost key file, made anew, would be taken for the one that the rows were encrypted with.
    one, two = load_keys(tmp_path / "one"), load_keys(tmp_path / "two")
    assert one.by_id.keys().isdisjoint(two.by_id.keys())


def test_a_new_key_is_taken_into_use_and_the_old_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    old = load_keys(path)
    sealed = old.seal(number(1))
    new = add_key(path)
    assert new.current != old.current
    assert new.hashing == old.hashing
    assert new.open(sealed.cipher, sealed.key) == number(1)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"current": "k1", "keys": {"k1": 5}, "hashing": "aa"}'])
def test_a_key_file_that_cannot_be_read_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(Refused) as refused:
        load_keys(path)
    assert [problem.code for problem in refused.value.problems] == ["N102"]
    assert path.read_text() == content


def test_the_key_in_use_must_be_among_the_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    load_keys(path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"current": "lost"}))
    with pytest.raises(Refused) as refused:
        load_keys(path)
    assert [problem.code for problem in refused.value.problems] == ["N102"]


def test_numbers_do_not_show_in_what_is_printed_of_keys() -> None:
    assert "AAECAw" not in repr(Keys(KEYS.by_id, KEYS.current, KEYS.hashing))
    assert repr(KEYS.by_id["k1"]) not in repr(KEYS)
