"""Who stands at the station: the officer of the request, found out late as on every real page."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject
from tests.cases.world import staff

from onedoor.desk.agency.people import agent_of, filler_of
from onedoor.desk.window.visit import clerk_of
from onedoor.kernel.actor import Act, Actor, Channel
from onedoor.kernel.errors import NotFound

AGENT = staff("代办员", "11530524015241018J", Act.RECEIVE, area="530524101")
HALL = staff("大厅", None, Act.RECEIVE)


def late(actor: Actor):  # type: ignore[no-untyped-def]
    request = RequestFactory().get("/desk/agency/")
    request.actor = SimpleLazyObject(lambda: actor)  # type: ignore[attr-defined]
    return request


def test_an_officer_found_out_late_acts_at_the_window() -> None:
    for who in (agent_of, filler_of, clerk_of):
        found = who(late(AGENT))
        assert type(found) is Actor
        assert (found.ref, found.channel, found.grants) == (AGENT.ref, Channel.WINDOW, AGENT.grants)
    assert AGENT.channel is Channel.WEB


def test_only_a_township_or_village_fills_in() -> None:
    with pytest.raises(NotFound, match="代办员"):
        filler_of(late(HALL))
