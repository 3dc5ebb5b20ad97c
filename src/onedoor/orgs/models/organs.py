"""Organs and posts."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from onedoor.orgs.rules import OrganKind, OrganLevel, PostKind


def same(field: str) -> Func:
    """A number as a range of one: range types exclude overlaps without any extension of the database."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def days() -> Func:
    """The period of a row, both ends counted."""
    return Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange")


def never_twice(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same ``fields`` on the same day."""
    expressions = [(same(field), RangeOperators.OVERLAPS) for field in fields]
    return ExclusionConstraint(
        name=name, expressions=[*expressions, (days(), RangeOperators.OVERLAPS)], condition=condition
    )


class Dated(models.Model):
    """A row that holds from one day to another, both counted; ``valid_to`` empty = open."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="orgs_%(class)s_ends_after_it_begins",
            )
        ]


class Organ(Dated):
    """机构."""

    code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    level = models.CharField(max_length=8)
    area = models.CharField(max_length=12, db_index=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    reviewed_by = models.CharField(max_length=80, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="orgs_organ_code_is_a_uscc"
            ),
            models.CheckConstraint(condition=Q(area__regex=r"^[0-9]{12}$"), name="orgs_organ_area_has_12_digits"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in OrganKind]), name="orgs_organ_kind_is_known"),
            models.CheckConstraint(
                condition=Q(level__in=[k.value for k in OrganLevel]), name="orgs_organ_level_is_known"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(valid_to__isnull=True), name="orgs_organ_name_is_unique_while_open"
            ),
        ]


class Post(Dated):
    """岗位."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=16)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="posts")
    all_organs = models.BooleanField(default=False)
    area = models.CharField(max_length=12)
    acts = ArrayField(models.CharField(max_length=20))
    items = ArrayField(models.CharField(max_length=40), null=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PostKind]), name="orgs_post_kind_is_known"),
            models.CheckConstraint(condition=Q(area__regex=r"^[0-9]*$"), name="orgs_post_area_is_a_prefix"),
            models.CheckConstraint(condition=Q(acts__len__gt=0), name="orgs_post_has_acts"),
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(valid_to__isnull=True), name="orgs_post_name_is_unique_in_organ"
            ),
        ]
