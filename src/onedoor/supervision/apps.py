"""The context as Django sees it."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """电子督查: figures, each with the cases behind it."""

    name = "onedoor.supervision"
    default_auto_field = "django.db.models.BigAutoField"
