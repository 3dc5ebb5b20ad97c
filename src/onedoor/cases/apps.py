"""The context as Django sees it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """办件: the engine."""

    name = "onedoor.cases"
    default_auto_field = "django.db.models.BigAutoField"
