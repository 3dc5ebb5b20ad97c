"""What was typed before the session ended is there after the sign-in: for the draft's owner alone, once, unsaved."""

from __future__ import annotations

from tests.portal.conftest import County, Person
from tests.portal.test_apply import text

from onedoor.access.models import Account
from onedoor.config.sessions import SEEN

PHONE = "13900000009"


def at_subject(county: County) -> str:
    """The address of the page on which the contact is asked for."""
    browser, answer = county.citizen.client, county.citizen.client.get(county.begin(county.citizen))
    while not answer["Location"].endswith("/page/subject/"):
        answer = browser.post(answer["Location"], county.sent(county.citizen, answer["Location"]))
    return str(answer["Location"])


def sent_too_late(county: County, address: str) -> None:
    """The owner's browser rested too long, and then sends the page."""
    browser = county.citizen.client
    typed = county.sent(county.citizen, address, contact_mobile=PHONE)
    session = browser.session
    session[SEEN] = 1
    session.save()
    answer = browser.post(address, typed)
    assert answer["Location"] == f"/account/login/?next={address}"


def signs_in(county: County, who: Person) -> None:
    """Somebody signs in at the owner's browser."""
    county.citizen.client.force_login(Account.objects.get(pk=who.ref.partition(":")[2]))


def test_a_page_sent_after_the_session_ended_is_shown_again_after_the_sign_in_and_not_saved(county: County) -> None:
    address = at_subject(county)
    sent_too_late(county, address)
    signs_in(county, county.citizen)
    page = county.citizen.client.get(address)
    assert f'value="{PHONE}"' in text(page)
    assert "登录以前填的还在这一页" in text(page)
    assert page.context["filling"].answers.get("contact_mobile") != PHONE
    assert PHONE not in text(county.citizen.client.get(address)), "shown once"


def test_whoever_else_signs_in_at_that_browser_sees_nothing_of_it(county: County) -> None:
    address = at_subject(county)
    sent_too_late(county, address)
    signs_in(county, county.stranger)
    assert county.citizen.client.get(address).status_code == 404
    own = county.begin(Person(county.stranger.party, "", "", county.citizen.client, county.stranger.ref))
    assert PHONE not in text(county.citizen.client.get(county.citizen.client.get(own)["Location"]))


def test_what_the_pages_own_script_sends_is_kept_by_the_page_itself(county: County) -> None:
    address = at_subject(county)
    typed = county.sent(county.citizen, address, contact_mobile=PHONE)
    county.citizen.client.logout()
    assert county.citizen.client.post(address, typed, headers={"Accept": "application/json"}).status_code == 302
    signs_in(county, county.citizen)
    assert PHONE not in text(county.citizen.client.get(address))


def test_more_than_a_form_can_hold_is_not_kept(county: County) -> None:
    address = at_subject(county)
    typed = county.sent(county.citizen, address, contact_mobile="1" * 60_000)
    county.citizen.client.logout()
    county.citizen.client.post(address, typed)
    assert "typed" not in county.citizen.client.session
