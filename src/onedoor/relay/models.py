"""Tables of what is taken in for an organ elsewhere. Private to the context: others call queries and commands."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Relay(models.Model):
    """代收的件: the row that a replay of its journal yields, encrypted.

    ``key``: the one press that took it in. ``waits_until``: after this day somebody should ask what became of it.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True, null=True)
    key = models.CharField(max_length=100)
    clerk = models.CharField(max_length=80)
    area = models.CharField(max_length=12)
    applicant = models.CharField(max_length=40)
    stage = models.CharField(max_length=10)
    is_open = models.BooleanField(default=True)
    version = models.IntegerField(default=0)
    waits_until = models.DateField(null=True)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        db_table = "relay_relay"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["clerk", "key"], name="relay_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "-id"], name="relay_open", condition=models.Q(is_open=True)),
            models.Index(fields=["applicant", "-id"], name="relay_own"),
        ]
