"""Accounts (账号): whoever signs in, citizen or staff."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Account(AbstractBaseUser):
    """One sign-in identity (账号)."""

    username = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    objects = BaseUserManager["Account"]()
