"""Two tables that only grow: published versions and withdrawals. A trigger refuses change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Version(models.Model):
    """One published version of one item of one organ. ``content`` is the item's whole tree."""

    code = models.CharField("业务办理项编码", max_length=33)
    number = models.PositiveIntegerField("版本号")
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=80)
    area = models.CharField("行政区划", max_length=12)
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布人", max_length=100)
    effective_from = models.DateField("生效日期")

    class Meta:
        db_table = "items_version"
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="items_version_code_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="items_version_number_positive"),
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9A-Z]{33}$"), name="items_version_code_shape"),
        ]
        indexes = [models.Index(fields=["code", "-number"], name="items_version_newest")]


class Withdrawal(models.Model):
    """暂停 or 取消 of an item: all versions up to ``number`` are no longer offered; a later one is again."""

    code = models.CharField("业务办理项编码", max_length=33)
    number = models.PositiveIntegerField("截至版本号")
    reason = models.TextField("原因")
    withdrawn_at = models.DateTimeField("撤下时间")
    withdrawn_by = models.CharField("撤下人", max_length=100)

    class Meta:
        db_table = "items_withdrawal"
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="items_withdrawal_code_number")]
