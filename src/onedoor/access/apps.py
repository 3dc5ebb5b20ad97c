"""The context as Django sees it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Identities, roles, sign-in, mandates."""

    name = "onedoor.access"
    default_auto_field = "django.db.models.BigAutoField"
