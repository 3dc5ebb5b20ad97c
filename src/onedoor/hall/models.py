"""Tables of the hall. Private to the context: others call queries and commands."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Visit(models.Model):
    """来访: the row that a replay of its journal yields. ``token`` names it in addresses."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True, null=True)
    token = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=100)
    clerk = models.CharField(max_length=80)
    area = models.CharField(max_length=12)
    applicant = models.CharField(max_length=40)
    stands = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=0)
    holds = models.BooleanField(default=False)
    value = models.JSONField(default=dict)

    class Meta:
        db_table = "hall_visit"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["clerk", "key"], name="hall_visit_once"),
            models.CheckConstraint(
                name="hall_visit_closes_after_it_opens",
                condition=models.Q(closed_at__isnull=True) | models.Q(closed_at__gte=models.F("opened_at")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["clerk", "-id"], name="hall_visit_by_clerk"),
            models.Index(fields=["applicant"], condition=models.Q(holds=True), name="hall_visit_holding"),
        ]
