"""Everybody who may come to the door: one actor and one browser for each role."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from tests.acting import ACTORS, HEADER
from tests.cases.world import World, citizen, register, staff
from tests.vault.uploads import png

from onedoor.access import commands as access
from onedoor.access.commands import NewAccount
from onedoor.access.rules import ADMINISTRATOR_ACTS, Administrator, ClientTerms, administrator_grants
from onedoor.cases import commands, queries
from onedoor.cases.rules.drafts import Content
from onedoor.hall import commands as hall
from onedoor.kernel.actor import ANONYMOUS, Act, Actor, ActorKind, Channel, system
from onedoor.licences import commands as licences
from onedoor.portal.track.opening import OPENED
from onedoor.vault import commands as vault

BY = system("tests")
OTHER_ORGAN = "11530524015140001X"
TOWNSHIP = "11530524015140002X"
DESK_ACTS = (Act.ACCEPT, Act.NOTIFY, Act.REFUSE, Act.REVIEW, Act.DECIDE, Act.DELIVER, Act.EXTEND, Act.SUSPEND)
CITIZENS = ("owner", "stranger")
HANDLERS = ("clerk", "reviewer", "leader")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
STAFF = ("window", *HANDLERS, "outsider", "township", *ADMINISTRATORS)
OUTSIDE = ("visitor", "client")
ROLES = (*OUTSIDE, "bearer", *CITIZENS, *STAFF, "weak")


@dataclass(frozen=True)
class Door:
    """A world with one case that holds a file, and everybody who tries the door."""

    world: World
    number: str
    material: str
    file: str
    draft: str
    loose: str
    token: str
    visit: str
    actors: dict[str, Actor]
    browsers: dict[str, Client]


def open_door(world: World) -> Door:
    """One case of the citizen with one file, and every role with a session of its own."""
    at = timezone.now()
    material = world.item.materials[0].key
    file = vault.store(png(), name="平面图.png", by=world.citizen, at=at).id
    application = world.application(materials={material: (file,)})
    number = commands.submit(application, by=world.citizen, at=at, key="door").number
    loose = vault.store(png(4, 4), name="草稿.png", by=world.citizen, at=at).id
    content = Content(files={material: (loose,)})
    draft = commands.start_draft(world.item.code, by=world.citizen, at=at, applicant="person:1", content=content).id
    actors = everybody(world, number)
    browsers = {role: browser(role, actor, at) for role, actor in actors.items()}
    browsers["client"] = machine(at)
    session = browsers["bearer"].session
    session[OPENED] = {number: int(at.timestamp())}
    session.save()
    return Door(
        world,
        number,
        material,
        file,
        draft,
        loose,
        licensed(world, number, at),
        received(actors["window"]),
        actors,
        browsers,
    )


def licensed(world: World, number: str, at: datetime) -> str:
    """The verify token of a licence of the citizen."""
    grant = licences.Grant(
        name="食品经营许可证",
        type_code="",
        case=number,
        item=world.item.code,
        holder="person:1",
        holder_name="张三",
        issuer=world.item.organ,
        issuer_name="某局",
        area="530524101001",
        on=at.date(),
        months=60,
    )
    return licences.issue(grant, by=BY, at=at).token


def received(clerk: Actor) -> str:
    """The address part of a visit that the window clerk received."""
    somebody = register("王五")
    standing = hall.Standing(somebody, somebody)
    return hall.open_visit(standing, by=clerk, at=timezone.now(), key="door").token


def everybody(world: World, number: str) -> dict[str, Actor]:
    """The actor of each role."""
    everywhere = partial(staff, area="530524")
    actors = {
        "visitor": ANONYMOUS,
        "bearer": queries.bearer(number),
        "owner": world.citizen,
        "stranger": citizen("person:2", "李四"),
        "window": everywhere("window", None, Act.RECEIVE),
        "clerk": world.clerk,
        "reviewer": world.reviewer,
        "leader": world.leader,
        "outsider": everywhere("outsider", OTHER_ORGAN, *DESK_ACTS),
        "township": staff("township", TOWNSHIP, *DESK_ACTS, Act.RECEIVE, area="530524102"),
        "weak": Actor("account:weak", "weak", ActorKind.STAFF, Channel.WEB),
    }
    for role in Administrator:
        grants = administrator_grants(role)
        actors[f"{role}_admin"] = Actor(f"account:{role}", role.label, ActorKind.STAFF, Channel.WEB, grants=grants)
    assert set(ADMINISTRATOR_ACTS) == set(Administrator)
    return actors


def browser(role: str, actor: Actor, at: datetime) -> Client:
    """A browser with a real session; what it may do is the given actor's."""
    client = Client(headers={} if role in ("weak", "bearer") else {HEADER: role})
    ACTORS[role] = actor
    if actor.kind is ActorKind.ANONYMOUS or role == "bearer":  # who holds the query password has not signed in
        return client
    kind = "staff" if actor.kind is ActorKind.STAFF else "citizen"
    ref = access.open_account(NewAccount(role, actor.name, kind=kind, sample=True), by=BY, at=at)
    client.force_login(get_user_model().objects.get(pk=ref.partition(":")[2]))
    session = client.session
    method = "password" if role == "weak" or kind == "citizen" else "mfa"
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time()}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(client.session["_auth_user_id"])
    session.save()
    return client


def machine(at: datetime) -> Client:
    """Another system with a token that lets it view, submit and supplement anywhere in the county."""
    acts = frozenset({Act.VIEW, Act.SUBMIT, Act.SUPPLEMENT})
    admitted = access.admit_client(ClientTerms("某系统", "", acts, ("530524",)), by=BY, at=at)
    basic = base64.b64encode(f"{admitted.client_id}:{admitted.secret}".encode()).decode()
    asked = {"grant_type": "client_credentials", "scope": " ".join(sorted(acts))}
    answer = Client().post("/oauth/token", asked, headers={"Authorization": f"Basic {basic}"})
    return Client(headers={"Authorization": f"Bearer {answer.json()['access_token']}"})
