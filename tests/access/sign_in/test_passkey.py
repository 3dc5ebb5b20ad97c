"""The whole passkey ceremony with an authenticator made of software (WebAuthn Level 2, ES256, no attestation)."""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from tests.access.conftest import Open, sign_in

from onedoor.config.sessions import actor_of

ORIGIN, HOST = "http://localhost:8000", {"host": "localhost:8000"}
ADD, LOGIN = "/account/2fa/webauthn/add/", "/account/2fa/webauthn/login/"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Authenticator:
    """One resident credential."""

    def __init__(self, origin: str = ORIGIN, *, verifies: bool = True) -> None:
        self.key, self.id, self.origin = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), origin
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.user = b""

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, rp: str, flags: int, rest: bytes = b"") -> bytes:
        return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + (1).to_bytes(4, "big") + rest

    def register(self, options: dict[str, object]) -> str:
        public = options["publicKey"]
        assert isinstance(public, dict)
        self.user = urlsafe_b64decode(public["user"]["id"] + "==")
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(cose)
        data = self._data(public["rp"]["id"], self.flags | ATTESTED, attested)
        made = {"fmt": "none", "attStmt": {}, "authData": data}
        response = {
            "clientDataJSON": b64(self._client_data("webauthn.create", public["challenge"])),
            "attestationObject": b64(cbor.encode(made)),
        }
        return self._credential(response, clientExtensionResults={"credProps": {"rk": True}})

    def assertion(self, options: dict[str, object]) -> str:
        public = options["publicKey"]
        assert isinstance(public, dict)
        data = self._data(public["rpId"], self.flags)
        client_data = self._client_data("webauthn.get", public["challenge"])
        signed = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": b64(client_data),
            "authenticatorData": b64(data),
            "signature": b64(signed),
            "userHandle": b64(self.user),
        }
        return self._credential(response, clientExtensionResults={})

    def _credential(self, response: dict[str, str], **rest: object) -> str:
        head = {"id": b64(self.id), "rawId": b64(self.id), "type": "public-key"}
        return json.dumps({**head, "response": response, **rest})


def enrol(browser: Client, device: Authenticator) -> int:
    options = browser.get(ADD, headers=HOST).context["js_data"]["creation_options"]
    body = {"name": "办公电脑", "passwordless": "on", "credential": device.register(options)}
    return browser.post(ADD, body, headers=HOST).status_code


def come_in(browser: Client, device: Authenticator) -> bool:
    options = browser.get(LOGIN, headers={**HOST, "X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    browser.post(LOGIN, {"credential": device.assertion(options)}, headers=HOST)
    return "_auth_user_id" in browser.session


@pytest.fixture
def boss(client: Client, opened: Open) -> Client:
    opened("boss", kind="staff", administrator="security")
    sign_in(client, "boss")
    return client


def test_a_passkey_is_enrolled_and_then_is_both_factors(boss: Client) -> None:
    device = Authenticator()
    assert enrol(boss, device) == 302
    elsewhere = Client()
    assert come_in(elsewhere, device)
    page = elsewhere.get("/account/2fa/webauthn/", headers=HOST)
    assert "办公电脑" in page.content.decode()
    assert [grant.post for grant in actor_of(page.wsgi_request).grants] == ["安全管理员"]


def test_a_passkey_made_for_another_site_is_refused(boss: Client) -> None:
    assert enrol(boss, Authenticator("https://evil.example")) == 200


def test_an_assertion_from_another_site_is_refused(boss: Client) -> None:
    device = Authenticator()
    enrol(boss, device)
    device.origin = "https://evil.example"
    assert not come_in(Client(), device)


def test_a_device_that_did_not_check_the_person_is_refused(boss: Client) -> None:
    device = Authenticator()
    enrol(boss, device)
    device.flags = PRESENT
    assert not come_in(Client(), device)
    assert enrol(boss, Authenticator(verifies=False)) != 302


def test_someone_elses_key_is_refused(boss: Client) -> None:
    device = Authenticator()
    enrol(boss, device)
    device.key = ec.generate_private_key(ec.SECP256R1())
    assert not come_in(Client(), device)


def test_an_answer_to_another_browsers_challenge_is_refused(boss: Client) -> None:
    device = Authenticator()
    enrol(boss, device)
    browser = Client()
    options = browser.get(LOGIN, headers={**HOST, "X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    answer = device.assertion(options)
    thief = Client()
    thief.get(LOGIN, headers={**HOST, "X-Requested-With": "XMLHttpRequest"})
    thief.post(LOGIN, {"credential": answer}, headers=HOST)
    assert "_auth_user_id" not in thief.session
