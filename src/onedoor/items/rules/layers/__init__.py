"""One item, one standard: what each level sets, field by field, and what is in force below (分级继承)."""

from onedoor.items.rules.layers.cells import Cells, assemble, cells
from onedoor.items.rules.layers.fold import LEVELS, Deviation, Effective, Layer, deviations, fold
from onedoor.items.rules.layers.meet import as_good, meet
from onedoor.items.rules.layers.order import alike, arranged, orders
from onedoor.items.rules.layers.policy import Policies, Policy, Rows, Rule, policies_from
from onedoor.items.rules.layers.typed import cell, complete, own, read_cells

__all__ = [
    "LEVELS",
    "Cells",
    "Deviation",
    "Effective",
    "Layer",
    "Policies",
    "Policy",
    "Rows",
    "Rule",
    "alike",
    "arranged",
    "as_good",
    "assemble",
    "cell",
    "cells",
    "complete",
    "deviations",
    "fold",
    "meet",
    "orders",
    "own",
    "policies_from",
    "read_cells",
]
