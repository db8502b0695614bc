"""THE table of what is compiled: every node of the core, and why those that are not are left to
the interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy import core

UNSUPPORTED: Mapping[type, str] = MappingProxyType(
    {
        core.Range: "stands in what targets are held against only",
    }
)
"""Nodes that are no values in generated code, with the reason."""

COMPILED: frozenset[type] = frozenset(
    {
        core.Const,
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
        core.Aggregate,
        core.Round,
        core.Choose,
        core.Scale,
    }
)
"""Nodes that become code."""
