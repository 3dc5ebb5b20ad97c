"""The package as Django sees it."""

from django.apps import AppConfig


class APIConfig(AppConfig):
    """The face for machines."""

    name = "onedoor.api"
