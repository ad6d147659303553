"""Everything that can happen to protected facts: one is said, a later one takes its place, they are erased or re-keyed.

Who may say or read one is asked in `assessing.privacy.access`. The log holds that one was said, never what.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from densach.accounts.models import Account
from densach.formats.vietnamese import nfc, single_spaced
from densach.history.bringing import bring
from densach.history.domain import Act, Happening, record_many
from densach.people.models import Person
from densach.people.numbers import Keys
from densach.people.protected.models import Basis, EnteredAs, Kind, ProtectedFact
from densach.people.protected.queries import kept_facts, open_fact, person_locked, rows_with_other_keys
from densach.problems import Refused, problem

CHOICES: dict[Kind, tuple[str, ...]] = {
    Kind.POVERTY: ("poor", "near_poor", "neither"),
    Kind.DISABILITY: ("yes", "no"),
}
LONGEST_NAME = 60  # letters of an ethnic group with its other names
LONGEST_SOURCE = 200  # letters of a paper with number and date
_WIDTH = 2048  # bytes before encryption, the same for every row, so that no length tells a value
_SECRET = ("cipher", "key")


@dataclass(frozen=True)
class Said:
    """What is said of somebody: the value, where that was read, and the text that gives the duty to keep it."""

    value: str
    source: str
    duty: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One protected fact to be written: of which kind, on which basis, and by whom."""

    kind: Kind
    said: Said
    basis: Basis
    by: Account | None
    entered_as: EnteredAs


def enter_fact(person: Person, entry: Entry, *, keys: Keys, act: Act) -> ProtectedFact:
    """Say a fact of a person; what was said before ends.

    Refused for a value that is none of the kind (U150), without a source (U151), and on a duty without its text (U152).
    """
    said = _cleaned(entry)
    with transaction.atomic():
        person_locked(person)
        before = open_fact(person, entry.kind)
        if before is not None:
            bring(ProtectedFact, [(before, {"ended_at": act.at})], kind="protected_fact", act=act, secret=_SECRET)
        fields = _sealed(said, keys) | {
            "person": person,
            "kind": entry.kind,
            "basis": entry.basis,
            "entered_at": act.at,
            "entered_by": entry.by,
            "entered_as": entry.entered_as,
        }
        return bring(ProtectedFact, [(None, fields)], kind="protected_fact", act=act, secret=_SECRET).rows[0]


def erase_facts(
    person: Person, *, bases: Iterable[Basis] = (Basis.CONSENT,), kinds: Iterable[Kind] = tuple(Kind), act: Act
) -> int:
    """Erase what was ever said of some kinds on some bases; gives how many rows lost their value."""
    with transaction.atomic():
        person_locked(person)
        rows = kept_facts(person, bases, kinds)
        gone = {"cipher": None, "key": "", "erased_at": act.at}
        wanted = [(row, gone | ({} if row.ended_at else {"ended_at": act.at})) for row in rows]
        bring(ProtectedFact, wanted, kind="protected_fact", act=act, secret=_SECRET)
        return len(rows)


def said_in(fact: ProtectedFact, keys: Keys) -> Said | None:
    """What a row says; nothing once it was erased. Refused (N103) where its key is not there."""
    if fact.cipher is None:
        return None
    return Said(**json.loads(keys.open(bytes(fact.cipher), fact.key)))


def rotate_facts(keys: Keys, *, act: Act) -> int:
    """Encrypt again, under the key in use, every fact that is under an older one; gives how many."""
    with transaction.atomic():
        rows = list(rows_with_other_keys(keys.current).select_for_update())
        for row in rows:
            sealed = keys.seal(keys.open(bytes(row.cipher or b""), row.key))
            row.cipher, row.key = sealed.cipher, sealed.key
        ProtectedFact.objects.bulk_update(rows, ["cipher", "key"], batch_size=500)
        record_many((Happening(kind="protected_fact", object_id=row.pk, event="key_changed") for row in rows), act)
        return len(rows)


def _cleaned(entry: Entry) -> Said:
    value, source, duty = (single_spaced(nfc(text)) for text in (entry.said.value, entry.said.source, entry.said.duty))
    known = CHOICES.get(entry.kind)
    if (value not in known) if known else not 1 < len(value) <= LONGEST_NAME:
        raise Refused(problem("U150", "value", kind=entry.kind.label))
    if not source or len(source) > LONGEST_SOURCE:
        raise Refused(problem("U151", "source", most=LONGEST_SOURCE))
    if entry.basis == Basis.DUTY and not 0 < len(duty) <= LONGEST_SOURCE:
        raise Refused(problem("U152", "duty", most=LONGEST_SOURCE))
    return Said(value, source, duty if entry.basis == Basis.DUTY else "")


def _sealed(said: Said, keys: Keys) -> dict[str, object]:
    text = json.dumps(vars(said), ensure_ascii=False)
    sealed = keys.seal(text + " " * (_WIDTH - len(text.encode())))
    return {"cipher": sealed.cipher, "key": sealed.key}
