"""What has no terms, and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "list": "a list or a record itself has no terms, only what is made of it",
        "range": "a range stands in the course of a target, which the interpreter works out",
        "shift": "a date is moved by a length that varies, or its month end may be refused",
        "line": "a target is held against what turns on facts, or asks for members of a list",
        "collect": "a table gathers its outputs in a list, or some are `none`",
    }
)
"""Why something has no terms, by a word for it."""


class UnsupportedError(Exception):
    """An expression that has no terms, for one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
