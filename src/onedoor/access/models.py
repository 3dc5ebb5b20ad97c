"""Accounts (账号) and what hangs on them. Private to the context: others call queries and commands."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone


class AccountKind(models.TextChoices):
    """Who signs in with this account."""

    CITIZEN = "citizen", "个人用户"
    STAFF = "staff", "工作人员"


class AdministratorRole(models.TextChoices):
    """三员 (GB/T 22239-2019 §8.1.5). One column holds one value: two of the three on one account cannot be stored."""

    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


class Account(AbstractBaseUser):
    """One sign-in identity (账号). A person without any account is a party in the registries and needs none here."""

    username = models.CharField("用户名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    phone = models.CharField("手机号", max_length=20, blank=True)
    kind = models.CharField(max_length=8, choices=AccountKind, default=AccountKind.CITIZEN)
    party = models.CharField(max_length=40, blank=True)  # "person:17"; empty until the identity is known
    real_name_level = models.PositiveSmallIntegerField(default=0)  # 0 none, 1 self-declared, 2 checked, 3 national
    staff_id = models.BigIntegerField(null=True, blank=True, unique=True)  # a row of orgs
    administrator = models.CharField(max_length=8, choices=AdministratorRole, null=True, blank=True)  # noqa: DJ001
    is_active = models.BooleanField(default=True)
    sample = models.BooleanField(default=False)  # 示例: a demo account
    created_at = models.DateTimeField(default=timezone.now)
    password_changed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = BaseUserManager["Account"]()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="access_account_administrator_is_one_of_three",
                condition=Q(administrator__isnull=True)
                | Q(administrator__in=["system", "security", "audit"], kind="staff"),
            ),
            models.CheckConstraint(
                name="access_account_administrator_handles_no_cases",
                condition=Q(administrator__isnull=True) | Q(staff_id__isnull=True),
            ),
            models.CheckConstraint(
                name="access_account_kind_fits_identity",
                condition=Q(kind="citizen", staff_id__isnull=True) | Q(kind="staff", party=""),
            ),
            models.UniqueConstraint(name="access_account_one_per_party", fields=["party"], condition=~Q(party="")),
        ]

    def __str__(self) -> str:
        return self.name or self.username
