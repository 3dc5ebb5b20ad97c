"""Tables of cases: a projection row beside the journal, what is owed, drafts, and submissions by key."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Submission(models.Model):
    """One submitting request by its idempotency key (幂等键); its id numbers the case."""

    id = models.BigAutoField(primary_key=True)
    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_submission"
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="cases_submission_once")]


class Case(models.Model):
    """办件: the row that a replay of its journal yields."""

    id = models.BigIntegerField(primary_key=True)
    number = models.CharField(max_length=32, unique=True)
    item = models.CharField(max_length=40)
    item_version = models.BigIntegerField()
    item_name = models.CharField(max_length=200)
    organ = models.CharField(max_length=18)
    organs = ArrayField(models.CharField(max_length=18))
    area = models.CharField(max_length=12)
    applicant = models.CharField(max_length=40)
    applicant_name = models.CharField(max_length=200, null=True)
    agent = models.CharField(max_length=80, null=True)
    state = models.CharField(max_length=16)
    outcome = models.CharField(max_length=16, null=True)
    version = models.IntegerField()
    received = models.DateField()
    due = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    closed = models.DateField(null=True)
    next_alarm_at = models.DateTimeField(null=True)
    joint = models.CharField(max_length=32, default="", db_default="")  # the case of the bundle that it is part of
    public_until = models.DateField(null=True)  # until then the public page shows it
    taken_over = models.BooleanField(default=False, db_default=False)  # by the applicant from the agent (转回本人)
    value = models.JSONField()

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(fields=["applicant", "-id"], name="cases_by_applicant"),
            models.Index(fields=["organ", "-id"], name="cases_by_organ"),
            GinIndex(fields=["organs"], name="cases_by_any_organ"),
            models.Index(fields=["next_alarm_at"], name="cases_alarm", condition=~models.Q(next_alarm_at=None)),
            models.Index(fields=["area"], name="cases_provisional", condition=models.Q(provisional=True)),
            models.Index(fields=["applicant"], name="cases_waiting", condition=models.Q(state="supplement")),
            models.Index(
                fields=["item", "id"],
                name="cases_running",
                condition=models.Q(state__in=["submitted", "supplement", "accepted"]),
            ),
            models.Index(fields=["joint"], name="cases_of_bundle", condition=~models.Q(joint="")),
            models.Index(
                fields=["id"],
                name="cases_dated",
                condition=~models.Q(due=None) | ~models.Q(next_alarm_at=None),
            ),
            models.Index(fields=["public_until"], name="cases_public", condition=~models.Q(public_until=None)),
            # No index looks into ``value``: what changes nothing else would then write every index anew.
            models.Index(fields=["agent"], name="cases_given_back", condition=models.Q(taken_over=True)),
        ]


class CaseStep(models.Model):
    """环节记录: what became of one step of a case. With its row what a replay of the journal yields.

    In rows of their own, so that an opinion costs the same whether three or three hundred were asked for.
    """

    pk = models.CompositePrimaryKey("case", "key")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="done", db_index=False)
    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        db_table = "cases_step"


class Task(models.Model):
    """待办: what one organ owes on one case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    act = models.CharField(max_length=20)
    organ = models.CharField(max_length=18)
    area = models.CharField(max_length=12)
    item = models.CharField(max_length=40)
    due = models.DateField(null=True)
    clock = models.CharField(max_length=12, default="", db_default="")  # the limit that ``due`` is the end of
    holder = models.CharField(
        max_length=80, default="", db_default=""
    )  # whom it was handed to (移交); "" = nobody by name
    assignee = models.CharField(max_length=80, default="", db_default="")  # whom it went to by itself (系统分发)
    because = models.JSONField(null=True)  # why; or who was told that nobody can do it

    class Meta:
        db_table = "cases_task"
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="cases_task_once")]
        indexes = [
            models.Index(  # by alarm; counting reads the index alone
                fields=["organ", "due", "case", "key"], include=["act", "area", "holder"], name="cases_inbox"
            ),
            models.Index(fields=["act"], name="cases_acts"),  # for whoever acts for all organs of an area
            models.Index(
                fields=["id"],
                name="cases_undispatched",
                condition=models.Q(assignee="", because__isnull=True, holder=""),
            ),
            models.Index(fields=["assignee"], name="cases_assigned", condition=~models.Q(assignee="")),
            models.Index(fields=["holder"], name="cases_handed_to", condition=~models.Q(holder="")),
        ]


class Receipt(models.Model):
    """财政票据: each stands for one payment of one case (缴费), whoever records it where."""

    number = models.CharField(max_length=40, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "cases_receipt"


class Reminder(models.Model):
    """办件提醒: that the officers were told once that a task or a limit of a case turned yellow or red."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    due = models.DateField()
    level = models.CharField(max_length=6)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_reminder"
        constraints = [models.UniqueConstraint(fields=["case", "key", "due", "level"], name="cases_reminder_once")]


class Draft(models.Model):
    """草稿: answers and files of an application not yet handed in; only its owner sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.CharField(max_length=80)
    applicant = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    item_version = models.BigIntegerField()
    item_name = models.CharField(max_length=200)
    sealed = models.BinaryField()
    version = models.IntegerField(default=1)
    updated = models.DateTimeField()
    ends = models.DateField(null=True)

    class Meta:
        db_table = "cases_draft"
        indexes = [models.Index(fields=["owner", "-updated"], name="cases_drafts_of")]


class SavedFilter(models.Model):
    """常用筛选: what one officer asks of the inbox, under a name of their own."""

    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=30)
    wanted = models.JSONField()

    class Meta:
        db_table = "cases_saved_filter"
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="cases_saved_filter_once")]


class Opinion(models.Model):
    """意见模板: words for an act, of one officer (``owner``) or of a whole organ (``organ``)."""

    owner = models.CharField(max_length=80, default="")
    organ = models.CharField(max_length=18, default="")
    act = models.CharField(max_length=20)
    item = models.CharField(max_length=40, default="")  # "" = every item
    name = models.CharField(max_length=30)
    text = models.CharField(max_length=2000)

    class Meta:
        db_table = "cases_opinion"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner="") ^ models.Q(organ=""), name="cases_opinion_has_one_owner"
            ),
            models.UniqueConstraint(fields=["owner", "organ", "act", "item", "name"], name="cases_opinion_once"),
        ]


class Presence(models.Model):
    """谁也打开着: which officer looked at which case last when. Unlogged, swept away, never journalled."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    seen = models.DateTimeField()

    class Meta:
        db_table = "cases_presence"
        constraints = [models.UniqueConstraint(fields=["case", "actor"], name="cases_presence_once")]


class MoveRun(models.Model):
    """迁移批次: running cases of one item moved to one version, or moved back, case by case up to ``last``.

    ``chosen``: these cases only; null = all. ``undoes``: the batch that this one takes back. ``seq``: its journal.
    """

    item = models.CharField(max_length=40)
    target = models.BigIntegerField()
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    chosen = ArrayField(models.BigIntegerField(), null=True)
    state = models.CharField(max_length=10)
    total = models.IntegerField()
    last = models.BigIntegerField(default=0)
    seq = models.IntegerField(default=0)
    started_by = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_move_run"
        indexes = [models.Index(fields=["item", "-id"], name="cases_move_runs")]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(state__in=["running", "stopped"]), name="cases_move_run_one_open"
            )
        ]


class MoveResult(models.Model):
    """What became of one case in a batch: ``outcome``, and why where it stayed (``reason``)."""

    run = models.ForeignKey(MoveRun, on_delete=models.CASCADE, related_name="results")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=8)
    reason = models.CharField(max_length=2000, default="")

    class Meta:
        db_table = "cases_move_result"
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="cases_move_result_once")]


class Guess(models.Model):
    """Wrong query passwords of one case on one day (查询密码试错)."""

    number = models.CharField(max_length=32)
    day = models.DateField()
    count = models.IntegerField(default=1)

    class Meta:
        db_table = "cases_guess"
        constraints = [models.UniqueConstraint(fields=["number", "day"], name="cases_guess_daily")]
