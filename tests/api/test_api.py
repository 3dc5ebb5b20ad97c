"""The face for machines: typed, authorised, idempotent, with errors that say what to do."""

from __future__ import annotations

import base64
import json

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.rules.test_paying import KEY, RECEIPT
from tests.cases.street import promising
from tests.cases.world import AT, World, register, staff
from tests.desk.review.test_paying import asked

from onedoor.access import commands as access
from onedoor.access.rules.clients import ClientTerms
from onedoor.cases import commands
from onedoor.items.rules import synthetic
from onedoor.kernel.actor import Act
from onedoor.kernel.actor import system as platform
from onedoor.kernel.clock import local_date

pytestmark = pytest.mark.django_db
BASE = "/api/v1"
ACTS = frozenset({Act.VIEW, Act.SUBMIT})


@pytest.fixture
def system(db: None) -> Client:
    """A system admitted by the system administrator, with a token got for its own credentials."""
    terms = ClientTerms("某系统", "", ACTS, ("530524",))
    admitted = access.admit_client(terms, by=platform("tests"), at=timezone.now())
    basic = base64.b64encode(f"{admitted.client_id}:{admitted.secret}".encode()).decode()
    asked = {"grant_type": "client_credentials", "scope": " ".join(sorted(ACTS))}
    token = Client().post("/oauth/token", asked, headers={"Authorization": f"Basic {basic}"}).json()["access_token"]
    return Client(headers={"Authorization": f"Bearer {token}"})


def body(world: World, **changes: object) -> dict[str, object]:
    plain = world.application()
    given = {
        "item": plain.item,
        "applicant": "person:1",
        "answers": dict(plain.answers),
        "situations": dict(plain.situations),
    }
    return given | changes


def post(client: Client, payload: object, key: str | None = "k1") -> tuple[int, dict[str, object]]:
    headers = {"Idempotency-Key": key} if key else {}
    answer = client.post(f"{BASE}/cases", json.dumps(payload), content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def registered(world: World) -> dict[str, object]:
    return body(world, applicant=register("张三"))


def test_the_description_is_openapi_3_1_and_names_every_route(client: Client) -> None:
    found = client.get(f"{BASE}/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert {"/api/v1/items", "/api/v1/cases", "/api/v1/cases/{number}", "/api/v1/journal/entries"} <= set(
        found["paths"]
    )


def test_items_are_public_counted_and_searchable(world: World, client: Client) -> None:
    found = client.get(f"{BASE}/items", {"q": "开小饭馆"}).json()
    assert (found["count"], found["items"][0]["name"]) == (1, "食品经营许可")
    code = found["items"][0]["code"]
    assert client.get(f"{BASE}/items/{code}").json()["item"]["name"] == "食品经营许可"
    assert client.get(f"{BASE}/items/none").status_code == 404


def test_without_a_token_nothing_but_items_is_told(client: Client) -> None:
    answer = client.get(f"{BASE}/cases/53052420260302000001X")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_a_submission_answers_201_with_its_address_and_can_be_followed(world: World, system: Client) -> None:
    status, receipt = post(system, registered(world))
    assert status == 201
    followed = system.get(f"{BASE}/cases/{receipt['number']}").json()
    assert (followed["state"], followed["phase"], followed["clocks"][0]["kind"]) == (
        "submitted",
        "已收到",
        "acceptance",
    )
    charged = followed["attribution"]
    assert sum(share["minutes"] for share in charged["shares"]) == charged["minutes"]
    assert charged["running"] is True


def test_a_repeated_key_repeats_the_receipt_and_another_body_is_409(world: World, system: Client) -> None:
    payload = registered(world)
    first, again = post(system, payload), post(system, payload)
    assert first == again
    changed = payload | {"electronic_service": False}
    status, fault = post(system, changed)
    assert (status, fault["status"]) == (409, 409)


def test_a_missing_key_or_a_wrong_shape_is_a_problem_that_names_the_field(world: World, system: Client) -> None:
    status, fault = post(system, registered(world), key=None)
    assert status == 422
    assert "Idempotency-Key" in str(fault["errors"])
    status, fault = post(system, {"item": 7})
    assert status == 422
    assert len(fault["errors"]) >= 2  # type: ignore[arg-type]


def test_a_faulty_answer_is_named_in_chinese(world: World, system: Client) -> None:
    payload = registered(world)
    payload["answers"] = dict(payload["answers"]) | {"contact_mobile": "123"}  # type: ignore[call-overload]
    status, fault = post(system, payload)
    assert status == 422
    assert "手机" in str(fault["detail"])


def test_broken_json_is_a_problem_too(system: Client) -> None:
    answer = system.post(f"{BASE}/cases", "{", content_type="application/json", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_reading_the_journal_needs_its_own_power(system: Client) -> None:
    assert system.get(f"{BASE}/journal/entries").status_code == 403


def test_what_is_promised_is_chosen_with_the_submission_and_told_until_it_comes(db: None, system: Client) -> None:
    street = promising()
    lead = street.officers[street.bundle.organ]
    promised = {"food_rules": "later", "drain_plan": "later", "tobacco_shop_photo": "later", "food_layout": "instead"}
    form = synthetic.answers(street.bundle.form, facts=street.situations, today=AT.date(), area="530524101001")
    given = {
        "item": street.bundle.code,
        "applicant": register("张三"),
        "answers": form,
        "situations": dict(street.situations),
    }
    status, wrong = post(system, given | {"promised": promised | {"food_layout": "later"}})
    assert (status, wrong["errors"][0]["field"]) == (422, "materials.food_layout")  # type: ignore[index]
    status, receipt = post(system, given | {"promised": promised}, "k2")
    assert status == 201
    path = f"{BASE}/cases/{receipt['number']}"
    before = {one["material"]: (one["kind"], one["member"], one["due"]) for one in system.get(path).json()["promised"]}
    assert before["food_rules"] == ("later", None, None)
    assert before["food_layout"] == ("instead", None, None)
    commands.accept(str(receipt["number"]), by=lead, at=timezone.now())
    told = {one["material"]: one for one in system.get(path).json()["promised"]}
    assert (told["food_rules"]["member"], told["drain_plan"]["member"]) == ("food", "drain")
    assert told["food_rules"]["due"]
    assert told["tobacco_shop_photo"]["due"] is None
    assert told["food_layout"]["true"] is None


def test_what_is_to_be_paid_is_told_until_it_is_paid(world: World, system: Client) -> None:
    number, now = asked(world), timezone.now()
    told = system.get(f"{BASE}/cases/{number}").json()
    (held,) = told["payments"]
    assert (told["phase"], held["cents"], bool(held["due"]), held["receipt"]) == ("等您缴费", 8000, True, None)
    paid = commands.Paid(RECEIPT, 8000, local_date(now))
    commands.record_payment(number, paid, by=staff("窗口", world.item.organ, Act.RECEIVE), at=now, step=KEY)
    (held,) = system.get(f"{BASE}/cases/{number}").json()["payments"]
    assert (held["due"], held["receipt"]) == (None, RECEIPT)


def test_what_is_promised_is_described(client: Client) -> None:
    schemas = client.get(f"{BASE}/openapi.json").json()["components"]["schemas"]
    assert "promised" in schemas["StatusOut"]["required"]
    assert "容缺" in schemas["Submission"]["properties"]["promised"]["description"]
    assert all(
        "description" in schemas["PromisedOut"]["properties"][name] for name in ("kind", "member", "due", "true")
    )
