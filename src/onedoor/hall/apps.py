"""The context as Django sees it."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    """大厅."""

    name = "onedoor.hall"
    default_auto_field = "django.db.models.BigAutoField"
