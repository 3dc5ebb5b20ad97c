"""The context as Django sees it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Making and checking fixed-layout documents."""

    name = "onedoor.documents"
    default_auto_field = "django.db.models.BigAutoField"
