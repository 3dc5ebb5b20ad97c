"""Writes of the vault: keep, bind, discard, sweep."""

from onedoor.vault.commands.keep import bind, copy, discard, erase, store
from onedoor.vault.commands.sweep import Swept, sweep

__all__ = ["Swept", "bind", "copy", "discard", "erase", "store", "sweep"]
