"""What a database of the demonstration holds, looked at by a process of its own: `python -m tests.trial.looking`."""

from __future__ import annotations

import json

import densach.config.ready  # noqa: F401  - before the models below


def main() -> None:
    """Print it as one object."""
    from django.conf import settings
    from django.db import connection

    from densach.people.numbers import load_keys

    keys = load_keys(settings.KEYS_FILE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number_cipher, number_key, number_hash FROM people_person WHERE number_cipher <> ''")
        numbers = [(keys.open(bytes(cipher), key), hashed) for cipher, key, hashed in cursor.fetchall()]
    told = {
        "numbers": len({number for number, hashed in numbers if keys.hash(number) == hashed}),
        "broken_chains": broken_chains(),
        "broken_receipts": broken_receipts(),
        "cases": cases(),
        "votes": votes(),
        "signed_in": [signs_in("cong-dan"), signs_in("can-bo-bo")],
    }
    print(json.dumps(told, ensure_ascii=False))  # noqa: T201  - read by the test


def broken_chains() -> int:
    """How many are broken of the chains of the log that every hundredth entry belongs to."""
    from densach.history.domain import verify_chain
    from densach.history.models import Entry

    chains = Entry.objects.order_by("pk").values_list("kind", "object_id")[::100]
    return sum(bool(verify_chain(kind, object_id)) for kind, object_id in chains)


def broken_receipts() -> int:
    """The verdicts whose receipt was changed since it was sealed."""
    import msgspec

    from densach.assessing.models import Assessment
    from densach.rules.receipt import Receipt, is_whole

    rows = Assessment.objects.values_list("seal", "receipt").iterator()
    receipts = ((seal, msgspec.json.decode(text, type=Receipt)) for seal, text in rows)
    return sum(seal != receipt.seal or not is_whole(receipt) for seal, receipt in receipts)


def cases() -> list[str]:
    """Who brought each case, and what it says, opened with the keys of this home."""
    from django.conf import settings

    from densach.awards.cases.models import Case
    from densach.awards.cases.sealing import unseal, unseal_text
    from densach.people.numbers import load_keys

    keys = load_keys(settings.KEYS_FILE)
    return [f"{unseal(case, keys).name}: {unseal_text(case, keys)}" for case in Case.objects.order_by("pk")]


def votes() -> list[dict[str, int]]:
    """How the ballots of the open sitting come out once the two who wait have voted no."""
    from django.conf import settings

    from densach.awards.councils.access import room_with_seat, see_ballot
    from densach.awards.councils.counting import close_voting
    from densach.awards.councils.models import Choice, Sitting, State
    from densach.awards.councils.queries import choices_in
    from densach.awards.councils.voting import cast
    from densach.people.numbers import load_keys
    from densach.trial.awards.hands import morning, viewer_on
    from densach.trial.awards.sittings import SECOND

    keys, sitting = load_keys(settings.KEYS_FILE), Sitting.objects.get(state=State.OPEN)
    for username in ("hoi-dong-xa", "hoi-dong-xa-2"):
        viewer = viewer_on(username, SECOND)
        room, seat = room_with_seat(viewer, sitting.uid)
        no = {line.item.uid: Choice.AGAINST for line in see_ballot(room, seat, 0).lines}
        cast(room.sitting, seat, no, keys=keys, act=viewer.act(morning(SECOND)))
    chair = viewer_on("hoi-dong-xa", SECOND)
    room, seat = room_with_seat(chair, sitting.uid)
    close_voting(room.sitting, seat, room.sitting.version, keys=keys, act=chair.act(morning(SECOND)))
    return list(choices_in(sitting).values())


def signs_in(username: str) -> str:
    """Where signing in leads."""
    from django.test import Client

    from densach.trial.accounts import PASSWORD

    answer = Client(HTTP_HOST="127.0.0.1").post("/dang-nhap", {"login": username, "password": PASSWORD})
    return answer.headers.get("Location", "")


if __name__ == "__main__":
    main()
