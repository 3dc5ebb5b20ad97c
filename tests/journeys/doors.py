"""How people come in: one Chromium, one instance, each account's session."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from playwright.sync_api import APIResponse, Browser, BrowserContext
from tests.journeys.browsing import SCREENS, Parts, Visitor
from tests.journeys.instances import Instance

from onedoor.access.rules import totp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--disable-component-update", "--disable-sync", "--lang=zh-CN"]
ELDER = "elder"
Person = TypeVar("Person", bound=Visitor)


@dataclass
class Door:
    """How people come in: each account signs in once, by what demo-accounts.json says, and keeps its session."""

    instance: Instance
    browser: Browser
    sessions: dict[str, Any] = field(default_factory=dict)
    known: Parts = field(default_factory=dict)
    inside: list[Visitor] = field(default_factory=list)

    def account(self, name: str) -> dict[str, str]:
        return next(row for row in self.accounts() if row["username"] == name)

    def accounts(self) -> list[dict[str, str]]:
        return list(json.loads((self.instance.folder / "demo-accounts.json").read_text("utf-8")))

    def let_in(
        self, kind: type[Person], name: str, *, screen: str = "desktop", scripts: bool = True, view: str = ""
    ) -> Person:
        """A window of this person, signed in; no name: a passer-by."""
        width, height = SCREENS[screen]
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            storage_state=self._session(name) if name else None,
            is_mobile=screen == "phone",
            has_touch=screen == "phone",
        )
        context.set_default_timeout(30_000)
        if view:
            context.add_cookies([{"name": "view", "value": view, "url": self.instance.url}])
        found = kind(context, self.instance.url, scripts=scripts, known=self.known)
        self.inside.append(found)
        return found

    def _session(self, name: str) -> Any:
        if name not in self.sessions:
            self.sessions[name] = self._sign_in(self.account(name))
        return self.sessions[name]

    def _sign_in(self, account: dict[str, str]) -> Any:
        """What the two pages send, without drawing them; ``sign_in`` is by hand."""
        context = self.browser.new_context(base_url=self.instance.url)
        answer = context.request.get("/account/login/")
        answer = self._send(context, answer, login=account["username"], password=account["password"])
        if account["secret"]:
            answer = self._send(context, answer, code=totp(account["secret"], at=datetime.now(UTC)))
        assert "/account/" not in answer.url, answer.text()
        found = context.storage_state()
        context.close()
        return found

    @staticmethod
    def _send(context: BrowserContext, shown: APIResponse, **fields: str) -> APIResponse:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.text())
        assert token, shown.text()
        return context.request.post(shown.url, form={"csrfmiddlewaretoken": token[1], **fields})

    def do(self, name: str, number: str, act: str, **fields: str | tuple[str, ...]) -> None:
        """One act of an officer on a case, sent as the page would send it, without drawing it; ticks are a tuple."""
        context = self.browser.new_context(base_url=self.instance.url, storage_state=self._session(name))
        page = context.request.get(f"/desk/cases/{number}/").text()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        version = re.search(r'name="version" value="(\d+)"', page)
        assert token, page
        assert version, f"{name} may do nothing on {number}"
        form = urlencode({"csrfmiddlewaretoken": token[1], "version": version[1], **fields}, doseq=True)
        coded = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = context.request.post(f"/desk/cases/{number}/do/{act}/", data=form, headers=coded)
        assert answer.ok, re.sub(r"<[^>]+>", " ", answer.text())
        context.close()

    def sign_in(self, visitor: Visitor, name: str) -> None:
        """By hand: name and password, then the code."""
        account = self.account(name)
        visitor.goto("/account/login/")
        visitor.page.locator('[name="login"]').fill(account["username"])
        visitor.page.locator('[name="password"]').fill(account["password"])
        visitor.click(visitor.page.get_by_role("button", name="登录", exact=True))
        if account["secret"]:
            visitor.page.locator('[name="code"]').fill(totp(account["secret"], at=datetime.now(UTC)))
            visitor.click(visitor.page.get_by_role("button", name="登录", exact=True))
        assert "/account/" not in visitor.page.url, visitor.page.locator("main").inner_text()

    def wrong(self) -> list[str]:
        """Everything that was wrong on any page that anybody saw."""
        return list(dict.fromkeys(fault for visitor in self.inside for fault in visitor.wrong))

    def close(self) -> None:
        for visitor in self.inside:
            visitor.context.close()
        self.inside.clear()
