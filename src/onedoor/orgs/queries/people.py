"""Posts, who holds them, and what each may do on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from onedoor.areas.rules import prefix_of
from onedoor.journal import queries as journal
from onedoor.journal.rules import Recorded
from onedoor.kernel.actor import Act, Grant, Target, covers
from onedoor.kernel.errors import NotFound
from onedoor.orgs import models, rules
from onedoor.orgs.queries.rows import as_absence, as_authorisation, as_post, as_staff, in_force, period


def post(code: str) -> rules.Post:
    """One post; NotFound otherwise."""
    row = models.Post.objects.select_related("organ").filter(code=code).first()
    if row is None:
        raise NotFound(f"没有编号为 {code} 的岗位。请核对岗位编号。")
    return as_post(row)


def posts(organ_code: str | None = None, on: date | None = None) -> tuple[rules.Post, ...]:
    """Posts of an organ (or of all), in force on a day."""
    rows = models.Post.objects.select_related("organ").order_by("code")
    if organ_code is not None:
        rows = rows.filter(organ__code=organ_code)
    return tuple(map(as_post, rows.filter(in_force(on)) if on else rows))


def staff(staff_id: int) -> rules.Staff:
    """One member of staff; NotFound otherwise."""
    return _one_staff(Q(id=staff_id), "没有这名工作人员。请核对编号。")


def staff_by_job_number(job_number: str) -> rules.Staff:
    """One member of staff by job number; NotFound otherwise."""
    return _one_staff(Q(job_number=job_number), f"没有工号为 {job_number} 的工作人员。请核对工号。")


def staff_by_account(account: str) -> rules.Staff | None:
    """Whoever signs in with this account ("account:<id>"), None for citizens."""
    row = models.Staff.objects.select_related("organ").filter(account=account).first()
    return None if row is None else as_staff(row)


def names_of(accounts: Collection[str]) -> dict[str, str]:
    """The names of those who sign in with these accounts; an account that is nobody's among the staff has none."""
    asked = [account for account in accounts if account]
    found = models.Staff.objects.filter(account__in=asked).values_list("account", "name") if asked else ()
    return {account: name for account, name in found if account}


def staff_of(organ_code: str | None = None, on: date | None = None) -> tuple[rules.Staff, ...]:
    """The staff of an organ (or all of them), in service on a day, by job number."""
    rows = models.Staff.objects.select_related("organ").order_by("job_number")
    if organ_code is not None:
        rows = rows.filter(organ__code=organ_code)
    return tuple(map(as_staff, rows.filter(in_force(on)) if on else rows))


def assignments(*, staff_id: int | None = None, post_code: str | None = None) -> tuple[rules.Assignment, ...]:
    """Appointments of one person or to one post, past ones included, oldest first."""
    rows = models.Assignment.objects.select_related("post").order_by("valid_from", "id")
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    if post_code is not None:
        rows = rows.filter(post__code=post_code)
    return tuple(rules.Assignment(r.id, r.staff_id, r.post.code, period(r), r.basis) for r in rows)


def holders(post_code: str, on: date) -> tuple[rules.Staff, ...]:
    """Who holds a post on a day (absent or not), by job number."""
    rows = models.Staff.objects.select_related("organ").filter(
        in_force(on, "assignments__"), assignments__post__code=post_code
    )
    return tuple(map(as_staff, rows.distinct().order_by("job_number")))


def posts_held(on: date) -> dict[int, tuple[rules.Post, ...]]:
    """Person → the posts held on a day, of everybody who holds any."""
    return {who: tuple(held.post for held in posts) for who, posts in _holdings(Q(), on).items()}


def history(job_number: str) -> tuple[Recorded, ...]:
    """What became of a person in service: 录用, 任免, 离岗, oldest first."""
    return journal.stream(f"staff:{job_number}")


def unstaffed(organ_codes: Collection[str], on: date) -> tuple[rules.Post, ...]:
    """The posts of these organs that nobody holds on a day: what falls to them has no owner."""
    held = models.Assignment.objects.filter(in_force(on), in_force(on, "staff__")).values("post")
    rows = models.Post.objects.select_related("organ").filter(in_force(on), organ__code__in=organ_codes)
    return tuple(map(as_post, rows.exclude(pk__in=held).order_by("organ__code", "code")))


def leaders(organ_code: str, on: date) -> tuple[tuple[rules.Post, rules.Staff], ...]:
    """本机关负责人, 分管领导, 县领导 of an organ with the posts they hold on a day."""
    rows = models.Assignment.objects.select_related("post__organ", "staff__organ").filter(
        in_force(on), in_force(on, "post__"), post__organ__code=organ_code, post__kind__in=sorted(rules.LEADER_KINDS)
    )
    return tuple((as_post(r.post), as_staff(r.staff)) for r in rows.order_by("post__code", "staff__job_number"))


def authorisations(
    *, organ_code: str | None = None, staff_id: int | None = None, on: date | None = None
) -> tuple[rules.Authorisation, ...]:
    """授权书 of an organ or a person; with a day, only those in force on it."""
    rows = models.Authorisation.objects.select_related("organ").order_by("valid_from", "id")
    if organ_code is not None:
        rows = rows.filter(organ__code=organ_code)
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    if on is not None:
        rows = rows.filter(in_force(on) & (Q(revoked_on__isnull=True) | Q(revoked_on__gt=on)))
    return tuple(map(as_authorisation, rows))


def covers_of(post_code: str | None = None) -> tuple[rules.Cover, ...]:
    """AB 岗 of a post, or all of them."""
    rows = models.Cover.objects.select_related("post").order_by("id")
    kept = rows if post_code is None else rows.filter(post__code=post_code)
    return tuple(rules.Cover(r.id, r.post.code, r.staff_a_id, r.staff_b_id, period(r)) for r in kept)


def absences(*, staff_id: int | None = None, on: date | None = None) -> tuple[rules.Absence, ...]:
    """Declared absences of a person, or of everybody on a day."""
    rows = models.Absence.objects.order_by("valid_from")
    if staff_id is not None:
        rows = rows.filter(staff_id=staff_id)
    return tuple(map(as_absence, rows.filter(in_force(on)) if on else rows))


def grants_of(staff_id: int, on: date) -> tuple[Grant, ...]:
    """What a person may do on a day: posts, 授权书, AB cover (``rules.grants_on``). Two statements, six at most."""
    return _grants([staff_id], on)[staff_id]


def _grants(people: Collection[int], on: date) -> dict[int, tuple[Grant, ...]]:
    """The same for many people in as many statements."""
    held = _holdings(Q(staff_id__in=people), on)
    away = absences(on=on)
    chiefs = [who for who, posts in held.items() if any(h.post.kind is rules.PostKind.CHIEF for h in posts)]
    mandates = _mandates(chiefs, on)
    stand_ins = _stand_ins(people, on, away)
    return {
        who: rules.grants_on(
            on,
            holdings=held.get(who, []),
            mandates=mandates.get(who, []),
            stand_ins=stand_ins.get(who, []),
            absences=[a for a in away if a.staff == who],
        )
        for who in people
    }


def _mandates(chiefs: Collection[int], on: date) -> dict[int, list[rules.Mandate]]:
    found: dict[int, list[rules.Mandate]] = {}
    papers = models.Authorisation.objects.select_related("organ").filter(in_force(on), staff_id__in=chiefs)
    for row in papers if chiefs else ():
        found.setdefault(row.staff_id, []).append(rules.Mandate(as_authorisation(row), prefix_of(row.organ.area)))
    return found


def officers(act: Act, target: Target, on: date) -> tuple[rules.Staff, ...]:
    """Who may do this act on this target on this day, cover and 授权书 included: for 「谁在办」."""
    return tuple(one for one, _ in able(act, target, on))


def able(act: Act, target: Target, on: date) -> tuple[tuple[rules.Staff, Grant], ...]:
    """The same with the grant by which each may, their own post before cover: for 系统分发."""
    near = models.Staff.objects.filter(in_force(on), pk__in=_near(act, target, on))
    near_by = list(near.select_related("organ").order_by("job_number"))
    granted = _grants([row.id for row in near_by], on) if near_by else {}
    found = []
    for row in near_by:
        by = [grant for grant in granted[row.id] if covers(grant, act, target)]
        if by:
            found.append((as_staff(row), min(by, key=rules.is_cover)))
    return tuple(found)


def _near(act: Act, target: Target, on: date) -> set[int]:
    """Who holds, covers or is authorised for a post with this act: of these some may, of all others nobody."""
    posts = list(
        models.Post.objects.filter(
            in_force(on), Q(organ__code__in=target.organs) | Q(all_organs=True), acts__contains=[act.value]
        ).values_list("id", flat=True)
    )
    papers = models.Authorisation.objects.filter(organ__code__in=target.organs, acts__contains=[act.value])
    holders = models.Assignment.objects.filter(post__in=posts).values_list("staff_id")
    covers = models.Cover.objects.filter(post__in=posts)
    return {
        who
        for (who,) in holders.union(
            covers.values_list("staff_a_id"), covers.values_list("staff_b_id"), papers.values_list("staff_id")
        )
    }


def _one_staff(condition: Q, missing: str) -> rules.Staff:
    row = models.Staff.objects.select_related("organ").filter(condition).first()
    if row is None:
        raise NotFound(missing)
    return as_staff(row)


def _holdings(who: Q, on: date) -> dict[int, list[rules.Holding]]:
    rows = models.Assignment.objects.select_related("post__organ").filter(who, in_force(on), in_force(on, "staff__"))
    found: dict[int, list[rules.Holding]] = {}
    for row in rows.order_by("post__code"):
        found.setdefault(row.staff_id, []).append(rules.Holding(as_post(row.post), period(row)))
    return found


def _stand_ins(people: Collection[int], on: date, away: Iterable[rules.Absence]) -> dict[int, list[rules.StandIn]]:
    """For whom each of these people stands in today (AB 岗)."""
    absent = {a.staff: a for a in away}
    present = [who for who in people if who not in absent]
    if not absent or not present:
        return {}
    either = Q(staff_a_id__in=present, staff_b_id__in=absent) | Q(staff_b_id__in=present, staff_a_id__in=absent)
    pairs = models.Cover.objects.select_related("post__organ", "staff_a", "staff_b").filter(in_force(on), either)
    if not pairs:
        return {}
    employed = set(models.Staff.objects.filter(in_force(on), id__in=present).values_list("id", flat=True))
    others = _holdings(Q(staff_id__in=absent), on)
    found: dict[int, list[rules.StandIn]] = {}
    for pair in pairs:
        away_is_b = pair.staff_b_id in absent
        me, other = (pair.staff_a, pair.staff_b) if away_is_b else (pair.staff_b, pair.staff_a)
        held = [h for h in others.get(other.id, []) if me.id in employed and h.post.code == pair.post.code]
        found.setdefault(me.id, []).extend(
            rules.StandIn(holding, period(pair), other.job_number, (absent[other.id],)) for holding in held
        )
    return found
