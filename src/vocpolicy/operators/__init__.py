"""THE operator table: what each operator is called, takes, gives and means.

Parser, formatter, checker, interpreter, explanations and the language reference read this
table; how an operator is spelled stands in `vocpolicy.keywords`, under its terminals.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.keywords import AGGREGATES
from vocpolicy.operators.conditions import COMPARISONS, LOGIC
from vocpolicy.operators.lists import OVER_LISTS
from vocpolicy.operators.numbers import ARITHMETIC, DATE_LENGTHS, SCALES
from vocpolicy.operators.operator import Operator

__all__ = ["AGGREGATE_KINDS", "COMPARING", "OPERATORS", "Operator", "aggregate"]

OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        operator.key: operator
        for several in (LOGIC, COMPARISONS, ARITHMETIC, DATE_LENGTHS, SCALES, OVER_LISTS)
        for operator in several
    }
)
"""Every operator by its key."""

AGGREGATE_KINDS: tuple[str, ...] = ("count", *(word.key for word in AGGREGATES))
"""The kinds of aggregates; `aggregate(kind)` is the operator of each."""

COMPARING: frozenset[str] = frozenset({"at_least", "at_most", "more_than", "less_than"})
"""Operators that compare by size."""


def aggregate(kind: str) -> Operator:
    """The operator of an aggregate, by the `kind` of its node."""
    return OPERATORS[f"{kind}_of_list"]
