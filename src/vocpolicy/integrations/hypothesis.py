"""Policies for hypothesis: `st.from_type(Policy)` makes them wherever the package is installed.

Hypothesis calls `setup` when it is imported itself; what makes policies is imported when a policy
is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vocpolicy.policy import Policy

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def setup() -> None:
    """Have hypothesis make a `Policy` wherever one is asked for by its type."""
    from hypothesis import strategies as st

    st.register_type_strategy(Policy, _policies)


def _policies(_: type[Policy]) -> SearchStrategy[Policy]:
    from vocpolicy.strategies import policies

    return policies()
