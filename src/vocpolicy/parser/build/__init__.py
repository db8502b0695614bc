"""Makes syntax nodes, one function for each rule of the grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from vocpolicy.parser.build import amendments, cases, expressions, provisions, tables, things, words

BUILDERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        **words.BUILDERS,
        **expressions.BUILDERS,
        **things.BUILDERS,
        **provisions.BUILDERS,
        **tables.BUILDERS,
        **cases.BUILDERS,
        **amendments.BUILDERS,
    }
)
"""What makes the node of each rule, by the rule's or the alias's name."""

PASSES = frozenset({"attribute", "declaration", "given_value"})
"""Rules that only pass their child on."""

__all__ = ["BUILDERS", "PASSES"]
