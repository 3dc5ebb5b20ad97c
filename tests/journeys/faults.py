"""Prints the pages of faults that no visit to a healthy instance brings about, as JSON: name and page."""

import json
import sys

import django

django.setup()

from onedoor.ui.errors import fault_page  # noqa: E402

json.dump({status: fault_page(None, status).content.decode() for status in (500, 503)}, sys.stdout)
