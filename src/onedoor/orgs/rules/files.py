"""A county's organs, posts, places and people as one file or several: parsed, checked, with every fault located."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from onedoor.areas.rules import prefix_of
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import FieldError
from onedoor.orgs.rules.organs import check_organ, check_site, check_state
from onedoor.orgs.rules.posts import KIND_ACTS, Post, PostKind, check_authorisation, check_post
from onedoor.orgs.rules.reader import Faults, Node, load
from onedoor.orgs.rules.values import (
    Authorisation,
    Device,
    Organ,
    OrganKind,
    OrganLevel,
    Period,
    Site,
    SiteKind,
    SiteRole,
    SiteState,
    SiteStatus,
)


@dataclass(frozen=True, slots=True)
class Known:
    """Codes that exist already and may be referred to."""

    areas: frozenset[str]
    organs: dict[str, str]  # code → area
    posts: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A place and all its states."""

    site: Site
    states: tuple[SiteState, ...]


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person and the posts they hold from their first day."""

    job_number: str
    name: str
    organ: str
    period: Period
    phone: str
    posts: tuple[str, ...]
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A 授权书 whose holder is named by job number."""

    holder: str
    paper: Authorisation


@dataclass(frozen=True, slots=True)
class CoverLine:
    """An AB 岗 whose two people are named by job number."""

    post: str
    a: str
    b: str
    period: Period


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything one file says."""

    organs: tuple[Organ, ...] = ()
    posts: tuple[Post, ...] = ()
    sites: tuple[SitePlan, ...] = ()
    staff: tuple[StaffLine, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    covers: tuple[CoverLine, ...] = ()


def parse(text: str, *, name: str, known: Known) -> Blueprint:
    """One file as a blueprint; Invalid lists every fault with file, line, field and rule."""
    faults = Faults(name)
    top = load(text, faults)
    reading = _Reading(faults, known)
    sets = top.node("post_sets")
    organs: list[Organ] = []
    posts: list[Post] = []
    for node in top.nodes("organs"):
        organ = reading.organ(node)
        organs.append(organ)
        posts += reading.posts(node, organ, sets)
        node.finish()
    for node in top.nodes("posts"):
        posts.append(reading.lone_post(node))
    plan = Blueprint(
        tuple(organs),
        tuple(posts),
        tuple(reading.site(node) for node in top.nodes("sites")),
        tuple(reading.person(node) for node in top.nodes("staff")),
        tuple(reading.paper(node) for node in top.nodes("authorisations")),
        tuple(reading.cover(node) for node in top.nodes("covers")),
    )
    top.finish()
    faults.raise_any()
    return plan


class _Reading:
    """The file so far: later parts may refer to earlier ones and to what is known."""

    def __init__(self, faults: Faults, known: Known) -> None:
        self.faults = faults
        self.areas = known.areas
        self.organs = dict(known.organs)
        self.posts_known = set(known.posts)
        self.sites_known = set(known.sites)
        self.staff_known = set(known.staff)
        self.seen: set[tuple[str, str]] = set()

    def organ(self, node: Node) -> Organ:
        organ = Organ(
            node.text("code", required=True),
            node.text("name", required=True),
            node.text("short_name", required=True),
            node.choice("kind", OrganKind),
            node.choice("level", OrganLevel),
            self._area(node),
            self._refer(node, "parent", self.organs) or None,
            node.period(),
            node.text("phone"),
            node.text("address"),
            node.text("reviewed_by"),
        )
        self._once(node, "code", organ.code)
        self._note(node, check_organ(organ))
        self.organs[organ.code] = organ.area
        return organ

    def posts(self, node: Node, organ: Organ, sets: Node) -> list[Post]:
        key, chosen = node.text("key"), node.text("post_set")
        rows = [*node.nodes("posts")]
        if chosen and chosen not in sets.map:
            node.fault("post_set", f"没有名为“{chosen}”的岗位组。")
        elif chosen:
            rows += [*sets.nodes(chosen)]
        if rows and not key:
            node.fault("key", "有岗位的机构须有简码（岗位编号的前半段）。")
        return [self._post(row, organ.code, prefix=f"{key}.", since=organ.period) for row in rows]

    def lone_post(self, node: Node) -> Post:
        organ = self._refer(node, "organ", self.organs, required=True)
        return self._post(node, organ, prefix="", since=node.period())

    def _post(self, node: Node, organ: str, *, prefix: str, since: Period) -> Post:
        kind = node.choice("kind", PostKind)
        acts, items = node.texts("acts"), node.texts("items")
        if unknown := set(acts or ()) - {act.value for act in Act}:
            node.fault("acts", f"没有这些职责：{'、'.join(sorted(unknown))}。")
        chosen = KIND_ACTS[kind] if acts is None else frozenset(Act(a) for a in acts if a not in unknown)
        post = Post(
            prefix + node.text("code", required=True),
            node.text("name", required=True),
            kind,
            organ,
            self._part(node, organ),
            chosen,
            None if items is None else frozenset(items),
            since,
            node.raw("all_organs") is True,
        )
        self._note(node, check_post(kind, post.acts))
        self._once(node, "code", post.code)
        self.posts_known.add(post.code)
        node.finish()
        return post

    def _part(self, node: Node, organ: str) -> str:
        """The part of its organ's area that a post is for (a village of a township); all of it where none is named."""
        whole, part = prefix_of(self.organs.get(organ, "")), node.text("area")
        if part and (part not in self.areas or not part.startswith(whole)):
            node.fault("area", f"{part} 不是这个机关所管的区划。")
        return prefix_of(part) if part else whole

    def site(self, node: Node) -> SitePlan:
        kind = node.choice("kind", SiteKind)
        site = Site(
            node.text("code", required=True),
            node.text("name", required=True),
            kind,
            self._area(node),
            self._refer(node, "organ", self.organs) or None,
            self._refer(node, "parent", self.sites_known) or None,
            None,
        )
        self._note(node, check_site(site))
        self._once(node, "code", site.code)
        self.sites_known.add(site.code)
        states = tuple(self._state(one, kind) for one in node.nodes("states"))
        if not states:
            node.fault("states", "至少要有一段状态。")
        node.finish()
        return SitePlan(site, states)

    def _state(self, node: Node, kind: SiteKind) -> SiteState:
        devices = node.node("devices")
        state = SiteState(
            node.period(),
            node.choice("status", SiteStatus),
            node.choice("role", SiteRole),
            node.text("address"),
            node.decimal("area_m2"),
            node.text("opening_hours"),
            node.text("phone"),
            tuple(_device(devices, str(name)) for name in devices.map),
            node.text("note"),
        )
        self._note(node, check_state(kind, state))
        node.finish()
        return state

    def person(self, node: Node) -> StaffLine:
        line = StaffLine(
            node.text("job_number", required=True),
            node.text("name", required=True),
            self._refer(node, "organ", self.organs, required=True),
            node.period(),
            node.text("phone"),
            node.texts("posts") or (),
            node.text("certificate"),
        )
        for post in line.posts:
            if post not in self.posts_known:
                node.fault("posts", f"没有编号为 {post} 的岗位。")
        self._once(node, "job_number", line.job_number)
        self.staff_known.add(line.job_number)
        node.finish()
        return line

    def paper(self, node: Node) -> PaperLine:
        acts = node.texts("acts") or ()
        if unknown := set(acts) - {act.value for act in Act}:
            node.fault("acts", f"没有这些职责：{'、'.join(sorted(unknown))}。")
        items = node.texts("items")
        paper = Authorisation(
            id=0,
            staff=0,
            organ=self._refer(node, "organ", self.organs, required=True),
            document_number=node.text("document_number", required=True),
            acts=frozenset(Act(a) for a in acts if a not in unknown),
            items=None if items is None else frozenset(items),
            period=node.period(),
            issued_by=node.text("issued_by", required=True),
        )
        self._note(node, check_authorisation(paper))
        holder = self._refer(node, "holder", self.staff_known, required=True)
        node.finish()
        return PaperLine(holder, paper)

    def cover(self, node: Node) -> CoverLine:
        post = self._refer(node, "post", self.posts_known, required=True)
        a = self._refer(node, "a", self.staff_known, required=True)
        b = self._refer(node, "b", self.staff_known, required=True)
        if a == b:
            node.fault("b", "A 岗和 B 岗不能是同一个人。")
        line = CoverLine(post, a, b, node.period())
        node.finish()
        return line

    def _area(self, node: Node) -> str:
        area = node.text("area", required=True)
        if area and area not in self.areas:
            node.fault("area", f"区划表中没有代码 {area}；请先加载区划（areas load 命令）。")
        return area

    def _refer(self, node: Node, key: str, known: Iterable[str], *, required: bool = False) -> str:
        value = node.text(key, required=required)
        if value and value not in known:
            node.fault(key, f"“{value}”不存在；被引用的要写在前面，或已经加载。")
        return value

    def _once(self, node: Node, key: str, value: str) -> None:
        if value and (key, value) in self.seen:
            node.fault(key, f"“{value}”在文件中重复。")
        self.seen.add((key, value))

    def _note(self, node: Node, errors: Iterable[FieldError]) -> None:
        for error in errors:
            if node.map.get(error.field) or error.field not in ("code", "name", "short_name"):
                node.fault(error.field, error.message)


def _device(node: Node, name: str) -> Device:
    value = node.raw(name)
    counts = [int(n) for n in value if isinstance(n, int)] if isinstance(value, list) else []
    if len(counts) == 2 == len(value):
        return Device(name, counts[0], counts[1])
    node.fault(name, "写作 [计划数, 现有数]。")
    return Device(name, 0, 0)


def rounded(state: SiteState) -> SiteState:
    """The state as a table holds it: one decimal of a square metre."""
    return state if state.area_m2 is None else replace(state, area_m2=state.area_m2.quantize(Decimal("0.1")))
