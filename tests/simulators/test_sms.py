"""The SMS provider simulator, and the adapter that speaks to such a provider."""

import httpx
import pytest
from simulated import Simulated

from onedoor.config.adapters.messages import HttpSms
from onedoor.notices.ports import TryLater, Undeliverable


def test_it_says_what_it_is(sms: Simulated) -> None:
    assert sms.what == "短信服务模拟器：只记录，不发送"
    told = httpx.get(sms.control).json()
    assert (told["simulator"], told["real"], told["messages"]) == (sms.what, False, 0)
    assert httpx.get(sms.control + "nothing").status_code == 404


def test_it_records_what_it_takes_once_per_key(sms: Simulated) -> None:
    provider = HttpSms(sms.url, token="t")
    first = provider.send(phone="13800000000", text="您好", key="onedoor-1")
    assert provider.send(phone="13800000000", text="您好", key="onedoor-1") == first
    assert sms.messages() == [{"phone": "13800000000", "text": "您好", "key": "onedoor-1"}]


@pytest.mark.parametrize("code", [500, 502, 503, 429, 401])
def test_told_to_fail_it_fails_as_often_as_told_and_the_adapter_says_try_later(sms: Simulated, code: int) -> None:
    provider = HttpSms(sms.url, token="t")
    sms.fail(2, code)
    for _ in range(2):
        with pytest.raises(TryLater, match=str(code)):
            provider.send(phone="13800000000", text="您好", key="k")
    assert provider.send(phone="13800000000", text="您好", key="k") == "SIM-1"


@pytest.mark.parametrize("code", [400, 410, 422])
def test_a_refusal_for_good_is_undeliverable(sms: Simulated, code: int) -> None:
    sms.fail(1, code)
    with pytest.raises(Undeliverable):
        HttpSms(sms.url, token="t").send(phone="13800000000", text="您好", key="k")


def test_a_bad_number_and_a_missing_token_are_refused(sms: Simulated) -> None:
    with pytest.raises(Undeliverable):
        HttpSms(sms.url, token="t").send(phone="0875123", text="您好", key="k")
    assert httpx.post(sms.url, json={"phone": "13800000000", "text": "x"}).status_code == 401
    assert httpx.post(sms.url, content=b"[", headers={"Authorization": "Bearer t"}).status_code == 422
    assert sms.messages() == []


def test_an_answer_without_a_number_or_no_answer_is_try_later(sms: Simulated) -> None:
    sms.fail(1, 200)
    with pytest.raises(TryLater, match="无法识别"):
        HttpSms(sms.url, token="t").send(phone="13800000000", text="您好", key="k")
    with pytest.raises(TryLater, match="没有应答"):
        HttpSms("http://127.0.0.1:9/sms", token="t", timeout=1).send(phone="13800000000", text="x", key="k")
