"""Accounts (账号) and what hangs on them. Private to the context: others call queries and commands."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from onedoor.access.rules import MandateKind


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
    administrator = models.CharField(max_length=8, choices=AdministratorRole, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    sample = models.BooleanField(default=False)  # 示例: a demo account
    created_at = models.DateTimeField(default=timezone.now)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    facts = models.PositiveIntegerField(default=0)  # how many facts its journal stream holds

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


class FormerPassword(models.Model):
    """Hashes of passwords that an account had, so that it does not return to one of them."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    password = models.CharField(max_length=128)
    replaced_at = models.DateTimeField()


class SignInLock(models.Model):
    """Recent failed attempts on one name, whether or not an account of that name exists."""

    name = models.CharField(max_length=80, primary_key=True)
    failures = models.PositiveIntegerField()
    first_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)


class SignIn(models.Model):
    """The audit of sign-ins (等保: 用户、时间、事件、结果). Only ever added to; kept at least 180 days."""

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=64)
    event = models.CharField(max_length=16)
    succeeded = models.BooleanField()
    address = models.GenericIPAddressField(null=True)


class Mandate(models.Model):
    """One party acts for another (代理、监护、经办). What was granted never changes; it ends or is revoked."""

    kind = models.CharField(max_length=20, choices=[(k.value, k.label) for k in MandateKind])
    principal = models.CharField(max_length=40)  # "person:17", "entity:4"
    principal_name = models.CharField(max_length=200)
    agent = models.CharField(max_length=40)
    agent_name = models.CharField(max_length=200)
    acts = ArrayField(models.CharField(max_length=20))
    items = ArrayField(models.CharField(max_length=40), null=True)  # None = every item
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day, inclusive
    evidence = models.CharField(max_length=64, blank=True)
    granted_by = models.CharField(max_length=40)
    channel = models.CharField(max_length=8)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="access_mandate_period",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(name="access_mandate_two_parties", condition=~Q(principal=models.F("agent"))),
            models.CheckConstraint(name="access_mandate_agent_is_a_person", condition=Q(agent__startswith="person:")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="access_mandate_agent", fields=["agent"], condition=Q(revoked_at__isnull=True)),
            models.Index(name="access_mandate_principal", fields=["principal"]),
        ]


class ClientSystem(models.Model):
    """Another system admitted to the interfaces. Its secret and tokens are the library's, stored hashed."""

    client = models.OneToOneField("allauth_idp_oidc.Client", on_delete=models.PROTECT, related_name="system")
    name = models.CharField(max_length=100, unique=True)
    organ = models.CharField(max_length=18, blank=True)  # "" = any organ
    acts = ArrayField(models.CharField(max_length=20))
    areas = ArrayField(models.CharField(max_length=12))
    applicants = ArrayField(models.CharField(max_length=40), null=True)  # None = any applicant
    admitted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    facts = models.PositiveIntegerField(default=0)
