"""The package as Django sees it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The citizen's face."""

    name = "onedoor.portal"
