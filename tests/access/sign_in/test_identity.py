"""Signing in by the national identity service, against a real OpenID Connect server process."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from onedoor.access.models import Account
from onedoor.config.sessions import actor_of
from onedoor.journal.queries import stream
from onedoor.kernel.actor import Act, Target
from onedoor.registries.queries import party, person_ref

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
START = "/account/oidc/identity/login/"
CALLBACK = "http://testserver/account/oidc/identity/login/callback/"


def id_number(first_seventeen: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first_seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(first_seventeen, weights, strict=True)) % 11]


LIHUA = id_number("53052419900101001")
PEOPLE = {
    "lihua": {"id_number": LIHUA, "name": "李华", "real_name_level": 3},
    "again": {"id_number": LIHUA, "name": "李华", "real_name_level": 3},
    "unchecked": {"id_number": id_number("53052419900101003"), "name": "王五", "real_name_level": 1},
    "wrong": {"id_number": LIHUA[:-1] + ("0" if LIHUA[-1] != "0" else "1"), "name": "赵六", "real_name_level": 3},
    "nameless": {"id_number": id_number("53052419900101005"), "name": "", "real_name_level": 3},
    "bare": {},
}


@dataclass(frozen=True)
class Service:
    url: str


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = Path(tmp_path_factory.mktemp("identity"))
    (folder / "people.json").write_text(json.dumps(PEOPLE))
    (folder / "callback.txt").write_text(CALLBACK)
    command = [sys.executable, str(HERE / "identity_server.py"), str(folder)]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as it,
    ):
        assert it.stdout is not None
        words = it.stdout.readline().split()
        assert words[:1] == ["ready"], (folder / "log").read_text()
        yield Service(f"http://127.0.0.1:{words[1]}")
        it.terminate()


@pytest.fixture(autouse=True)
def identity(service: Service, settings: LazySettings) -> None:
    app = {
        "provider_id": "identity",
        "name": "国家网络身份认证",
        "client_id": "onedoor",
        "secret": "secret",
        "settings": {"server_url": service.url, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def through_the_service(person: str, start: str) -> str:
    """What the person's browser does there; returns the address it is sent back to."""
    with httpx.Client(follow_redirects=True) as browser:
        form = browser.get(start)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
        assert token, form.text
        answer = browser.post(
            str(form.url),
            data={"login": person, "password": "Identity-2026", "csrfmiddlewaretoken": token[1]},
            follow_redirects=False,
        )
        while not answer.headers["Location"].startswith(CALLBACK):
            answer = browser.get(str(answer.url.join(answer.headers["Location"])), follow_redirects=False)
        return str(answer.headers["Location"])


def sign_in(client: Client, person: str, *, then: str = ""):  # type: ignore[no-untyped-def]
    start = client.post(f"{START}?process=login&next={then}")
    back = through_the_service(person, start["Location"])
    return client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")


def test_a_newcomer_becomes_a_registered_person_with_an_account(client: Client) -> None:
    answer = sign_in(client, "lihua", then="/track/")
    assert (answer.status_code, answer["Location"]) == (302, "/track/"), answer.content.decode()
    account = Account.objects.get()
    assert (account.party, account.real_name_level, account.kind) == (person_ref(LIHUA), 3, "citizen")
    assert party(account.party).name == "李华"
    actor = actor_of(client.get("/account/2fa/").wsgi_request)
    assert actor.may(Act.SUBMIT, Target(frozenset(), "530524000000", applicant=account.party))


def test_the_second_visit_finds_the_same_account(client: Client) -> None:
    sign_in(client, "lihua")
    client.logout()
    sign_in(client, "lihua")
    assert Account.objects.count() == 1
    assert SocialAccount.objects.count() == 1


def test_another_subject_with_the_same_number_is_the_same_person(client: Client) -> None:
    sign_in(client, "lihua")
    client.logout()
    sign_in(client, "again")
    assert Account.objects.count() == 1
    assert SocialAccount.objects.count() == 2


def test_no_identity_number_rests_outside_the_registry(client: Client) -> None:
    sign_in(client, "lihua")
    client.logout()
    sign_in(client, "lihua")
    kept = SocialAccount.objects.get()
    assert set(kept.extra_data) == {"sub"}
    assert not SocialToken.objects.exists()
    ref = f"account:{Account.objects.get().pk}"
    assert all(LIHUA not in str(fact) and "李华" not in str(dict(fact.body)) for fact in stream(ref))


@pytest.mark.parametrize(
    ("person", "words"), [("unchecked", "实名核验"), ("wrong", "窗口"), ("nameless", "窗口"), ("bare", "窗口")]
)
def test_without_a_checked_number_and_name_nobody_comes_in(client: Client, person: str, words: str) -> None:
    answer = sign_in(client, person)
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert not Account.objects.exists()
    assert "_auth_user_id" not in client.session


def test_a_subject_that_now_names_another_person_is_refused(client: Client) -> None:
    sign_in(client, "lihua")
    client.logout()
    Account.objects.update(party="person:999999")
    answer = sign_in(client, "lihua")
    assert answer.status_code == 403
    assert "另一个人" in answer.content.decode()


def test_an_account_cannot_take_on_an_identity_from_within(client: Client) -> None:
    sign_in(client, "lihua")
    start = client.post(f"{START}?process=connect")
    back = through_the_service("again", start["Location"])
    answer = client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert answer.status_code == 403
    assert SocialAccount.objects.count() == 1


def test_a_suspended_citizen_stays_out(client: Client) -> None:
    sign_in(client, "lihua")
    client.logout()
    Account.objects.update(is_active=False)
    assert sign_in(client, "lihua")["Location"] == "/account/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_stolen_answer_does_not_work_in_another_browser(client: Client) -> None:
    start = client.post(f"{START}?process=login")
    back = urlsplit(through_the_service("lihua", start["Location"]))
    thief = Client()
    assert thief.get(f"{back.path}?{back.query}").status_code in (401, 403)
    assert not Account.objects.exists()


def test_next_does_not_lead_off_the_site(client: Client) -> None:
    assert sign_in(client, "lihua", then="https://evil.example/")["Location"] == "/"


def test_the_login_page_offers_it(client: Client) -> None:
    assert "国家网络身份认证" in client.get("/account/login/").content.decode()


def test_a_service_without_https_is_refused_unless_it_is_this_machine(settings: LazySettings, client: Client) -> None:
    app = dict(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0])
    app["settings"] = {"server_url": "http://identity.example"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    with pytest.raises(ImproperlyConfigured):
        client.post(f"{START}?process=login")
