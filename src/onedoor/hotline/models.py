"""Tables of 我要问: a projection row beside the journal, and what is published. Nobody outside imports them."""

from django.db import models
from django.db.models import Q

from onedoor.hotline.rules import State


class Question(models.Model):
    """咨询: the row that a replay of its journal yields; whatever is personal rests encrypted in ``sealed``."""

    number = models.CharField("编号", max_length=20, unique=True)
    key = models.CharField("幂等键", max_length=100)
    asker = models.CharField("提问人", max_length=80)
    organ = models.CharField("答复机关", max_length=18, default="")
    area = models.CharField("区划", max_length=12)
    item = models.CharField("事项", max_length=40, default="")
    state = models.CharField("状态", max_length=12)
    due = models.DateField("答复期限")
    asked_at = models.DateTimeField("提问时间")
    version = models.IntegerField("版本")
    sealed = models.BinaryField("内容")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="hotline_question_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING.value) | Q(organ=""), name="hotline_question_waits_at_the_desk"
            ),
            models.UniqueConstraint(fields=["key"], name="hotline_question_once"),
        ]
        indexes = [
            models.Index(fields=["organ", "state", "due"], name="hotline_question_owed"),
            models.Index(fields=["state", "area", "due"], name="hotline_question_at_desk"),
            models.Index(fields=["asker", "-id"], name="hotline_question_of"),
        ]


class Entry(models.Model):
    """公开问答: question and answer as an officer worded them, without personal data."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="entries")
    item = models.CharField("事项", max_length=40, default="")
    item_name = models.CharField("事项名称", max_length=200, default="")
    organ = models.CharField("答复机关", max_length=18)
    area = models.CharField("区划", max_length=12)
    asked = models.TextField("问")
    answered = models.TextField("答")
    published_at = models.DateTimeField("公开时间", null=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(withdrawn_at=None), name="hotline_entry_is_public_once"
            )
        ]
        indexes = [models.Index(fields=["-id"], name="hotline_entry_public", condition=Q(withdrawn_at=None))]


class Attempt(models.Model):
    """How often something limited was tried on one day (提问次数、查询码试错): by number, phone or address, hashed."""

    name = models.CharField(max_length=32)
    day = models.DateField()
    count = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="hotline_attempt_daily")]
