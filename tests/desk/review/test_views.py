"""An officer's case page: what may be done is offered, what is refused says why, what others own does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.commands.test_promising import application, offered
from tests.cases.queries.test_separating import accepted
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models, queries
from onedoor.cases.rules.values import Pledge, Verdict
from onedoor.desk.review import drawing
from onedoor.kernel.actor import ANONYMOUS, Act, Actor
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


@pytest.fixture
def number(world: World) -> str:
    return commands.submit(world.application(), by=world.citizen, at=timezone.now(), key="k1").number


def do(browser: Client, number: str, act: str, **fields: object) -> tuple[int, str]:
    page = browser.get(f"/desk/cases/{number}/").content.decode()
    seen = re.search(r'name="version" value="(\d+)"', page)
    shown = {"version": seen.group(1)} if seen else {}
    answer = browser.post(f"/desk/cases/{number}/do/{act}/", shown | fields, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_visitor_is_asked_to_sign_in_and_a_citizen_has_no_desk(world: World, acting: SignIn) -> None:
    assert acting(ANONYMOUS).get("/desk/").status_code == 302
    answer = acting(world.citizen).get("/desk/")
    assert answer.status_code == 404
    assert "这一页只给工作人员用" in answer.content.decode()
    assert 'href="/mine/"' in answer.content.decode()


def test_the_inbox_shows_the_task_with_colour_word_and_number(world: World, acting: SignIn) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k0").number
    page = acting(world.clerk).get("/desk/").content.decode()
    assert f"/desk/cases/{number}/" in page
    assert "红 · 超" in page
    assert "张某" in page or "张*" in page


def test_beside_a_case_stand_the_next_ones_and_the_way_to_all(
    world: World, acting: SignIn, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = commands.submit(world.application(), by=world.citizen, at=timezone.now(), key="k2").number
    whole = "看全部待办"
    page = acting(world.clerk).get(f"/desk/cases/{number}/").content.decode()
    assert (f"/desk/cases/{later}/" in page, whole in page) == (True, False)
    monkeypatch.setattr(drawing, "BESIDE", 1)
    page = acting(world.clerk).get(f"/desk/cases/{number}/").content.decode()
    assert (f"/desk/cases/{later}/" in page, whole in page) == (False, True)


def test_a_clerk_is_offered_the_three_answers_and_a_reviewer_none_of_them(
    world: World, acting: SignIn, number: str
) -> None:
    page = acting(world.clerk).get(f"/desk/cases/{number}/").content.decode()
    assert all(f"/do/{act}/" in page for act in ("accept", "supplement", "refuse"))
    assert "/do/accept/" not in acting(world.reviewer).get(f"/desk/cases/{number}/").content.decode()


def test_the_whole_way_through_the_desk(world: World, acting: SignIn, number: str) -> None:
    assert do(acting(world.clerk), number, "accept", version=1)[0] == 200
    reviewer = acting(world.reviewer)
    for task in ("papers", "check"):
        status, page = do(reviewer, number, "step", step=task, verdict="passed", opinion="符合条件")
        assert status == 200, page
        assert "已办理，并记入办件经过" in page
    status, _ = do(acting(world.leader), number, "decide", outcome="granted", reasons="符合", article="第三十五条")
    assert status == 200
    assert queries.case_page(number, by=world.leader, on=AT.date()).case.outcome == "granted"


def test_what_usually_comes_next_stands_open_and_sending_back_below_it(
    world: World, acting: SignIn, number: str
) -> None:
    reviewer = acting(world.reviewer)
    commands.accept(number, by=world.clerk, at=AT)
    assert opened(reviewer, number) == ["材料审查"]
    for task in ("papers", "check"):
        commands.complete_step(number, by=world.reviewer, at=AT, step=task, verdict=Verdict.PASSED, opinion="相符")
    page = reviewer.get(f"/desk/cases/{number}/").content.decode()
    assert "/do/send_back/" in page
    assert opened(reviewer, number) == []
    assert opened(acting(world.leader), number) == ["决定"]


def test_what_went_to_a_colleague_stands_open_for_nobody_else(world: World, acting: SignIn, number: str) -> None:
    colleague = staff("同事", world.item.organ, Act.ACCEPT)
    why = {"name": colleague.name, "reasons": ["only"], "of": 1, "load": 0}
    models.Task.objects.filter(case__number=number).update(assignee=colleague.ref, because=why)
    assert opened(acting(colleague), number) == ["受理"]
    assert opened(acting(world.clerk), number) == []
    assert "/do/accept/" in acting(world.clerk).get(f"/desk/cases/{number}/").content.decode()


def opened(browser: Client, number: str) -> list[str]:
    page = browser.get(f"/desk/cases/{number}/").content.decode()
    return re.findall(r'<details class="act-form" name="act" open><summary[^>]*><span>(.*?)</span>', page)


def test_a_long_basis_shows_whole_and_a_grant_in_green(world: World, acting: SignIn, number: str) -> None:
    leader = acting(world.leader)
    commands.accept(number, by=world.clerk, at=AT)
    for task in ("papers", "check"):
        commands.complete_step(number, by=world.reviewer, at=AT, step=task, verdict=Verdict.PASSED, opinion="相符")
    page = leader.get(f"/desk/cases/{number}/").content.decode()
    assert re.search(r'<textarea [^>]*name="article"[^>]*>《', page)
    assert '<span class="tag tag--wait">审查中</span>' in page
    _, page = do(leader, number, "decide", outcome="granted", reasons="符合", article="第三十五条")
    assert '<span class="tag tag--go">准予</span>' in page


def test_a_refused_act_keeps_what_was_typed_and_says_what_to_do(world: World, acting: SignIn, number: str) -> None:
    status, page = do(acting(world.clerk), number, "refuse", outcome="not_required", reason="只卖预包装食品")
    assert status == 422
    assert "只卖预包装食品" in page
    assert "请写明申请人可以向哪里办理" in page


def test_a_stale_page_is_a_conflict(world: World, acting: SignIn, number: str) -> None:
    commands.withdraw(number, by=world.citizen, at=AT)
    status, page = do(acting(world.clerk), number, "accept", version=1)
    assert status == 409
    assert "这件在您填写时变了" in page
    assert "申请人撤回" in page


def test_a_stale_page_says_who_changed_what_and_keeps_the_words_for_sending_again(
    world: World, acting: SignIn, number: str
) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    page = acting(world.reviewer).get(f"/desk/cases/{number}/").content.decode()
    assert 'name="version" value="2"' in page
    commands.start_special_procedure(
        number,
        by=world.reviewer,
        at=AT,
        ground=world.item.clock.grounds[0].ground,
        notified_end=AT.date() + timedelta(days=3),
        reason="检验",
    )
    words = {"step": "papers", "verdict": "passed", "opinion": "逐条核对过", "offer": "step-papers"}
    status, page = do(acting(world.reviewer), number, "step", **words, version=2)
    assert status == 409
    assert "进入特别程序" in page
    assert "审查员" in page
    assert "逐条核对过" in page
    assert 'name="version" value="3"' in page
    assert do(acting(world.reviewer), number, "step", **words, version=3)[0] == 200


def test_others_on_the_page_are_a_line_and_no_fact(world: World, acting: SignIn, number: str) -> None:
    acting(world.clerk).post(f"/desk/cases/{number}/here/")
    line = acting(world.reviewer).post(f"/desk/cases/{number}/here/").content.decode()
    assert "收件员 也打开着这件" in line
    assert acting(world.stranger).post(f"/desk/cases/{number}/here/").status_code == 404


def test_whoever_signs_out_has_no_case_open_any_more(world: World, acting: SignIn, number: str) -> None:
    acting(world.clerk).post(f"/desk/cases/{number}/here/")
    commands.leave(world.clerk.ref)
    assert "也打开着这件" not in acting(world.reviewer).post(f"/desk/cases/{number}/here/").content.decode()


def test_a_notice_is_seen_before_it_goes_and_nothing_is_done(world: World, acting: SignIn, number: str) -> None:
    clerk = acting(world.clerk)
    answer = clerk.post(f"/desk/cases/{number}/preview/accept/", {"version": "1"})
    assert answer.content.startswith(b"%PDF")
    assert queries.case_page(number, by=world.clerk, on=AT.date()).case.version == 1
    words = {"outcome": "not_competent", "reason": "不归本局", "where_to_turn": "县水务局"}
    assert clerk.post(f"/desk/cases/{number}/preview/refuse/", words).content.startswith(b"%PDF")
    assert clerk.post(f"/desk/cases/{number}/preview/deliver/").status_code == 404
    assert acting(world.stranger).post(f"/desk/cases/{number}/preview/accept/").status_code == 404


def test_whoever_did_the_step_before_is_flagged(world: World, acting: SignIn, number: str) -> None:
    alone = staff("三人小局", world.item.organ, Act.ACCEPT, Act.REVIEW)
    commands.accept(number, by=alone, at=AT)
    assert "您已经办过这件的受理。" in acting(alone).get(f"/desk/cases/{number}/").content.decode()
    assert "一人兼任" not in acting(world.reviewer).get(f"/desk/cases/{number}/").content.decode()


def test_whoever_accepted_leaves_the_review_to_a_colleague_where_the_item_keeps_duties_apart(
    world: World, acting: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = staff("三人小局", world.item.organ, Act.ACCEPT, Act.REVIEW)
    number = accepted(world, alone)
    here = [Staff(n, name, name, "o", ALWAYS, f"account:{name}") for n, name in enumerate(("三人小局", "审查员"))]
    monkeypatch.setattr(orgs, "officers", lambda *_: tuple(here))
    page = acting(alone).get(f"/desk/cases/{number}/").content.decode()
    assert "今天还有 1 位没有办过这件的同事可以办" in page
    assert ("/do/step/" in page, "/do/hand_over/" in page, "人手少的单位可以兼办" in page) == (False, True, False)
    status, page = do(acting(alone), number, "step", offer="step-papers", step="papers", verdict="passed", opinion="好")
    assert (status, "没有办成" in page, "本局内控制度" in page) == (422, True, True)
    del here[1]
    page = acting(alone).get(f"/desk/cases/{number}/").content.decode()
    assert ("/do/step/" in page, "人手少的单位可以兼办" in page) == (True, True)


def test_what_earlier_steps_said_stands_beside_the_form_of_whoever_signs(
    world: World, acting: SignIn, number: str
) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    commands.complete_step(number, by=world.reviewer, at=AT, step="papers", verdict=Verdict.PASSED, opinion="材料相符")
    commands.complete_step(number, by=world.reviewer, at=AT, step="check", verdict=Verdict.FAILED, opinion="布局不符")
    page = acting(world.leader).get(f"/desk/cases/{number}/").content.decode()
    beside = page[page.index('id="act-title"') : page.index("/do/decide/")]
    assert "材料相符" in beside
    assert "布局不符" in beside
    assert "不符合" in beside
    assert "审查员" in beside
    commands.send_back(number, by=world.leader, at=AT, step="check", reason="再看")
    page = acting(world.reviewer).get(f"/desk/cases/{number}/").content.decode()
    assert "布局不符" not in page[page.index('id="act-title"') :]


def test_an_empty_opinion_is_asked_for_in_the_words_of_its_label(world: World, acting: SignIn, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    status, page = do(acting(world.reviewer), number, "step", step="papers", verdict="passed", opinion="")
    assert status == 422
    assert "请写明理由与依据。" in page
    assert ">理由与依据</label>" in page


def test_no_conclusion_is_chosen_for_whoever_reviews(world: World, acting: SignIn, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    reviewer = acting(world.reviewer)
    form = reviewer.get(f"/desk/cases/{number}/").content.decode().partition('name="verdict"')[2]
    assert "checked" not in form.partition("</fieldset>")[0]
    status, page = do(reviewer, number, "step", step="papers", opinion="材料相符")
    assert status == 422
    assert "请选择结论。" in page


def test_all_that_is_missing_is_said_at_once_and_beside_the_form(world: World, acting: SignIn, number: str) -> None:
    commands.accept(number, by=world.clerk, at=AT)
    _status, page = do(acting(world.reviewer), number, "step", step="papers", offer="step-papers", opinion="")
    beside = page.partition('id="act-wrong"')[2].partition("</ul>")[0]
    assert ("请选择结论。" in beside, "请写明理由与依据。" in beside) == (True, True)
    assert page.count('href="#act-wrong"') == 2


def test_the_due_date_is_explained_day_by_day(world: World, acting: SignIn, number: str) -> None:
    page = acting(world.clerk).get(f"/desk/cases/{number}/?tab=clocks").content.decode()
    assert "第几日" in page


def test_documents_are_drawn_for_those_who_may_see_the_case(world: World, acting: SignIn, number: str) -> None:
    answer = acting(world.clerk).get(f"/desk/cases/{number}/papers/receipt/")
    assert answer.content.startswith(b"%PDF")
    assert acting(world.clerk).get(f"/desk/cases/{number}/papers/decision/").status_code == 404


def test_what_was_promised_is_shown_as_owed_and_taken_in_at_the_window(world: World, acting: SignIn) -> None:
    item = offered()
    wish = application(item, rules=Pledge.LATER, premises=Pledge.INSTEAD)
    number = commands.submit(wish, by=world.citizen, at=timezone.now(), key="p").number
    assert do(acting(world.clerk), number, "accept")[0] == 200
    page = acting(world.reviewer).get(f"/desk/cases/{number}/").content.decode()
    assert "不能准予" in page
    assert "还没有交来" in page
    assert do(acting(world.reviewer), number, "verify", material="premises", held="", opinion="查了")[0] == 422
    status, page = do(acting(world.reviewer), number, "verify", material="premises", held="yes", opinion="查了")
    assert status == 200
    assert "核查属实" in page
    window = staff("窗口收件", None, Act.RECEIVE)
    assert do(acting(window), number, "owed")[0] == 422
    status, page = do(acting(window), number, "owed", **{"paper.rules": "copy"})
    assert status == 200
    assert "窗口已收纸质复印件" in page
    assert "还没有交来" not in page
