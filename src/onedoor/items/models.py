"""Versions, standards and withdrawals only grow (a trigger refuses change); drafts are what is being worked on."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onedoor.items.rules.drafting import OPEN, DraftState


class Standard(models.Model):
    """基本目录: one published version of what one level sets for an item."""

    family = models.CharField("基本编码和序号", max_length=14)
    level = models.CharField("层级", max_length=1)
    area = models.CharField("行政区划", max_length=12)
    name = models.CharField("标准名称", max_length=200)
    number = models.PositiveIntegerField("版本号")
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=80)
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布人", max_length=100)
    effective_from = models.DateField("生效日期")

    class Meta:
        db_table = "items_standard"
        constraints = [
            models.UniqueConstraint(fields=["family", "area", "number"], name="items_standard_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="items_standard_number_positive"),
        ]


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
    own = models.JSONField("本级规定", default=dict)
    standards = ArrayField(models.BigIntegerField(), verbose_name="所依据的标准版本", default=list)

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


class Draft(models.Model):
    """A list or a standard being worked on: what its level sets, until a second person publishes it."""

    code = models.CharField("业务办理项编码", max_length=33, default="")
    family = models.CharField("基本编码和序号", max_length=14)
    level = models.CharField("层级", max_length=1)
    area = models.CharField("行政区划", max_length=12)
    organ = models.CharField("实施主体", max_length=18, default="")
    organ_name = models.CharField("名称", max_length=200)
    title = models.CharField("事项名称", max_length=1000)
    own = models.JSONField("本级规定")
    number = models.PositiveIntegerField("起草时的版本号")
    state = models.CharField("状态", max_length=12)
    version = models.PositiveIntegerField("修改次数")
    effective_from = models.DateField("生效日期", null=True)
    reason = models.TextField("说明", default="")
    touched_at = models.DateTimeField("最近改动时间")
    drafted_by = models.CharField("起草人", max_length=100)
    submitted_by = models.CharField("送审人", max_length=100, default="")

    class Meta:
        db_table = "items_draft"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DraftState]), name="items_draft_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["family", "area", "organ"], condition=Q(state__in=list(OPEN)), name="items_draft_one_open"
            ),
            models.CheckConstraint(condition=~Q(state="submitted") | ~Q(submitted_by=""), name="items_draft_submitter"),
        ]
        indexes = [models.Index(fields=["organ", "-touched_at"], name="items_draft_of_organ")]
