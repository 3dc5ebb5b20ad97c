"""People on posts, their papers, their stand-ins and absences."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from onedoor.orgs.models.organs import Dated, Organ, Post, never_twice


class Staff(Dated):
    """工作人员."""

    job_number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="staff")
    account = models.CharField(max_length=40, null=True, unique=True)  # "account:<id>"
    phone = models.CharField(max_length=40, blank=True)
    certificate = models.CharField("行政执法证号", max_length=40, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(account__isnull=True) | Q(account__startswith="account:"),
                name="orgs_staff_account_is_a_ref",
            ),
        ]


class Assignment(Dated):
    """任职: a person on a post, never twice on the same day."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assignments")
    basis = models.CharField(max_length=120, blank=True)

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, never_twice("orgs_assignment_never_overlaps", "staff_id", "post_id")]


class Authorisation(Dated):
    """授权书 of a chief representative."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="authorisations")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="authorisations")
    document_number = models.CharField(max_length=60)
    acts = ArrayField(models.CharField(max_length=20))
    items = ArrayField(models.CharField(max_length=40), null=True)
    issued_by = models.CharField(max_length=60)
    revoked_on = models.DateField(null=True)
    revoke_reason = models.CharField(max_length=200, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["organ", "document_number"], name="orgs_authorisation_number_is_unique"),
            models.CheckConstraint(condition=Q(valid_to__isnull=False), name="orgs_authorisation_has_an_end"),
            models.CheckConstraint(
                condition=Q(acts__len__gt=0) & ~Q(acts__contains=["extend"]), name="orgs_authorisation_never_extends"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoke_reason=""),
                name="orgs_authorisation_revoked_with_reason",
            ),
        ]


class Cover(Dated):
    """AB 岗."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="covers")
    staff_a = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covers_as_a")
    staff_b = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="covers_as_b")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(staff_a=F("staff_b")), name="orgs_cover_needs_two_people"),
            never_twice("orgs_cover_never_overlaps", "post_id", "staff_a_id", "staff_b_id"),
        ]


class Absence(Dated):
    """离岗."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="absences")
    reason = models.CharField(max_length=120)

    class Meta(Dated.Meta):
        constraints = [*Dated.Meta.constraints, never_twice("orgs_absence_never_overlaps", "staff_id")]
