"""The pages themselves, read back with libraries that know nothing of how they were made."""

import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
import typst
from glyphs import NOTDEF, drawn
from sample_documents import denial, extreme, licence, realistic
from sample_pieces import CASE, HOSTILE, ORGAN, head

from onedoor.documents import queries, rules
from onedoor.kernel.errors import Invalid


def text_of(pdf: bytes) -> str:
    """The text of all pages, without the white space that lines bring."""
    return re.sub(r"[\s\u200b\ufffe\x02]+", "", raw_text_of(pdf))


def raw_text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return "\n".join(page.get_textpage().get_text_bounded() for page in opened)


def fonts_of(opened: pikepdf.Pdf) -> list[pikepdf.Object]:
    """What describes each font of the file."""
    dictionaries = (thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary))
    return [thing for thing in dictionaries if thing.get("/Type") == "/FontDescriptor"]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("made", [*realistic(), *extreme()], ids=lambda d: d.template)
def test_every_document_is_pdf_a_with_embedded_fonts_and_readable_text(made: rules.Document) -> None:
    pdf = queries.document(made)
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as meta:
        assert (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) == ("2", "B")
        assert fonts_of(opened)
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts_of(opened))
    text = text_of(pdf)
    assert "示例·无法律效力" in text
    for wanted in wanted_in(made):
        assert squeezed(wanted) in text


def wanted_in(made: rules.Document) -> list[str]:
    if isinstance(made, rules.LicenceFace):
        own = [made.holder, made.number, made.identifier, made.issuer, made.validity]
        return [*own, made.verify_page, made.verify_code, *(field.label for field in made.fields)]
    if isinstance(made, rules.PaperForm):
        return [made.title, made.organ, made.item, *(row.label for part in made.sections for row in part.rows)]
    return [made.head.organ, made.head.number, made.head.case_number, made.head.item]


def test_a_refusal_prints_its_reasons_articles_and_both_remedies() -> None:
    text = text_of(queries.document(denial()))
    assert "不予行政许可决定书" in text
    assert "现场核查时，后厨与卫生间直接相通" in text
    assert "第三十八条第二款" in text
    assert "60日内依法向昌宁县人民政府申请行政复议" in text
    assert "6个月内依法向昌宁县人民法院提起行政诉讼" in text


def test_a_notice_to_pay_says_how_much_twice_by_when_and_that_no_clock_stops() -> None:
    (made,) = (one for one in realistic() if isinstance(one, rules.PaymentNotice))
    text = text_of(queries.document(made))
    assert "合计80元（大写：人民币捌拾元整）" in text
    assert (
        "请在2026年3月16日以前缴清，当日缴的也算。期限是本通知书送达之日起10个工作日，依据是缴费期限（示例）。" in text
    )
    assert "《非税收入一般缴款书》" in text
    assert "缴费期间不停止计算办理期限" in text


def test_an_incomplete_document_is_never_drawn() -> None:
    with pytest.raises(Invalid):
        queries.document(denial(reasons=()))


def test_only_a_demo_is_marked() -> None:
    assert "无法律效力" not in text_of(queries.document(denial(head=head(demo=False))))
    assert "无法律效力" not in text_of(queries.document(licence(demo=False)))


RARE = "耈耇耉𡊄𪻐䶮㛃"
NAMES = {
    "rare": f"普{RARE}",
    "markup": '#panic("x") = 标题 *粗* $1/0$ `x` <a> @b \\u{202e} [#]',
    "lines": "张\n三\r\n\t四\u2028五",
    "turned": "张\u202e三\u2066四\u200b\u0000五\ufeff",
    "long": "阿" * 100 + "B" * 100,
}


def named(made: rules.Document, name: str) -> rules.Document:
    """The same document about somebody of this name, who has an agent of this name."""
    if isinstance(made, rules.LicenceFace):
        return replace(made, holder=name)
    if isinstance(made, rules.PaperForm):
        return replace(made, item=name)
    found: rules.Document = replace(made, head=replace(made.head, addressee=name, agent=f"代理人：{name}"))
    if isinstance(found, rules.PromiseLetter):
        return replace(found, promised_by=name)
    return replace(found, recipient=name) if isinstance(found, rules.DeliveryReceipt) else found


# How often a party is named where it is not as addressee and through the agent.
TIMES = {rules.LicenceFace: 1, rules.PaperForm: 1, rules.HearingRecordSheet: 1, rules.HearingAnnouncement: 0}


@pytest.mark.parametrize("made", realistic(), ids=lambda d: d.template)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_name_breaks_a_template_or_leaves_a_hole_in_it(made: rules.Document, name: str) -> None:
    pdf = queries.document(named(made, name))
    assert NOTDEF not in drawn(pdf)
    printed = re.sub(r"\s+", "", str(rules.clean(name)))
    assert text_of(pdf).count(printed) >= TIMES.get(type(made), 2)


def test_an_announcement_names_nobody_to_the_public() -> None:
    (made,) = (one for one in realistic() if isinstance(one, rules.HearingAnnouncement))
    assert "张小满的代理" not in text_of(queries.document(named(made, "张小满的代理")))


def test_a_hole_would_be_seen() -> None:
    plain = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)])
    pdf = typst.Compiler("张𪚲".encode(), font_paths=plain).compile(format="pdf")
    assert isinstance(pdf, bytes)
    assert NOTDEF in drawn(pdf)


def test_the_names_of_this_county_are_drawn_in_every_weight_and_size() -> None:
    assert queries.missing_characters(RARE) == ()
    assert NOTDEF not in drawn(queries.document(licence(holder=RARE, name=RARE, fields=())))


def test_a_document_that_was_sent_is_printed_again_byte_for_byte() -> None:
    made = denial(head=head(addressee="李𡊄"))
    assert queries.reprint(rules.wording(made)) == queries.document(made)


def test_an_edition_of_the_templates_never_changes_once_letters_were_sent_in_it() -> None:
    """A change of a template is a new edition: copy the newest folder, raise EDITION, name its digest here."""
    editions = {
        folder.name: hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()[:16]
        for folder in (Path(queries.__file__).parents[1] / "templates").iterdir()
    }
    assert editions == {"1": "cf0415419f96c249", "2": "3cfc86a1eb729801", "3": "86cc6bed3e6d5474"}
    assert str(rules.EDITION) in editions
    assert json.loads(rules.wording(denial()))["edition"] == rules.EDITION


def test_what_looks_like_markup_in_a_name_is_printed_letter_by_letter() -> None:
    text = text_of(queries.document(denial(head=head(addressee=HOSTILE, item='#image("/etc/passwd")'))))
    assert squeezed(HOSTILE) in text
    assert '#image("/etc/passwd")' in text


def test_an_address_to_be_typed_breaks_only_behind_a_slash_or_a_point() -> None:
    address = "https://zwfw.changning.yunnan.gov.cn/relay/"
    lines = raw_text_of(queries.document(denial(head=head(verify_url=f"{address}?number=YD1")))).splitlines()
    shown = [line for line in lines if line and line in address]
    assert "".join(shown) == address
    assert [line for line in shown if line[-1] not in "./"] == []


def test_the_same_data_gives_the_same_bytes_also_from_many_threads() -> None:
    alone = queries.document(denial())
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: queries.document(denial()), range(8))) == {alone}


def test_documents_do_not_leak_into_the_next_one() -> None:
    queries.document(licence(holder="甲公司"))
    text = text_of(queries.document(licence(holder="乙公司")))
    assert "乙公司" in text
    assert "甲公司" not in text


def test_a_character_that_no_font_holds_is_refused_by_name() -> None:
    with pytest.raises(rules.MissingGlyph) as caught:
        queries.document(licence(holder="李𪚲"))
    assert caught.value.characters == ("𪚲",)
    assert queries.missing_characters("李𪚲𠀋小") == ("𪚲", "𠀋")
    assert queries.missing_characters("䶮㛃𬱖") == ()


def test_a_letter_may_name_the_gap_instead_and_says_so() -> None:
    text = text_of(queries.document(denial(head=head(addressee="李𪚲")), gaps=rules.Gaps.NOTE))
    assert "李〔U+2A6B2〕：" in text
    assert "字库暂缺汉字的统一码（U+2A6B2）" in text


def test_rare_but_drawable_name_characters_come_out_as_themselves() -> None:
    assert "杨䶮㛃𬱖" in text_of(queries.document(licence(holder="杨䶮㛃𬱖")))


def test_a_font_of_the_instance_widens_what_can_be_drawn(tmp_path: Path, settings: Any) -> None:
    from fontTools.ttLib import TTFont

    (tmp_path / "fonts").mkdir()
    source = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
    font = TTFont(source)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format == 12:
            table.cmap[ord("𪚲")] = table.cmap[ord("土")]
    for record in font["name"].names:
        record.string = "Rare Names"
    font.save(tmp_path / "fonts" / "rare.otf")
    settings.DATA = tmp_path
    assert queries.missing_characters("李𪚲") == ()
    assert "李𪚲" in text_of(queries.document(licence(holder="李𪚲")))


def test_an_unknown_template_is_no_path_to_a_file() -> None:
    with pytest.raises(KeyError):
        queries.render("../../../etc/passwd", {})


def test_the_qr_code_on_the_page_holds_the_address() -> None:
    svg = queries.qr_svg("http://localhost:8000/verify/1")
    assert svg.startswith("<svg ")
    assert 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert "viewBox" in svg
    assert svg != queries.qr_svg("http://localhost:8000/verify/2")


def test_without_an_address_there_is_no_qr_code() -> None:
    assert "扫码核验" not in text_of(queries.document(denial(head=head(verify_url=""))))


def test_organ_and_case_number_can_be_copied_whole() -> None:
    text = raw_text_of(queries.document(denial()))
    assert CASE in text
    assert ORGAN in text
