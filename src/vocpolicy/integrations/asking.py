"""Properties of a policy as tests of pytest: one for each part that a property concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vocpolicy import core
    from vocpolicy.analysis import Finding, Report
    from vocpolicy.policy import Policy
    from vocpolicy.properties import Property

ALL = "all"


def properties_named(names: Sequence[str]) -> tuple[Property, ...]:
    """The properties of `--vocpolicy-properties`: names with commas between; `default` is what
    an analysis asks, `all` the laws of the library too.

    Raises:
        UsageError: there is no property of a name.
    """
    from vocpolicy.analysis import DEFAULT
    from vocpolicy.properties import TABLE, property_named

    found: dict[str, Property] = {}
    for name in (part.strip() for one in names for part in one.split(",") if part.strip()):
        several = {"default": DEFAULT, ALL: tuple(TABLE)}.get(name, (name,))
        found |= {one: property_named(one) for one in several}
    return tuple(found.values())


def parts_in(wanted: Property, policy: Policy, file: Path | None) -> Iterator[str]:
    """The parts that a property concerns and that are declared in a file; None: in any."""
    for name in wanted.concerns(policy):
        span = _declared(policy.core, name).span
        if file is None or Path(span.source.name).resolve() == file.resolve():
            yield name


def _declared(
    policy: core.Policy, name: str
) -> core.Conclusion | core.Table | core.Target | core.Rule:
    for table in (policy.conclusions, policy.tables, policy.targets):
        if name in table:
            found: core.Conclusion | core.Table | core.Target = table[name]
            return found
    return policy.rules[name]


def looked_at(wanted: Property, policy: Policy, name: str) -> Report:
    """The findings of one part."""
    from vocpolicy.properties.model import Asked

    return wanted.static(policy, Asked(only=name))


def told(finding: Finding, policy: Policy, lang: str) -> str:
    """A finding, and the verdict on its witness explained."""
    return "\n\n".join((finding.describe(lang), *_explained(finding, policy, lang)))


def _explained(finding: Finding, policy: Policy, lang: str) -> Iterator[str]:
    from vocpolicy.diagnostics import VocPolicyError
    from vocpolicy.exercise.days import last_day

    if not finding.witness:
        return
    facts = {name: one.value for name, one in finding.witness.items()}
    explain = partial(policy.evaluate, facts=facts, as_of=last_day(policy.core))
    for name in dict.fromkeys(map(partial(_asked_about, policy.core), finding.rules)):
        try:
            yield explain(name).explain(lang)
        except VocPolicyError:
            continue


def _asked_about(policy: core.Policy, name: str) -> str:
    """What is evaluated to see what a rule or a table does."""
    if name in policy.tables:
        return policy.tables[name].outputs[0]
    return policy.rules[name].conclusion if name in policy.rules else name
