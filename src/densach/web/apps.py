"""The pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Listens to sign-ins once all models are there."""

    name = "densach.web"

    def ready(self) -> None:
        """Connect what is done when somebody signs in."""
        from densach.web.signing import receiving  # noqa: F401, PLC0415  - the models it needs are there only now
