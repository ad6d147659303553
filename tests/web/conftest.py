from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from densach.config.settings import TEMPLATES

if TYPE_CHECKING:
    from django.test import Client

UNKNOWN = "!!no such variable: %s!!"  # a template that asks for what no view gives shows this


@pytest.fixture(scope="session", autouse=True)
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The static files under their hashed names, as a server lays them out; templates own up to what is missing."""
    [engine] = TEMPLATES
    strict = engine | {"OPTIONS": engine["OPTIONS"] | {"string_if_invalid": UNKNOWN}}
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), TEMPLATES=[strict]):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
