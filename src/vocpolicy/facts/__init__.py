"""Facts: what a user supplies, read and checked against what the policy declares.

files -> a mapping -> reading -> values, numbers, dates -> bounds -> Facts
"""

from __future__ import annotations

from vocpolicy.facts.files import load_facts
from vocpolicy.facts.merging import merge_facts
from vocpolicy.facts.reading import declarations, entity_of, read_facts, read_leniently
from vocpolicy.interpreter.scope import Facts

__all__ = [
    "Facts",
    "declarations",
    "entity_of",
    "load_facts",
    "merge_facts",
    "read_facts",
    "read_leniently",
]
