"""Work on the catalogue: claim an item, change what one's level may set, submit it; a second person publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction

from onedoor.items import queries
from onedoor.items.commands.publishing import Publication, Ready, starting, store
from onedoor.items.commands.standards import StandardPublication, publish_standards_within
from onedoor.items.models import Draft as Row
from onedoor.items.rules import Item, Level, OrganKind, PowerSource, decode
from onedoor.items.rules.drafting import Draft, DraftState, Move, change, check_move, kept
from onedoor.items.rules.layers import LEVELS, deviations, fold
from onedoor.items.rules.recomposing import check_changes, recomposed
from onedoor.items.rules.standards import Standard, StandardVersion, level_of
from onedoor.items.rules.uploads import SUBJECT, UPLOADED
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.tree import Malformed, Path, place
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

_IDENTITY = ("organ", "organ_name", "organ_kind", "level", "area", "power_source", "entrusted_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """The organ that claims an item (认领), at its level, by its source of power."""

    organ: str
    organ_name: str
    level: Level
    area: str
    organ_kind: OrganKind = OrganKind.STATUTORY
    power_source: PowerSource = PowerSource.OWN
    entrusted_by: str = ""


@transaction.atomic(durable=True)
def claim(family: str, *, claimant: Claimant, by: Actor, at: datetime, like: str = "") -> Draft:
    """Claim an item of the base catalogue for an organ: a draft that inherits all that the levels above set.

    ``like``: a published list of the same item whose local values it starts from. Forbidden; NotFound without a
    standard over the place; Conflict where the organ has the item, or a draft of it, already.
    """
    over = queries.standards_over(family, area=claimant.area, on=local_date(at))
    if not over:
        raise NotFound("基本目录里没有这个事项，不能认领。请先由上级发布标准。")
    above = fold([standard.layer for standard in over], queries.policies())
    identity = {name: str(getattr(claimant, name)) for name in _IDENTITY if getattr(claimant, name)}
    code = f"{claimant.organ}{claimant.level}{family}"
    if code in queries.newest([code]):
        raise Conflict("本机关已经有这个事项，请直接修改它的清单。")
    own = identity if not like else {**_local_of(like, family, above_cells=above.cells), **identity}
    draft = Draft(
        id=0,
        code=code,
        family=family,
        level=claimant.level,
        area=claimant.area,
        organ=claimant.organ,
        organ_name=claimant.organ_name,
        title=str(above.cells["name",]),
        own=own,
        number=0,
        state=DraftState.DRAFT,
        version=1,
        touched_at=at,
        drafted_by=by.ref,
    )
    return _open(draft, by)


def _local_of(like: str, family: str, *, above_cells: Mapping[Path, Any]) -> dict[str, Any]:
    """What another list of the item says itself, without who implements it."""
    published = queries.published(like)
    if published.family != family:
        raise Refused("not_alike", "参照的清单不是同一个事项，请另选一个。")
    own = dict(queries.lineage(published.id).own.content)
    return {name: value for name, value in own.items() if name not in {*_IDENTITY, "local_code", "implementers"}}


@transaction.atomic(durable=True)
def open_draft(code: str, *, by: Actor, at: datetime) -> Draft:
    """Begin to change a published list. Forbidden; NotFound; Conflict while another draft of it is open."""
    return _open(_of_published(code, by=by, at=at), by)


@transaction.atomic(durable=True)
def open_standard(family: str, *, area: str, by: Actor, at: datetime, name: str = "") -> Draft:
    """Begin to change the standard of a level, or to set one where it has none yet (``name``: what it is called).

    Forbidden for who does not work on that level's own; NotFound where no level knows the item; Conflict while
    another draft of it is open.
    """
    held = queries.newest_standards([(family, area)]).get((family, area)) or _first(family, area, name=name, at=at)
    draft = Draft(
        id=0,
        code="",
        family=family,
        level=held.level,
        area=area,
        organ="",
        organ_name=held.name,
        title=str(held.content["name"]),
        own=held.content,
        number=held.number,
        state=DraftState.DRAFT,
        version=1,
        touched_at=at,
        drafted_by=by.ref,
    )
    return _open(draft, by)


def _first(family: str, area: str, *, name: str, at: datetime) -> StandardVersion:
    """The standard of a level that has none yet: no more than which item it is of."""
    on, level = local_date(at), level_of(area)
    above = fold([one.layer for one in queries.standards_over(family, area=area, on=on)], queries.policies())
    if not above.cells:
        raise NotFound("基本目录里没有这个事项。请先由上级发布标准。")
    content = {"name": above.cells["name",], "basic_code": family[:12], "sequence": family[12:]}
    name = name.strip() or f"{LEVELS[level]}事项标准"
    return StandardVersion(
        family=family, level=level, area=area, name=name, content=content, id=0, number=0, effective_from=on
    )


@transaction.atomic(durable=True)
def change_draft(id: int, changes: Mapping[Path, Any], *, by: Actor, at: datetime, version: int) -> Draft:
    """Set values, or take them away (``INHERIT``). Invalid names each that the levels above do not allow, and why.

    Forbidden; NotFound; Conflict where the page is stale; Refused once it was submitted.
    """
    return _changed(_changeable(id, by=by, version=version), changes, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that somebody sends: its name and its bytes."""

    name: str
    content: BinaryIO | bytes


@transaction.atomic(durable=True)
def upload_paper(id: int, path: Path, sheet: Sheet, *, by: Actor, at: datetime, version: int) -> Draft:
    """Put a file in place of the form, or the sample, made from the item (``materials``, key, ``blank_file``).

    Invalid for what the vault does not take (type, size, emptiness), Refused for a virus; else as ``change_draft``.
    """
    draft = _changeable(id, by=by, version=version)
    if len(path) != 3 or path[0] != "materials" or path[2] not in UPLOADED:
        raise NotFound("这里不能上传文件。")
    kept = vault.store(sheet.content, name=sheet.name, by=by, at=at, to=Binding(SUBJECT, draft.area))
    return _changed(draft, {path: {"name": kept.name, "sm3": kept.sm3}}, by=by, at=at)


def _changeable(id: int, *, by: Actor, version: int) -> Draft:
    draft = _locked(id, Act.MANAGE_ITEMS, by=by, version=version)
    check_move(draft, Move.CHANGE, by=by.ref)
    return draft


def _changed(draft: Draft, changes: Mapping[Path, Any], *, by: Actor, at: datetime) -> Draft:
    check_changes(draft.own, changes)
    try:
        own = change(queries.above(draft, on=local_date(at)), draft, changes)
        own = recomposed(own, _members(own)) if own.get("members") else own
    except Malformed as malformed:
        raise Invalid(malformed.errors) from malformed
    changed: list[Json] = [place(path) for path in changes]
    return _store(replace(draft, own=own), "item_draft_changed", {"fields": changed}, by=by, at=at)


@transaction.atomic(durable=True)
def submit_draft(
    id: int, *, by: Actor, at: datetime, version: int, effective_from: date | None = None, reason: str = ""
) -> Draft:
    """Send a draft to its reviewer (送审). Invalid with all that the checker, or the levels above, hold against it.

    Refused where it would publish what is published already: a reviewer's time is for changes.
    """
    draft = _locked(id, Act.MANAGE_ITEMS, by=by, version=version)
    check_move(draft, Move.SUBMIT, by=by.ref)
    start = starting(effective_from, at=at)
    if queries.unchanged(draft, on=start):
        raise Refused(
            "nothing_changed", "这份草稿没有任何改动，不必送审。请先修改要改的内容再送审；不改了，请点「放弃」。"
        )
    (_ready if draft.code else _sound)(draft, on=start)
    draft = replace(
        draft, state=DraftState.SUBMITTED, submitted_by=by.ref, effective_from=effective_from, reason=reason.strip()
    )
    return _store(draft, "item_draft_submitted", {"reason": draft.reason}, by=by, at=at)


@transaction.atomic(durable=True)
def send_back_draft(id: int, *, reason: str, by: Actor, at: datetime, version: int) -> Draft:
    """Return a draft to its drafter (退回). Refused without a reason."""
    draft = _locked(id, Act.PUBLISH_ITEMS, by=by, version=version)
    check_move(draft, Move.SEND_BACK, by=by.ref)
    if not reason.strip():
        raise Refused("reason_missing", "请写明退回的原因，起草人好据此修改。")
    draft = replace(draft, state=DraftState.DRAFT, reason=reason.strip(), submitted_by="")
    return _store(draft, "item_draft_sent_back", {"reason": draft.reason}, by=by, at=at)


@transaction.atomic(durable=True)
def discard_draft(id: int, *, by: Actor, at: datetime, version: int) -> Draft:
    """Give a draft up (放弃); what is published stays as it is."""
    draft = _locked(id, Act.MANAGE_ITEMS, by=by, version=version)
    check_move(draft, Move.DISCARD, by=by.ref)
    return _store(replace(draft, state=DraftState.DISCARDED), "item_draft_discarded", {}, by=by, at=at)


@transaction.atomic(durable=True)
def publish_draft(id: int, *, by: Actor, at: datetime, version: int) -> Publication | StandardPublication:
    """Publish what a second person has reviewed (审核发布), from its day on, or today where that day has passed.

    Forbidden without PUBLISH_ITEMS; Refused for whoever drafted or submitted it; Invalid as for ``submit_draft``;
    Conflict where a newer version was published since it was drafted.
    """
    draft = _locked(id, Act.PUBLISH_ITEMS, by=by, version=version)
    check_move(draft, Move.PUBLISH, by=by.ref)
    today = starting(None, at=at)
    start = max(draft.effective_from or today, today)
    put = _publish_list if draft.code else _publish_standard
    made = put(draft, by=by, at=at, start=start)
    _store(replace(draft, state=DraftState.PUBLISHED), "item_draft_published", {"number": made.number}, by=by, at=at)
    return made


@transaction.atomic(durable=True)
def adopt(code: str, *, by: Actor, at: datetime) -> Draft:
    """Take over what the levels above have changed (采纳), in one act: a draft, already submitted for review.

    One's own values that the new standard no longer allows give way to it. Conflict where there is nothing to adopt.
    """
    draft = _of_published(code, by=by, at=at)
    held = queries.published(code)
    over = queries.standards_over(draft.family, area=draft.area, on=local_date(at))
    if queries.lineage(held.id).standards == over:
        raise Conflict("这份清单已经与上级标准一致，没有要采纳的变化。")
    above = fold([standard.layer for standard in over], queries.policies())
    draft = _open(replace(draft, own=kept(above, draft.own)), by)
    _ready(draft, on=starting(None, at=at))
    draft = replace(draft, state=DraftState.SUBMITTED, submitted_by=by.ref, reason="采纳上级标准的变化")
    return _store(draft, "item_draft_submitted", {"reason": draft.reason}, by=by, at=at)


@transaction.atomic(durable=True)
def recompose(code: str, *, by: Actor, at: datetime) -> Draft:
    """Make a bundle anew of what its members say now (重新合成), in one act: a draft, already submitted for review.

    Conflict where its members are those that it was made of; Invalid with why they cannot be put together.
    """
    behind = next((one for one in queries.outdated() if one.bundle.code == code), None)
    if behind is None:
        raise Conflict("这件事的并联事项没有新版本，不用重新合成。")
    draft = _of_published(code, by=by, at=at)
    draft = _open(replace(draft, own=recomposed(draft.own, _members(draft.own))), by)
    _ready(draft, on=starting(None, at=at))
    told = "、".join(one.held.name for one in behind.newer)
    draft = replace(
        draft, state=DraftState.SUBMITTED, submitted_by=by.ref, reason=f"并联事项有新版本，重新合成：{told}"
    )
    return _store(draft, "item_draft_submitted", {"reason": draft.reason}, by=by, at=at)


def _members(own: Mapping[str, Any]) -> dict[str, Item]:
    return queries.members_of(decode(Item, own))


def _of_published(code: str, *, by: Actor, at: datetime) -> Draft:
    held = queries.published(code)
    return Draft(
        id=0,
        code=code,
        family=held.family,
        level=held.level,
        area=held.area,
        organ=held.organ,
        organ_name=held.organ_name,
        title=held.name,
        own=queries.lineage(held.id).own.content,
        number=held.number,
        state=DraftState.DRAFT,
        version=1,
        touched_at=at,
        drafted_by=by.ref,
    )


def _ready(draft: Draft, *, on: date) -> Ready:
    """What would be published. Raises Invalid with everything that is missing or wrong."""
    over = queries.standards_over(draft.family, area=draft.area, on=on)
    found = fold([*(standard.layer for standard in over), draft.layer], queries.policies())
    try:
        item = decode(Item, found.tree())
    except Malformed as malformed:
        raise Invalid(malformed.errors) from malformed
    if faults := queries.hindrances(item, on=on):
        raise Invalid(faults)
    return Ready(item, draft.own, tuple(standard.id for standard in over))


def _publish_list(draft: Draft, *, by: Actor, at: datetime, start: date) -> Publication:
    held = queries.newest([draft.code]).get(draft.code)
    if (held[2] if held else 0) != draft.number:
        raise Conflict("起草以后，这个事项又发布了新版本。请退回草稿，在新版本上重新修改。")
    (made,) = store([_ready(draft, on=start)], by=by, at=at, start=start)
    return made


def _sound(draft: Draft, *, on: date) -> None:
    """Raises Invalid with all that the levels above, as they stand that day, hold against a standard."""
    wrong = deviations(queries.above(draft, on=on), draft.layer)
    if wrong:
        raise Invalid(FieldError(place(one.path), one.message) for one in wrong)


def _publish_standard(draft: Draft, *, by: Actor, at: datetime, start: date) -> StandardPublication:
    held = queries.newest_standards([(draft.family, draft.area)]).get((draft.family, draft.area))
    if (held.number if held else 0) != draft.number:
        raise Conflict("起草以后，这个标准又发布了新版本。请退回草稿，在新版本上重新修改。")
    standard = Standard(
        family=draft.family, level=draft.level, area=draft.area, name=draft.organ_name, content=draft.own
    )
    (made,) = publish_standards_within([standard], by=by, at=at, effective_from=start)
    return made


def _open(draft: Draft, by: Actor) -> Draft:
    _may(draft, Act.MANAGE_ITEMS, by)
    try:
        with transaction.atomic():
            row = Row.objects.create(**_columns(draft))
    except IntegrityError as error:
        raise Conflict("这个事项已经有一份没有办结的草稿，请在「事项管理」里打开它。") from error
    draft = replace(draft, id=row.pk)
    body: dict[str, Json] = {"code": draft.code, "family": draft.family, "area": draft.area, "number": draft.number}
    _tell(draft, "item_draft_opened", body, by=by, at=draft.touched_at)
    return draft


def _locked(id: int, act: Act, *, by: Actor, version: int) -> Draft:
    row = Row.objects.select_for_update(of=("self",)).filter(pk=id).first()
    if row is None:
        raise NotFound("没有找到这份草稿。")
    draft = queries.draft_of(row)
    _may(draft, act, by)
    if draft.version != version:
        raise Conflict("页面已过期：这份草稿刚被改过。请刷新后再试，您没有保存的改动请先抄下来。")
    return draft


def _may(draft: Draft, act: Act, by: Actor) -> None:
    if by.may(act, draft.target):
        return
    deed = "审核发布" if act is Act.PUBLISH_ITEMS else "起草"
    if draft.code:
        raise Forbidden(f"您没有{deed}「{draft.organ_name}」事项的权限。")
    raise Forbidden(
        f"「{draft.organ_name}」是{LEVELS[draft.level]}标准，只有{LEVELS[draft.level]}管理事项标准的人能{deed}。"
        "要改它，请报请那一级；本级的清单可以在它的基础上定得更方便群众。"
    )


def _store(draft: Draft, kind: str, body: Mapping[str, Json], *, by: Actor, at: datetime) -> Draft:
    draft = replace(draft, version=draft.version + 1, touched_at=at)
    Row.objects.filter(pk=draft.id).update(**_columns(draft))
    _tell(draft, kind, body, by=by, at=at)
    return draft


def _tell(draft: Draft, kind: str, body: Mapping[str, Json], *, by: Actor, at: datetime) -> None:
    append([Entry(stream=f"item-draft:{draft.id}", seq=draft.version, kind=kind, occurred_at=at, actor=by, body=body)])


def _columns(draft: Draft) -> dict[str, Any]:
    names = [field for field in Draft.__dataclass_fields__ if field != "id"]
    return {name: getattr(draft, name) for name in names} | {"own": dict(draft.own)}
