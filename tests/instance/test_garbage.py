"""What a process has loaded is not looked through again and again."""

from __future__ import annotations

import gc

from onedoor.instance import garbage


def test_what_is_loaded_is_set_apart_and_looks_are_rarer() -> None:
    before = gc.get_threshold()
    try:
        garbage.spare()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == garbage.THRESHOLDS
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
