"""The exceptions that the library raises: all of one kind of input's mistakes at once."""

from __future__ import annotations

from collections.abc import Iterable

from vocpolicy.diagnostics.model import Diagnostic
from vocpolicy.diagnostics.text import render_all


class VocPolicyError(Exception):
    """Base of every error of the library.

    Attributes:
        diagnostics: each mistake as data: its code, its place and what fills its message.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def render(self, lang: str = "en") -> str:
        """Every mistake as text, with its place, in English or Chinese."""
        return render_all(self.diagnostics, lang)

    def __str__(self) -> str:
        return self.render("en")


class PolicyError(VocPolicyError):
    """The rules do not compile (spelling, names, types, units), or cite what is not there."""


class FactError(VocPolicyError):
    """Facts have a wrong name, type, unit, choice or bound, or cannot be read."""


class DocumentError(VocPolicyError):
    """A document's text cannot be read."""


class UsageError(VocPolicyError):
    """A path, a name or an option does not exist."""


class MissingExtraError(VocPolicyError, ImportError):
    """An optional part is not installed; the message says what to install."""
