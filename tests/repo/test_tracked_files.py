"""Nothing in the repository belongs to one machine, and no address of a registry stands in it."""

import re

import pytest
from tests.repo.conftest import ROOT, tracked

REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("pypi", "tuna", "tsinghua", "edu", "cn"),
        ("mirrors", "aliyun", "com"),
        ("mirrors", "cloud", "tencent", "com"),
    )
]
MACHINE = re.compile(r"(?<![\w.}/])/(?:work/(?:main|shared)|root/|home/\w+/|Users/\w+/)")
SECRET = re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}")


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_file_names_a_registry(registry: str) -> None:
    assert [name for name, text in texts() if registry in text] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    assert [name for name, text in texts() if MACHINE.search(text)] == []


def test_no_file_holds_a_private_key() -> None:
    assert [name for name, text in texts() if SECRET.search(text)] == []


def test_every_requirement_is_locked_with_a_hash() -> None:
    for lock in ("base.txt", "dev.txt", "bench.txt"):
        text = (ROOT / "requirements" / lock).read_text()
        blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
        assert blocks
        assert [block.split()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


def test_the_dev_lock_holds_everything_of_the_base_lock() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "requirements" / lock).read_text()
        return set(re.findall(r"(?m)^[\w.\-\[\],]+==\S+", text))

    assert pins("base.txt") - pins("dev.txt") == set()


def test_the_bench_lock_agrees_with_the_base_lock() -> None:
    def pins(lock: str) -> dict[str, str]:
        text = (ROOT / "requirements" / lock).read_text()
        return dict(re.findall(r"(?m)^([\w.\-]+)(?:\[[\w,]+\])?==(\S+)", text))

    base, bench = pins("base.txt"), pins("bench.txt")
    assert {name: base[name] for name in bench.keys() & base.keys()} == {
        name: bench[name] for name in bench.keys() & base.keys()
    }
