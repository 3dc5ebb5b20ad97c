"""The national access tables (国家平台事项接入表, ``up_task_*``): items to rows and back, JSON and spreadsheets.

Item → tables → item is the identity, and so is tables → items → tables: a column holds a field, shows what is generated
from fields, or stays empty; all that no column holds is JSON in ``extend_field``.
"""

from onedoor.items.rules.exchange.export import Issue, Rows, tables_of
from onedoor.items.rules.exchange.jsonfile import sheets_of_json, to_json
from onedoor.items.rules.exchange.layout import Layout, layout_from
from onedoor.items.rules.exchange.reading import ItemRows, Reading, read_tables
from onedoor.items.rules.exchange.workbook import sheets_of_xlsx, to_xlsx

__all__ = [
    "Issue",
    "ItemRows",
    "Layout",
    "Reading",
    "Rows",
    "layout_from",
    "read_tables",
    "sheets_of_json",
    "sheets_of_xlsx",
    "tables_of",
    "to_json",
    "to_xlsx",
]
