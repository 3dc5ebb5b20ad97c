"""The package as Django sees it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The officer's face."""

    name = "onedoor.desk"
