"""The personal number (số định danh cá nhân): its form, its encryption, and the hash it is found by.

The keys live in a file outside the database and outside Django's own secret. Each row names its key, so that a new
key can be taken into use and the old rows be re-encrypted at leisure (`people.domain.rotate_numbers`).
"""

from __future__ import annotations

import hmac
import json
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from densach.problems import Refused, problem

_FORM = re.compile(r"[0-9]{12}")
_NONCE = 12  # bytes, as AES-GCM wants it


@dataclass(frozen=True)
class Sealed:
    """A number as it is stored: cipher text, the id of its key, and the hash it is found by."""

    cipher: bytes
    key: str
    hash: str


@dataclass(frozen=True)
class Keys:
    """The keys by id, the one in use, and the one that hashes; the hashing key never changes."""

    by_id: dict[str, bytes] = field(repr=False)
    current: str
    hashing: bytes = field(repr=False)

    def seal(self, number: str) -> Sealed:
        """Encrypt and hash a number of the right form."""
        nonce = os.urandom(_NONCE)
        cipher = AESGCM(self.by_id[self.current]).encrypt(nonce, number.encode(), None)
        return Sealed(nonce + cipher, self.current, self.hash(number))

    def open(self, cipher: bytes, key: str) -> str:
        """The number again; refused (N103) where the key is not there or the bytes were changed."""
        try:
            return AESGCM(self.by_id[key]).decrypt(cipher[:_NONCE], cipher[_NONCE:], None).decode()
        except (KeyError, InvalidTag) as error:
            raise Refused(problem("N103", key)) from error

    def encrypt(self, content: bytes, key: str, about: bytes) -> bytes:
        """Encrypt any content with one of the keys, bound to what it is about; that is no secret itself."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self.by_id[key]).encrypt(nonce, content, about)

    def decrypt(self, cipher: bytes, key: str, about: bytes) -> bytes:
        """The content again; refused (N103) without its key, changed, or about something else."""
        try:
            return AESGCM(self.by_id[key]).decrypt(cipher[:_NONCE], cipher[_NONCE:], about)
        except (KeyError, InvalidTag) as error:
            raise Refused(problem("N103", key)) from error

    def hash(self, number: str) -> str:
        """What a number is found by: nobody without the key can try numbers through."""
        return hmac.new(self.hashing, number.encode(), sha256).hexdigest()


def is_personal_number(text: str) -> bool:
    """Whether a text has the form of a personal number: twelve digits."""
    return bool(_FORM.fullmatch(text))


def load_keys(path: Path) -> Keys:
    """The keys of this installation; made on first use, for their owner only. Refused (N102) when unreadable."""
    try:
        if not path.exists():
            _write(path, _new_keys())
        content = json.loads(path.read_text("utf-8"))
        by_id = {key: urlsafe_b64decode(value) for key, value in content["keys"].items()}
        if content["current"] not in by_id:
            raise KeyError(content["current"])
        return Keys(by_id, content["current"], urlsafe_b64decode(content["hashing"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(problem("N102", path.name, reason=type(error).__name__)) from error


def add_key(path: Path) -> Keys:
    """Take a new key into use; the old ones stay for the rows that still name them."""
    keys = load_keys(path)
    key = AESGCM.generate_key(256)
    _write(path, Keys({**keys.by_id, _name_of(key): key}, _name_of(key), keys.hashing))
    return load_keys(path)


def _new_keys() -> Keys:
    key = AESGCM.generate_key(256)
    return Keys({_name_of(key): key}, _name_of(key), os.urandom(32))


def _name_of(key: bytes) -> str:
    """A key is named by its own hash, so that a file made anew is never taken for the one that was lost."""
    return "k" + sha256(key).hexdigest()[:10]


def _write(path: Path, keys: Keys) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "current": keys.current,
        "hashing": urlsafe_b64encode(keys.hashing).decode(),
        "keys": {name: urlsafe_b64encode(key).decode() for name, key in keys.by_id.items()},
    }
    unfinished = path.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file)
    unfinished.replace(path)


def differ_by_a_slip(one: str, other: str) -> bool:
    """Whether two numbers differ as a slip of the pen would make them: one digit, or two neighbours exchanged."""
    at = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    exchanged = len(at) == 2 and at[1] == at[0] + 1 and (one[at[0]], one[at[1]]) == (other[at[1]], other[at[0]])
    return len(at) == 1 or exchanged
