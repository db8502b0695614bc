"""How the outcome of a case moves from one policy to another."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.difference.joint import ARROW, HIGHER, LOWER, SAME, way_of
from vocpolicy.difference.pairing import Pair
from vocpolicy.interpreter import Facts
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.trace import Answer, ConclusionTrace, Trace, Unknown
from vocpolicy.verdict import Verdict, judge

TIGHTER, WIDER, UP, DOWN, ELSE = "stricter", "looser", "higher", "lower", "other"
"""Directions: a case loses or gains what it is about, a value is more or less, anything else."""

DIRECTIONS = (TIGHTER, WIDER, UP, DOWN, ELSE)


@frozen(eq=False)
class Move:
    """One way in which outcomes differ, and a case that shows it.

    Attributes:
        way: wordings as `old→new`; or how the new value lies to the old.
        direction: one of `DIRECTIONS`.
        facts: of the case, as far as they matter.
        old, new: the verdicts on it.
    """

    way: str
    direction: str
    facts: Facts
    old: Verdict
    new: Verdict


BURDENS = frozenset({"required", "not_required"})
"""Wordings of what is asked of somebody: who is free of it fares well."""

GRANTS = frozenset({"eligible", "not_eligible", "allowed", "not_allowed", "decided"})
"""Wordings of what somebody gets, or may do: who has it fares well."""


def fares_well(wording: str, other: str) -> bool:
    """Whether an outcome is a good one, of what is also worded in another way.

    Of a grant that is having it; of a burden being free of it.  Of a condition, a duty or a goal
    it is not failing it: to whom it does not apply fares well too.
    """
    outcome = WORDS[wording].outcome
    if BURDENS & {wording, other}:
        return outcome is not Outcome.HOLDS
    if GRANTS & {wording, other}:
        return outcome is Outcome.HOLDS
    return outcome in (Outcome.HOLDS, Outcome.NOT_APPLICABLE)


def direction_of(way: str) -> str:
    """Where a move leads: fewer good outcomes or more, a higher or a lower value, or neither."""
    if ARROW not in way:
        return {HIGHER: UP, LOWER: DOWN}.get(way, ELSE)
    old, new = way.split(ARROW)
    if _is_neutral(old) and _is_neutral(new):
        return ELSE
    before, now = fares_well(old, new), fares_well(new, old)
    return ELSE if before == now else (TIGHTER if before else WIDER)


def _is_neutral(wording: str) -> bool:
    """Whether an outcome is neither that something holds nor that it fails."""
    return WORDS[wording].outcome not in (Outcome.HOLDS, Outcome.FAILS)


def moved(pair: Pair, name: str, facts: Facts) -> Move | None:
    """How the verdicts of two policies on a case lie to each other, by the interpreter; None where
    they are the same."""
    old = judge(pair.old, name, known_facts(pair.old, facts), pair.day)
    renamed = {before: now for now, before in pair.names.facts.items()}
    given = known_facts(pair.new, facts, renamed)
    new = judge(pair.new, pair.new_name(name), given, pair.day)
    way = way_between(old.trace, new.trace)
    return None if way == SAME else Move(way, direction_of(way), facts, old, new)


def known_facts(
    policy: core.Policy, facts: Facts, renamed: Mapping[str, str] = MappingProxyType({})
) -> Facts:
    """Those of the facts that a policy declares, by the names that it has for them."""
    names = {*policy.facts, *(name for one in policy.entities.values() for name in one.fields)}
    kept = {
        called: _renamed(value, renamed)
        for name, value in facts.values.items()
        for called in (renamed.get(name, name),)
        if called in names
    }
    return Facts(MappingProxyType(kept))


def _renamed(value: core.Value, names: Mapping[str, str]) -> core.Value:
    """A value whose records have their fields by other names."""
    match value:
        case core.Record(values=values) if names:
            made = {names.get(key, key): _renamed(one, names) for key, one in values.items()}
            return evolve(value, values=MappingProxyType(made))
        case tuple() if names:
            return tuple(_renamed(one, names) for one in value)
        case _:
            return value


def way_between(old: Trace, new: Trace) -> str:
    """How one decision lies to another."""
    if old.wording != new.wording:
        return f"{old.wording}{ARROW}{new.wording}"
    one, other = _answer(old), _answer(new)
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return SAME
    return way_of(one, other)


def _answer(trace: Trace) -> Answer | None:
    """The value that a rule or a definition gives; None where it only holds or fails."""
    gives = isinstance(trace, ConclusionTrace) and trace.wording == "decided"
    return trace.answer if gives and isinstance(trace, ConclusionTrace) else None
