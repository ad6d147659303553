"""Who signs in: an account says who somebody is here, and nothing of what they may do."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from densach.formats.vietnamese import fold


class AccountManager(BaseUserManager["Account"]):
    """Finding accounts by the name they sign in with."""


class Account(AbstractBaseUser):
    """One person's way in. `username` is what they type, `name` what others read; mail and phone are optional.

    The phone is written +84…, so that one phone belongs to one account, and is null where there
    is none. The log names an account by its `uid`. `folded` is what a search for names looks in.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=200, blank=True, editable=False)
    email = models.EmailField(blank=True)
    phone = models.CharField(
        max_length=16, null=True, blank=True, unique=True
    )  # an empty text could be there only once
    phone_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(username="") & ~Q(name=""), name="accounts_account_is_named"),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__startswith="+"), name="accounts_phone_is_international"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row with what a search looks in."""
        self.folded = f"{fold(self.name)} {fold(self.username)}"
        super().save(*args, **kwargs)


class Way(models.TextChoices):
    """By which way somebody came in, or tried to."""

    PASSWORD = "password", "mật khẩu"
    PHONE = "phone", "mã gửi đến điện thoại"
    MAIL = "mail", "mã gửi đến thư điện tử"
    APP = "app", "mã của ứng dụng"
    RECOVERY = "recovery", "mã dự phòng"
    KEY = "key", "khóa truy cập"
    PROVIDER = "provider", "tài khoản định danh"
    SLIP = "slip", "phiếu giấy"


class SignIn(models.Model):
    """One time somebody came in or tried to; rows are only added. `network` is shortened, so that it names nobody.

    Without `account` where what was typed belongs to none: what was typed is not kept, it may be a password.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_ins")
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices)
    succeeded = models.BooleanField()
    network = models.CharField(max_length=50, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-at"], name="accounts_sign_in_of")]

    def __str__(self) -> str:
        return f"{self.way} {self.at:%Y-%m-%d %H:%M}"


class FirstCode(models.Model):
    """A code on paper with which an account gets its password, once; of the code only a hash is kept."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="first_code")
    code_hash = models.CharField(max_length=64, unique=True)
    valid_to = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.account)
