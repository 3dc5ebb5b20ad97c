"""The context as Django sees it."""

from django.apps import AppConfig


class RegistriesConfig(AppConfig):
    """自然人库 and 法人库."""

    name = "onedoor.registries"
    default_auto_field = "django.db.models.BigAutoField"
