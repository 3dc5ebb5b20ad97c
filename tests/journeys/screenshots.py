"""``bin/screenshots``: pictures of every kind of page, from a real instance, small, with an index.

ONEDOOR_JOURNEYS=FOLDER takes them from the demo instance that already serves that folder, else one is started.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from tests.cases.conftest import catalogued
from tests.journeys.browsing import Applicant, Officer
from tests.journeys.doors import CHROMIUM, ELDER, FLAGS, Door
from tests.journeys.instances import Instance

OUT = Path(__file__).parents[2] / "docs" / "screenshots"
MODES = {"desktop": (1280, 900), "phone": (390, 844), "elder": (1280, 900)}
NAMES = {"desktop": "电脑", "phone": "手机", "elder": "长辈版"}
TALLEST, WIDEST, QUALITY = 2200, 960, 48
ITEM = "食品经营许可"
ANSWERS = {"business": "catering", "rented": "yes", "catering_projects": ["hot", "drinks"], "delivery_way": "online"}
ANSWERS |= {"electronic_service": True, "place_address": "云南省保山市昌宁县田园镇人民路88号"}


@dataclass
class Album:
    """The pictures taken so far."""

    titles: dict[str, str] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)

    def take(self, page: Page, name: str, title: str, modes: tuple[str, ...] = tuple(MODES)) -> None:
        """One page in each mode; afterwards it stands as before."""
        self.titles[name], self.pages[name] = title, []
        for mode in modes:
            width, height = MODES[mode]
            page.set_viewport_size({"width": width, "height": height})
            if mode == ELDER:
                page.context.add_cookies([{"name": "view", "value": ELDER, "url": page.url}])
                page.reload()
            self._save(page, f"{name}-{mode}.webp")
            self.pages[name].append(mode)
        page.context.clear_cookies(name="view")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.reload()

    def _save(self, page: Page, name: str) -> None:
        shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        shot = shot.crop((0, 0, shot.width, min(shot.height, TALLEST)))
        if shot.width > WIDEST:
            shot = shot.resize((WIDEST, shot.height * WIDEST // shot.width), Image.Resampling.LANCZOS)
        shot.save(OUT / name, quality=QUALITY, method=6)

    def write_index(self) -> None:
        lines = ["# 页面截图", "", "由 `bin/screenshots` 对示例实例拍摄，数据均为虚构。", ""]
        for name, title in self.titles.items():
            modes = self.pages[name]
            lines += [f"## {title}", "", " | ".join(["", *(NAMES[mode] for mode in modes), ""]).strip()]
            lines += ["|" + " --- |" * len(modes)]
            lines += [" ".join(["|", *(f"![{title}，{NAMES[mode]}]({name}-{mode}.webp) |" for mode in modes)]), ""]
        (OUT / "index.md").write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Take them all."""
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.webp"):
        old.unlink()
    album = Album()
    with serving() as instance, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        door = Door(instance, browser)
        try:
            finding(door, album)
            applying(door, album)
            following(door, album)
            working(door, album)
        finally:
            album.write_index()
            door.close()
    size = sum(path.stat().st_size for path in OUT.iterdir())
    sys.stdout.write(f"{sum(map(len, album.pages.values()))} 张，共 {size / 1e6:.1f} MB：{OUT}\n")


@contextlib.contextmanager
def serving() -> Iterator[Instance]:
    """The instance that was named, or a fresh one for the time being."""
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


def finding(door: Door, album: Album) -> None:
    page = door.let_in(Applicant, "").page
    for name, path, title in (
        ("home", "/", "首页"),
        ("search", "/search/?q=开小饭馆", "查找：开小饭馆"),
        ("browse", "/items/", "全部事项"),
        ("look", "/look/", "我要看"),
        ("halls", "/look/halls/", "大厅和便民服务中心"),
        ("ask", "/ask/", "我要问"),
        ("village", "/places/530524102203/", "一个村能办什么"),
        ("tour", "/tour/", "导览：可以试的十件事"),
    ):
        page.goto(door.instance.url + path)
        album.take(page, name, title)
    page.goto(door.instance.url + "/search/?q=开小饭馆")
    page.locator(".hits").get_by_role("link", name=ITEM).click()
    album.take(page, "guide", "办事指南：食品经营许可")
    page.goto(door.instance.url + "/account/login/")
    album.take(page, "login", "登录")


def applying(door: Door, album: Album) -> None:
    owner = door.let_in(Applicant, "lixiulan", scripts=True)
    page = owner.page
    page.goto(door.instance.url + "/search/?q=开小饭馆")
    page.locator(".hits").get_by_role("link", name=ITEM).click()
    page.get_by_role("link", name="开始办理").first.click()
    album.take(page, "apply-start", "开始办理：为谁办")
    page.get_by_label("老街米线店").check()
    page.get_by_role("button", name="开始填写").click()
    album.take(page, "apply-situation", "一页一问：情形")
    answer_until(owner, "subject", album, "apply-page", "填表：谁来申请（已知的不再填）")
    owner.fill_in(catalogued(ITEM), ANSWERS)
    check = page.url
    page.goto(check.replace("/check/", "/materials/"))
    album.take(page, "apply-materials", "材料清单")
    page.locator("ol.tasks a").first.click()
    album.take(page, "apply-material", "上传一份材料")
    page.goto(check)
    album.take(page, "apply-check", "核对并提交")
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/done/")
    album.take(page, "apply-done", "申请已收到")


def answer_until(owner: Applicant, key: str, album: Album, name: str, title: str) -> None:
    """Answer the pages before one, and take that one."""
    for _ in range(4):
        if f"/page/{key}/" in owner.page.url:
            break
        situation = owner.page.locator('[name="asked"]').get_attribute("value") or ""
        owner.page.locator(f'[name="{situation}"][value="{ANSWERS[situation]}"]').check()
        owner.page.get_by_role("button", name="保存并继续").click()
    album.take(owner.page, name, title)


def following(door: Door, album: Album) -> None:
    """Cases of the sample county, each as its own applicant sees it."""
    places = (
        ("track", "accepted", "IS NULL", "", "办理进度：办理中"),
        ("supplement", "supplement", "IS NULL", "supplement/", "补正"),
        ("track-refused", "closed", "= 'denied'", "", "办理进度：未获批准，理由和救济途径"),
        ("track-granted", "closed", "= 'granted'", "", "办理进度：已办成"),
        ("rate", "closed", "= 'granted' AND value->>'rating' IS NULL", "rate/", "评价"),
    )
    for name, state, outcome, path, title in places:
        username, number = case_of(door, f"state = '{state}' AND outcome {outcome}")
        page = door.let_in(Applicant, username).page
        page.goto(f"{door.instance.url}/track/{number}/{path}")
        album.take(page, name, title)
    anybody = door.let_in(Applicant, "").page
    rows = door.instance.ask("SELECT token FROM licences_licence ORDER BY id LIMIT 1")
    anybody.goto(f"{door.instance.url}/verify/{rows[0][0]}/")
    album.take(anybody, "verify", "证照验真")
    anybody.goto(f"{door.instance.url}/track/")
    album.take(anybody, "track-ask", "我要查")
    mine = door.let_in(Applicant, "lixiulan").page
    mine.goto(f"{door.instance.url}/mine/")
    album.take(mine, "mine", "我的")
    mine.goto(f"{door.instance.url}/mine/offers/")
    album.take(mine, "offers", "我可能可以享受的")


def case_of(door: Door, wanted: str) -> tuple[str, str]:
    """A case of somebody who has an account, with the username."""
    names = {row["name"]: row["username"] for row in door.accounts() if not row["secret"] and not row["client"]}
    for number, name in door.instance.ask(f"SELECT number, applicant_name FROM cases_case WHERE {wanted} ORDER BY id"):
        if name in names:
            return names[str(name)], str(number)
    raise LookupError(wanted)


def working(door: Door, album: Album) -> None:
    """The desk, which is made for a desk; its inbox also on a telephone."""
    page = door.let_in(Officer, "scjg04").page
    page.goto(f"{door.instance.url}/desk/")
    album.take(page, "desk-inbox", "工作台：待办", ("desktop", "phone"))
    page.locator("a.row").first.click()
    for tab, title in (("application", "申请与材料"), ("story", "经过"), ("clocks", "时限"), ("papers", "文书")):
        page.goto(page.url.split("?")[0] + f"?tab={tab}")
        album.take(page, f"desk-case-{tab}", f"工作台：办件页，{title}", ("desktop",))
    clerk = door.let_in(Officer, "scjg05").page
    clerk.goto(f"{door.instance.url}/desk/")
    clerk.locator("a.row", has_text="受理").first.click()
    album.take(clerk, "desk-accept", "工作台：受理、一次性告知", ("desktop", "phone"))
    for username, name, path, title in (
        ("scjg04", "desk-search", "search/", "工作台：查询"),
        ("scjg04", "desk-words", "words/", "工作台：意见模板"),
        ("scjg06", "desk-docket", "docket/", "工作台：本机关全部办件"),
        ("scjg05", "desk-consult", "consult/", "工作台：咨询"),
        ("zwfw11", "window", "window/", "综合窗口：谁来办"),
        ("tyz03", "desk-agency", "agency/", "工作台：代办"),
        ("xzf01", "director", "director/?period=month", "督查：办件与平台使用"),
        ("xzf01", "director-halls", "director/places/", "督查：大厅与授权"),
    ):
        page = door.let_in(Officer, username).page
        page.goto(f"{door.instance.url}/desk/{path}")
        album.take(page, name, title, ("desktop", "phone") if username == "xzf01" else ("desktop",))


if __name__ == "__main__":
    main()
