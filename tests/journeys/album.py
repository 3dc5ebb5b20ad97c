"""The pictures in docs/screenshots: small, each page in its views, with an index."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from tests.journeys.doors import ELDER
from tests.journeys.instances import Instance

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
MODES = {"desktop": (1280, 900), "phone": (360, 780), ELDER: (1280, 900)}
NAMES = {"desktop": "电脑", "phone": "手机", ELDER: "长辈版"}
DESK = ("desktop", "phone")
TALLEST, WIDEST, QUALITY = 1250, 800, 34


@dataclass
class Album:
    """The pages taken so far. ``wanted``: beginnings of the names to take again, all if empty."""

    wanted: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def wants(self, *names: str) -> bool:
        """Whether any page whose name begins so is to be taken."""
        return not self.wanted or any(name.startswith(w) or w.startswith(name) for name in names for w in self.wanted)

    def take(
        self, page: Page, name: str, title: str, modes: tuple[str, ...] = tuple(MODES), *, whole: bool = True
    ) -> None:
        """One page in each view, or what the screen shows of it; afterwards it stands as before.

        A page that may not be loaded again is not taken for the elder view.
        """
        self.titles[name], self.pages[name] = title, modes
        if self.wanted and not name.startswith(self.wanted):
            return
        for mode in modes:
            width, height = MODES[mode]
            page.set_viewport_size({"width": width, "height": height})
            if mode == ELDER:
                page.context.add_cookies([{"name": "view", "value": ELDER, "url": page.url}])
                page.reload()
            self._save(page, f"{name}-{mode}.webp", whole=whole)
        page.set_viewport_size({"width": 1280, "height": 900})
        if ELDER in modes:
            page.context.clear_cookies(name="view")
            page.reload()

    def _save(self, page: Page, name: str, *, whole: bool) -> None:
        shot = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
        shot = shot.crop((0, 0, shot.width, min(shot.height, TALLEST)))
        if shot.width > WIDEST:
            shot = shot.resize((WIDEST, shot.height * WIDEST // shot.width), Image.Resampling.LANCZOS)
        shot.save(OUT / name, quality=QUALITY, method=6)

    def close(self) -> str:
        """The index; pictures of pages that are no longer taken go. Says how much there is."""
        lines = ["# 页面截图", "", "由 `bin/screenshots` 对示例实例拍摄，数据均为虚构。", ""]
        for name, title in self.titles.items():
            modes = self.pages[name]
            lines += [f"## {title}", "", " | ".join(["", *(NAMES[mode] for mode in modes), ""]).strip()]
            lines += ["|" + " --- |" * len(modes)]
            lines += [" ".join(["|", *(f"![{title}，{NAMES[mode]}]({name}-{mode}.webp) |" for mode in modes)]), ""]
        (OUT / "index.md").write_text("\n".join(lines), encoding="utf-8")
        known = {f"{name}-{mode}.webp" for name, modes in self.pages.items() for mode in modes}
        for picture in OUT.glob("*.webp"):
            if picture.name not in known:
                picture.unlink()
        size = sum(picture.stat().st_size for picture in OUT.glob("*.webp"))
        return f"{len(known)} 张，共 {size / 1e6:.1f} MB：{OUT}\n"


@contextlib.contextmanager
def serving() -> Iterator[Instance]:
    """The instance that ONEDOOR_JOURNEYS names, or a fresh one for the time being."""
    if given := os.environ.get("ONEDOOR_JOURNEYS"):
        yield Instance(Path(given), port=json.loads((Path(given) / "run.json").read_text())["port"])
        return
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        instance = Instance(Path(folder) / "data")
        try:
            instance.start()
            yield instance
        finally:
            instance.end()
