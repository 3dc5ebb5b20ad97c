"""Recognition, names, containers, pictures, headers: bytes in, verdicts out."""

import contextlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uploads import EICAR, PDF, bomb, docx, encrypted, jpg, lying_bomb, ofd, overlapping, png, xlsx, zipped

from onedoor.kernel.errors import Invalid
from onedoor.vault import rules
from onedoor.vault.rules.archives import BadArchive

LIMITS = rules.ArchiveLimits(entries=100, unpacked_bytes=1 << 20, ratio=200)


def inside(content: bytes) -> frozenset[str]:
    return rules.inspect(io.BytesIO(content), LIMITS, size=len(content))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (PDF, "pdf"),
        (png(), "png"),
        (jpg(), "jpg"),
        (b"GIF89a...", "gif"),
        (b"MZ\x90\0", "exe"),
        (b"\x7fELF\x02", "elf"),
        (b"#!/bin/sh\n", "script"),
        (b"Rar!\x1a\x07\x01\0", "rar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML><script>", "html"),
        (b"<svg onload=alert(1)>", "html"),
        (b"\0\0\0\x18ftypheic", "heic"),
        (b"\0\0\0\x18ftyphevc", "heic"),
        (b"\0\0\0\x18ftypmsf1", "heic"),
        (b" %PDF-1.7", "unknown"),
        (b"hello", "unknown"),
        (b"", "unknown"),
    ],
)
def test_the_type_is_what_the_first_bytes_say(content: bytes, key: str) -> None:
    assert rules.recognise(content).key == key


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (ofd(), "ofd"),
        (docx(), "docx"),
        (xlsx(), "xlsx"),
        (docx(**{"word/vbaProject.bin": b"x"}), "macro"),
        (zipped({"a.txt": b"x"}), "zip"),
    ],
)
def test_a_container_is_what_it_holds(content: bytes, key: str) -> None:
    assert rules.recognise(content, inside(content)).key == key


@given(st.binary(max_size=600), st.frozensets(st.text(max_size=20), max_size=3))
def test_recognition_never_fails(head: bytes, names: frozenset[str]) -> None:
    assert rules.recognise(head, names).key in rules.KINDS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bomb(), "压缩炸弹"),
        (lying_bomb(), "损坏|压缩炸弹"),
        (overlapping(), "重叠"),
        (encrypted(), "密码"),
        (zipped({f"{n}": b"" for n in range(101)}), "条目超过 100"),
        (ofd(**{"a.ofd": ofd()}), "套着压缩包"),
        (ofd(**{"a.7z": b"7z\xbc\xaf\x27\x1c"}), "套着压缩包"),
        (ofd(**{"../../etc/passwd": b"x"}), "文件之外"),
        (ofd(**{"/etc/passwd": b"x"}), "文件之外"),
        (ofd(**{"C:\\x": b"x"}), "文件之外"),
        (ofd(**{"a.txt": EICAR}), "病毒测试特征"),
        (ofd(**{"a.txt": b"-" * 65500 + EICAR}), "病毒测试特征"),
        (ofd()[:-30], "损坏"),
        (b"PK\x03\x04" + b"\xff" * 200, "损坏"),
    ],
)
def test_a_dangerous_container_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(BadArchive, match=reason):
        inside(content)


def test_symbolic_links_and_double_names_are_refused() -> None:
    link = zipfile.ZipInfo("OFD.xml")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(BadArchive, match="文件之外"):
        inside(out.getvalue())
    double = zipped({"OFD.xml": b"one", "OFD.xmm": b"two"}).replace(b"OFD.xmm", b"OFD.xml")
    with pytest.raises(BadArchive, match="重名"):
        inside(double)


@given(st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=4))
def test_a_broken_container_is_refused_and_nothing_else_happens(tail: bytes, at: int, noise: bytes) -> None:
    content = ofd()
    broken = content[:at] + noise + content[at + len(noise) :] + tail
    with contextlib.suppress(BadArchive):
        inside(broken)


def test_the_budget_is_counted_while_unpacking() -> None:
    assert inside(ofd(a=b"\0" * 1000))
    with pytest.raises(BadArchive, match="压缩炸弹"):
        rules.inspect(io.BytesIO(ofd(a=b"ab" * 3000)), LIMITS, size=20)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("身份证.jpg", "身份证.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\张三\\营业执照.pdf", "营业执照.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("x\u202egpj.exe", "xgpj.exe"),
        ("  a   b\t.pdf ", "a b.pdf"),
        ('a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        (".htaccess", "htaccess"),
        ("...", "未命名"),
        ("/", "未命名"),
        ("", "未命名"),
    ],
)
def test_names_are_for_showing_only(raw: str, clean: str) -> None:
    assert rules.clean_name(raw) == clean


@given(st.text(max_size=400))
def test_a_clean_name_is_no_path_short_and_stays_clean(raw: str) -> None:
    name = rules.clean_name(raw)
    assert 0 < len(name) <= 120
    assert not set(name) & set('/\\\0\n<>:"|?*')
    assert name not in {".", ".."}
    assert rules.clean_name(name) == name


def test_a_long_name_keeps_its_extension() -> None:
    assert rules.clean_name("很" * 300 + ".pdf").endswith("….pdf")
    assert rules.extension("a.PDF") == "pdf"
    assert rules.extension("a") == rules.extension(".pdf") == rules.extension("a.文档") == ""


POLICY = rules.Policy(accepts=frozenset({"pdf", "jpg"}), max_bytes=10, max_pixels=10, archive=LIMITS)


def test_a_type_that_is_not_accepted_is_refused_with_those_that_are() -> None:
    with pytest.raises(Invalid, match=r"内容是可执行程序.*可以上传：PDF 文档、JPG 图片"):
        rules.accept(rules.KINDS["exe"], "照片.jpg", POLICY)


def test_whoever_has_a_photograph_of_an_iphone_is_told_how_to_take_one_that_is_accepted() -> None:
    with pytest.raises(
        Invalid, match=r"HEIC 照片，不能上传。.*设置 → 相机 → 格式.*兼容性最佳.*截屏.*可以上传：PDF 文档"
    ):
        rules.accept(rules.KINDS["heic"], "IMG_0001.HEIC", POLICY)


def test_a_name_that_belies_the_content_is_refused() -> None:
    with pytest.raises(Invalid, match=r"后缀是 \.jpg，内容却是PDF 文档"):
        rules.accept(rules.KINDS["pdf"], "照片.jpg", POLICY)
    assert rules.accept(rules.KINDS["jpg"], "照片.JPEG", POLICY) == "照片.JPEG"
    assert rules.accept(rules.KINDS["pdf"], "无后缀", POLICY) == "无后缀.pdf"


def test_pixels_are_read_from_the_header() -> None:
    assert rules.pixels(io.BytesIO(png(30, 40)), "png") == 1200
    assert rules.pixels(io.BytesIO(jpg(30, 40)), "jpg") == 1200
    for broken in (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xd9", b"\xff\xd8\x00\x00", b"\x89PNG\r\n\x1a\nxx"):
        assert rules.pixels(io.BytesIO(broken), "png" if broken[0] == 0x89 else "jpg") is None


@given(st.binary(max_size=200))
def test_reading_pixels_of_rubbish_never_fails(rubbish: bytes) -> None:
    rules.pixels(io.BytesIO(b"\xff\xd8\xff" + rubbish), "jpg")
    rules.pixels(io.BytesIO(b"\x89PNG\r\n\x1a\n" + rubbish), "png")


def stored(name: str = "营业 执照.pdf", media_type: str = "application/pdf") -> rules.StoredFile:
    return rules.StoredFile(
        id="1", sm3="a", sha256="b", size=3, media_type=media_type, name=name, owner="account:1", subject="",
        stored_at=datetime(2026, 3, 2, tzinfo=UTC), scan=rules.ScanState.NOT_CONFIGURED,
    )  # fmt: skip


def test_files_are_served_in_a_sandbox_with_their_chinese_name() -> None:
    headers = rules.serving_headers(stored())
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"__ __.pdf\"; filename*=UTF-8''%E8%90%A5%E4%B8%9A%20%E6%89%A7%E7%85%A7.pdf"
    )
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


def test_only_pdf_and_pictures_are_ever_shown_in_the_page() -> None:
    assert rules.serving_headers(stored(), inline=True)["Content-Disposition"].startswith("inline;")
    word = stored(media_type=rules.KINDS["docx"].media_type)
    assert rules.serving_headers(word, inline=True)["Content-Disposition"].startswith("attachment;")


@given(st.text(max_size=60))
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    header = rules.serving_headers(stored(rules.clean_name(name)))["Content-Disposition"]
    assert header.isascii()
    assert "\n" not in header
    assert header.count('"') == 2


def test_the_signature_is_found_anywhere() -> None:
    assert rules.find(b"x" * 100 + EICAR + b"y") == "EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
    assert rules.find(EICAR[:-1]) is None
