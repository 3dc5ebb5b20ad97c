"""The context as Django sees it."""

from django.apps import AppConfig


class ItemsConfig(AppConfig):
    """事项: implementation lists as immutable published versions."""

    name = "onedoor.items"
    default_auto_field = "django.db.models.BigAutoField"
