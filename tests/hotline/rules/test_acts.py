"""Whatever officers try in whatever order: a ruling ends returns, and no answer is owed by nobody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onedoor.hotline.rules import Fact, Occasion, Question, State, acts, apply, service_of
from onedoor.hotline.rules import events as e
from onedoor.kernel.actor import ANONYMOUS
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Invalid, Refused
from onedoor.kernel.workdays import Calendar

AT = datetime(2026, 3, 2, 10, tzinfo=CHINA)
CALENDAR = Calendar(2026, 2026, frozenset(), frozenset(), "test")
SERVICE = service_of(
    {
        "desk": {"organ": "desk"},
        "answering": [{"from": date(2020, 1, 1), "workdays": 1, "basis": "示例"}],
        "returning": [{"from": date(2020, 1, 1), "hours": 24, "basis": "示例"}],
        "closing": [{"from": date(2020, 1, 1), "ask_after": 5, "close_after": 10, "basis": "示例"}],
        "asking": {"times_back": 1, "most_a_day": 10, "most_of_address": 100},
        "check": {"organs": []},
        "templates": {},
    }
)
TRIED = st.lists(
    st.tuples(st.sampled_from(["dispatch", "rule", "return", "answer", "back", "rate"]), st.sampled_from("AB"),
              st.integers(0, 30)),
    max_size=14,
)  # fmt: skip


def asked() -> Question:
    event = e.QuestionAsked(
        id=1, number="ZX1", asker="person:1", item="", item_name="", organ="", area="530524000000",
        due=date(2026, 3, 3), provisional=False, text="想问一件事",
    )  # fmt: skip
    return apply(None, Fact(1, AT, "account:1", event))


def attempt(question: Question, act: str, organ: str, at: datetime) -> Question:
    now = Occasion(SERVICE, CALENDAR, at, ANONYMOUS)
    tried = {
        "dispatch": lambda: acts.dispatch(question, now, organ=organ, final=False, reason=""),
        "rule": lambda: acts.dispatch(question, now, organ=organ, final=True, reason="职责在此"),
        "return": lambda: acts.give_back(question, now, reason="不归本机关管"),
        "answer": lambda: acts.answer(question, now, text="可以这样办。"),
        "back": lambda: acts.ask_back(question, now, text="还有一个问题"),
        "rate": lambda: acts.rate_answer(question, now, level=5, comment=""),
    }
    try:
        events = tried[act]()
    except (Refused, Invalid):
        return question
    for event in events:
        question = apply(question, Fact(question.version + 1, at, "account:2", event))
    return question


@given(TRIED)
def test_in_any_order_the_question_stays_sound(tried: list[tuple[str, str, int]]) -> None:
    question, at = asked(), AT
    for act, organ, hours in tried:
        before, at = question, at + timedelta(hours=hours)
        question = attempt(question, act, organ, at)
        assert (question.state is State.WAITING) == (question.organ == "")
        assert len(question.turns) <= 2
        assert question.version >= before.version
        if before.final:
            assert question.organ == before.organ
        if before.rating is not None:
            assert question == before
        if act == "return" and question != before:
            assert before.dispatched_at is not None
            assert at - before.dispatched_at <= timedelta(hours=24)


@given(st.dates(date(2026, 1, 1), date(2026, 11, 30)))
def test_the_answer_is_due_on_the_next_working_day(on: date) -> None:
    end = SERVICE.due(on, CALENDAR).date
    assert end > on
    assert CALENDAR.is_workday(end)
    assert not any(CALENDAR.is_workday(on + timedelta(days=n)) for n in range(1, (end - on).days))
