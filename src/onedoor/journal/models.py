"""The journal's tables. Private to the context; rows of ``Entry`` are never changed once written."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now


class Xid8Field(models.BigIntegerField):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit transaction id: never wraps, compares in the order of assignment."""

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return "xid8"


class CurrentXid(Func):
    """The transaction that writes."""

    function = "pg_current_xact_id"
    output_field = Xid8Field()


class ClusterEpoch(Func):
    """The cluster's system identifier: transaction ids of different clusters cannot be compared."""

    function = "onedoor_epoch"
    output_field = models.BigIntegerField()


class ClockTime(Func):
    """The server's clock at this very row."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class Entry(models.Model):
    """One fact. A trigger refuses UPDATE, DELETE and TRUNCATE."""

    id = models.BigAutoField(primary_key=True)
    stream = models.TextField()
    seq = models.IntegerField()
    kind = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=ClockTime())
    actor = models.TextField()
    on_behalf_of = models.TextField(null=True)
    channel = models.TextField()
    entry_mode = models.TextField()
    body = models.JSONField()
    xid = Xid8Field(db_default=CurrentXid())
    epoch = models.BigIntegerField(db_default=ClusterEpoch())

    class Meta:
        db_table = "journal_entry"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="journal_entry_stream_seq", fields=["stream", "seq"]),
            models.CheckConstraint(name="journal_entry_seq_from_one", condition=Q(seq__gte=1)),
            models.CheckConstraint(
                name="journal_entry_entry_mode",
                condition=Q(entry_mode__in=["live", "declared_late", "offline_capture", "import", "simulated"]),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="journal_entry_order", fields=["epoch", "xid", "id"]),
        ]


class Personal(models.Model):
    """One personal value, SM4-GCM encrypted with its salt; deleting the row erases it."""

    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="+", db_index=False)  # has one with name
    name = models.TextField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "journal_personal"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="journal_personal_entry_name", fields=["entry", "name"]),
        ]


class Instance(models.Model):
    """One row at most: whether this instance is a demo, in which simulated facts are allowed."""

    id = models.SmallIntegerField(primary_key=True)
    demo = models.BooleanField()
    declared_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_instance"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="journal_instance_one_row", condition=Q(id=1)),
        ]


class Leaf(models.Model):
    """One sealed fact: its place in the Merkle tree and its leaf hash."""

    index = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "journal_leaf"


class Node(models.Model):
    """One complete subtree above the leaves: level 1 covers two leaves, level 2 four."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "journal_node"


class Checkpoint(models.Model):
    """A signed statement: the first ``size`` facts have this root."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    sealed_at = models.DateTimeField()
    key_id = models.TextField()
    signature = models.BinaryField()

    class Meta:
        db_table = "journal_checkpoint"


class Cursor(models.Model):
    """How far one follower has read: everything up to (epoch, xid, entry) is done."""

    follower = models.TextField(primary_key=True)
    epoch = models.BigIntegerField()
    xid = Xid8Field()
    entry_id = models.BigIntegerField()
    moved_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_cursor"
