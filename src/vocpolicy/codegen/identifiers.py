"""Names of Python for names of a policy, which may be Chinese, or words that Python keeps."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Callable, Iterable, Mapping


def identifiers(
    names: Iterable[str],
    taken: frozenset[str] = frozenset(),
    form: Callable[[str], str] | None = None,
) -> Mapping[str, str]:
    """An identifier for each name: the name itself where that can be, or what `form` makes of it;
    no two are the same, and none is one of those taken."""
    found: dict[str, str] = {}
    used = set(taken)
    for name in names:
        made = (form or identifier)(name)
        while made in used or keyword.iskeyword(made):
            made += "_"
        used.add(made)
        found[name] = made
    return found


def identifier(name: str) -> str:
    """The name as Python reads it, other characters as underscores."""
    normal = unicodedata.normalize("NFKC", name)
    letters = "".join(letter if f"n{letter}".isidentifier() else "_" for letter in normal)
    plain = letters.strip("_") or "n"
    return plain if plain.isidentifier() else f"n{plain}"


def class_name(name: str) -> str:
    """`world_skills_medal` as `WorldSkillsMedal`."""
    return "".join(part[:1].upper() + part[1:] for part in identifier(name).split("_"))


def member_name(name: str) -> str:
    """The name of a choice's value, as an enumeration has it."""
    return identifier(name).upper()
