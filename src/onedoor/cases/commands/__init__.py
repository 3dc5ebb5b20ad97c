"""All writes of cases: each is a named legal act in one transaction with its journal entries."""

from onedoor.cases.commands.acting import Doing
from onedoor.cases.commands.acts import (
    SiteVisit,
    accept,
    complete_site_visit,
    complete_step,
    decide,
    end_special_procedure,
    extend,
    open_material,
    rate,
    refuse_acceptance,
    request_supplement,
    send_back,
    start_special_procedure,
    supplement,
    supplement_within,
    withdraw,
)
from onedoor.cases.commands.automatic import do_automatic_steps
from onedoor.cases.commands.consulting import answer_late_opinion, give_late_opinion, tell_of_silence
from onedoor.cases.commands.delivering import deliver
from onedoor.cases.commands.dispatching import dispatch_again, dispatch_tasks, put_off, undispatched
from onedoor.cases.commands.drafts import discard_draft, forget_drafts, save_draft, start_draft
from onedoor.cases.commands.ending import check_promise, end_result, reissue_licence
from onedoor.cases.commands.filters import drop_filter, save_filter
from onedoor.cases.commands.gathering import speak
from onedoor.cases.commands.guesses import (
    charge_comparison,
    charge_objection,
    check_password,
    counted_guess,
    forget_guesses,
)
from onedoor.cases.commands.handover import end_agency_within, hand_over
from onedoor.cases.commands.hearing import (
    announce_hearing,
    ask_hearing,
    check_code,
    convene_hearing,
    make_statement,
    name_interested,
    record_hearing,
    tell_hearing_right,
    waive_hearing,
)
from onedoor.cases.commands.instant import decide_instantly
from onedoor.cases.commands.members import follow_members
from onedoor.cases.commands.moving import (
    continue_moving,
    keep,
    move,
    move_back,
    move_batch,
    start_moving,
    stop_moving,
    undo_moving,
)
from onedoor.cases.commands.opinions import drop_opinion, save_opinion
from onedoor.cases.commands.overlooked import ask_overlooked, decline_overlooked
from onedoor.cases.commands.paying import (
    Paid,
    decide_relief,
    give_up_payment,
    propose_relief,
    record_payment,
    set_charges,
)
from onedoor.cases.commands.presence import be_here, leave
from onedoor.cases.commands.promising import hand_in_owed, verify_pledge
from onedoor.cases.commands.publicity import (
    answer_objections,
    check_receipt,
    object_online,
    record_objection,
    start_publicity,
)
from onedoor.cases.commands.recomputing import recompute
from onedoor.cases.commands.requesting import refuse_request, request_of_holder, take_back_request
from onedoor.cases.commands.results import make_result
from onedoor.cases.commands.submission import receive, submit
from onedoor.cases.commands.telling import tell, tell_of_dates, tell_of_receipt
from onedoor.cases.commands.upkeep import erase, settle_due
from onedoor.cases.commands.upward import (
    UpperAnswer,
    UpperReturn,
    record_upper_answer,
    record_upper_return,
    report_upward,
    tell_upper_of_withdrawal,
)
from onedoor.cases.commands.visiting import VisitCall, call_visit, leave_visit, man_visit, sign_visit

__all__ = [
    "Doing",
    "Paid",
    "SiteVisit",
    "UpperAnswer",
    "UpperReturn",
    "VisitCall",
    "accept",
    "announce_hearing",
    "answer_late_opinion",
    "answer_objections",
    "ask_hearing",
    "ask_overlooked",
    "be_here",
    "call_visit",
    "charge_comparison",
    "charge_objection",
    "check_code",
    "check_password",
    "check_promise",
    "check_receipt",
    "complete_site_visit",
    "complete_step",
    "continue_moving",
    "convene_hearing",
    "counted_guess",
    "decide",
    "decide_instantly",
    "decide_relief",
    "decline_overlooked",
    "deliver",
    "discard_draft",
    "dispatch_again",
    "dispatch_tasks",
    "do_automatic_steps",
    "drop_filter",
    "drop_opinion",
    "end_agency_within",
    "end_result",
    "end_special_procedure",
    "erase",
    "extend",
    "follow_members",
    "forget_drafts",
    "forget_guesses",
    "give_late_opinion",
    "give_up_payment",
    "hand_in_owed",
    "hand_over",
    "keep",
    "leave",
    "leave_visit",
    "make_result",
    "make_statement",
    "man_visit",
    "move",
    "move_back",
    "move_batch",
    "name_interested",
    "object_online",
    "open_material",
    "propose_relief",
    "put_off",
    "rate",
    "receive",
    "recompute",
    "record_hearing",
    "record_objection",
    "record_payment",
    "record_upper_answer",
    "record_upper_return",
    "refuse_acceptance",
    "refuse_request",
    "reissue_licence",
    "report_upward",
    "request_of_holder",
    "request_supplement",
    "save_draft",
    "save_filter",
    "save_opinion",
    "send_back",
    "set_charges",
    "settle_due",
    "sign_visit",
    "speak",
    "start_draft",
    "start_moving",
    "start_publicity",
    "start_special_procedure",
    "stop_moving",
    "submit",
    "supplement",
    "supplement_within",
    "take_back_request",
    "tell",
    "tell_hearing_right",
    "tell_of_dates",
    "tell_of_receipt",
    "tell_of_silence",
    "tell_upper_of_withdrawal",
    "undispatched",
    "undo_moving",
    "verify_pledge",
    "waive_hearing",
    "withdraw",
]
