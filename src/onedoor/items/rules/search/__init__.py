"""Finding an item by the words people use (搜索): grams, synonyms, sound, initials and typing errors, one index."""

from onedoor.items.rules.search.index import Entry, Found, Hit, Index, analyse
from onedoor.items.rules.search.lexicon import Lexicon, Region, lexicon_from
from onedoor.items.rules.search.text import Document, document_of, family_of, normalise

__all__ = [
    "Document",
    "Entry",
    "Found",
    "Hit",
    "Index",
    "Lexicon",
    "Region",
    "analyse",
    "document_of",
    "family_of",
    "lexicon_from",
    "normalise",
]
