"""Looking for cycles of garbage: fewer and larger looks than the default, none of them over code."""

from __future__ import annotations

import gc
from typing import Final

THRESHOLDS: Final = (20_000, 20, 20)  # new objects between two looks; looks at the young between two at the older


def spare() -> None:
    """For a process that has loaded its code, and lives long or works through much."""
    gc.collect()
    gc.freeze()  # code lives as long as the process: no look for cycles goes over it again
    gc.set_threshold(*THRESHOLDS)
