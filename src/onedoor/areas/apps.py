"""The context as Django sees it."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """行政区划 and working-day calendars."""

    name = "onedoor.areas"
    default_auto_field = "django.db.models.BigAutoField"
