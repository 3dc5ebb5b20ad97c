"""就是本人."""

from __future__ import annotations

from tests.portal.conftest import County
from tests.portal.test_apply import text


def test_whoever_has_the_duty_in_person_lets_the_register_fill_it_in(county: County) -> None:
    browser, draft = county.citizen.client, county.begin(county.citizen, county.company)
    answer = browser.get(draft)
    while not answer["Location"].endswith("/page/people/"):
        address = answer["Location"]
        answer = browser.post(address, county.sent(county.citizen, address))
    address = answer["Location"]
    assert "就是本人，替我填" in text(browser.get(address))
    typed = {"version": browser.get(address).context["filling"].draft.version, "staff_count": "7"}
    page = browser.post(address, typed | {"myself": "manager_name"})
    assert page.status_code == 200
    given = {key: page.context["values"][key] for key in ("manager_name", "manager_id", "staff_count")}
    assert given == {"manager_name": "张三", "manager_id": county.citizen.id_number, "staff_count": "7"}
    assert "manager_name" not in page.context["filling"].answers, "shown to be checked, not saved"
    assert browser.post(address, typed | {"myself": "staff_count"}).context["values"]["staff_count"] == "7"
