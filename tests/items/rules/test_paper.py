"""Forms and samples: every item's papers are complete, blank or filled in, and what a sample says would be accepted."""

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tests.items.samples import COUNTY, DATA

from onedoor.documents.rules import PaperForm, check
from onedoor.items.rules import Item, ItemVersion, Source, paper, read, synthetic
from onedoor.kernel.journey import Form, clean_all

TODAY = date(2026, 3, 2)
STATIONERY = paper.stationery_from(YAML(typ="safe").load((DATA / "paper.yaml").read_text("utf-8")))
WRITER = paper.Writer(STATIONERY, TODAY, "530524101001", lambda code: f"示例村 {code}")
FILES = sorted(COUNTY.glob("*.yaml"))


def version(file: Path) -> ItemVersion:
    item = read(file.read_text("utf-8"), file=file.name).item
    values = {field: getattr(item, field) for field in Item.__dataclass_fields__}
    return ItemVersion(**values, id=1, number=1, digest="", published_on=TODAY, effective_from=TODAY)


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def item(request: pytest.FixtureRequest) -> ItemVersion:
    return version(request.param)


def drawn(item: ItemVersion, key: str, *, sample: bool) -> PaperForm:
    if key == paper.OWN_FORM:
        return paper.own_form(item, writer=WRITER if sample else None)
    return paper.other_paper(item, item.material(key), STATIONERY, sample=sample)


def test_every_paper_that_an_item_names_is_complete_blank_and_as_a_sample(item: ItemVersion) -> None:
    papers = dict(paper.papers_of(item))
    for key in papers:
        check(drawn(item, key, sample=False))
        check(drawn(item, key, sample=True))
    wanted = {paper.paper_key(material) for material in item.materials if material.blank_form}
    assert wanted <= papers.keys()
    assert paper.OWN_FORM in papers or not item.form.pages


def test_what_a_sample_says_would_be_accepted(item: ItemVersion) -> None:
    given = paper.sample_answers(item, writer=WRITER)
    entity = any(question.prefill.startswith("entity.") for question in item.form.questions)
    facts = {"applicant.kind": "entity" if entity else "person", "applicant.agent": False}
    cleaned = clean_all(Form(item.form.pages), given, today=TODAY, facts={**facts, **synthetic.situations(item)})
    assert cleaned.errors == ()


def test_a_blank_form_asks_every_question_and_answers_none(item: ItemVersion) -> None:
    rows = [row for section in paper.own_form(item).sections for row in section.rows]
    assert len(rows) == len(item.form.questions) + len(item.situations)
    assert not any(row.value or any(choice.ticked for choice in row.choices) for row in rows)


def test_the_words_of_a_name_choose_the_kind_of_paper() -> None:
    kinds = {
        name: STATIONERY.kind_of(name).key
        for name in ("授权委托书", "核对授权书", "公司承诺书", "邻居同意书", "某某说明")
    }
    assert kinds == {
        "授权委托书": "mandate", "核对授权书": "authorisation", "公司承诺书": "promise", "邻居同意书": "consent",
        "某某说明": "statement",
    }  # fmt: skip


def test_what_another_organ_issues_has_no_blank() -> None:
    item = version(COUNTY / "food-business.yaml")
    issued = [material for material in item.materials if material.source in {Source.LICENCE, Source.SHARED}]
    assert issued
    assert {paper.paper_key(material) for material in issued} == {""}
