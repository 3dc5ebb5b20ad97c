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


def available() -> bool:
    """Whether it can run here."""
    return shutil.which("npx") is not None and chromium() is not None


def scores(address: str, *, cookies: str = "") -> dict[str, float]:
    """Category → score (0 to 100) of one page on Lighthouse's simulated phone. CalledProcessError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        argv = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json"]
        argv += [f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]
        if cookies:
            argv.append(f"--extra-headers={json.dumps({'Cookie': cookies})}")
        environment = {**os.environ, "CHROME_PATH": chromium() or ""}
        subprocess.run(argv, env=environment, check=True, capture_output=True, timeout=SECONDS)
        found = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * found[name]["score"], 1) for name in CATEGORIES}


def chromium() -> str | None:
    """The browser, where one is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
