"""The readers' simulator, asked through the adapter that real readers would be asked through."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from onedoor.config.adapters.readers import HttpCardReader
from onedoor.hall.ports import Misread, NoCard, ReaderDown
from onedoor.hall.rules import Card
from onedoor.simulators import control, reader

CARD = {"number": "53052419800301001x", "name": " 张三 ", "address": "昌宁县田园镇", "valid_to": "2030-01-01"}


@pytest.fixture
def url() -> Iterator[str]:
    server = control.serve(reader.ReaderDesk, reader.Readers(reader.WHAT), 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_says_that_it_reads_no_real_card(url: str) -> None:
    told = httpx.get(f"{url}/").json()
    assert (told["simulator"], told["real"]) == (reader.WHAT, False)


def test_a_card_is_read_at_its_own_window_until_it_is_taken_away(url: str) -> None:
    port = HttpCardReader(f"{url}/read", token="t")
    with pytest.raises(NoCard):
        port.read("3")
    httpx.post(f"{url}/card", json={"desk": "3", "card": CARD})
    assert port.read("3") == Card("53052419800301001X", "张三", "昌宁县田园镇", date(2030, 1, 1))
    with pytest.raises(NoCard):
        port.read("4")
    assert CARD["number"] not in httpx.get(f"{url}/messages").text
    httpx.post(f"{url}/card", json={"desk": "3", "card": None})
    with pytest.raises(NoCard):
        port.read("3")


def test_a_card_for_life_has_no_last_day(url: str) -> None:
    httpx.post(f"{url}/card", json={"desk": "3", "card": {**CARD, "valid_to": "长期"}})
    assert HttpCardReader(f"{url}/read", token="t").read("3").valid_to is None


def test_what_goes_wrong_is_told_apart(url: str) -> None:
    port = HttpCardReader(f"{url}/read", token="t")
    httpx.post(f"{url}/card", json={"desk": "3", "card": CARD})
    for code, fault in ((422, Misread), (503, ReaderDown)):
        httpx.post(f"{url}/fail", json={"times": 1, "code": code})
        with pytest.raises(fault):
            port.read("3")
    httpx.post(f"{url}/card", json={"desk": "3", "card": {"number": "1"}})
    with pytest.raises(Misread):
        port.read("3")
    with pytest.raises(ReaderDown):
        HttpCardReader("http://127.0.0.1:9/read", token="t").read("3")
    assert httpx.post(f"{url}/read", json={"desk": "3"}).status_code == 401
