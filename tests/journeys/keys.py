"""A clerk's hands: every key counted, and what the count means in seconds by the keystroke-level model."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

# Card, Moran & Newell (1980), The Keystroke-Level Model, CACM 23(7): K of an average skilled typist, M of mental
# preparation. P (pointing) and H (homing) are 0: no mouse. Reading a page counts as one M.
K, M = 0.28, 1.35
# Assumptions of ours, not measured: looking at one paper (or a card) and at the face; a page out of the printer.
LOOK, PRINT = 4.0, 6.0
# The paper way: how many characters and boxes the form of an item has, and the seconds that each takes, are
# assumptions of ours too. Nothing of it is counted or measured: it says only what the sheet stands beside.
CHARACTER, BOX = 1.5, 1.0
PAPER_CHARACTERS, PAPER_BOXES = 180, 24

AT = "() => document.activeElement && document.activeElement.name || ''"
WORDS = "() => document.activeElement && document.activeElement !== document.body && document.activeElement.innerText"
OPEN = """() => {
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


@dataclass
class Hands:
    """Presses keys on one page and counts them."""

    page: Page
    keys: int = 0
    decisions: int = 0
    looks: int = 0
    log: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += key.count("+") + 1

    def go(self, key: str) -> None:
        """A key that leads to another page; reading what comes is one decision."""
        with self.page.expect_navigation():
            self.press(key)
        self.decisions += 1

    def type(self, text: str) -> None:
        """Latin and figures one key each; a Chinese character four (three letters and a choice: an assumption)."""
        self.page.keyboard.type(text)
        self.keys += sum(1 if ord(letter) < 128 else 4 for letter in text)

    def tab_to(self, name: str) -> None:
        for _ in range(80):
            if self.page.evaluate(AT) == name:
                return
            self.press("Tab")
        raise AssertionError(f"no way to {name} with the keyboard on {self.page.url}")

    def tab_to_words(self, words: str) -> None:
        """To the link or button, or what folds open, that reads so."""
        for _ in range(120):
            if words in (self.page.evaluate(WORDS) or ""):
                return
            self.press("Tab")
        raise AssertionError(f"no way to “{words}” with the keyboard on {self.page.url}")

    def answer_all(self, texts: dict[str, str]) -> None:
        """Everything on the sheet that is not answered, from top to bottom: what is given, or the first choice.

        For a choice what is given says how often to press the arrow down.
        """
        for _ in range(60):
            left = self.page.evaluate(OPEN)
            if not left:
                return
            name, kind = left[0]
            self.tab_to(name)
            if kind in {"radio", "checkbox"}:
                steps = int(texts.get(name, "0"))
                for key in ["ArrowDown"] * steps or ["Space"]:
                    self.press(key)
            elif kind == "SELECT":
                self.press("ArrowDown")
            else:
                self.type(texts.get(name, texts[""]))
            self.decisions += 1
        raise AssertionError(f"the sheet never ends: {self.page.evaluate(OPEN)}")

    @property
    def seconds(self) -> float:
        """What the count means for a skilled hand, papers looked at included."""
        return self.keys * K + self.decisions * M + self.looks * LOOK + PRINT
