"""The context as Django sees it."""

from django.apps import AppConfig


class AgencyConfig(AppConfig):
    """帮办代办."""

    name = "onedoor.agency"
    default_auto_field = "django.db.models.BigAutoField"
