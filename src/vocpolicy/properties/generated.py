"""Properties as tests whose cases hypothesis generates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from vocpolicy.diagnostics import Diagnostic, MissingExtraError
from vocpolicy.exercise.days import last_day
from vocpolicy.exercise.pivotal import pivotal_cases
from vocpolicy.policy import Policy
from vocpolicy.properties.model import Asked, Law, Property, Tried, subjects

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

TestFunction: TypeAlias = "Callable[[], None]"


def test_of(wanted: Property, policy: Policy, asked: Asked, most: int) -> TestFunction:
    """The test; it takes no arguments, and pytest finds it by its name."""
    try:
        from hypothesis import HealthCheck, given, settings, strategies as st
    except ImportError as error:
        raise MissingExtraError([Diagnostic("V654")]) from error
    if wanted.law is None:
        body: Callable[[DataObject], None] = _of_parts(wanted, policy, asked)
    else:
        body = _of_cases(wanted.law, policy, asked)

    @settings(max_examples=most, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test(data: DataObject) -> None:
        body(data)

    test.__name__ = f"test_{wanted.name.replace(':', '_')}"
    test.__doc__ = wanted.labels.get("en")
    return test


def _of_cases(law: Law, policy: Policy, asked: Asked) -> Callable[[DataObject], None]:
    """Draws a name and a case of it, and tries the law."""
    from hypothesis import strategies as st

    names = subjects(policy, asked.rule)
    days = {name: _day(policy, name, asked.day) for name in names}
    made: dict[str, SearchStrategy[dict[str, Any]]] = {}

    def body(data: DataObject) -> None:
        name = data.draw(st.sampled_from(names), label="name")
        if name not in made:
            made[name] = _cases(policy, name, days[name])
        case = data.draw(made[name], label="facts")
        others = (data.draw(made[name]),)
        chance = data.draw(st.randoms(use_true_random=False))
        _hold(law, Tried(policy, name, case, days[name], chance, others))

    return body


def _hold(law: Law, case: Tried) -> None:
    broken = law(case)
    assert broken is None, f"{broken.get('en')}\n{_explained(case)}" if broken else ""


def _explained(case: Tried) -> str:
    return f"on {case.day}, given {dict(case.facts)}:\n{case.verdict().explain('en')}"


def _cases(policy: Policy, name: str, day: datetime.date) -> SearchStrategy[dict[str, Any]]:
    """Facts at bounds, and any others."""
    from vocpolicy.strategies import boundary_facts, facts

    return boundary_facts(policy, name, as_of=day) | facts(policy, name)


def _day(policy: Policy, name: str, asked: datetime.date | None) -> datetime.date:
    """The day asked for, or one on which the name is in force."""
    if asked is not None:
        return asked
    found = pivotal_cases(policy.core, name)
    return found[0].day if found else last_day(policy.core)


def _of_parts(wanted: Property, policy: Policy, asked: Asked) -> Callable[[DataObject], None]:
    """Draws a part of the policy that the property concerns, and looks at what was found of it:
    what never happens is shown by no case."""
    from hypothesis import assume, strategies as st

    found = wanted.static(policy, asked).findings
    parts: Mapping[tuple[str, ...], list[str]] = {
        one.rules: [
            each.describe("en") for each in found if each.rules == one.rules and each.counts
        ]
        for one in found
    }

    def body(data: DataObject) -> None:
        assume(parts)
        part = data.draw(st.sampled_from(sorted(parts)), label="part")
        assert not parts[part], "\n".join(parts[part])

    return body
