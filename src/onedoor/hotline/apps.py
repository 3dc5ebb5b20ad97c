"""The context as Django sees it."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """我要问."""

    name = "onedoor.hotline"
    default_auto_field = "django.db.models.BigAutoField"
