"""Figures as pure values: what is counted, by which formula, over which denominator."""

from onedoor.supervision.rules.counting import (
    ACTS,
    CASES,
    FAULTS,
    MEASURE_NAMES,
    Charge,
    Counted,
    Measure,
    counted,
    opening,
    seconds_of,
)
from onedoor.supervision.rules.figures import BOUNDS, Adoption, Figures, bucket_of, median_of, ratio
from onedoor.supervision.rules.periods import PERIOD_NAMES, Period, span_of
from onedoor.supervision.rules.presence import Authorised, OutOfHall, Reason, out_of_hall, same_site, standing

__all__ = [
    "ACTS",
    "BOUNDS",
    "CASES",
    "FAULTS",
    "MEASURE_NAMES",
    "PERIOD_NAMES",
    "Adoption",
    "Authorised",
    "Charge",
    "Counted",
    "Figures",
    "Measure",
    "OutOfHall",
    "Period",
    "Reason",
    "bucket_of",
    "counted",
    "median_of",
    "opening",
    "out_of_hall",
    "ratio",
    "same_site",
    "seconds_of",
    "span_of",
    "standing",
]
