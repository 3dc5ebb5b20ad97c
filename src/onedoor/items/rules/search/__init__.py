"""Finding an item by the words people use (搜索): grams, synonyms, sound, initials and typing errors, one index."""

from onedoor.items.rules.search.index import Found, Hit, Index
from onedoor.items.rules.search.lexicon import Lexicon, Region, lexicon_from
from onedoor.items.rules.search.text import Document, document_of, normalise

__all__ = ["Document", "Found", "Hit", "Index", "Lexicon", "Region", "document_of", "lexicon_from", "normalise"]
