"""What one applicant would be told by an item as it is being written."""

from tests.items.samples import item

from onedoor.desk.catalogue.trying import trial


def test_a_step_is_told_with_whom_it_waits_for() -> None:
    told = {fact.name: fact.value for fact in trial(item("real-estate-transfer"), {"use": "home"}).steps}
    assert told["缴纳登记费"] == "申请人缴费，10个工作日"
    assert told["登簿"] == "本机关，1个工作日"
