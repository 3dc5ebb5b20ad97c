"""``bench window``: what it takes of a clerk to take in an application, counted in a real browser."""

from onedoor.bench.window.counting import measure

__all__ = ["measure"]
