"""All reads of the catalogue; published items are public."""

from onedoor.items.queries.files import DATA, load_yaml, offers, policies, read_folder, stationery, tables
from onedoor.items.queries.versions import (
    Filters,
    Summary,
    catalogue,
    count,
    forget,
    history,
    newest,
    published,
    search,
    version,
    withdrawn_up_to,
)

__all__ = [
    "DATA",
    "Filters",
    "Summary",
    "catalogue",
    "count",
    "forget",
    "history",
    "load_yaml",
    "newest",
    "offers",
    "policies",
    "published",
    "read_folder",
    "search",
    "stationery",
    "tables",
    "version",
    "withdrawn_up_to",
]
