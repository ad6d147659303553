"""Fill pretalx with one event and so many submissions, each by a speaker of its own and each reviewed twice.

Run inside pretalx's own environment: `python fill.py SUBMISSIONS`; prints the cookie of a signed-in organiser.
"""

from __future__ import annotations

import datetime as dt
import sys
from importlib import import_module

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretalx.event.models import Event, Team  # noqa: E402
from pretalx.event.utils import create_organiser_with_team  # noqa: E402
from pretalx.person.models import SpeakerProfile, User  # noqa: E402
from pretalx.submission.models import Review, Submission, Track  # noqa: E402


def fill(count: int) -> str:
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
    return session_of(organiser)


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


def session_of(user: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


with scopes_disabled():
    print(fill(int(sys.argv[1])))
