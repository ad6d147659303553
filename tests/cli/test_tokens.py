"""`densach token`: shown once, and ended."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from densach.problems import Refused
from tests.authority.roles import account

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    from densach.cli.tokens import token

    return CliRunner().invoke(token, words, catch_exceptions=False).stdout


def test_a_token_is_given_and_ended() -> None:
    from densach.api.domain import digest_of
    from densach.api.models import Token
    from densach.history.domain import verify_chain

    account("hoi")
    secret = run("give", "hoi", "--name", "phần mềm MẪU", "--until", "2099-12-31").strip()
    kept = Token.objects.get()
    assert (kept.digest, kept.name) == (digest_of(secret), "phần mềm MẪU")
    assert "Đã thu hồi 1 chìa khóa" in run("end", "hoi")
    assert "Đã thu hồi 0 chìa khóa" in run("end", "hoi")
    assert verify_chain("token", kept.pk) == []


@pytest.mark.parametrize(("name", "until", "code"), [("ai-do", "2099-12-31", "G130"), ("hoi", "2020-01-01", "G131")])
def test_what_cannot_be_is_refused(name: str, until: str, code: str) -> None:
    account("hoi")
    with pytest.raises(Refused) as found:
        run("give", name, "--name", "x", "--until", until)
    assert [each.code for each in found.value.problems] == [code]
