"""How this installation's ``onedoor`` is called in the terminal from which it was started."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAME = "onedoor"


def calling(prefix: Path, *, folder: Path, path: str) -> str:
    """What to type: the bare name where the shell finds this very command, else its file, short from ``folder``.

    ``prefix``: where this Python is installed; ``path``: what the shell searches.
    """
    own, found = prefix / "bin" / NAME, shutil.which(NAME, path=path)
    if not own.exists() or (found and Path(found).resolve() == own.resolve()):
        return NAME
    return str(own.relative_to(folder)) if own.is_relative_to(folder) else str(own)


def command() -> str:
    """What to type here, for this process's own installation."""
    return calling(Path(sys.prefix), folder=Path.cwd(), path=os.environ.get("PATH", ""))
