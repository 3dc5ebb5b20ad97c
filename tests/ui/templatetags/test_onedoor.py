"""The tags draw what they were given, escaped, and nothing where there is nothing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from onedoor.kernel.errors import FieldError
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.ui.parts import ClockBox, Fact, FileRow, Moment, Tag, Task, Tone


def drawn(source: str, **context: Any) -> str:
    template = engines["django"].from_string("{% load onedoor %}" + source)
    return template.render(context, RequestFactory().get("/list/?q=a&page=2"))


def test_a_mark_escapes_its_words() -> None:
    assert drawn("{% tag mark %}", mark=Tag("<b>", Tone.GO)) == '<span class="tag tag--go">&lt;b&gt;</span>'
    assert drawn('{% tag "免提交" "go" %}') == '<span class="tag tag--go">免提交</span>'


def test_an_unknown_tone_is_a_fault_of_the_template() -> None:
    with pytest.raises(ValueError, match="purple"):
        drawn('{% tag "x" "purple" %}')


def test_a_moment_shows_local_time_and_the_year_where_it_is_another() -> None:
    html = drawn("{% when at %}", at=datetime(2019, 12, 31, 16, 30, tzinfo=UTC))
    assert html == '<time datetime="2020-01-01T00:30+08:00">2020年1月1日 00:30</time>'
    assert drawn('{% when day "full" %}', day=date(2026, 3, 17)).endswith(">2026年3月17日</time>")
    assert drawn("{% when nothing %}", nothing=None) == ""


def test_dates_by_filter() -> None:
    day = datetime(2026, 3, 16, 16, 0, tzinfo=UTC)  # already the 17th in China
    assert drawn("{{ day|cn_date }} {{ day|cn_full_date }}", day=day) == "3月17日（周二） 2026年3月17日（周二）"
    assert drawn("{{ day|citizen_date }}", day=day) == "2026年3月17日"


def test_personal_values_are_masked() -> None:
    html = drawn(
        "{{ a|mask_id }} {{ b|mask_name }} {{ c|mask_phone }}", a="530524199001011234", b="张三", c="13812345678"
    )
    assert html == "530524********1234 张* 138****5678"


def test_the_error_summary_links_to_each_field_and_is_absent_without_faults() -> None:
    html = drawn("{% error_summary errors %}", errors=[FieldError("name", "请填<姓名>"), FieldError("", "整表有误")])
    assert '<a href="#f-name">请填&lt;姓名&gt;</a>' in html
    assert "<li>整表有误</li>" in html
    assert drawn("{% error_summary errors %}", errors=[]).strip() == ""


def test_a_fault_that_is_mended_on_a_page_of_its_own_leads_there() -> None:
    html = drawn("{% error_summary errors pages=pages %}", errors=[FieldError("plan", "请上传")], pages={"plan": "/a/"})
    assert '<a href="/a/">请上传</a>' in html


def test_choices_are_a_group_with_a_legend() -> None:
    question = Question("kind", "方式", QuestionKind.CHOICE, options=(Option("a", "甲"), Option("b", "乙")))
    html = drawn("{% field q answers errors %}", q=question, answers={"kind": "a"}, errors=[FieldError("kind", "请选")])
    assert "<legend>方式</legend>" in html
    assert 'id="f-kind" name="kind" value="a" checked' in html
    assert 'role="radiogroup" aria-required="true" aria-invalid="true"' in html


def test_an_answer_cannot_break_out_of_its_field() -> None:
    question = Question("note", "说明", QuestionKind.TEXT, required=False)
    html = drawn("{% field q answers %}", q=question, answers={"note": '"><script>'})
    assert 'value="&quot;&gt;&lt;script&gt;"' in html
    assert "（选填）" in html


def test_a_file_part_says_formats_size_and_what_is_there() -> None:
    rows = [FileRow("图.pdf", 2048, "/f/1", "1")]
    html = drawn(
        '{% file_field "plan" "平面图" rows errors=errors limit=10485760 %}',
        rows=rows,
        errors=[FieldError("plan", "太大")],
    )
    assert "可上传 PDF、JPG、PNG、OFD" in html
    assert "每个文件不超过 10 MB" in html
    assert 'data-limit="10485760"' in html
    assert 'aria-describedby="f-plan-hint f-plan-error"' in html
    assert '<a href="/f/1">图.pdf</a>' in html


def test_a_clock_shows_the_article_behind_it() -> None:
    html = drawn(
        "{% clock_box box %}", box=ClockBox("承诺办结", "还剩 6 个工作日", ("第一行",), ("依据某条",), Tone.STOP)
    )
    assert "clock--stop" in html
    assert "<strong>还剩 6 个工作日</strong><p>第一行</p><p><small>依据某条</small></p>" in html


def test_the_course_of_a_case_says_states_in_words() -> None:
    html = drawn("{% timeline moments %}", moments=[Moment("受理", date(2026, 3, 3)), Moment("决定", state="next")])
    assert "（已完成）" in html
    assert "（尚未开始）" in html


def test_tasks_and_facts_link_only_where_there_is_an_address() -> None:
    html = drawn("{% task_list tasks %}", tasks=[Task("甲", "/a/"), Task("乙", tag=Tag("尚未开始"))])
    assert '<a href="/a/">甲</a>' in html
    assert "<div>乙</div>" in html
    html = drawn("{% facts_list facts %}", facts=[Fact("地址", "解放路", href="/e/", action="更正")])
    assert '<a href="/e/">更正<span class="hide"> 地址</span></a>' in html


def test_pages_keep_the_rest_of_the_address() -> None:
    from django.core.paginator import Paginator

    html = drawn("{% pages page_obj %}", page_obj=Paginator(range(30), 10).page(2))
    assert 'href="?page=3&amp;q=a"' in html
    assert drawn("{% pages page_obj %}", page_obj=Paginator(range(3), 10).page(1)).strip() == ""


def test_a_code_to_scan_has_no_style_of_its_own() -> None:
    html = drawn('{% qr "https://example.gov.cn/items/1/" "扫码" %}')
    assert html.startswith('<div class="qr" role="img" aria-label="扫码"><svg')
    assert "style" not in html
