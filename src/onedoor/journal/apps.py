"""The context as Django sees it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The append-only log, its sealer and followers."""

    name = "onedoor.journal"
    default_auto_field = "django.db.models.BigAutoField"
