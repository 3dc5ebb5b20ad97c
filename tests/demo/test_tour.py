"""The tour: ten things, each step with a way in; secrets only for a browser on the machine itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import resolve

from onedoor.access.rules import Administrator
from onedoor.demo import accounts, data, tour
from onedoor.instance.calling import command

PASSWORD = "Demo-abcd-efgh-42"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
WHO = sorted({step.who for thing in tour.things() for step in thing.steps if step.who})


@pytest.fixture
def opened(db: None, tmp_path: Path, settings: LazySettings) -> Client:
    settings.DATA, settings.DEMO = tmp_path, True
    citizens = {"lixiulan"}
    accounts.save(
        accounts.DemoAccount(name, f"示例{name}", "身份", PASSWORD, "" if name in citizens else SECRET) for name in WHO
    )
    return Client()


def test_there_are_ten_things_and_every_one_of_their_people_has_a_demo_account() -> None:
    assert len(tour.things()) == 10
    known = {row["account"] for row in data.read("people")["persons"] if "account" in row}
    known |= {row["job_number"].lower() for row in data.read("staff")["listed"]} | set(Administrator)
    assert set(WHO) <= known


def test_every_step_starts_on_a_page_that_exists() -> None:
    for step in (step for thing in tour.things() for step in thing.steps if step.at):
        resolve(step.at.partition("?")[0])


def test_a_browser_on_the_machine_sees_password_and_codes(opened: Client) -> None:
    shown = opened.get("/tour/").content.decode()
    assert PASSWORD in shown
    assert "动态口令 <b" in shown
    assert "/account/login/?login=xzf01&amp;next=/desk/director/" in shown


@pytest.mark.parametrize("meta", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_a_browser_elsewhere_is_told_where_they_are(opened: Client, meta: dict[str, str]) -> None:
    shown = opened.get("/tour/", **meta).content.decode()
    assert PASSWORD not in shown
    assert "动态口令 <b" not in shown
    assert "onedoor demo accounts" in shown


@pytest.mark.django_db
def test_a_real_instance_has_no_tour() -> None:
    assert Client().get("/tour/").status_code == 404


def test_the_cases_that_the_tour_speaks_of_wait_for_whoever_is_to_act() -> None:
    """Thing 6: one case of the township's to accept, one that has come as far as the county's decision."""
    told = [row for row in data.read("stories")["stories"] if row["item"].startswith("最低生活保障")]
    homes = {row["key"]: row["area"] for row in data.read("people")["persons"]}
    assert any(not row["acts"] and homes[row["by"]].startswith("530524101") for row in told)
    assert any(row["acts"][-1:] == ["steps 3"] for row in told)


def test_the_tour_goes_through_the_check_on_site_and_names_commands_as_they_are_typed(opened: Client) -> None:
    shown = opened.get("/tour/").content.decode()
    assert "现场核查" in shown
    assert f"{command()} verify" in shown
    assert "$onedoor" not in shown


@pytest.mark.django_db
def test_the_way_in_has_the_name_filled_in(opened: Client) -> None:
    assert 'value="xzf01"' in opened.get("/account/login/?login=xzf01&next=/desk/director/").content.decode()
