"""The style sheets keep their own rules: contrast, layers, no nesting, no force; and pages stay light."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "onedoor" / "ui" / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
GROUNDS = ("paper", "ground")
# text on ground: WCAG 2.1 1.4.3, 4.5 to 1
TEXT = [(ink, ground) for ink in ("ink", "muted", "brand", "hover", "red", "amber", "green") for ground in GROUNDS]
TEXT += [("ink", wash) for wash in ("brand-wash", "red-wash", "amber-wash", "green-wash")]
TEXT += [("brand", "brand-wash"), ("red", "red-wash"), ("amber", "amber-wash"), ("green", "green-wash")]
TEXT += [("muted", "brand-wash"), ("on-brand", "brand"), ("on-brand", "hover"), ("on-deep", "brand-deep")]
# edges of fields and marks: WCAG 2.1 1.4.11, 3 to 1
SHAPES = [("edge", "paper"), ("edge", "ground"), ("brand", "paper"), ("focus-edge", "focus"), ("green", "paper")]


def declared(css: str, selector: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in re.findall(re.escape(selector) + r"\s*\{([^}]*)\}", css):
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", block))
    return found


def themes() -> dict[str, dict[str, str]]:
    standard = declared((STATIC / "tokens.css").read_text(), ":root")
    views = (STATIC / "themes.css").read_text()
    elder, contrast = (declared(views, f':root[data-view~="{view}"]') for view in ("elder", "contrast"))
    return {
        "standard": standard,
        "elder": standard | elder,
        "contrast": standard | contrast,
        "both": standard | elder | contrast,
    }


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["standard", "elder", "contrast", "both"])
def test_text_is_readable_in_every_theme(theme: str) -> None:
    colours = themes()[theme]
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["standard", "elder", "contrast", "both"])
def test_edges_can_be_seen_in_every_theme(theme: str) -> None:
    colours = themes()[theme]
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def bare(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.name)
def test_nothing_is_won_by_force(sheet: Path) -> None:
    assert "!important" not in bare(sheet)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.name)
def test_every_rule_stands_in_a_layer_and_none_is_nested(sheet: Path) -> None:
    depth, stack, head = 0, [], ""
    for char in bare(sheet):
        if char == "{":
            stack.append(head.strip())
            depth, head = depth + 1, ""
            rules = [h for h in stack if not h.startswith("@")]
            assert stack[0].startswith(("@layer", "@page")), stack
            assert len(rules) <= 1, stack
        elif char == "}":
            stack.pop()
            depth, head = depth - 1, ""
        elif char == ";":
            head = ""
        else:
            head += char
    assert depth == 0


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.name)
def test_every_token_used_is_declared(sheet: Path) -> None:
    known = set(re.findall(r"--([\w-]+):", "".join(bare(s) for s in SHEETS)))
    assert set(re.findall(r"var\(--([\w-]+)\)", bare(sheet))) - known == set()


def test_what_a_citizen_loads_is_light() -> None:
    files = [*(s for s in SHEETS if s.name != "desk.css"), STATIC / "app.js", STATIC / "icon.svg"]
    assert sum(len(gzip.compress(f.read_bytes())) for f in files) < 20 * 1024


def test_what_an_officer_loads_is_light() -> None:
    import django_htmx

    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    files = [*SHEETS, STATIC / "app.js", STATIC / "icon.svg", htmx]
    assert sum(len(gzip.compress(f.read_bytes())) for f in files) < 60 * 1024
