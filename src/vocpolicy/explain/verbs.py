"""The governing verb of a provision or a target, and the words that soften it."""

from __future__ import annotations

from collections.abc import Sequence

from vocpolicy.core import Labels
from vocpolicy.explain.terms import Listing, Say, Term


def governed(modality: str, text: Labels, hedges: Sequence[str]) -> Term | None:
    """The verb, what follows it, and what softens it; None where none of that is said."""
    softened = Listing(tuple(Say("quoted", {"text": hedge}) for hedge in hedges))
    if not modality:
        return Say("only_hedged", {"hedges": softened}) if hedges else None
    says: Term = Say(f"verb.{modality}")
    if text.en or text.zh:
        says = Say("says_text", {"verb": says, "text": text})
    return Say("says_hedged", {"verb": says, "hedges": softened}) if hedges else says
