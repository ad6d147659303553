"""Which passwords are taken: long enough, not among those that everybody tries first, not one's own name.

After NIST SP 800-63B: length and a list of known passwords, and no rule about kinds of letters.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator

from densach.formats.vietnamese import fold
from densach.problems import Refused, problem

SHORTEST = 10
LONGEST = 128  # more is no safer, and every letter costs the server work
# What people here try first, without marks, digits and spaces; the list that comes with Django knows other countries.
_KNOWN_HERE = frozenset(
    {"matkhau", "khongco", "densach", "khuyenhoc", "xahoihoctap", "hoctapsuotdoi", "congdanhoctap", "giadinhhoctap"}
    | {"vietnam", "anhyeuem", "iloveyou", "hanoi", "saigon", "uybannhandan", "ubnd", "thongxa", "canbo", "chuho"}
    | {"password", "admin", "administrator", "qwerty", "qwertyuiop", "asdfghjkl", "letmein", "welcome"}
)


def refuse_weak(password: str, *names: str) -> None:
    """Refuse a password that is too short or too long (U110), known to everybody (U111) or made of a name (U112)."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(problem("U110", "password", least=SHORTEST, most=LONGEST))
    if password.strip().lower() in _known() or _letters(password) in _KNOWN_HERE or _is_one_run(password):
        raise Refused(problem("U111", "password"))
    if any(_is_made_of(password, name) for name in names):
        raise Refused(problem("U112", "password"))


@cache
def _known() -> set[str]:
    return set(CommonPasswordValidator().passwords)


def _letters(text: str) -> str:
    return re.sub(r"[\d\W_]", "", fold(text))


def _is_one_run(password: str) -> bool:
    """Whether it is one letter again and again, or digits in their order."""
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return len(set(password)) <= 2 or steps <= {1} or steps <= {-1}


def _is_made_of(password: str, name: str) -> bool:
    word = _letters(name)
    return len(word) >= 3 and _letters(password) in {word, word * 2}
