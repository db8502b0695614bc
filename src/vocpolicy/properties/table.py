"""The one table of properties: what each is called, and how it is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType

from vocpolicy.analysis import DEFAULT, Report, analyse, parts
from vocpolicy.analysis.words import PROPERTIES
from vocpolicy.core import Labels
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.outcome import Outcome
from vocpolicy.policy import Policy
from vocpolicy.properties.certificates import (
    counterfactual_flips,
    explanation_certified,
    information_monotone,
)
from vocpolicy.properties.deciding import enough
from vocpolicy.properties.engines import engines_agree
from vocpolicy.properties.invariance import order_invariant, round_trips, unit_invariant
from vocpolicy.properties.model import Asked, Law, Property, Tried, concerning, rules_of, subjects
from vocpolicy.properties.rising import Rising, declared_law
from vocpolicy.properties.trying import static_of
from vocpolicy.properties.versions import REFINING, SAME, Against
from vocpolicy.properties.words import BROKEN, filled
from vocpolicy.trace import TargetTrace

WAYS = ("up", "down")


def _no_conflict(case: Tried) -> Labels | None:
    """Where a conflict comes out, unless a rule that decides accepts conflicts."""
    verdict = case.verdict()
    if verdict.outcome is not Outcome.CONFLICT or _accepts(case.policy, case.name, "no_conflict"):
        return None
    return filled(BROKEN["conflict"], name=case.name)


def _always_decided(case: Tried) -> Labels | None:
    """Where nothing is missing and it is open all the same, unless that is accepted.  A target of
    which the baseline is a range is open between its ends; whether it is reached never is."""
    verdict = case.verdict()
    if verdict.outcome is not Outcome.UNDETERMINED or verdict.missing:
        return None
    trace = verdict.trace
    if isinstance(trace, TargetTrace) and all(one.reached is not None for one in trace.components):
        return None
    if _accepts(case.policy, case.name, "never_errors"):
        return None
    return filled(BROKEN["left_open"], name=case.name)


def _accepts(policy: Policy, name: str, property_: str) -> bool:
    core = policy.core
    names = (name, *rules_of(policy, name))
    tables = (core.rules, core.tables, core.targets)
    owners = [table[one] for one in names for table in tables if one in table]
    return any(one.property == property_ for owner in owners for one in owner.accepts)


def _analysed(name: str, policy: Policy, asked: Asked) -> Report:
    """The findings of an analysis, of the names asked about."""
    report = analyse(policy.core, name, asked.day, asked.budget, asked.engine, asked.only)
    return concerning(report, policy, asked.rule)


def _parts(name: str, policy: Policy) -> tuple[str, ...]:
    """What an analysis looks at for a property."""
    return tuple(dict.fromkeys(owner for _, owner in parts(policy.core, name)))


def _of_analysis(name: str, law: Law | None = None) -> Property:
    labels = PROPERTIES[name.partition(":")[0]]
    found = partial(_parts, name)
    return Property(name, labels, partial(_analysed, name), law, concerns=found)


def _of_law(name: str, law: Law) -> Property:
    return Property(name, PROPERTIES[name], static_of(name, law), law, concerns=subjects)


_BY_CASE: Mapping[str, Law] = {
    "no_conflict": _no_conflict,
    "never_errors": _always_decided,
    "monotone": declared_law,
}
"""Properties that an analysis shows and that a single case can break."""

_LAWS: Mapping[str, Law] = {
    "information_monotone": information_monotone,
    "explanation_certified": explanation_certified,
    "counterfactual_flips": counterfactual_flips,
    "order_invariant": order_invariant,
    "unit_invariant": unit_invariant,
    "round_trips": round_trips,
    "engines_agree": engines_agree,
}
"""Properties that the library itself is to give every policy."""

TABLE: Mapping[str, Property] = MappingProxyType(
    {name: _of_analysis(name, _BY_CASE.get(name)) for name in DEFAULT}
    | {name: _of_law(name, law) for name, law in _LAWS.items()}
)
"""Every property that needs to be told nothing more, in the order in which they are asked."""


def monotone(fact: str, direction: str = "up") -> Property:
    """More of a fact (`down`: less) never turns what holds into what does not.

    Raises:
        UsageError: the direction is neither `up` nor `down`; when it is looked at, the policy
            has no number or date of that name.
    """
    name = f"monotone:{fact}:{direction}"
    if direction not in WAYS:
        raise UsageError([_unknown(name)])
    return _of_analysis(name, Rising(fact, direction).law)


def refines(old: Policy) -> Property:
    """Nothing holds that did not hold in an older version.

    Args:
        old: the version before; each name of the new one is held against the same name in it.
    """
    return _of_version(Against("refines", old, "not_refined", REFINING))


def equivalent(old: Policy) -> Property:
    """Everything comes to the same as in an older version; `old` as for `refines`."""
    return _of_version(Against("equivalent", old, "not_equivalent", SAME))


def _of_version(claim: Against) -> Property:
    labels = PROPERTIES[claim.name]
    return Property(claim.name, labels, claim.static, claim.law, concerns=claim.concerns)


def decidable_from(facts: Iterable[str]) -> Property:
    """Certain facts settle it, whatever the others are.

    Args:
        facts: their names.

    Raises:
        UsageError: when it is looked at, the policy has no fact of one of the names.
    """
    claim, name = enough(facts), "decidable_from"
    return Property(name, PROPERTIES[name], claim.static, claim.law, concerns=subjects)


def property_named(name: str) -> Property:
    """The property of a name: one of the table, or `monotone:FACT:up`.

    Raises:
        UsageError: there is none.
    """
    word, _, rest = name.partition(":")
    fact, _, direction = rest.rpartition(":")
    if word == "monotone" and fact and direction in WAYS:
        return monotone(fact, direction)
    if name not in TABLE:
        raise UsageError([_unknown(name)])
    return TABLE[name]


def _unknown(name: str) -> Diagnostic:
    known = ", ".join((*TABLE, "monotone:FACT:up", "monotone:FACT:down"))
    return Diagnostic(
        "V428", args={"name": name, "close": close_names(name, TABLE), "known": known}
    )
