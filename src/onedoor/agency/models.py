"""Tables of 帮办代办. Nobody outside imports them."""

from django.db import models
from django.db.models import Q

from onedoor.agency.rules import State


class Errand(models.Model):
    """代办: the row that a replay of its journal yields, and beside it the application that waits, encrypted."""

    number = models.CharField("编号", max_length=20, unique=True)
    key = models.CharField("幂等键", max_length=100)
    agent = models.CharField("代办人", max_length=80)
    station = models.CharField("所在机关", max_length=18)
    applicant = models.CharField("申请人", max_length=40)
    area = models.CharField("区划", max_length=12)
    organ = models.CharField("办理机关", max_length=18)
    item = models.CharField("事项", max_length=40)
    state = models.CharField("状态", max_length=12)
    expires = models.DateField("确认期限")
    case = models.CharField("办件编号", max_length=32, default="")
    version = models.IntegerField("版本")
    sealed = models.BinaryField("内容")
    application = models.BinaryField("申请", null=True)
    code = models.CharField("确认码摘要", max_length=64, default="")
    tries = models.IntegerField("已试次数", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="agency_errand_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SUBMITTED.value) | ~Q(case=""), name="agency_errand_submitted_has_case"
            ),
            models.UniqueConstraint(fields=["agent", "key"], name="agency_errand_once"),
        ]
        indexes = [
            models.Index(fields=["station", "state", "expires"], name="agency_errand_waiting"),
            models.Index(fields=["applicant", "-id"], name="agency_errand_of"),
            models.Index(fields=["case"], name="agency_errand_case", condition=~Q(case="")),
            models.Index(fields=["expires"], name="agency_errand_expiry", condition=Q(state=State.WAITING.value)),
        ]
