"""What the law requires in each document, and how characters are treated. No database, no fonts."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_documents import denial, extreme, licence, realistic
from sample_pieces import deadline, head

from onedoor.documents import rules
from onedoor.kernel.errors import Invalid


def faults(document: rules.Document) -> set[str]:
    with pytest.raises(Invalid) as caught:
        rules.check(document)
    return {error.field for error in caught.value.errors}


@pytest.mark.parametrize("document", [*realistic(), *extreme()], ids=lambda d: d.template)
def test_complete_documents_pass(document: rules.Document) -> None:
    rules.check(document)


def test_every_kind_of_document_has_samples() -> None:
    assert {document.template for document in realistic()} == set(rules.DOCUMENTS)


def test_a_refusal_needs_facts_reasons_articles_and_remedies() -> None:
    blank = rules.Remedies(review_body=" ", review_days=0, court="", court_months=6)
    bare = denial(facts="", reasons=(), basis=(" ",), remedies=blank)
    assert faults(bare) == {"facts", "reasons", "basis", "remedies.review_body", "remedies.court", "remedies"}


def test_every_letter_names_organ_number_person_case_and_item() -> None:
    empty = head(organ="", number="", addressee="", case_number="", item="")
    for document in realistic():
        if hasattr(document, "head"):
            changed = dataclasses.replace(document, head=empty)
            assert {f"head.{name}" for name in ("organ", "number", "addressee", "case_number", "item")} <= faults(
                changed
            )


def one(template: str) -> rules.Document:
    return next(document for document in realistic() if document.template == template)


FEE_WITHOUT_AMOUNT = rules.FeeLine(name="登记费", standard="80元/件", basis="收费目录清单", amount=" ")


@pytest.mark.parametrize(
    ("template", "changes", "field"),
    [
        ("application_receipt", {"answer": None}, "answer"),
        ("application_receipt", {"materials": (rules.MaterialLine(name="图", copies=0),)}, "materials"),
        ("intake_receipt", {"materials": ()}, "materials"),
        ("acceptance_notice", {"accepted_on": date(2026, 3, 1)}, "accepted_on"),
        ("not_required_notice", {"reasons": ()}, "reasons"),
        ("not_competent_notice", {"turn_to": ""}, "turn_to"),
        ("visit_receipt", {"lines": ()}, "lines"),
        ("visit_receipt", {"received_by": " "}, "received_by"),
        ("fee_notice", {"lines": ()}, "lines"),
        ("payment_notice", {"lines": ()}, "lines"),
        ("payment_notice", {"lines": (FEE_WITHOUT_AMOUNT,)}, "lines.amount"),
        ("payment_notice", {"window": " "}, "window"),
        (
            "payment_notice",
            {"deadline": dataclasses.replace(deadline("10个工作日", date(2026, 3, 16)), article="")},
            "deadline.article",
        ),
        ("payment_notice", {"deadline": deadline("10个工作日", date(2026, 3, 1))}, "deadline.due"),
        ("supplement_notice", {"defects": ()}, "defects"),
        ("supplement_notice", {"defects": (rules.Defect(material="图", fault=" "),)}, "defects.1.fault"),
        ("extension_notice", {"reason": ""}, "reason"),
        ("extension_notice", {"was_due": date(2026, 3, 1)}, "head.dated"),
        ("extension_notice", {"was_due": date(2026, 4, 16)}, "deadline.due"),
        ("special_procedure_notice", {"ends_on": date(2026, 3, 8)}, "ends_on"),
        ("promise_letter", {"promises": ()}, "promises"),
        ("tolerance_notice", {"owed": (rules.OwedLine(material="图", due=date(2026, 3, 1)),)}, "owed"),
        ("grant_decision", {"basis": ()}, "basis"),
        ("grant_decision", {"validity": ""}, "validity"),
        ("delivery_receipt", {"documents": ()}, "documents"),
        ("licence_face", {"validity": ""}, "validity"),
        ("licence_face", {"verify_page": ""}, "verify_page"),
        ("licence_face", {"verify_code": " "}, "verify_code"),
        ("licence_face", {"verify_url": ""}, "verify_url"),
    ],
)
def test_each_document_has_its_own_required_elements(template: str, changes: dict[str, object], field: str) -> None:
    assert faults(dataclasses.replace(one(template), **changes)) == {field}  # type: ignore[arg-type]


def test_a_licence_without_end_is_valid_for_ever() -> None:
    rules.check(licence(basis=""))


def test_dates_are_written_without_leading_zeros_and_moments_in_beijing_time() -> None:
    assert rules.chinese_date(date(2026, 3, 2)) == "2026年3月2日"
    assert rules.chinese_moment(datetime(2026, 3, 1, 16, 5, tzinfo=UTC)) == "2026年3月2日 00:05"
    with pytest.raises(ValueError):
        rules.chinese_moment(datetime(2026, 3, 1))  # noqa: DTZ001


def test_data_holds_only_plain_values() -> None:
    data = rules.to_data(denial())
    assert isinstance(data, dict)
    assert data["accepted_on"] == "2026年3月4日"
    assert data["remedies"]["review_days"] == 60
    with pytest.raises(TypeError):
        rules.to_data(1.5)


def test_invisible_characters_go_and_line_breaks_become_spaces() -> None:
    assert rules.clean("张\u202e三\x00\n李\u200b四\ufe00") == "张三 李四"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert rules.clean(rules.clean(text)) == rules.clean(text)


def test_missing_characters_are_named_once_in_order() -> None:
    covered = {ord(character) for character in "李小"}
    assert rules.missing(["李𡊄", "𡊄小😀"], covered) == ("𡊄", "😀")
    assert "“𡊄”（U+21284）" in rules.MissingGlyph(("𡊄",)).message


def test_gaps_are_written_as_code_points_everywhere_in_the_tree() -> None:
    tree = {"a": ["李𡊄", 3, None], "b": True}
    assert rules.note_gaps(tree, {"𡊄"}) == {"a": ["李〔U+21284〕", 3, None], "b": True}
