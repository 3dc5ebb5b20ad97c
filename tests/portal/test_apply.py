"""Applying: page by page, saved, resumed, checked, handed in once; and nobody else ever sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.portal.conftest import County, pdf

from onedoor.cases import queries
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import item_of
from onedoor.kernel import expr
from onedoor.kernel.actor import system
from onedoor.vault.rules import KNOWN


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_a_visitor_is_told_what_sign_in_is_for_and_where_else_to_go(county: County) -> None:
    html = text(Client().get(f"/apply/{county.item.code}/"))
    assert "请先登录" in html
    assert f"?next=/apply/{county.item.code}/" in html
    assert county.item.places[0].address in html
    assert "开始填写" not in html


def test_a_visitor_is_asked_for_whom(county: County) -> None:
    html = text(county.citizen.client.get(f"/apply/{county.item.code}/"))
    assert "您为谁办理？" in html
    assert "老街米线店" in html
    assert "李四" not in html


def test_nobody_starts_for_somebody_who_did_not_empower_them(county: County) -> None:
    answer = county.stranger.client.post(f"/apply/{county.item.code}/", {"applicant": county.citizen.party})
    assert answer.status_code == 422
    assert queries.drafts(by=county.stranger.actor) == ()


def test_the_journey_begins_with_the_situations_one_a_page(county: County) -> None:
    draft = county.begin(county.citizen)
    answer = county.citizen.client.get(draft)
    assert answer["Location"].endswith("/page/situation-business/")
    html = text(county.citizen.client.get(answer["Location"]))
    assert "您要做哪一类食品经营？" in html
    assert "食堂是不是承包" not in html


def test_a_missing_answer_is_named_with_a_link_to_its_field(county: County) -> None:
    address = f"{county.begin(county.citizen)}page/situation-business/"
    answer = county.citizen.client.post(address, {"version": 1, "asked": "business"})
    assert answer.status_code == 422
    assert 'href="#f-business"' in text(answer)
    assert "错误：" in text(answer).partition("</title>")[0]


def test_nobody_jumps_ahead(county: County) -> None:
    draft = county.begin(county.citizen)
    for place in ("page/people/", "materials/", "materials/layout/", "check/", "page/nothing/"):
        answer = county.citizen.client.get(draft + place)
        assert answer.status_code == 302, place
        assert answer["Location"].endswith("/page/situation-business/"), place
    assert county.citizen.client.post(f"{draft}check/").status_code == 302
    assert queries.count(by=county.citizen.actor) == 0


def test_what_a_register_knows_is_filled_in_marked_and_correctable(county: County) -> None:
    draft = county.begin(county.citizen, county.company)
    answer = county.citizen.client.get(draft)
    while not answer["Location"].endswith("/page/subject/"):
        address = answer["Location"]
        answer = county.citizen.client.post(address, county.sent(county.citizen, address))
    page = text(county.citizen.client.get(answer["Location"]))
    assert 'value="老街米线店"' in page
    assert "已按法人库替您填好，不对可以改。" in page
    assert 'value="13800000001"' in page
    assert f'value="{county.citizen.id_number}"' in page
    from onedoor.registries.queries import readings_of

    purposes = {record.purpose for record in readings_of(county.citizen.party, by=county.citizen.actor)}
    assert purposes == {"网上申请“食品经营许可”，预填申请表"}


def test_a_page_can_be_left_and_resumed(county: County) -> None:
    draft = county.begin(county.citizen)
    address = f"{draft}page/situation-business/"
    county.citizen.client.post(address, county.sent(county.citizen, address))
    assert county.citizen.client.get(draft)["Location"].endswith("/page/situation-rented/")
    assert draft in text(county.citizen.client.get("/mine/"))
    assert draft in text(county.citizen.client.get(f"/apply/{county.item.code}/"))


def test_a_stale_page_is_a_conflict_and_changes_nothing(county: County) -> None:
    draft = county.begin(county.citizen)
    address = f"{draft}page/situation-business/"
    stale = county.sent(county.citizen, address)
    assert county.citizen.client.post(address, stale).status_code == 302
    answer = county.citizen.client.post(address, stale | {"business": "canteen"})
    assert answer.status_code == 409
    assert "另一台设备" in text(answer)
    assert county.citizen.client.get(draft)["Location"].endswith("/page/situation-rented/")
    assert county.citizen.client.post(address, stale | {"version": "many"}).status_code == 409


def test_an_answer_that_leads_to_another_question_shows_it(county: County) -> None:
    draft = county.begin(county.citizen)
    answer = county.citizen.client.get(draft)
    while not answer["Location"].endswith("/page/premises_page/"):
        address = answer["Location"]
        answer = county.citizen.client.post(address, county.sent(county.citizen, address))
    address = answer["Location"]
    assert "仓库地址" not in text(county.citizen.client.get(address))
    answer = county.citizen.client.post(address, county.sent(county.citizen, address, storage=True))
    assert answer["Location"] == address
    assert "仓库地址" in text(county.citizen.client.get(address))


@pytest.mark.parametrize("value", ["长" * 10_000, "a\0b", "12ab", ""])
def test_bad_input_is_told_at_its_field_and_not_kept(county: County, value: str) -> None:
    draft = county.begin(county.citizen)
    answer = county.citizen.client.get(draft)
    while not answer["Location"].endswith("/page/people/"):
        address = answer["Location"]
        answer = county.citizen.client.post(address, county.sent(county.citizen, address))
    address = answer["Location"]
    answer = county.citizen.client.post(address, county.sent(county.citizen, address) | {"staff_count": value})
    assert answer.status_code == 422
    assert 'href="#f-staff_count"' in text(answer)
    assert county.citizen.client.get(draft)["Location"] == address


def test_files_are_kept_shown_served_in_a_sandbox_and_removed(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    file = county.upload(county.citizen, draft)
    address = f"{draft}files/{file}/"
    assert "布局图.pdf" in text(county.citizen.client.get(f"{draft}materials/layout/"))
    served = county.citizen.client.get(address)
    assert served.status_code == 200
    assert "sandbox" in served["Content-Security-Policy"]
    assert served["X-Content-Type-Options"] == "nosniff"
    assert b"".join(served.streaming_content).startswith(b"%PDF")
    assert county.stranger.client.get(address).status_code == 404
    version = county.citizen.client.get(f"{draft}materials/layout/").context["filling"].draft.version
    county.citizen.client.post(f"{draft}materials/layout/", {"version": version, "remove": file})
    assert "布局图.pdf" not in text(county.citizen.client.get(f"{draft}materials/layout/"))
    assert county.citizen.client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (SimpleUploadedFile("图.pdf", b""), "请先选择文件"),
        (SimpleUploadedFile("图.pdf", b"MZ\x90\x00 program"), "不能上传"),
        (SimpleUploadedFile("图.jpg", b"%PDF-1.7\n%%EOF"), "后缀"),
        (SimpleUploadedFile("../../etc/passwd", b"#!/bin/sh\n"), "不能上传"),
    ],
)
def test_a_bad_file_is_refused_at_its_field(county: County, file: SimpleUploadedFile, told: str) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    address = f"{draft}materials/layout/"
    version = county.citizen.client.get(address).context["filling"].draft.version
    file.seek(0)
    answer = county.citizen.client.post(address, {"version": version, "upload": "1", "layout": file})
    assert answer.status_code == 422
    assert 'id="f-layout-error"' in text(answer)
    assert told in text(answer) or "空文件" in text(answer)
    assert county.citizen.client.get(address).context["files"] == ()


def test_a_virus_is_refused_at_its_field(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    address = f"{draft}materials/layout/"
    version = county.citizen.client.get(address).context["filling"].draft.version
    sick = pdf(words=next(iter(KNOWN)) if not isinstance(KNOWN, dict) else next(iter(KNOWN.values())))
    answer = county.citizen.client.post(address, {"version": version, "upload": "1", "layout": sick})
    assert answer.status_code == 422
    assert "病毒" in text(answer)


def test_check_shows_every_answer_with_a_way_to_change_it(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    county.upload(county.citizen, draft)
    html = text(county.citizen.client.get(f"{draft}check/"))
    assert "食品销售" in html
    assert "布局图.pdf" in html
    assert f'href="{draft}page/people/?change"' in html
    address = f"{draft}page/people/?change"
    answer = county.citizen.client.post(address, county.sent(county.citizen, address, staff_count="7"))
    assert answer["Location"] == f"{draft}check/"
    assert "7 人" in text(county.citizen.client.get(f"{draft}check/"))


def test_the_receipt_says_what_the_case_is_called_and_the_draft_is_gone(county: County) -> None:
    number = county.submit()
    assert [row.number for row in queries.listing(by=county.citizen.actor)] == [number]
    assert queries.drafts(by=county.citizen.actor) == ()


def test_a_second_press_shows_the_same_receipt(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    county.upload(county.citizen, draft)
    first = county.citizen.client.post(f"{draft}check/")
    second = county.citizen.client.post(f"{draft}check/")
    assert first["Location"] == second["Location"] == f"{draft}done/"
    html = text(county.citizen.client.get(f"{draft}done/"))
    assert "申请已收到" in html
    assert "答复是否受理" in html
    assert "行政许可法" in html
    assert queries.count(by=county.citizen.actor) == 1
    assert county.citizen.client.get(draft)["Location"] == f"{draft}done/"


def test_a_press_that_overtakes_the_first_is_received_once(county: County) -> None:
    """The draft is still there: as if the process had died between submission and its removal."""
    from django.utils import timezone

    from onedoor.cases import commands
    from onedoor.portal.apply.filling import filling_of

    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    county.upload(county.citizen, draft)
    held = queries.draft(draft.split("/")[3], by=county.citizen.actor)
    application = filling_of(held, by=county.citizen.actor).application(electronic_service=True)
    first = commands.submit(application, by=county.citizen.actor, at=timezone.now(), key=held.id)
    assert county.citizen.client.post(f"{draft}check/")["Location"] == f"{draft}done/"
    assert county.citizen.client.get(f"{draft}done/").context["receipt"].number == first.number
    assert queries.drafts(by=county.citizen.actor) == ()


def test_a_draft_is_its_owners_alone(county: County) -> None:
    draft = county.begin(county.citizen)
    for place in ("", "page/situation-business/", "materials/", "materials/layout/", "check/", "done/"):
        assert county.stranger.client.get(draft + place).status_code == 404, place
        assert Client().get(draft + place).status_code == 302, place
    assert county.stranger.client.post(f"{draft}discard/").status_code == 404
    assert county.citizen.client.get(f"{draft}discard/").status_code == 405
    assert queries.drafts(by=county.citizen.actor)


def test_a_draft_is_thrown_away_with_its_files(county: County) -> None:
    draft = county.begin(county.citizen)
    county.fill(county.citizen, draft)
    file = county.upload(county.citizen, draft)
    assert county.citizen.client.post(f"{draft}discard/")["Location"] == "/mine/"
    assert county.citizen.client.get(draft).status_code == 404
    assert county.citizen.client.get(f"{draft}files/{file}/").status_code == 404


def test_a_forged_post_without_its_token_is_refused(county: County) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = county.citizen.client.cookies
    answer = strict.post(f"/apply/{county.item.code}/", {"applicant": county.citizen.party})
    assert answer.status_code == 403
    assert queries.drafts(by=county.citizen.actor) == ()


def test_a_page_that_saves_itself_keeps_what_is_good_and_tells_the_version(county: County) -> None:
    address = f"{county.begin(county.citizen)}page/situation-business/"
    sent = {"version": 1, "asked": "business", "business": "catering"}
    answer = county.citizen.client.post(address, sent, headers={"accept": "application/json"})
    told = answer.json()
    assert (told["version"], told["unsaved"]) == (2, 0)
    (draft,) = queries.drafts(by=county.citizen.actor)
    assert queries.draft(draft.id, by=county.citizen.actor).content.situations == {"business": "catering"}
    stale = county.citizen.client.post(address, sent, headers={"accept": "application/json"})
    assert stale.status_code == 409


def test_saving_itself_does_not_confirm_what_a_register_gave(county: County) -> None:
    draft = county.begin(county.citizen)
    while "/page/situation-" in (address := county.citizen.client.get(draft)["Location"]):
        county.citizen.client.post(address, county.sent(county.citizen, address))
    filling = county.citizen.client.get(address).context["filling"]
    known = {key: value for key, value in filling.known.items() if isinstance(value, str)}
    asked = " ".join({*known, "contact_name"})
    sent = {"version": filling.draft.version, "asked": asked, **known, "contact_name": "李四"}
    told = county.citizen.client.post(address, sent, headers={"accept": "application/json"})
    assert told.status_code == 200
    kept = county.citizen.client.get(address).context["filling"]
    assert kept.draft.content.answers["contact_name"] == "李四"
    assert known
    assert not (set(known) - {"contact_name"}) & set(kept.answers)


def test_what_was_chosen_in_the_guide_is_told_and_not_asked_again(county: County) -> None:
    client = county.citizen.client
    started = client.post(
        f"/apply/{county.item.code}/?business=canteen&contracted=maybe", {"applicant": county.citizen.party}
    )
    draft = "/".join(started["Location"].split("/")[:4]) + "/"
    assert started["Location"].endswith("/page/situation-contracted/")
    html = text(client.get(started["Location"]))
    assert "我们已经知道，不再问您" in html
    assert "单位食堂" in html
    changing = f"{draft}page/situation-business/"
    assert f'href="{changing}?change"' in html
    client.post(changing, county.sent(county.citizen, changing) | {"business": "catering"})
    assert "我们已经知道" not in text(client.get(client.get(draft)["Location"]))  # corrected: no longer the platform's


def test_a_situation_that_the_register_of_persons_answers_is_not_asked(county: County) -> None:
    whole = item_of(county.item)
    known = expr.parse({"if": ["$resident", "catering", "sales"]})
    business, *others = whole.situations
    item = replace(whole, situations=(replace(business, known=known), *others))
    items.publish([item], by=system("test"), at=timezone.now())
    started = county.citizen.client.get(county.begin(county.citizen))
    assert started["Location"].endswith("/page/situation-rented/")
    assert "餐饮服务" in text(county.citizen.client.get(started["Location"]))
    from onedoor.registries.queries import readings_of

    purposes = {record.purpose for record in readings_of(county.citizen.party, by=county.citizen.actor)}
    assert "网上申请“食品经营许可”，判断您的情形" in purposes
    company = county.citizen.client.get(county.begin(county.citizen, county.company))
    assert company["Location"].endswith("/page/situation-business/")


def test_a_draft_follows_the_item_and_an_answer_that_is_no_choice_any_more_is_asked_anew(county: County) -> None:
    draft = county.begin(county.citizen)
    page = f"{draft}page/situation-rented/"
    county.citizen.client.post(
        f"{draft}page/situation-business/", {"version": 1, "asked": "business", "business": "sales"}
    )
    county.citizen.client.post(page, {"version": 2, "asked": "rented", "rented": "no"})
    assert not county.citizen.client.get(draft)["Location"].endswith("/page/situation-rented/")
    *others, rented = county.item.situations
    options = tuple(replace(option, value=option.value.replace("no", "own")) for option in rented.options)
    changed = replace(item_of(county.item), situations=(*others, replace(rented, options=options)))
    items.publish([changed], by=system("tests"), at=timezone.now())
    published.forget()
    assert county.citizen.client.get(draft)["Location"].endswith("/page/situation-rented/")
    answer = county.citizen.client.post(page, {"version": 3, "asked": "rented", "rented": "own"})
    assert answer.status_code == 302
    assert not answer["Location"].endswith("/page/situation-rented/")
