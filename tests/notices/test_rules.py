"""Messages: short, filled with values only, never with an identity number; tries and what follows them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.codes import is_valid_id_number
from onedoor.notices import queries, rules
from onedoor.notices.rules import Outcome, State

REAL = {
    "item": "食品经营许可（仅销售预包装食品备案变更）新办",
    "case": "53052420260302000127K",
    "due": "2026年12月31日",
    "when": "2026年12月31日 09:30",
    "place": "昌宁县政务服务中心三楼听证室",
    "until": "2026年12月31日",
    "since": "2026年12月31日",
    "apply_by": "2026年12月31日",
    "count": "12",
    "amount": "123456.50元",
    "procedure": "专家评审",
    "licence": "昌宁县公共场所卫生许可证",
    "number": "云昌卫公证字〔2026〕第000123号",
    "step": "现场核查意见",
    "who": "王家宝",
    "task": "审查",
    "about": "开米线店办食品经营许可要带什么材料",
    "organ": "昌宁县自然资源局",
    "effect": "按照办理流程，视为没有异议，不再等待。",
    "agent": "明华村代办员何建平",
    "code": "482913",
    "reason": "本人没有确认，已过十五天",
    "what": "补发",
}
TEMPLATES = list(queries.templates().values())


def values(template: rules.MessageTemplate, **changes: str) -> dict[str, str]:
    return {slot: (REAL | changes)[slot] for slot in template.slots}


def id_number() -> str:
    return next(n for n in (f"53052419800101001{c}" for c in "0123456789X") if is_valid_id_number(n))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_every_message_is_short_and_ends_as_a_sentence(template: rules.MessageTemplate) -> None:
    message = rules.fill(template, values(template), sign="昌宁政务服务")
    assert 0 < len(message.title) <= 12
    assert len(message.body) <= 120
    assert all(len(re.sub(r"\{.*?\}", "", sentence)) <= 36 for sentence in template.body.split("。"))
    assert message.body.endswith("。")
    assert "{" not in message.title + message.body + message.sms
    if template.sms:
        assert len(message.sms) <= rules.SMS_LIMIT
        assert message.sms.startswith("【昌宁政务服务】")
        assert message.sms.endswith("。")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_a_very_long_item_is_cut_in_the_sms_only(template: rules.MessageTemplate) -> None:
    long = "城乡居民基本养老保险待遇领取资格认证" * 5
    message = rules.fill(template, values(template, item=long, licence=long), sign="昌宁政务服务")
    assert len(message.sms) <= rules.SMS_LIMIT
    if "item" in template.slots:
        assert long in message.body
    if "{case}" in template.sms:
        assert REAL["case"] in message.sms


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.key)
def test_an_identity_number_never_leaves(template: rules.MessageTemplate) -> None:
    for slot in template.slots:
        with pytest.raises(ValueError, match="identity number"):
            rules.fill(template, values(template, **{slot: f"张三（{id_number()}）"}))


def test_numbers_that_are_no_identity_numbers_pass() -> None:
    template = rules.MessageTemplate(key="x", title="x", body="{item}")
    for text in ("53052420260302000127K", "92530524MA6K000000", "123456789012345678"):
        assert rules.fill(template, {"item": text}).body == text


def test_missing_and_unknown_values_are_defects_of_the_caller() -> None:
    template = queries.templates()["submitted"]
    with pytest.raises(ValueError, match="case"):
        rules.fill(template, {"item": "x"})
    with pytest.raises(ValueError, match="more"):
        rules.fill(template, {"item": "x", "case": "y", "more": "z"})


@given(st.text(max_size=80))
def test_a_value_is_never_a_template(value: str) -> None:
    template = rules.MessageTemplate(key="x", title="{item}", body="<{item}>", sms="{item}。", short=("item",))
    try:
        message = rules.fill(template, {"item": value})
    except ValueError:
        return
    assert message.body == f"<{' '.join(value.split())}>"


def test_a_value_with_braces_prints_literally() -> None:
    template = rules.MessageTemplate(key="x", title="x", body="{item}{case}")
    assert rules.fill(template, {"item": "{case.__class__}{case}", "case": "1"}).body == "{case.__class__}{case}1"


def test_no_template_asks_for_an_identity_number_or_a_phone() -> None:
    forbidden = {"id_number", "phone", "address", "account"}
    assert all(not template.slots & forbidden for template in TEMPLATES)


BACKOFF = [10, 60, 300]


def test_tries_wait_longer_each_time_and_end_as_a_dead_letter() -> None:
    course = [rules.after(Outcome.LATER, tries=n, backoff=BACKOFF) for n in range(1, 5)]
    assert [(step.state, step.wait) for step in course] == [
        (State.QUEUED, 10),
        (State.QUEUED, 60),
        (State.QUEUED, 300),
        (State.DEAD, None),
    ]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.SENT, State.SENT), (Outcome.NO_ADDRESS, State.SKIPPED), (Outcome.NEVER, State.DEAD)],
)
def test_the_other_outcomes_are_final_at_once(outcome: Outcome, state: State) -> None:
    assert rules.after(outcome, tries=1, backoff=BACKOFF) == rules.Attempt(state)
