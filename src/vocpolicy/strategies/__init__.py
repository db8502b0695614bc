"""Facts and policies as hypothesis makes them.

Only what tests policies imports this package; it is meant to be used from `vocpolicy.testing`.
"""

from __future__ import annotations

from vocpolicy.strategies.boundaries import boundary_cases, boundary_facts, completions
from vocpolicy.strategies.facts import facts
from vocpolicy.strategies.sources import policies, policy_sources

__all__ = [
    "boundary_cases",
    "boundary_facts",
    "completions",
    "facts",
    "policies",
    "policy_sources",
]
