"""The package as Django sees it."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    """Benchmarks: commands that print ratios."""

    name = "onedoor.bench"
