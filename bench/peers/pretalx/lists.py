"""Fill pretalx with one event and so many submissions, each reviewed twice, and ask for its lists.

Run inside pretalx's own environment: `python lists.py SUBMISSIONS TIMES`; prints the seconds of each page as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from time import perf_counter

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretalx.event.models import Event, Team  # noqa: E402
from pretalx.event.utils import create_organiser_with_team  # noqa: E402
from pretalx.person.models import SpeakerProfile, User  # noqa: E402
from pretalx.submission.models import Review, Submission, Track  # noqa: E402

PAGES = ("/orga/event/bench/submissions/", "/orga/event/bench/reviews/")


def fill(count: int) -> User:
    call_command("migrate", verbosity=0)
    organiser = User.objects.create_user(name="Organiser", email="organiser@example.org", password="not used")
    reviewers = [
        User.objects.create_user(name=f"Reviewer {n}", email=f"reviewer{n}@example.org", password="not used")
        for n in range(2)
    ]
    organiser.is_administrator = True
    organiser.save()
    created, _ = create_organiser_with_team(name="Bench", slug="bench", users=[organiser])
    start = (now() + dt.timedelta(days=30)).date()
    event = Event.objects.create(
        organiser=created,
        slug="bench",
        name="Bench",
        email="bench@example.org",
        date_from=start,
        date_to=start + dt.timedelta(days=2),
        locale_array="en",
        locale="en",
    )
    team = Team.objects.create(organiser=created, name="Reviewers", is_reviewer=True)
    team.limit_events.add(event)
    team.members.add(organiser, *reviewers)
    submit(event, count, reviewers)
    return organiser


def submit(event: Event, count: int, reviewers: list[User]) -> None:
    track = Track.objects.create(event=event, name="Track", color="#1f6f5c")
    kind = event.cfp.default_type
    speakers = User.objects.bulk_create(
        [User(name=f"Speaker {n}", email=f"speaker{n}@example.org", code=f"S{n:06d}") for n in range(count)],
        batch_size=500,
    )
    SpeakerProfile.objects.bulk_create([SpeakerProfile(user=one, event=event) for one in speakers], batch_size=500)
    for number, speaker in enumerate(speakers):
        one = Submission.objects.create(
            event=event,
            title=f"Talk {number}",
            submission_type=kind,
            track=track,
            abstract="Text.",
            content_locale="en",
        )
        one.speakers.add(speaker)
        Review.objects.bulk_create([Review(submission=one, user=user, score=number % 3) for user in reviewers])


def asked(organiser: User, times: int) -> dict[str, list[float]]:
    """The seconds that each page took, as often as it was asked for; a page that is not answered stops everything."""
    client = Client()
    client.force_login(organiser, backend=settings.AUTHENTICATION_BACKENDS[1])
    found: dict[str, list[float]] = {}
    for page in PAGES:
        for _ in range(times):
            start = perf_counter()
            answer = client.get(page)
            found.setdefault(page, []).append(perf_counter() - start)
            assert answer.status_code == 200, (page, answer.status_code)  # noqa: S101
    return found


def main() -> None:
    with scopes_disabled():
        organiser = fill(int(sys.argv[1]))
    print(json.dumps(asked(organiser, int(sys.argv[2]))))


if __name__ == "__main__":
    main()
