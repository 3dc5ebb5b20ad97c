"""A clerk's hands: every key and click counted, and what the count means in seconds by the keystroke-level model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

AT: Final = "() => document.activeElement && document.activeElement.name || ''"
WORDS: Final = """() => document.activeElement && document.activeElement !== document.body
  && document.activeElement.innerText || ''"""
OPEN: Final = """() => {
  const seen = new Set(), found = [];
  for (const f of document.querySelectorAll('form#sheet input, form#sheet select, form#sheet textarea')) {
    if (!f.name || !f.offsetParent || seen.has(f.name) || ['hidden', 'file'].includes(f.type)) continue;
    const group = f.closest('fieldset[data-required]');
    if (f.type === 'checkbox' && !group) continue;
    seen.add(f.name);
    if (f.type === 'radio' || f.type === 'checkbox') {
      const all = [...document.querySelectorAll('[name="' + CSS.escape(f.name) + '"]')];
      if (!all.some(e => e.checked)) found.push([f.name, f.type]);
    } else if (!f.value && (group || f.getAttribute('aria-required') === 'true')) found.push([f.name, f.tagName]);
  }
  return found;
}"""
TOOK: Final = "() => { const t = performance.getEntriesByType('navigation')[0]; return t.responseEnd - t.startTime }"
FAR: Final = 120  # presses of Tab after which there is no way


@cache
def assumed() -> dict[str, Any]:
    """The model, the paper way and the visits, as data/window.yaml says."""
    text = (Path(__file__).parents[1] / "data" / "window.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


@dataclass
class Hands:
    """Presses keys on one page and counts them. AssertionError where something cannot be reached.

    ``decisions``: pages read and fields answered; ``looks``: papers or cards looked at; ``server``: seconds from a
    press to the last byte of the page that it led to.
    """

    page: Page
    keys: int = 0
    clicks: int = 0
    decisions: int = 0
    looks: int = 0
    scans: int = 0
    server: float = field(default=0.0)

    def press(self, key: str) -> None:
        """One key, or several held together."""
        self.page.keyboard.press(key)
        self.keys += key.count("+") + 1

    def go(self, key: str) -> None:
        """A key that leads to another page; reading what comes is one decision."""
        with self.page.expect_navigation():
            self.press(key)
        self.server += float(self.page.evaluate(TOOK)) / 1000
        self.decisions += 1

    def type(self, text: str) -> None:
        """Latin and figures one key each; a Chinese character as many as are assumed."""
        self.page.keyboard.type(text)
        each = assumed()["model"]["character_keys"]
        self.keys += sum(1 if ord(letter) < 128 else each for letter in text)

    def tab_to(self, name: str) -> None:
        """To the field of this name."""
        for _ in range(FAR):
            if self.page.evaluate(AT) == name:
                return
            self.press("Tab")
        raise AssertionError(f"no way to {name} with the keyboard on {self.page.url}")

    def tab_to_words(self, words: str) -> None:
        """To the link or button, or what folds open, that reads so."""
        for _ in range(FAR):
            if words in self.page.evaluate(WORDS):
                return
            self.press("Tab")
        raise AssertionError(f"no way to “{words}” with the keyboard on {self.page.url}")

    def scan(self, name: str, paper: FilePayload) -> None:
        """One paper through the scanner into the field of this name: opened, the newest file picked, taken."""
        self.tab_to(name)
        self.page.locator(f'[name="{name}"]').set_input_files([paper])
        self.keys += 3
        self.scans += 1

    def answer_all(self, texts: Mapping[str, str]) -> None:
        """Everything on the sheet that is not answered, from top to bottom: what is given, or the first choice.

        For a choice what is given says how often to press the arrow down.
        """
        for _ in range(FAR):
            left = self.page.evaluate(OPEN)
            if not left:
                return
            name, kind = left[0]
            self.tab_to(name)
            if kind in {"radio", "checkbox"}:
                for key in ["ArrowDown"] * int(texts.get(name, "0")) or ["Space"]:
                    self.press(key)
            elif kind == "SELECT":
                self.press("ArrowDown")
            else:
                self.type(texts.get(name, texts[""]))
            self.decisions += 1
        raise AssertionError(f"the sheet never ends: {self.page.evaluate(OPEN)}")

    @property
    def seconds(self) -> float:
        """What the count means for a skilled hand, papers looked at and one page printed included; no server time."""
        model = assumed()["model"]
        typed = self.keys * model["key"] + self.decisions * model["decision"]
        pointed = self.clicks * (model["click"] + model["homing"])
        return float(typed + pointed + self.looks * model["look"] + self.scans * model["scan"] + model["print"])
