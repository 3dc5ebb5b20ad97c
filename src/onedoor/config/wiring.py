"""Which adapter serves which port."""


def connect() -> None:
    """Called once, when all apps are loaded."""
