"""The context as Django sees it."""

from django.apps import AppConfig


class RelayConfig(AppConfig):
    """异地收件."""

    name = "onedoor.relay"
    default_auto_field = "django.db.models.BigAutoField"
