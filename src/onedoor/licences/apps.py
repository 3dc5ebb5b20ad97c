"""The context as Django sees it."""

from django.apps import AppConfig


class LicencesConfig(AppConfig):
    """电子证照."""

    name = "onedoor.licences"
    default_auto_field = "django.db.models.BigAutoField"
