"""Tables of divisions and calendars. Nobody outside this context reads them."""

from django.db import models
from django.db.models import Q

from onedoor.areas.rules import DayKind, YearStatus


class Edition(models.Model):
    """One row: the version of everything in this context, so that a process knows when its copy is old."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="areas_edition_is_one_row")]


class Division(models.Model):
    """One unit of the division table (行政区划)."""

    code = models.CharField(max_length=12, primary_key=True)
    level = models.SmallIntegerField()
    name = models.CharField(max_length=60)
    name_normalised = models.CharField(max_length=60, db_index=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    edition = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{12}$"), name="areas_division_code_has_12_digits"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="areas_division_level_is_1_to_5"),
            models.CheckConstraint(
                condition=Q(level=1) | Q(parent__isnull=False), name="areas_division_below_province_has_parent"
            ),
            models.UniqueConstraint(fields=["parent", "name"], name="areas_division_name_is_unique_below_parent"),
        ]


class CalendarYear(models.Model):
    """A year's notice for one area (全国 = twelve zeros)."""

    area = models.CharField(max_length=12)
    year = models.SmallIntegerField()
    notice = models.CharField(max_length=200)
    status = models.CharField(max_length=9, choices=[(s.value, s.value) for s in YearStatus])
    published_on = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="areas_year_is_unique_per_area"),
            models.CheckConstraint(condition=Q(area__regex=r"^[0-9]{12}$"), name="areas_year_area_has_12_digits"),
            models.CheckConstraint(condition=~Q(notice=""), name="areas_year_names_its_notice"),
        ]


class CalendarDay(models.Model):
    """A day that departs from Monday to Friday."""

    calendar_year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=7, choices=[(k.value, k.value) for k in DayKind])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar_year", "date"], name="areas_day_is_unique_per_year"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in DayKind]), name="areas_day_kind_is_known"),
        ]
