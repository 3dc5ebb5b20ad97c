"""The mail server simulator, and the adapter that speaks SMTP."""

import smtplib
from urllib.parse import urlsplit

import httpx
import pytest
from simulated import Simulated

from onedoor.config.adapters.messages import SmtpMail
from onedoor.notices.ports import TryLater, Undeliverable


def provider(mail: Simulated) -> SmtpMail:
    return SmtpMail(mail.url, sender="noreply@example.gov.cn", timeout=5)


def test_it_says_what_it_is(mail: Simulated) -> None:
    assert httpx.get(mail.control).json()["simulator"] == mail.what == "邮件服务模拟器：只记录，不投递"


def test_a_chinese_message_arrives_whole_and_once_per_key(mail: Simulated) -> None:
    text = "您的申请已受理。\n.行首有点也不丢\n" + "很长" * 2000
    receipt = provider(mail).send(address="a@example.com", subject="申请已受理", text=text, key="onedoor-7")
    provider(mail).send(address="a@example.com", subject="申请已受理", text=text, key="onedoor-7")
    assert receipt == "<onedoor-7@example.gov.cn>"
    (message,) = mail.messages()
    assert message["text"] == text
    assert (message["to"], message["subject"], message["key"]) == (["a@example.com"], "申请已受理", receipt)


@pytest.mark.parametrize(
    ("code", "kind"), [(451, TryLater), (421, TryLater), (550, Undeliverable), (553, Undeliverable)]
)
def test_told_to_fail_it_refuses_the_recipient(mail: Simulated, code: int, kind: type[Exception]) -> None:
    mail.fail(1, code)
    with pytest.raises(kind):
        provider(mail).send(address="a@example.com", subject="x", text="y", key="k")
    assert mail.messages() == []
    provider(mail).send(address="a@example.com", subject="x", text="y", key="k")
    assert len(mail.messages()) == 1


@pytest.mark.parametrize("address", ["a@b\nBcc: c@d", "a@b\r\nX: y"])
def test_an_address_cannot_smuggle_a_header(mail: Simulated, address: str) -> None:
    with pytest.raises(Undeliverable):
        provider(mail).send(address=address, subject="x", text="y", key="k")
    assert mail.messages() == []


def test_nobody_there_is_try_later() -> None:
    with pytest.raises(TryLater, match="没有应答"):
        SmtpMail("smtp://127.0.0.1:9", sender="a@b", timeout=1).send(address="a@b", subject="x", text="y", key="k")


def test_addresses_of_another_kind_are_refused() -> None:
    for url in ("http://x", "smtp://", "x"):
        with pytest.raises(ValueError):
            SmtpMail(url, sender="a@b")


def test_it_speaks_the_commands_a_client_may_send(mail: Simulated) -> None:
    parts = urlsplit(mail.url)
    with smtplib.SMTP(str(parts.hostname), parts.port or 0) as client:
        assert client.noop()[0] == 250
        assert client.docmd("VRFY", "x")[0] == 502
        assert client.docmd("DATA")[0] == 503
        assert client.rset()[0] == 250
