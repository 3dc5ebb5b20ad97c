import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel import law as law_module
from onedoor.kernel.law import REGISTER, Article, article_in_chinese, chinese_number, law


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("", ""),
        ("6", "第六条"),
        ("10", "第十条"),
        ("42", "第四十二条"),
        ("42(1)", "第四十二条第一款"),
        ("42(2)", "第四十二条第二款"),
        ("32.4", "第三十二条第四项"),
        ("32(1).4", "第三十二条第一款第四项"),
        ("203", "第二百零三条"),
        ("1260(12).11", "第一千二百六十条第十二款第十一项"),
    ],
)
def test_an_article_is_written_as_law_texts_write_it(number: str, text: str) -> None:
    assert article_in_chinese(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (120, "一百二十"),
        (200, "二百"),
        (203, "二百零三"),
        (999, "九百九十九"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1121, "一千一百二十一"),
        (1260, "一千二百六十"),
    ],
)
def test_numbers_in_chinese(number: int, text: str) -> None:
    assert chinese_number(number) == text


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_different_numbers_are_written_differently(a: int, b: int) -> None:
    assert (chinese_number(a) == chinese_number(b)) is (a == b)


@pytest.mark.parametrize("number", ["四十二", "42(a)", "x.4", "0", "-1", "10000", "42(0)"])
def test_what_is_no_article_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match=r"invalid literal|序号"):
        article_in_chinese(number)


def test_an_article_names_its_law() -> None:
    assert str(Article("行政许可法", "42(1)")) == "《行政许可法》第四十二条第一款"
    assert str(Article("电子签名法")) == "《电子签名法》"


def test_articles_are_equal_by_law_and_number() -> None:
    assert Article("行政许可法", "42") == Article("行政许可法", "42")
    assert Article("行政许可法", "42") != Article("行政许可法", "42(1)")


def test_a_decorated_rule_is_recorded_under_each_of_its_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law_module, "REGISTER", register := {})

    @law("行政许可法", 42, "32.4")
    def rule() -> str:
        return "unchanged"

    @law("行政许可法", 42)
    def other() -> None: ...

    @law("电子签名法")
    def whole() -> None: ...

    assert rule() == "unchanged"
    assert [name.rsplit(".", 1)[1] for name in register[Article("行政许可法", "42")]] == ["rule", "other"]
    assert len(register[Article("行政许可法", "32.4")]) == 1
    assert list(register)[-1] == Article("电子签名法")


def test_the_rule_of_working_days_is_in_the_register() -> None:
    from onedoor.kernel import workdays

    assert f"{workdays.__name__}.add_workdays" in REGISTER[Article("行政许可法", "82")]
