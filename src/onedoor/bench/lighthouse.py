"""Google's Lighthouse, where Node and Chromium are installed: ``npx lighthouse`` on pages of a running instance.

A tool of development only: nothing of it is installed with OneDoor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

VERSION: Final = "12.8.2"
CATEGORIES: Final = ("performance", "accessibility", "best-practices")
FLAGS: Final = "--headless=new --no-sandbox --disable-gpu"
SECONDS: Final = 180


class LighthouseError(Exception):
    """It gave no scores for a page, and why, in its own words."""


def available() -> bool:
    """Whether it can run here."""
    return shutil.which("npx") is not None and chromium() is not None


def scores(address: str, *, cookies: str = "") -> dict[str, float]:
    """Category → score (0 to 100) of one page on Lighthouse's simulated phone.

    A browser that did not start, or lost its page, mostly does better the second time: LighthouseError after two.
    """
    try:
        return _scores(address, cookies)
    except LighthouseError:
        return _scores(address, cookies)


def _scores(address: str, cookies: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        argv = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json"]
        argv += [f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]
        if cookies:
            argv.append(f"--extra-headers={json.dumps({'Cookie': cookies})}")
        environment = {**os.environ, "CHROME_PATH": chromium() or ""}
        try:
            subprocess.run(argv, env=environment, check=True, capture_output=True, timeout=SECONDS)
            found = json.loads(report.read_text("utf-8"))["categories"]
            return {name: round(100 * found[name]["score"], 1) for name in CATEGORIES}
        except subprocess.CalledProcessError as error:
            raise LighthouseError(_last_words(error)) from error
        except (subprocess.TimeoutExpired, OSError, ValueError, LookupError, TypeError) as error:
            raise LighthouseError(f"{type(error).__name__}: {error}") from error


def _last_words(error: subprocess.CalledProcessError) -> str:
    lines = error.stderr.decode("utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"退出码 {error.returncode}")


def chromium() -> str | None:
    """The browser, where one is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
