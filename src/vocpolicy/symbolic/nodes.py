"""THE table of what has terms: every node of the core, and why those that have none are left to
vary freely."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy import core

FREE: Mapping[type, str] = MappingProxyType(
    {
        core.Aggregate: "goes through the records of a list, of which any number may be supplied",
    }
)
"""Nodes that have no terms, with the reason: what they come to is a variable of its own."""

MAPPED: frozenset[type] = frozenset(
    {
        core.Const,
        core.Range,
        core.FactRef,
        core.FieldRef,
        core.DefinitionRef,
        core.ConclusionRef,
        core.AsOf,
        core.Negate,
        core.Arithmetic,
        core.Divide,
        core.Compare,
        core.Equal,
        core.Within,
        core.Not,
        core.All,
        core.Any,
        core.DatesBetween,
        core.Round,
        core.Choose,
        core.Scale,
    }
)
"""Nodes that become terms."""
