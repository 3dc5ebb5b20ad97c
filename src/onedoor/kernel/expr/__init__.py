"""Conditions and formulas as data: which question, material or step applies, and what a fee or limit comes to.

The JSON form, which is also the form in files:

======================================  =====================================================================
``true`` ``12`` ``"text"``              literals; a text that begins with ``$`` is written ``"$$…"``
``{"decimal": "1.50"}``                 an exact decimal (a bare 1.5 is refused: it is not exact)
``{"date": "2026-03-02"}``              a date
``["a", "b"]``                          a list of literals, for ``in``
``"$form.place"``                       a fact
``{"all": […]}`` ``{"any": […]}``       并且 / 或者, one part or more
``{"not": …}``                          并非
``{"eq": [a, b]}`` ne lt le gt ge       comparisons
``{"in": [a, list]}``                   ``a`` is one of the list; the list may be a fact (a question with choices)
``{"present": "$form.place"}``          the fact is known and not empty
``{"add": […]}`` sub mul min max        arithmetic on whole numbers and decimals (``sub`` takes two parts)
``{"if": [condition, then, else]}``     one of two values
======================================  =====================================================================

Evaluation is total. A fact that is missing (or is no value of ours) makes every comparison with it false, ``ne``
included, and every sum with it missing; a missing condition counts as not fulfilled. ``evaluate`` returns None
for "missing". Facts may stand in their JSON form, as answers are stored: where a number or a date is compared or
reckoned with, ``"80.5"`` is that number and ``"2026-03-02"`` that date. Nothing here raises except ``parse``, on a
tree that is not of this form.
"""

from onedoor.kernel.expr.checking import FactType, Schema, check, kind
from onedoor.kernel.expr.codec import parse, to_tree
from onedoor.kernel.expr.evaluation import evaluate, holds, simplify
from onedoor.kernel.expr.nodes import Expr, Kind, Scalar, Value, facts, substitute
from onedoor.kernel.expr.wording import describe

__all__ = [
    "Expr",
    "FactType",
    "Kind",
    "Scalar",
    "Schema",
    "Value",
    "check",
    "describe",
    "evaluate",
    "facts",
    "holds",
    "kind",
    "parse",
    "simplify",
    "substitute",
    "to_tree",
]
