"""Tables of notices. Nobody outside imports them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onedoor.notices.rules import State


class Notice(models.Model):
    """One in-site message to one party or account."""

    to = models.CharField("收件人", max_length=80)
    template = models.CharField("模板", max_length=40)
    title = models.CharField("标题", max_length=80)
    body = models.TextField("正文")
    subject = models.CharField("相关办件", max_length=80, default="")
    area = models.CharField("区划", max_length=12, default="")
    sent_at = models.DateTimeField("发出时间")
    read_at = models.DateTimeField("已读时间", null=True)
    read_by = models.CharField("阅读人", max_length=80, default="")

    class Meta:
        indexes = [
            models.Index(name="notices_notice_to", fields=["to", "-id"]),
            models.Index(name="notices_notice_unread", fields=["to"], condition=Q(read_at=None)),
        ]


class Delivery(models.Model):
    """One message on its way out (发件箱). It holds no address: that is looked up when it leaves."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField("通道", max_length=10)
    text = models.TextField("内容")
    state = models.CharField("状态", max_length=10, default=State.QUEUED)
    tries = models.PositiveIntegerField("次数", default=0)
    due_at = models.DateTimeField("下次投递")
    done_at = models.DateTimeField("完成时间", null=True)
    receipt = models.CharField("回执", max_length=120, default="")
    trouble = models.CharField("原因", max_length=300, default="")
    facts = models.PositiveIntegerField("事实数", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="notices_delivery_state", condition=Q(state__in=[str(s) for s in State])),
            models.UniqueConstraint(name="notices_delivery_once", fields=["notice", "channel"]),
        ]
        indexes = [
            models.Index(name="notices_delivery_due", fields=["due_at"], condition=Q(state="queued")),
            models.Index(name="notices_delivery_dead", fields=["id"], condition=Q(state="dead")),
        ]
