"""Who signs in: an account says who somebody is here, and nothing of what they may do."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class AccountManager(BaseUserManager["Account"]):
    """Finding accounts by the name they sign in with."""


class Account(AbstractBaseUser):
    """One person's way in. `username` is what they type, `name` what others read; mail and phone are optional.

    The phone is written +84…, so that one phone belongs to one account, and is null where there
    is none. The log names an account by its `uid`.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
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
