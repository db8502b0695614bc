"""Errors as part of the language: each has a code, a place, what was found and what to write.

A diagnostic is data.  Its words come from the catalogue (one file per area, one entry per
code, both languages); `vocpolicy.diagnostics.text` writes it with the source line and a caret.
Codes: V1 spelling and syntax, V2 names, V3 types and units, V4 facts, V5 documents and
coverage, V6 files and options.
"""

from __future__ import annotations

from vocpolicy.diagnostics.catalog import CATALOG, Entry
from vocpolicy.diagnostics.errors import (
    DocumentError,
    FactError,
    MissingExtraError,
    PolicyError,
    UsageError,
    VocPolicyError,
)
from vocpolicy.diagnostics.look_alikes import skeleton
from vocpolicy.diagnostics.model import Diagnostic, Note, Words, chained, close_names
from vocpolicy.diagnostics.text import fill, message, render, render_all

__all__ = [
    "CATALOG",
    "Diagnostic",
    "DocumentError",
    "Entry",
    "FactError",
    "MissingExtraError",
    "Note",
    "PolicyError",
    "UsageError",
    "VocPolicyError",
    "Words",
    "chained",
    "close_names",
    "fill",
    "message",
    "render",
    "render_all",
    "skeleton",
]
