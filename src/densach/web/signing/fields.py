"""Forms of the library in our words: labels stand in the templates, and each mistake is told by a sentence of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ChangePhoneForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    SetPasswordForm,
    VerifyPhoneForm,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByFactorForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.utils.functional import lazy

from densach.accounts.phones import phone_typed
from densach.web.sentences import say

_MISTAKES = ("required", "invalid", "max_length", "min_length")


class OurWords(forms.Form):
    """Takes the library's own words out of a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
            field.validators = [check for check in field.validators if not hasattr(check, "regex")]
            field.error_messages |= {code: lazy(say, str)("accounts.mistake_" + code) for code in _MISTAKES}


class TwiceTheSame(OurWords):
    """A form in which a password is typed twice."""

    def clean(self) -> dict[str, Any]:
        """Say it beside the second one where they differ."""
        data = self.cleaned_data
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", say("accounts.mistake_twice"))
        return data


class SignInForm(OurWords, LoginForm):
    """Sign-in name, mail or phone, and password."""


class ChangePassword(TwiceTheSame, ChangePasswordForm):
    """The password so far, and a new one."""


class SetPassword(TwiceTheSame, SetPasswordForm):
    """The first password of an account that had none."""


class ConfirmByPassword(OurWords, ReauthenticateForm):
    """The password again, before something that matters."""


class AskForCode(OurWords, RequestLoginCodeForm):
    """A phone or a mail address to send a code to, whichever was typed."""

    to = forms.CharField(max_length=254, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    _user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"to": self.fields["to"]}

    def clean_to(self) -> str:
        """Look for the account; what is neither a phone nor an address is said beside the field."""
        typed: str = self.cleaned_data["to"].strip()
        phone = phone_typed(typed)
        if phone and settings.PHONE_SENDER:
            self.cleaned_data["phone"] = phone
            self.cleaned_data["phone"] = self.clean_phone()
        elif "@" in typed and settings.MAIL_IS_SET:
            self.cleaned_data["email"] = forms.EmailField().clean(typed).lower()
            self.cleaned_data["email"] = self.clean_email()
        else:
            raise forms.ValidationError(say("accounts.mistake_to"))
        return typed


class EnterCode(OurWords, ConfirmLoginCodeForm):
    """The code that was sent."""


class ChangePhone(OurWords, ChangePhoneForm):
    """Another phone."""


class ConfirmPhone(OurWords, VerifyPhoneForm):
    """The code that was sent to the new phone."""


class ChangeMail(OurWords, AddEmailForm):
    """Another mail address."""


class ConfirmMail(OurWords, ConfirmEmailVerificationCodeForm):
    """The code that was sent to the new address."""


class EnterFactor(OurWords, AuthenticateForm):
    """The code of the app, or one of the recovery codes."""


class ConfirmByFactor(OurWords, ReauthenticateByFactorForm):
    """The same, before something that matters."""


class AddApp(OurWords, ActivateTOTPForm):
    """The first code of an app."""


class NewRecoveryCodes(OurWords, GenerateRecoveryCodesForm):
    """New recovery codes instead of those there were."""


@contextmanager
def _no_key() -> Iterator[None]:
    """What the library stumbles over is no key either."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class ReadsKey(OurWords):
    """A form with what a device answered."""

    def clean_credential(self) -> Any:
        """The key that was used."""
        with _no_key():
            return super().clean_credential()  # type: ignore[misc]  # the form of the library that comes next


class AddKey(OurWords, AddWebAuthnForm):
    """A key, with a name for it; each can sign in alone, as its owner proves to the device who they are."""

    name = forms.CharField(required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.initial["name"] = ""

    def clean(self) -> dict[str, Any]:
        """Take the new key in."""
        with _no_key():
            return dict(super().clean())


class RenameKey(OurWords, EditWebAuthnForm):
    """Another name for a key."""

    name = forms.CharField(max_length=60)


class UseKey(ReadsKey, AuthenticateWebAuthnForm):
    """A key as the second factor."""


class SignInByKey(ReadsKey, LoginWebAuthnForm):
    """A key alone."""


class ConfirmByKey(ReadsKey, ReauthenticateWebAuthnForm):
    """A key, before something that matters."""
