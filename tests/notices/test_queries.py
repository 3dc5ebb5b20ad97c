"""The health page learns of the outbox; a list never shows more than the actor may open."""

from datetime import timedelta

import pytest
from correspondents import ABOUT, AT, VALUES, Provider, send

from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Representation
from onedoor.notices import commands, queries
from onedoor.notices.rules import Channel as Out

pytestmark = pytest.mark.django_db


def test_templates_are_read_once_and_all_are_complete() -> None:
    assert queries.templates() is queries.templates()
    assert {"submitted", "accepted", "supplement", "granted", "denied", "overdue"} <= queries.templates().keys()


def test_the_health_page_sees_what_waits_and_since_when(sms: Provider) -> None:
    send()
    commands.send("person:1", "submitted", VALUES, at=AT - timedelta(hours=1), about=ABOUT, channels=(Out.SMS,))
    state = queries.outbox_state()
    assert (state.sms, state.mail, state.queued, state.dead) == (True, True, 2, 0)
    assert state.oldest_due == AT - timedelta(hours=1)


def test_an_agent_without_the_right_to_view_sees_nothing_of_the_party() -> None:
    send("person:7", channels=())
    held = Representation("person:7", "", frozenset({Act.SUBMIT}), "委托")
    agent = Actor("account:5", "代办", ActorKind.CITIZEN, Channel.WEB, (), (held,))
    assert queries.inbox(by=agent) == ()
    assert queries.unread_count(by=agent) == 0
