"""The context as Django sees it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Sealed files, content-addressed."""

    name = "onedoor.vault"
    default_auto_field = "django.db.models.BigAutoField"
