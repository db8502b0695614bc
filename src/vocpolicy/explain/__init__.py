"""Explanations: why a verdict is what it is, for the person concerned and for who defends it.

    trace -> tree of nodes (no language) -> document -> text

Nothing here runs unless an explanation is asked for.  What is the case stands in `statements`,
what things are called in `phrases`, values with their working in `values`; `conditions`, `rules`
and `targets` decide what is shown of a trace; the words stand in `sentences` alone.
"""

from __future__ import annotations

from vocpolicy.explain.alike import Alike, Forms, Shelf
from vocpolicy.explain.nodes import Explanation, Node, Side
from vocpolicy.explain.text import document, text
from vocpolicy.explain.tree import Explained, tree

__all__ = [
    "Alike",
    "Explained",
    "Explanation",
    "Forms",
    "Node",
    "Shelf",
    "Side",
    "document",
    "explain",
    "text",
    "tree",
]


def explain(verdict: Explained, lang: str = "en", advice: bool = False) -> str:
    """The explanation of a verdict as plain text, in English (`en`) or Chinese (`zh`)."""
    return text(tree(verdict, advice), lang)
