"""Places where people are served, and what holds of them from day to day."""

from django.db import models
from django.db.models import Q

from onedoor.orgs.models.organs import Dated, Organ, never_twice
from onedoor.orgs.rules import SiteKind, SiteRole, SiteStatus


class Site(models.Model):
    """办事场所."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16)
    area = models.CharField(max_length=12, db_index=True)
    organ = models.ForeignKey(Organ, null=True, on_delete=models.PROTECT, related_name="sites")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in SiteKind]), name="orgs_site_kind_is_known"),
            models.CheckConstraint(condition=Q(area__regex=r"^[0-9]{12}$"), name="orgs_site_area_has_12_digits"),
        ]


class SiteState(Dated):
    """What holds of a site during a period; periods of one site never overlap."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="states")
    status = models.CharField(max_length=8)
    role = models.CharField(max_length=7)
    address = models.CharField(max_length=120, blank=True)
    area_m2 = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    opening_hours = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in SiteStatus]), name="orgs_site_status_is_known"
            ),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in SiteRole]), name="orgs_site_role_is_known"),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="orgs_site_area_is_positive"
            ),
            never_twice("orgs_site_state_never_overlaps", "site_id"),
        ]


class Device(models.Model):
    """设备配备: planned and present."""

    state = models.ForeignKey(SiteState, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(max_length=40)
    planned = models.IntegerField()
    present = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "name"], name="orgs_device_is_unique_per_state"),
            models.CheckConstraint(condition=Q(planned__gte=0, present__gte=0), name="orgs_device_counts_are_natural"),
        ]
