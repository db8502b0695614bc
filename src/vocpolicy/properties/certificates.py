"""Laws of verdicts: more facts revoke nothing, reasons suffice, changes change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vocpolicy.advice import Case
from vocpolicy.core import Labels
from vocpolicy.diagnostics import FactError
from vocpolicy.outcome import Outcome
from vocpolicy.properties.model import Result, Tried, result
from vocpolicy.properties.words import BROKEN, filled
from vocpolicy.verdict import Verdict, judge


def information_monotone(case: Tried) -> Labels | None:
    """What is settled without some facts is settled so with them."""
    left = [name for name in case.facts if case.chance.random() < 0.5]
    before = case.verdict(without(case.facts, left))
    after = case.verdict()
    if before.outcome is Outcome.UNDETERMINED or _stands(result(before), result(after)):
        return None
    return said("revoked", case, before, after, left=listed(left))


def _stands(before: Result, after: Result) -> bool:
    """Whether what was said is still said; a value that was open (a goal may be met whatever the
    measure is) may have been settled."""
    return before[0] == after[0] and _value_stands(before[1], after[1])


def _value_stands(before: object, after: object) -> bool:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return all(_value_stands(one, after.get(name)) for name, one in before.items())
    return before is None or before == after


def explanation_certified(case: Tried) -> Labels | None:
    """The facts of a reason give the verdict whatever the others are: none of them given, and
    those of another case in their place."""
    verdict = case.verdict()
    reasons = verdict.reasons
    if reasons.way is None:
        return None
    wanted = reasons.way.wording_key
    for reason in reasons.reasons:
        kept = {name: case.facts[name] for name in reason.facts if name in case.facts}
        alone = case.verdict(kept)
        settled = alone.settled
        ways = {one.wording_key for one in settled.possible}
        if settled.settled is False or (ways and ways != {wanted}):
            return said("no_certificate", case, verdict, alone, facts=listed(reason.facts))
        other = _mixed(case, kept)
        if other is not None and other.wording_key != wanted:
            return said("no_certificate", case, verdict, other, facts=listed(reason.facts))
    return None


def _mixed(case: Tried, kept: Mapping[str, Any]) -> Verdict | None:
    """The verdict with the other facts as another case has them; None where bounds forbid it."""
    if not case.others:
        return None
    try:
        return case.verdict({**case.chance.choice(case.others), **kept})
    except FactError:
        return None


def counterfactual_flips(case: Tried) -> Labels | None:
    """Each of the nearest changes brings about what it says, which is not what was."""
    verdict = case.verdict()
    for one in verdict.changes.alternatives:
        changed = {change.fact: change.after for change in one.changes}
        policy, day = case.policy.core, case.day
        read = Case(policy.on(day), case.name, verdict.facts, day).with_values(changed).facts
        after = judge(policy, case.name, read, day)
        if after.wording_key != one.way.wording_key or result(after) == result(verdict):
            return filled(
                BROKEN["no_flip"],
                name=case.name,
                facts=listed(changed),
                before=Labels(one.way.wording("en"), one.way.wording("zh")),
                after=wording(after),
            )
    return None


# ---- what laws share -----------------------------------------------------------------------------


def without(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    left = frozenset(names)
    return {name: value for name, value in facts.items() if name not in left}


def wording(verdict: Verdict) -> Labels:
    """The outcome in words, with the value where there is one."""
    value = verdict.value
    plain = value is None or isinstance(value, bool)
    rest = "" if plain else f" ({value})"
    return Labels(verdict.wording("en") + rest, verdict.wording("zh") + rest)


def listed(names: Iterable[str]) -> Labels:
    found = sorted(names)
    return Labels(", ".join(found), "、".join(found))


def said(key: str, case: Tried, before: Verdict, after: Verdict, **args: object) -> Labels:
    """A sentence on a case that came out in two ways."""
    words = {"name": case.name, "before": wording(before), "after": wording(after)}
    return filled(BROKEN[key], **words, **args)
