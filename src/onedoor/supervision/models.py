"""Tables of figures: what was counted, sums by day, times by class, and who is looking at what.

A journal follower writes them and nothing else does; they can be thrown away and counted anew from the journal.
"""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """One thing counted, with the case behind it: what a figure's second click shows."""

    measure = models.CharField(max_length=16)
    organ = models.CharField(max_length=18)
    area = models.CharField(max_length=12)
    day = models.DateField()
    case = models.BigIntegerField()
    fact = models.BigIntegerField()

    class Meta:
        db_table = "supervision_tally"
        constraints = [models.UniqueConstraint(fields=["fact", "measure"], name="supervision_tally_once")]
        indexes = [
            models.Index(fields=["organ", "measure", "day", "case"], name="supervision_behind"),
            models.Index(fields=["case", "measure", "day"], name="supervision_of_case"),
        ]


class Daily(models.Model):
    """A measure of an organ on a day in a township: what pages sum up, however long the history."""

    day = models.DateField()
    organ = models.CharField(max_length=18)
    area = models.CharField(max_length=12)
    measure = models.CharField(max_length=16)
    count = models.BigIntegerField()

    class Meta:
        db_table = "supervision_daily"
        constraints = [
            models.UniqueConstraint(fields=["day", "organ", "area", "measure"], name="supervision_daily_once")
        ]


class Pace(models.Model):
    """How many acts of an organ took so long on a day, by class of seconds (``rules.BOUNDS``)."""

    day = models.DateField()
    organ = models.CharField(max_length=18)
    area = models.CharField(max_length=12)
    bound = models.IntegerField()
    count = models.BigIntegerField()

    class Meta:
        db_table = "supervision_pace"
        constraints = [models.UniqueConstraint(fields=["day", "organ", "area", "bound"], name="supervision_pace_once")]


class Opening(models.Model):
    """When an officer first opened a material of a case since the last act on it; gone with the next act."""

    case = models.BigIntegerField()
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "supervision_opening"
        constraints = [models.UniqueConstraint(fields=["case", "actor"], name="supervision_opening_once")]
