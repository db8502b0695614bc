"""For those who test policies: strategies for hypothesis, made from a policy or making one.

Needs the extra `test` (hypothesis); the engines never import this package.
"""

from __future__ import annotations

from vocpolicy.diagnostics import Diagnostic, MissingExtraError

try:
    import hypothesis.strategies as st
except ImportError as error:
    raise MissingExtraError([Diagnostic("V654")]) from error

from vocpolicy.policy import Policy
from vocpolicy.strategies import (
    boundary_cases,
    boundary_facts,
    completions,
    facts,
    policies,
    policy_sources,
)
from vocpolicy.testing.checking import check

__all__ = [
    "boundary_cases",
    "boundary_facts",
    "check",
    "completions",
    "facts",
    "policies",
    "policy_sources",
]

st.register_type_strategy(Policy, policies())
