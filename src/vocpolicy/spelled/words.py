"""Yes and no, the values of choices, and that there is none."""

from __future__ import annotations

import unicodedata
from enum import Enum

from vocpolicy.exact import unwrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}
_NONE = frozenset({"none", "无"})


def folded(text: str) -> str:
    """A text as it is compared: width, case and blanks around it do not matter."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def yes_no(raw: object) -> bool | None:
    """A yes or no; None where it is neither."""
    plain = unwrapped(raw)
    if isinstance(plain, bool):
        return plain
    return _YES_NO.get(plain.strip().lower()) if isinstance(plain, str) else None


def text_of(raw: object) -> str | None:
    """The text by which a value of a choice is given; a member of an enumeration has it as its
    value."""
    text = raw.value if isinstance(raw, Enum) else raw
    return text if isinstance(text, str) else None


def member(text: str, members: Mapping[str, Collection[str]]) -> str | None:
    """The value of a choice by its name or one of its labels; None where it has no such value.

    Args:
        members: the labels of each, by its name.
    """
    if text in members:
        return text
    wanted = folded(text)
    if not wanted:  # which a label that is not there is, too
        return None
    for name, labels in members.items():
        if wanted == folded(name) or wanted in map(folded, labels):
            return name
    return None


def says_none(raw: object) -> bool:
    """Whether it is the word for none."""
    return isinstance(raw, str) and folded(raw) in _NONE
