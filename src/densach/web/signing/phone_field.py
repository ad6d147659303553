"""A field for a phone, in the ways people write one."""

from __future__ import annotations

from typing import Any

from django import forms

from densach.accounts.phones import phone_typed
from densach.web.sentences import say


class PhoneField(forms.CharField):
    """0912 345 678, +84 912 345 678 or another country's, kept as +84912345678."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """The phone as it is kept; what is none is said beside the field."""
        typed = super().clean(value)
        if typed and not phone_typed(typed):
            raise forms.ValidationError(say("accounts.mistake_phone"))
        return phone_typed(typed)
