"""The window's sheet: whatever a clerk types or scans, a clear Chinese sentence, and nothing half-written."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from tests.acting import browser
from tests.cases.world import World, staff
from tests.desk.window.counter import NEW, Counter, number_of, offer
from tests.security.test_bad_input import LONG, UPLOADS, is_chinese, rows, told

from onedoor.kernel.actor import Act

pytestmark = pytest.mark.django_db
ANSWERS: dict[str, tuple[str, object]] = {
    "empty": ("entity_name", ""),
    "ten thousand characters": ("entity_name", LONG),
    "null byte": ("entity_name", "店\0铺"),
    "a number that is none": ("place_size", "一百"),
    "a huge number": ("place_size", "9" * 400),
    "a wrong check digit": ("manager_id", "530524198001010018"),
    "a birth date in the future": ("manager_id", "530524209901010016"),
    "a short telephone number": ("contact_mobile", "123"),
}
IDENTITIES = (
    "",
    "\0",
    LONG,
    "530524198001010018",
    "91530524MA6KL0022X",
    "../../etc/passwd",
    "<script>alert(1)</script>",
)


@pytest.fixture
def counter(world: World, settings: Settings) -> Counter:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.acting.GivenActor"]
    item = offer(world)
    clerk = browser(staff("全权", item.organ, Act.RECEIVE, Act.ACCEPT, Act.NOTIFY))
    clerk.raise_request_exception = False
    return Counter(clerk, item)


def test_a_bad_answer_is_told_at_its_field(counter: Counter) -> None:
    sheet, wrong = counter.visit(**NEW), []
    for told_as, (key, value) in ANSWERS.items():
        before = rows()
        answer = counter.hand_in(sheet, **{key: value})
        if answer.status_code != 422 or f'href="#f-{key}"' not in told(answer) or rows() != before:
            wrong.append((told_as, answer.status_code))
    assert wrong == []


def test_a_bad_scan_is_told_and_nothing_is_kept(counter: Counter) -> None:
    sheet, wrong = counter.visit(**NEW), []
    for name, (title, make) in UPLOADS.items():
        before = rows()
        answer = counter.hand_in(sheet, **{"scan.layout": SimpleUploadedFile(title, make())})
        if answer.status_code != 422 or not is_chinese(told(answer)) or rows() != before:
            wrong.append((name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("number", IDENTITIES)
def test_a_bad_number_opens_no_visit(counter: Counter, number: str) -> None:
    before = rows()
    answer = counter.stand(number, **NEW)
    assert answer.status_code == 422
    assert is_chinese(told(answer))
    assert rows() == before


def test_a_second_press_receives_nothing_more_and_says_so_when_the_page_was_changed_meanwhile(counter: Counter) -> None:
    sheet, sent = counter.visit(**NEW), counter.filled()
    first = counter.browser.post(sheet, sent, follow=True)
    before = rows()
    assert number_of(counter.browser.post(sheet, sent, follow=True)) == number_of(first)
    changed = counter.browser.post(sheet, {**sent, "entity_name": "另一家店"}, follow=True)
    assert number_of(changed) == number_of(first)
    assert "没有重复收件。刚才又改了内容的，请到办件页处理" in told(changed)
    assert rows() == before
