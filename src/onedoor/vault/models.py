"""Tables of the vault. Nobody outside imports them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """One content, however often it was sent."""

    sm3 = models.CharField("SM3", max_length=64, primary_key=True)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=120)
    scan = models.CharField("查毒", max_length=20)
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        constraints = [models.CheckConstraint(name="vault_blob_not_empty", condition=Q(size__gt=0))]


class File(models.Model):
    """One file somebody stored. The id is random: it cannot be guessed, and it alone opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, verbose_name="内容", on_delete=models.PROTECT, related_name="files")
    name = models.CharField("名称", max_length=140)
    owner = models.CharField("存入人", max_length=80)
    subject = models.CharField("归属", max_length=80, default="")
    area = models.CharField("区划", max_length=12, default="")
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        indexes = [
            models.Index(name="vault_file_subject", fields=["subject"], condition=~Q(subject="")),
            models.Index(name="vault_file_loose", fields=["owner"], condition=Q(subject="")),
        ]
