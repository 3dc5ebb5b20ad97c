"""Licences as rows."""

from __future__ import annotations

from django.db import models


class Licence(models.Model):
    """电子证照."""

    number = models.CharField(max_length=40, unique=True)
    identifier = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    case = models.CharField(max_length=32)
    item = models.CharField(max_length=40)
    holder = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=18)
    issuer_name = models.CharField(max_length=100)
    area = models.CharField(max_length=12)
    issued = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    token = models.CharField(max_length=24, unique=True)
    ended = models.CharField(max_length=12, null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=64, default="")
    file = models.UUIDField(null=True)

    class Meta:
        db_table = "licences_licence"
        indexes = [
            models.Index(fields=["holder", "-issued"], name="licences_of_holder"),
            models.Index(fields=["case"], name="licences_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended=None), name="licences_one_of_a_case"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="licences_period",
            ),
        ]
