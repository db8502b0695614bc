"""What a program asks of a policy: what there is to ask for, for what day, under which readings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from attrs import frozen

from vocpolicy.core import Conclusion, Definition, Labels, Policy, Provision, Rule, Target
from vocpolicy.diagnostics import Diagnostic, UsageError, close_names
from vocpolicy.facts.mistakes import got
from vocpolicy.spelled.dates import day as day_of


@frozen
class Listed:
    """One thing that a policy provides: `kind` is `rule`, `target` or `provision`."""

    name: str
    kind: str
    label: Labels


def listed(policy: Policy) -> tuple[Listed, ...]:
    """Every conclusion, target and provision, in the order of the rule files."""
    places = [
        (one.span, Listed(one.name, "rule", one.labels)) for one in policy.conclusions.values()
    ]
    places += [
        (one.span, Listed(one.name, "target", one.labels)) for one in policy.targets.values()
    ]
    places += [
        (one.span, Listed(one.name, "provision", one.labels)) for one in policy.provisions.values()
    ]
    places.sort(key=lambda place: (place[0].source.name, place[0].start))
    return tuple(one for _, one in places)


def name_called(policy: Policy, text: str) -> str:
    """The name of what is called so, by its name or by its label in either language; the text
    itself where that is nothing, or more than one thing."""
    things: tuple[Conclusion | Rule | Target | Provision | Definition, ...] = (
        *policy.conclusions.values(),
        *policy.rules.values(),
        *policy.targets.values(),
        *policy.provisions.values(),
        *policy.definitions.values(),
    )
    if any(one.name == text for one in things):
        return text
    called = {one.name for one in things if text in (one.labels.en, one.labels.zh)}
    return called.pop() if len(called) == 1 else text


def unknown_name(policy: Policy, text: str, known: Iterable[str]) -> Diagnostic:
    """That a policy has nothing of a name, with names that are close, or the one whose label the
    text is."""
    name = name_called(policy, text)
    close = close_names(text, known) if name == text else close_names(name, (name,))
    return Diagnostic("V417", args={"name": text, "policy": policy.name, "close": close})


def chosen_readings(policy: Policy, readings: Mapping[str, str] | str | None) -> Mapping[str, str]:
    """The reading asked for by owner; a bare name is taken of every owner that has it.

    Raises:
        UsageError: an owner has no reading of that name.
    """
    if readings is None:
        return {}
    provisions: dict[str, Rule | Target | Definition] = {
        **policy.rules,
        **policy.targets,
        **policy.definitions,
    }
    if isinstance(readings, str):
        chosen = {name: readings for name, one in provisions.items() if readings in one.bodies}
        if not chosen or not readings:
            names = [name for one in provisions.values() for name in one.bodies if name]
            raise _no_reading(policy.name, readings, names)
        return chosen
    for owner, reading in readings.items():
        bodies = list(provisions[owner].bodies) if owner in provisions else []
        if reading not in bodies:
            raise _no_reading(owner, reading, bodies)
    return dict(readings)


def asked_day(as_of: object) -> datetime.date:
    """The date of evaluation: a date, or text such as `2023-06-01`; of a time its day."""
    if type(as_of) is datetime.date:
        return as_of
    if as_of is None:
        return datetime.date.today()
    found = as_of.date() if isinstance(as_of, datetime.datetime) else day_of(as_of)
    if found is None:
        args = {"name": "as_of", "got": got(as_of), "takes": ""}
        raise UsageError([Diagnostic("V410", args=args)])
    return found


def _no_reading(owner: str, reading: str, known: Iterable[str]) -> UsageError:
    args = {"owner": owner, "name": reading, "close": close_names(reading, known)}
    return UsageError([Diagnostic("V418", args=args)])
