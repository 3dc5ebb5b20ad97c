"""Applying and following a case, with a real item behind the pages, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.utils import timezone
from tests.portal.conftest import County, mandate_terms, settle

from onedoor.cases import commands
from onedoor.licences import queries as licences

pytestmark = pytest.mark.journey
LOOKS = (("desktop", "standard"), ("phone", "elder"))


def drafts_of(county: County) -> Iterator[str]:
    """Two drafts: one in the middle of the form, one ready to be handed in."""
    draft = county.begin(county.citizen)
    yield f"{draft}page/situation-business/"
    county.fill(county.citizen, draft)
    yield from (f"{draft}page/{page}/" for page in ("subject", "premises_page", "people"))
    yield f"{draft}materials/"
    county.upload(county.citizen, draft)
    yield from (f"{draft}materials/layout/", f"{draft}check/")


def receipt_of(county: County) -> str:
    """The page after handing in."""
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    county.upload(county.citizen, draft)
    return str(county.citizen.client.post(f"{draft}check/")["Location"])


def cases_of(county: County) -> Iterator[str]:
    """Cases in every phase that looks different."""
    running, waiting, granted = county.submit(), county.submit(), county.submit()
    at = timezone.now()
    commands.accept(running, by=county.clerk, at=at)
    asked = {"layout": "看不清水池位置，请重画后上传。", "form": "面积与平面图不符，请核对。"}
    commands.request_supplement(waiting, by=county.clerk, at=at, materials=asked)
    county.decide(granted)
    commands.tell(granted, ["case_submitted", "case_decided"], at=at)
    yield from (f"/track/{number}/" for number in (running, waiting, granted))
    yield from (f"/track/{waiting}/supplement/", f"/track/{running}/withdraw/", f"/track/{granted}/rate/")
    (licence,) = licences.licences(by=county.citizen.actor)
    yield f"/verify/{licence.token}/"


def test_applying_is_whole_on_every_screen_and_in_every_view(
    committed_db: str, faults: Callable[..., list[str]]
) -> None:
    county = settle()
    mandate_terms(county)
    session = county.citizen.client.cookies[settings.SESSION_COOKIE_NAME].value
    paths = [f"/apply/{county.item.code}/", *drafts_of(county), receipt_of(county), *cases_of(county)]
    paths += ["/mine/", "/mine/messages/", "/mine/readings/", "/mine/mandates/", "/mine/mandates/new/"]
    paths += ["/track/", "/rate/", "/verify/"]
    found = {
        (path, screen, view): wrong
        for path in paths
        for screen, view in LOOKS
        if (wrong := faults(path, screen, view, session))
    }
    visitors = {
        (path, screen): wrong
        for path in (f"/apply/{county.item.code}/", "/track/", "/mine/", "/rate/")
        for screen in ("desktop", "phone")
        if (wrong := faults(path, screen, "standard"))
    }
    assert (found, visitors) == ({}, {})
