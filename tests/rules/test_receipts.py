"""Receipts: the same subject gives the same bytes, and no byte can be changed unseen."""

from __future__ import annotations

from datetime import date

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from densach.rules.judging import Judge
from densach.rules.model import Rubric, Threshold
from densach.rules.receipt import Receipt, canonical, is_whole, replay, seal
from densach.rules.sheet import Answer
from tests.rules.making import criterion, fact, facts_for, indicator, level, rubric, rubrics

QUICK = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
SOURCES = (("made", "ab" * 32),)


def sealed(made: Rubric, facts: dict[str, Answer]) -> Receipt:
    judge = Judge(made, SOURCES)
    return seal(judge, facts, judge.judge(facts), on=date(2026, 11, 23), subject="p-1")


@QUICK
@given(st.data())
def test_replay_gives_the_same_bytes(data: st.DataObject) -> None:
    made = data.draw(rubrics())
    receipt = sealed(made, data.draw(facts_for(made)))
    kept = msgspec.json.decode(canonical(receipt), type=Receipt)
    assert is_whole(kept)
    assert canonical(replay(Judge(made, SOURCES), kept)) == canonical(receipt)


@QUICK
@given(st.data())
def test_the_order_of_facts_and_missing_ones_do_not_matter(data: st.DataObject) -> None:
    made = data.draw(rubrics())
    facts = data.draw(facts_for(made))
    shuffled = dict(data.draw(st.permutations([*facts.items()])))
    missing: dict[str, Answer] = {one.id: None for one in made.facts if one.id not in facts}
    assert canonical(sealed(made, facts)) == canonical(sealed(made, missing | shuffled))


@QUICK
@given(st.data())
def test_a_changed_byte_breaks_the_seal(data: st.DataObject) -> None:
    made = data.draw(rubrics(most=2))
    whole = canonical(sealed(made, data.draw(facts_for(made))))
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 127))]) + whole[at + 1 :]
    try:
        receipt = msgspec.json.decode(changed, type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    assert canonical(receipt) == whole or not is_whole(receipt)


def test_other_policy_bytes_give_another_seal() -> None:
    made = rubrics_example()
    other = Judge(made, (("made", "cd" * 32),))
    assert seal(other, {}, other.judge({})).seal != seal(Judge(made, SOURCES), {}, other.judge({})).seal


def rubrics_example() -> Rubric:
    passing = level("pass", Threshold(value=1))
    return rubric("points", (fact("s", "score", high=2),), (criterion("A", indicator("i", "score", "s", points=2)),),
                  (passing,), total=2)  # fmt: skip
