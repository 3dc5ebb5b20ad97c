"""Documents as bytes: PDF/A by typst, QR codes as SVG. Reading only: nothing here changes the database."""

from onedoor.documents.queries.fonts import covered, missing_characters
from onedoor.documents.queries.pdf import document, render, reprint
from onedoor.documents.queries.qr import qr_svg

__all__ = ["covered", "document", "missing_characters", "qr_svg", "render", "reprint"]
