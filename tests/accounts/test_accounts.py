"""An account is made, gets its first password by a code on paper, once, and only by its own name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from densach.problems import Refused
from tests.authority.roles import NOW

if TYPE_CHECKING:
    from densach.history.domain import Act

pytestmark = pytest.mark.django_db
NEW_WORDS = "con trâu đi học chữ"


def refused(*arguments: str) -> str:
    from densach.accounts.domain import set_first_password

    with pytest.raises(Refused) as told:
        set_first_password(*arguments, at=NOW)
    return told.value.problems[0].code


@pytest.mark.parametrize("username", ["hoa", "1980", "-hoale", "hoa lê", "h" * 61, "", "0912345678", "hoa@le.vn"])
def test_a_name_that_could_be_taken_for_something_else_is_refused(username: str, act: Act) -> None:
    from densach.accounts.domain import Newcomer, make_account

    with pytest.raises(Refused, match="U113"):
        make_account(Newcomer(username, "Lê Thị MẪU"), act=act)


def test_two_accounts_never_share_a_name(act: Act) -> None:
    from densach.accounts.domain import Newcomer, make_account
    from densach.accounts.models import Account

    make_account(Newcomer("Hoa.Le", "Lê Thị MẪU"), act=act)
    with pytest.raises(Refused, match="U115"):
        make_account(Newcomer("hoa.le", "Lê Thị MẪU Khác"), act=act)
    assert [(one.username, one.has_usable_password()) for one in Account.objects.all()] == [("hoa.le", False)]


def test_a_code_gives_the_first_password_once(act: Act) -> None:
    from densach.accounts.domain import Newcomer, give_first_code, make_account, set_first_password
    from densach.accounts.models import FirstCode

    account = make_account(Newcomer("hoa.le", "Lê Thị MẪU"), act=act)
    code = give_first_code(account, act=act)
    assert code.replace("-", "") not in str(FirstCode.objects.values().get())
    given = set_first_password(" Hoa.Le ", code.lower().replace("-", " "), NEW_WORDS, at=act.at)
    assert given.check_password(NEW_WORDS)
    assert refused("hoa.le", code, NEW_WORDS) == "U116"


def test_a_code_is_worth_nothing_for_another_name_when_old_or_after_five_tries(act: Act) -> None:
    from densach.accounts.domain import CODE_LASTS, MOST_TRIES, Newcomer, give_first_code, make_account
    from densach.accounts.models import FirstCode
    from densach.history.domain import Act as When

    account = make_account(Newcomer("hoa.le", "Lê Thị MẪU"), act=act)
    make_account(Newcomer("nam.le", "Lê Văn MẪU"), act=act)
    code = give_first_code(account, act=When(who="thử", at=NOW))
    assert refused("nam.le", code, NEW_WORDS) == refused("hoa.le", "AAAA-AAAA-AAAA", NEW_WORDS) == "U116"
    assert FirstCode.objects.get().tries == 1
    FirstCode.objects.update(tries=MOST_TRIES)
    assert refused("hoa.le", code, NEW_WORDS) == "U116"
    FirstCode.objects.update(tries=0, valid_to=NOW + CODE_LASTS - timedelta(days=14))
    assert refused("hoa.le", code, NEW_WORDS) == "U116"


def test_a_new_code_ends_the_one_before(act: Act) -> None:
    from densach.accounts.domain import Newcomer, give_first_code, make_account

    account = make_account(Newcomer("hoa.le", "Lê Thị MẪU"), act=act)
    lost, _ = give_first_code(account, act=act), give_first_code(account, act=act)
    assert refused("hoa.le", lost, NEW_WORDS) == "U116"


def test_a_weak_password_does_not_use_the_code_up(act: Act) -> None:
    from densach.accounts.domain import Newcomer, give_first_code, make_account, set_first_password
    from densach.history.domain import Act as When

    account = make_account(Newcomer("hoa.le", "Lê Thị MẪU"), act=act)
    code = give_first_code(account, act=When(who="thử", at=NOW))
    assert refused("hoa.le", code, "1234567890") == "U111"
    set_first_password("hoa.le", code, NEW_WORDS, at=NOW)
