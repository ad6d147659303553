"""Secrets of second factors, encrypted with a key outside the database: the secret file of the installation."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def hide(text: str) -> str:
    """The text, encrypted."""
    return _key(str(settings.SECRET_KEY)).encrypt(text.encode()).decode()


def reveal(hidden: str) -> str:
    """The text that was hidden."""
    return _key(str(settings.SECRET_KEY)).decrypt(hidden.encode()).decode()


@cache
def _key(secret: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"densach.accounts.secrets").derive(secret.encode())
    return Fernet(urlsafe_b64encode(made))
