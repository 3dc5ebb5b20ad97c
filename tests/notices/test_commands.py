"""Sending, delivering, reading, replaying, against a real database and its job table."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from correspondents import ABOUT, ADMIN, ANNA, AT, BO, VALUES, Book, Provider, send
from django.core.management import CommandError, call_command
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from onedoor.journal.queries import stream
from onedoor.kernel.actor import ANONYMOUS
from onedoor.kernel.errors import Forbidden, NotFound
from onedoor.notices import commands, jobs, ports, queries
from onedoor.notices.models import Delivery, Notice
from onedoor.notices.rules import Channel as Out
from onedoor.notices.rules import State

pytestmark = pytest.mark.django_db


def queued_jobs() -> list[tuple[str, dict[str, Any]]]:
    found = ProcrastinateJob.objects.filter(task_name__startswith="notices.").order_by("id")
    return [(job.task_name, job.args) for job in found]


def delivery() -> Delivery:
    return Delivery.objects.get()


def test_message_outbox_and_job_come_with_the_callers_transaction(sms: Provider) -> None:
    send()
    assert Notice.objects.get().title == "申请已收到"
    assert (delivery().state, delivery().channel, delivery().due_at) == (State.QUEUED, "sms", AT)
    assert queued_jobs() == [("notices.deliver", {"delivery": delivery().id})]
    assert sms.sent == []


def test_a_rollback_leaves_neither_message_nor_outbox_nor_job(sms: Provider) -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()
    assert queued_jobs() == []


def test_many_letters_each_come_with_a_job_of_their_own(sms: Provider) -> None:
    letters = [commands.Letter(f"person:{n}", "submitted", VALUES, ABOUT, (Out.SMS,)) for n in range(3)]
    sent = commands.send_all(letters, at=AT)
    assert list(Notice.objects.filter(id__in=sent).values_list("to", flat=True)) == ["person:0", "person:1", "person:2"]
    assert sorted(job["delivery"] for _, job in queued_jobs()) == sorted(Delivery.objects.values_list("id", flat=True))
    assert commands.send_all([], at=AT) == ()


def test_the_worker_sends_it_once(sms: Provider) -> None:
    send()
    jobs.deliver(delivery().id)
    jobs.deliver(delivery().id)
    (message,) = sms.sent
    assert message["phone"] == "13800000000"
    assert message["text"].endswith("您的“食品经营许可”申请已收到，编号53052420260302000127K。是否受理另行告知。")
    assert (delivery().state, delivery().tries, delivery().receipt) == (State.SENT, 1, "R-1")
    (fact,) = stream(f"delivery:{delivery().id}")
    assert fact.kind == "notice_sent"
    assert "13800000000" not in str(fact)


def test_the_address_is_asked_for_at_the_last_moment_and_stored_nowhere(sms: Provider) -> None:
    send()
    commands.deliver(delivery().id, at=AT)
    book = ports.book()
    assert isinstance(book, Book)
    assert book.asked == [("person:1", ABOUT.subject)]
    assert "13800000000" not in str(list(Delivery.objects.values())) + str(list(Notice.objects.values()))


def test_a_provider_that_is_down_is_tried_again_later_and_at_last_given_up(sms: Provider, settings: Any) -> None:
    settings.NOTICES = settings.NOTICES | {"backoff": [10, 60]}
    send()
    id = delivery().id
    sms.trouble = ports.TryLater("短信服务出错（503）")
    assert commands.deliver(id, at=AT) is State.QUEUED
    assert (delivery().tries, delivery().due_at) == (1, AT + timedelta(seconds=10))
    assert commands.deliver(id, at=AT) is State.QUEUED
    assert delivery().due_at == AT + timedelta(seconds=60)
    assert commands.deliver(id, at=AT) is State.DEAD
    assert (delivery().tries, delivery().trouble, delivery().done_at) == (3, "短信服务出错（503）", AT)
    assert len(queued_jobs()) == 3
    assert [fact.kind for fact in stream(f"delivery:{id}")] == ["notice_dead"]


def test_the_next_try_is_scheduled_not_immediate(sms: Provider) -> None:
    send()
    sms.trouble = ports.TryLater("x")
    commands.deliver(delivery().id, at=AT)
    first, second = ProcrastinateJob.objects.filter(task_name="notices.deliver").order_by("id")
    assert first.scheduled_at is None
    assert second.scheduled_at is not None


def test_a_refusal_for_good_is_a_dead_letter_at_once(sms: Provider) -> None:
    send()
    sms.trouble = ports.Undeliverable("短信服务拒收（422）")
    assert commands.deliver(delivery().id, at=AT) is State.DEAD
    assert delivery().tries == 1


def test_nobody_to_reach_is_skipped_with_the_reason(sms: Provider) -> None:
    send("person:99")
    assert commands.deliver(delivery().id, at=AT) is State.SKIPPED
    assert delivery().trouble == commands.NO_ADDRESS


@pytest.mark.usefixtures("nothing")
def test_a_channel_that_is_not_configured_is_skipped_and_seen_on_the_health_page() -> None:
    send(channels=(Out.SMS, Out.MAIL))
    assert {(row.state, row.trouble) for row in Delivery.objects.all()} == {(State.SKIPPED, commands.NOT_CONFIGURED)}
    assert queued_jobs() == []
    state = queries.outbox_state()
    assert (state.sms, state.mail, state.queued, state.skipped) == (False, False, 0, 2)


def test_mail_goes_to_the_account_with_the_whole_text(sms: Provider) -> None:
    commands.send("account:3", "submitted", VALUES, at=AT, channels=(Out.MAIL,))
    assert commands.deliver(delivery().id, at=AT) is State.SENT
    (message,) = sms.sent
    assert (message["address"], message["subject"]) == ("admin@example.com", "申请已收到")
    assert message["text"] == Notice.objects.get().body


def test_a_template_without_sms_sends_none(sms: Provider) -> None:
    commands.send("account:9", "task", VALUES | {"step": "审查", "due": "2026年3月9日"}, at=AT, channels=(Out.SMS,))
    assert not Delivery.objects.exists()


def test_an_unknown_template_or_an_identity_number_writes_nothing(sms: Provider) -> None:
    with pytest.raises(KeyError):
        commands.send("person:1", "nothing", {}, at=AT)
    with pytest.raises(ValueError, match="identity number"):
        commands.send("person:1", "submitted", VALUES | {"item": "11010519491231002X"}, at=AT)
    assert not Notice.objects.exists()


def test_unknown_deliveries_are_ignored(sms: Provider) -> None:
    assert commands.deliver(12345, at=AT) is None


def test_everyone_sees_their_own_messages_and_those_of_whom_they_represent() -> None:
    for to in ("person:1", "account:1", "account:2", "person:2"):
        send(to, channels=())
    assert {message.to for message in queries.inbox(by=ANNA)} == {"person:1", "account:1"}
    assert queries.unread_count(by=ANNA) == 2
    assert [message.to for message in queries.inbox(by=BO)] == ["account:2"]
    assert queries.inbox(by=ANONYMOUS) == ()


def test_the_inbox_is_newest_first_and_pages() -> None:
    ids = [send(channels=()) for _ in range(5)]
    first = queries.inbox(by=ANNA, limit=2)
    assert [message.id for message in first] == [ids[4], ids[3]]
    assert [message.id for message in queries.inbox(by=ANNA, limit=9, before=ids[3])] == [ids[2], ids[1], ids[0]]


def test_reading_is_noted_once_and_only_ones_own() -> None:
    first, second = send(channels=()), send(channels=())
    with pytest.raises(NotFound):
        commands.mark_read([first], by=BO, at=AT)
    assert commands.mark_read([first], by=ANNA, at=AT) == 1
    assert commands.mark_read([first, second], by=ANNA, at=AT + timedelta(days=1)) == 1
    assert queries.unread_count(by=ANNA) == 0
    assert queries.inbox(by=ANNA, unread=True) == ()
    (fact,) = stream(f"notice:{first}")
    assert (fact.kind, fact.actor, fact.on_behalf_of, fact.occurred_at) == ("notice_read", "account:1", "person:1", AT)


def dead(sms: Provider) -> int:
    send()
    sms.trouble = ports.Undeliverable("x")
    id = Delivery.objects.latest("id").id
    commands.deliver(id, at=AT)
    sms.trouble = None
    return id


def test_dead_letters_are_for_the_system_administrator(sms: Provider) -> None:
    id = dead(sms)
    for by in (ANNA, BO, ANONYMOUS):
        with pytest.raises(Forbidden):
            queries.dead_letters(by=by)
        with pytest.raises(Forbidden):
            commands.replay([id], by=by, at=AT)
    (letter,) = queries.dead_letters(by=ADMIN)
    assert (letter.id, letter.template, letter.subject, letter.tries) == (id, "submitted", ABOUT.subject, 1)


def test_a_replayed_letter_starts_again_and_may_arrive(sms: Provider) -> None:
    id = dead(sms)
    assert commands.replay([id, 999], by=ADMIN, at=AT) == (id,)
    assert commands.replay([id], by=ADMIN, at=AT) == ()
    assert commands.deliver(id, at=AT) is State.SENT
    assert [fact.kind for fact in stream(f"delivery:{id}")] == ["notice_dead", "notice_replayed", "notice_sent"]


def test_dead_letters_are_listed_and_replayed_from_the_command_line(sms: Provider) -> None:
    first, second = dead(sms), dead(sms)
    out = StringIO()
    call_command("notices", "dead", stdout=out)
    assert [line.split("\t")[0] for line in out.getvalue().splitlines()] == [str(second), str(first)]
    call_command("notices", "replay", str(first), stdout=out)
    with pytest.raises(CommandError, match="不是死信"):
        call_command("notices", "replay", str(first), stdout=out)
    call_command("notices", "replay", "--all", stdout=out)
    assert queries.outbox_state().dead == 0
    with pytest.raises(CommandError, match="请给出死信编号"):
        call_command("notices", "replay", stdout=out)


def test_what_lost_its_job_is_enqueued_again(sms: Provider, settings: Any) -> None:
    send()
    later = AT + timedelta(seconds=settings.NOTICES["lost_after"] + 1)
    assert commands.requeue_lost(at=AT, grace=timedelta(seconds=900)) == 0
    jobs.requeue_lost(int(later.timestamp()))
    assert queued_jobs() == [("notices.deliver", {"delivery": delivery().id})] * 2
    jobs.requeue_lost(int(later.timestamp()))
    assert len(queued_jobs()) == 2
