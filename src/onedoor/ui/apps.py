"""The package as Django sees it."""

from django.apps import AppConfig


class UIConfig(AppConfig):
    """The design system: parts, tokens, form renderer."""

    name = "onedoor.ui"
