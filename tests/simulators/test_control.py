"""What a simulator remembers, and how it fails when told to."""

from onedoor.simulators.control import Record


def test_it_fails_as_often_as_told_then_no_more() -> None:
    record = Record("x")
    record.fail(times=2, code=503)
    assert [record.refusal() for _ in range(4)] == [503, 503, 0, 0]


def test_told_minus_one_it_fails_until_told_otherwise() -> None:
    record = Record("x")
    record.fail(times=-1, code=500)
    assert {record.refusal() for _ in range(50)} == {500}
    record.forget()
    assert record.refusal() == 0


def test_the_same_key_is_taken_once_and_no_key_every_time() -> None:
    record = Record("x")
    assert [record.take({"key": key}) for key in ("a", "a", "b", "", "")] == [
        "SIM-1",
        "SIM-1",
        "SIM-2",
        "SIM-3",
        "SIM-4",
    ]
    assert record.told() == {"simulator": "x", "real": False, "messages": 4, "failing": 0}
