"""What a caller asks to be changed, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from vocpolicy.advice.case import Case
from vocpolicy.advice.changes import Changes, Wanted, changes
from vocpolicy.advice.effort import Allowed
from vocpolicy.box import NotSearchableError
from vocpolicy.box.rulings import Key
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.outcome import WORDS, Outcome

MANNERS = ("fixed", "can_rise", "can_fall", "can_change")


def ask_for_changes(
    case: Case,
    to: object,
    allow: Mapping[str, str] | Iterable[str] | None,
    effort: Mapping[str, int | Fraction],
    most: int,
) -> Changes:
    """The nearest changes, as `vocpolicy.policy.Policy.changes` takes its arguments.

    Raises:
        UsageError: every outcome, fact, manner or effort that there is not.
    """
    names = list(allow) if allow is not None else []
    mistakes = [*_facts(case, dict.fromkeys([*names, *effort])), *_efforts(effort)]
    if isinstance(allow, Mapping):
        mistakes += _manners(allow)
    wanted = None if to is None else _wanted(to)
    if to is not None and wanted is None:
        mistakes.append(_no_outcome(case, to))
    if mistakes:
        raise UsageError(mistakes)
    taken: Allowed = allow if isinstance(allow, Mapping) or allow is None else names
    efforts = {name: Fraction(one) for name, one in effort.items()}
    return changes(case, wanted, taken, efforts, most)


def _wanted(to: object) -> Wanted | None:
    """Which outcomes are meant: all of one kind, or those of one wording."""
    if isinstance(to, Outcome):
        return lambda key: WORDS[key[0]].outcome is to
    if isinstance(to, str):
        spelled = to.strip().replace("_", " ")
        words = [
            key for key, one in WORDS.items() if spelled in (key.replace("_", " "), one.en, one.zh)
        ]
        return _worded(frozenset(words)) if words else None
    if isinstance(to, bool):
        meant = Outcome.HOLDS if to else Outcome.FAILS
        return lambda key: WORDS[key[0]].outcome is meant
    if isinstance(to, int | Fraction):
        value = Fraction(to)
        return lambda key: key[1] == value
    return None


def _worded(words: frozenset[str]) -> Wanted:
    def wanted(key: Key) -> bool:
        return key[0] in words

    return wanted


def _no_outcome(case: Case, to: object) -> Diagnostic:
    known = [word.en for word in WORDS.values()]
    args = {
        "name": case.name,
        "found": str(to),
        "close": close_names(str(to), known),
        "known": ", ".join(known),
    }
    return Diagnostic("V424", args=args)


def _facts(case: Case, names: Iterable[str]) -> list[Diagnostic]:
    try:
        known = (*case.model.names, *case.model.parts)
    except NotSearchableError:
        return []
    return [
        Diagnostic(
            "V425",
            args={
                "name": case.name,
                "found": name,
                "close": close_names(name, known),
                "known": ", ".join(known),
            },
        )
        for name in names
        if name not in known
    ]


def _manners(allow: Mapping[str, str]) -> list[Diagnostic]:
    return [
        Diagnostic("V426", args={"name": name, "found": str(one), "known": ", ".join(MANNERS)})
        for name, one in allow.items()
        if str(one).replace(" ", "_") not in MANNERS
    ]


def _efforts(effort: Mapping[str, int | Fraction]) -> list[Diagnostic]:
    return [
        Diagnostic("V427", args={"name": name, "found": str(one)})
        for name, one in effort.items()
        if not isinstance(one, int | Fraction) or one <= 0
    ]
