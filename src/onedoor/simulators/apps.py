"""The package as Django sees it."""

from django.apps import AppConfig


class SimulatorsConfig(AppConfig):
    """Other departments' systems as processes of their own."""

    name = "onedoor.simulators"
