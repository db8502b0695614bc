"""Conditions of random shape, for tests that bring their own leaves."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st


def shaped(leaves: Sequence[str], max_leaves: int) -> st.SearchStrategy[str]:
    """The leaves joined by `and`, `or` and `not` in any way."""

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            several.map(lambda parts: f"({' or '.join(parts)})"),
            several.map(lambda parts: f"({' and '.join(parts)})"),
            inner.map(lambda one: f"(not {one})"),
        )

    return st.recursive(st.sampled_from(leaves), grown, max_leaves=max_leaves)
