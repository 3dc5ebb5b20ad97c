"""The context as Django sees it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages to people: in-site, SMS, e-mail."""

    name = "onedoor.notices"
    default_auto_field = "django.db.models.BigAutoField"
