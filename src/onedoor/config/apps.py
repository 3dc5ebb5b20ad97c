"""The last app: wires ports to adapters when everything else is loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wiring."""

    name = "onedoor.config"

    def ready(self) -> None:
        """Connect every port to the adapter that serves it."""
        from onedoor.config import wiring

        wiring.connect()
