"""Tables of persons and legal entities: an identity, and dated versions of what is known about it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from onedoor.registries.rules import EntityKind, EntityStatus, Sex


def one_truth_a_day(name: str, owner: str) -> ExclusionConstraint:
    """Among the versions that were not corrected away, one identity has one version on each day."""
    owners = Func(F(owner), F(owner), Value("[]"), function="int8range")
    days = Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange")
    return ExclusionConstraint(
        name=name,
        expressions=[(owners, RangeOperators.OVERLAPS), (days, RangeOperators.OVERLAPS)],
        condition=Q(superseded_at__isnull=True),
    )


class Known(models.Model):
    """Valid time (valid_from to valid_to, both counted) and recorded time (recorded_at to superseded_at)."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=8)
    area = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="registries_%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="registries_%(class)s_has_a_name"),
            models.CheckConstraint(
                condition=Q(area="") | Q(area__regex=r"^[0-9]{12}$"), name="registries_%(class)s_area_has_12_digits"
            ),
        ]


class Person(models.Model):
    """自然人. The number is sealed (SM4-GCM); equal numbers are found by keyed hash (HMAC-SM3)."""

    number_sealed = models.BinaryField()
    number_hash = models.BinaryField(max_length=32, unique=True)
    number_mask = models.CharField(max_length=24)
    version = models.IntegerField(default=1)


class PersonVersion(Known):
    """What is known about a person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1)
    phone_sealed = models.BinaryField()
    address_sealed = models.BinaryField()

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(condition=Q(sex__in=[s.value for s in Sex]), name="registries_person_sex_is_known"),
            one_truth_a_day("registries_person_one_truth_a_day", "person_id"),
        ]


class LegalEntity(models.Model):
    """法人和其他组织."""

    uscc = models.CharField(max_length=18, unique=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="registries_entity_code_is_a_uscc"
            )
        ]


class EntityVersion(Known):
    """What is known about a legal entity."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=12)
    legal_representative = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="represented_entities"
    )
    address = models.CharField(max_length=200, blank=True)
    phone_sealed = models.BinaryField()
    status = models.CharField(max_length=9)

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in EntityKind]), name="registries_entity_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in EntityStatus]), name="registries_entity_status_is_known"
            ),
            one_truth_a_day("registries_entity_one_truth_a_day", "entity_id"),
        ]


class AccessRecord(models.Model):
    """Who read what about whom, when and for which case. Rows are only ever added (a trigger holds that)."""

    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=80)
    channel = models.CharField(max_length=10)
    party = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    case = models.CharField(max_length=60, blank=True)
    fields = ArrayField(models.CharField(max_length=40))

    class Meta:
        indexes = [models.Index(fields=["party", "-at"], name="registries_access_by_party")]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="registries_access_states_a_purpose")]
