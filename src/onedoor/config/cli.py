"""The ``onedoor`` command: Django's management entry point with an instance behind it."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onedoor.config.settings")
    execute_from_command_line(sys.argv)
