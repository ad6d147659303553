"""Another place at which people prove who they are, by OpenID Connect: one small file says where, if there is one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from densach.problems import Refused, problem

KEYS = ("issuer", "client_id", "secret_file", "name")
PROVIDER = "dinh-danh"  # its name in our addresses, whatever people call it
_NEAR = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True)
class Provider:
    """Who issues identities, as which client we ask, and what people call it."""

    issuer: str
    client_id: str
    secret: str
    name: str

    @property
    def key(self) -> str:
        """Its name in our addresses."""
        return PROVIDER

    @property
    def origin(self) -> str:
        """Where a browser is sent to."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def for_library(self) -> dict[str, Any]:
        """As the sign-in library wants it; only identity and name are asked for, no mail."""
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.issuer},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid", "profile"]}}


def read_provider(path: str) -> Provider | None:
    """The provider that a file names, if one is set; refused (U130) where the file is not whole.

    Its address must begin with https, except on this machine: there the answer could be read and changed on its way.
    """
    if not path:
        return None
    try:
        given = tomllib.loads(Path(path).read_text("utf-8"))
        issuer, client_id, secret_file, name = (str(given[key]).strip() for key in KEYS)
        secret = Path(path).parent.joinpath(secret_file).read_text("utf-8").strip()
    except (OSError, KeyError, ValueError) as error:
        raise Refused(problem("U130", path, reason=str(error))) from error
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in _NEAR:
        raise Refused(problem("U130", path, reason=issuer))
    return Provider(issuer.rstrip("/"), client_id, secret, name)
