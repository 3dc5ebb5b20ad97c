"""All writes of 我要问: each is a named act in one transaction with its journal entries."""

from onedoor.hotline.commands.acts import (
    answer,
    ask_back,
    check_answer,
    dispatch,
    give_back,
    publish_answer,
    rate_answer,
    send_answer_back,
    settle_all_idle,
    settle_idle,
    withdraw_publication,
)
from onedoor.hotline.commands.asking import Asked, Asking, ask, check_code, may_ask

__all__ = [
    "Asked",
    "Asking",
    "answer",
    "ask",
    "ask_back",
    "check_answer",
    "check_code",
    "dispatch",
    "give_back",
    "may_ask",
    "publish_answer",
    "rate_answer",
    "send_answer_back",
    "settle_all_idle",
    "settle_idle",
    "withdraw_publication",
]
