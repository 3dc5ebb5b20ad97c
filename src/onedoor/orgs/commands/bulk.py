"""Setting up many new things of one import in a few statements, under the rules that hold for one of them.

A file has been checked line by line when this runs; what it cannot know the database's own constraints hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onedoor.journal.rules import Entry, Json
from onedoor.orgs import models
from onedoor.orgs.commands.acts import Deed, period_body
from onedoor.orgs.commands.organs import post_body, post_columns
from onedoor.orgs.commands.sites import site_body, state_body, state_columns
from onedoor.orgs.rules import Period, Post, PostKind, check_separation
from onedoor.orgs.rules.files import CoverLine, SitePlan, StaffLine

Rows = dict[str, models.Organ]


def new_posts(posts: Sequence[Post], deed: Deed) -> list[Entry]:
    """The rows of new posts, and their facts for the caller to append."""
    organs = _organs(deed, (post.organ for post in posts))
    models.Post.objects.bulk_create(
        models.Post(code=post.code, organ=organs[post.organ], **post_columns(post)) for post in posts
    )
    return [deed.fact(f"post:{post.code}", 1, "post_created", body=post_body(post)) for post in posts]


def new_sites(plans: Sequence[SitePlan], deed: Deed) -> list[Entry]:
    """The rows of new places with all their states and devices; a state ends the day before the next begins."""
    organs = _organs(deed, (plan.site.organ for plan in plans if plan.site.organ))
    rows = {
        plan.site.code: models.Site(
            code=plan.site.code,
            name=plan.site.name,
            kind=plan.site.kind,
            area=plan.site.area,
            organ=organs.get(plan.site.organ or ""),
            version=1 + len(plan.states),
        )
        for plan in plans
    }
    models.Site.objects.bulk_create(rows.values())
    above = {row.code: row for row in models.Site.objects.filter(code__in={p.site.parent for p in plans})}
    for plan in plans:
        rows[plan.site.code].parent = above.get(plan.site.parent or "")
    models.Site.objects.bulk_update(rows.values(), ["parent"])
    states = [(rows[plan.site.code], state) for plan in plans for state in plan.states]
    stored = models.SiteState.objects.bulk_create(models.SiteState(site=row, **state_columns(s)) for row, s in states)
    models.Device.objects.bulk_create(
        models.Device(state=row, name=device.name, planned=device.planned, present=device.present)
        for row, (_, state) in zip(stored, states, strict=True)
        for device in state.devices
    )
    return [entry for plan in plans for entry in _site_facts(plan, deed)]


def new_staff(lines: Sequence[StaffLine], deed: Deed) -> list[Entry]:
    """The rows of new people and their appointments. Refused where one would hold posts that must be apart."""
    organs = _organs(deed, (line.organ for line in lines))
    rows = [
        models.Staff(
            job_number=line.job_number,
            name=line.name,
            organ=organs[line.organ],
            phone=line.phone,
            certificate=line.certificate,
            valid_from=line.period.first,
            valid_to=line.period.last,
            version=1 + len(line.posts),
        )
        for line in lines
    ]
    models.Staff.objects.bulk_create(rows)
    codes = {post for line in lines for post in line.posts}
    posts = {p.code: p for p in models.Post.objects.select_related("organ").filter(code__in=codes)}
    places: list[models.Assignment] = []
    for row, line in zip(rows, lines, strict=True):
        places += _places(row, line, posts=posts, deed=deed)
    models.Assignment.objects.bulk_create(places)
    placed: dict[int, list[models.Assignment]] = {}
    for place in places:
        placed.setdefault(place.staff_id, []).append(place)
    pairs = zip(rows, lines, strict=True)
    return [entry for row, line in pairs for entry in _staff_facts(line, placed.get(row.id, []), deed)]


def new_covers(covers: Sequence[CoverLine], deed: Deed) -> list[Entry]:
    """The rows of new AB 岗, and their facts in the stream of A."""
    numbers = {number for cover in covers for number in (cover.a, cover.b)}
    people = models.Staff.objects.select_for_update().in_bulk(numbers, field_name="job_number")
    posts = models.Post.objects.select_related("organ").in_bulk({c.post for c in covers}, field_name="code")
    rows = []
    for cover in covers:
        organ = posts[cover.post].organ
        deed.check(organ.code, organ.area)
        a, b = people[cover.a], people[cover.b]
        dates = {"valid_from": cover.period.first, "valid_to": cover.period.last}
        rows.append(models.Cover(post=posts[cover.post], staff_a=a, staff_b=b, **dates))
    models.Cover.objects.bulk_create(rows)
    entries = []
    for row, cover in zip(rows, covers, strict=True):
        a = people[cover.a]
        a.version += 1
        body: dict[str, Json] = {"cover": row.id, "post": cover.post, "with": cover.b, **period_body(cover.period)}
        entries.append(deed.fact(f"staff:{a.job_number}", a.version, "cover_agreed", body=body))
    models.Staff.objects.bulk_update({c.a: people[c.a] for c in covers}.values(), ["version"])
    return entries


def _organs(deed: Deed, codes: Iterable[str]) -> Rows:
    rows: Rows = models.Organ.objects.in_bulk(set(codes), field_name="code")
    for row in rows.values():
        deed.check(row.code, row.area)
    return rows


def _places(
    row: models.Staff, line: StaffLine, *, posts: dict[str, models.Post], deed: Deed
) -> list[models.Assignment]:
    kinds = [PostKind(posts[code].kind) for code in line.posts]
    for number, kind in enumerate(kinds):
        check_separation(kinds[:number], kind)
    made = []
    for code in line.posts:
        post = posts[code]
        deed.check(post.organ.code, post.organ.area)
        since = max(line.period.first, post.valid_from)
        made.append(models.Assignment(staff=row, post=post, valid_from=since, valid_to=line.period.last, basis="导入"))
    return made


def _staff_facts(line: StaffLine, places: Sequence[models.Assignment], deed: Deed) -> list[Entry]:
    stream = f"staff:{line.job_number}"
    body: dict[str, Json] = {"organ": line.organ, **period_body(line.period)}
    if line.certificate:
        body["certificate"] = line.certificate
    entries = [deed.fact(stream, 1, "staff_enrolled", body=body, personal={"name": line.name})]
    for number, place in enumerate(places, start=2):
        period = period_body(Period(place.valid_from, place.valid_to))
        about: dict[str, Json] = {"assignment": place.id, "post": place.post.code, "basis": place.basis, **period}
        entries.append(deed.fact(stream, number, "staff_appointed", body=about))
    return entries


def _site_facts(plan: SitePlan, deed: Deed) -> list[Entry]:
    stream = f"site:{plan.site.code}"
    entries = [deed.fact(stream, 1, "site_opened", body=site_body(plan.site))]
    for number, state in enumerate(plan.states, start=2):
        entries.append(deed.fact(stream, number, "site_state_recorded", body=state_body(state)))
    return entries
