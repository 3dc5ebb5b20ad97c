"""Reading YAML: fast, and strict about everything that makes a file say something else than it seems to."""

from pathlib import Path as File

import pytest
from ruamel.yaml import YAML
from tests.items.samples import COUNTY, text

from onedoor.items import queries
from onedoor.items.rules.files import line_of
from onedoor.items.rules.reading import Unreadable, places, text_of, tree_of
from onedoor.kernel.tree import Path

SLUGS = sorted(path.stem for path in COUNTY.glob("*.yaml"))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_file_says_what_a_slower_reader_of_yaml_1_2_says(slug: str) -> None:
    assert tree_of(text(slug)) == YAML(typ="safe").load(text(slug))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("12", 12),
        ("012", 12),
        ("0x10", "0x10"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0875-7120001", "0875-7120001"),
        ("1.5", 1.5),
        ("~", None),
        ("", None),
        ('"12"', "12"),
    ],
)
def test_an_unquoted_word_is_what_yaml_1_2_says_it_is(written: str, value: object) -> None:
    assert tree_of(f"a: {written}\n") == {"a": value}


@pytest.mark.parametrize(
    ("content", "line", "field", "rule"),
    [
        (b"a: 1\nb: {c: 1, c: 2}\n", 2, "b.c", "yaml.duplicate"),
        (b"a: 1\nb:\n\tc: 2\n", 3, "", "yaml.syntax"),
        (b"a: &x [1]\nb: *x\n", 1, "a", "yaml.alias"),
        (b"a: 1\nb: *x\n", 2, "b", "yaml.alias"),
        (b"a: {b: 1}\nc:\n  <<: [1]\n", 3, "c", "yaml.merge"),
        ("\ufeffa: 1\n".encode(), 1, "", "yaml.bom"),
        ("a: 1\n名称: 事项\n".encode("gbk"), 2, "", "files.encoding"),
        (b"a: 1\nb: \x07\n", 2, "", "yaml.syntax"),
        (b"a: 1\n---\nb: 2\n", 2, "", "yaml.syntax"),
        (b"a: !!python/object/apply:os.system [x]\n", 1, "a", "yaml.tag"),
        (b"a: !own 1\n", 1, "a", "yaml.tag"),
        (b"a: !!str 1\n", 1, "a", "yaml.tag"),
        (b"a: 2026-02-31\n", 1, "a", "yaml.syntax"),
        (b"? [a]\n: 1\n", 1, "", "yaml.syntax"),
        (b"a:\n  - " + b"[" * 100_000 + b"]" * 100_000, 2, "a" + "[0]" * 59, "yaml.depth"),
        (b"a:\n  " + b"- " * 100_000, 2, "a" + "[0]" * 59, "yaml.depth"),
        (b"a: " + b"[" * 70 + b"]" * 70, 1, "a" + "[0]" * 59, "yaml.depth"),
        (b"a: [" + b"1, " * 60_000 + b"1]", 1, "a[49997]", "yaml.size"),
    ],
)
def test_what_would_surprise_a_reader_is_refused_with_its_place(
    content: bytes, line: int, field: str, rule: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        tree_of(text_of(content))
    assert (caught.value.line, caught.value.field, caught.value.rule) == (line, field, rule)
    assert caught.value.message


def test_a_tab_and_an_open_quote_are_told_in_words_that_help() -> None:
    for content, words in [("a:\n\tb: 1\n", "制表符"), ('a: "x\n', "引号没有闭合"), ("a: b: c\n", "冒号的位置不对")]:
        with pytest.raises(Unreadable, match=words):
            tree_of(content)


def test_a_path_that_does_not_exist_is_shown_where_the_nearest_thing_stands() -> None:
    lines = places("a:\n  - b: 1\n  -\n    b: 2\n")
    asked: list[Path] = [(), ("a",), ("a", 0, "b"), ("a", 1, "b"), ("a", 1, "c"), ("z",)]
    assert [line_of(lines, path) for path in asked] == [1, 1, 2, 4, 4, 1]


def test_a_folder_with_one_bad_file_gives_the_good_ones_and_the_fault(tmp_path: File) -> None:
    (tmp_path / "good.yaml").write_text(text(), encoding="utf-8")
    (tmp_path / "gbk.yaml").write_bytes(text().encode("gb18030"))
    (tmp_path / "bom.yaml").write_text(text(), encoding="utf-8-sig")
    sources, faults = queries.read_folder(tmp_path)
    assert [File(source.file).name for source in sources] == ["good.yaml"]
    assert {(File(fault.file).name, fault.rule) for fault in faults} == {
        ("gbk.yaml", "files.encoding"),
        ("bom.yaml", "yaml.bom"),
    }
