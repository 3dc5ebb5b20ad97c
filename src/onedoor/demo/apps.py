"""The package as Django sees it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The sample county (示例)."""

    name = "onedoor.demo"
