"""Functions made for conclusions on a date: source text, compiled once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from attrs import frozen

from vocpolicy import core
from vocpolicy.interpreter import dates
from vocpolicy.outcome import Outcome
from vocpolicy.scalar import helpers
from vocpolicy.scalar.checks import Checker
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.writer import Writer


@frozen
class Functions:
    """
    Attributes:
        source: the text that they were compiled from.
        decide: from facts as programs have them, checked.
        trusted: from a tuple of values in order that are taken to be right.
        of_values: from values in order, any of which can be missing.
    """

    source: str
    decide: Callable[[object], Any]
    trusted: Callable[[tuple[Any, ...]], Any]
    of_values: Callable[..., Any]


TEMPLATE = """
def of_values({variables}):
{kleene}

def trusted(values):
    {unpacked} = values
    try:
        if {absent}:
            {filled}
            return of_values({variables})
{known_nested}
    except SlowError:
        return rest(values)

def decide(facts):
    if type(facts) is dict:
        given = len(facts)
        if given >= {count}:
            try:
                {looked_up}
                if {checks} and (given == {count} or others(facts)):
{known}
            except (KeyError, TypeError, SlowError):
                pass
        found = of_part(facts)
        if found is not None:
            return found
    return rest(facts)

def of_part(facts):
    get = facts.get
    absent = 0
    try:
{part}
        if not ({related}) or (len(facts) + absent != {count} and not others(facts)):
            return None
{kleene_nested}
    except (TypeError, SlowError):
        return None
"""

PART = """\
        {variable} = get({name!r}, M)
        if {variable} is M:
            absent += 1
        elif {missing}not ({check}):
            return None
"""
NONE_IS_MISSING = """{variable} is None:
            {variable} = M
        elif """


class Case(Protocol):
    """What the code is for.

    Attributes:
        facts: those that are read, in order.
        declared: the fact that each name means first.
        one: whether it gives an outcome instead of a tuple of them.
    """

    @property
    def as_of(self) -> datetime.date: ...
    @property
    def readings(self) -> Mapping[str, str]: ...
    @property
    def entity(self) -> str | None: ...
    @property
    def facts(self) -> tuple[str, ...]: ...
    @property
    def declared(self) -> Mapping[str, core.Fact]: ...
    @property
    def one(self) -> bool: ...

    def decide(self, given: object, of_values: Callable[..., Any] | None = None) -> Any:
        """Decides what the code leaves, with its help where the facts are only to be read."""


def functions(policy: core.Policy, case: Case, names: Sequence[str]) -> Functions:
    """The functions for conclusions.

    Raises:
        UnsupportedError: something in them is left to the interpreter.
    """

    def outcomes(writer: Writer) -> str:
        found = [writer.plan(name).outcome(writer) for name in names]
        return found[0] if case.one else f"({', '.join(found)},)"

    return functions_for(policy, case, outcomes)


def functions_for(policy: core.Policy, case: Case, write: Callable[[Writer], str]) -> Functions:
    """Functions that give what `write` writes code for; raises as it does."""
    facts, declared = case.facts, case.declared
    variables = {name: f"f{place}" for place, name in enumerate(facts)}
    space: dict[str, Any] = {
        **{f"O_{one.name}": one for one in Outcome},
        **{name: getattr(helpers, name) for name in HELPERS},
        "M": helpers.MISSING,
        "date": datetime.date,
        "between": dates.between,
        "month_end": policy.month_end,
        "outcome": _outcome,
        "Outcome": Outcome,
    }
    bodies = {}
    for known in (True, False):
        writer = Writer(
            policy, case.as_of, case.readings, case.entity, declared, variables, known, space
        )
        result = write(writer)
        bodies[known] = [*writer.lines, f"return {result}"]
    checker = Checker(policy, declared, space)
    space["others"] = others(policy, declared, frozenset(facts))
    space["rest"] = lambda given: case.decide(given, space["of_values"])
    source = _source(checker, variables, bodies)
    exec(compile(source, "<policy>", "exec"), space)
    return Functions(source, space["decide"], space["trusted"], space["of_values"])


HELPERS = (
    "SlowError",
    "slow",
    "present",
    "ratio",
    "moved_by_days",
    "moved_by_months",
    "rounded",
    "marginal",
)


def _outcome(found: object) -> Outcome:
    if not isinstance(found, Outcome):
        raise helpers.SlowError
    return found


def _source(
    checker: Checker, variables: Mapping[str, str], bodies: Mapping[bool, list[str]]
) -> str:
    checks = [checker.check(name, variable) for name, variable in variables.items()]
    always = [
        variable
        for name, variable in variables.items()
        if not isinstance(checker.declared[name].type, core.OptionalType)
    ]
    related = [
        (variables[name], variables[other], text)
        for fact in variables
        for name, other, text in checker.relations(fact)
    ]
    known = [text.format(one, other) for one, other, text in related]
    partly = [
        f"({one} is M or {other} is M or {text.format(one, other)})" for one, other, text in related
    ]
    part = "".join(
        PART.format(
            variable=variable,
            name=name,
            check=check,
            missing=NONE_IS_MISSING.format(variable=variable) if variable in always else "",
        )
        for (name, variable), check in zip(variables.items(), checks, strict=True)
    )
    absent = [f"{variable} is None" for variable in always]
    absent += [f"{variable} is M" for variable in variables.values() if variable not in always]
    filled = "; ".join(f"{one} = M if {one} is None else {one}" for one in always)
    looked_up = "; ".join(f"{variable} = facts[{name!r}]" for name, variable in variables.items())
    return TEMPLATE.format(
        variables=", ".join(variables.values()),
        kleene=_indented(bodies[False], 4),
        unpacked=f"({', '.join(variables.values())}{',' if variables else ''})",
        kleene_nested=_indented(bodies[False], 8),
        known=_indented(bodies[True], 20),
        known_nested=_indented(bodies[True], 8),
        absent=" or ".join(absent) or "False",
        filled=filled or "pass",
        looked_up=looked_up or "pass",
        checks=" and ".join([*(f"({check})" for check in checks), *known]) or "True",
        count=len(variables),
        part=part.rstrip("\n"),
        related=" and ".join(partly) or "True",
    )


def _indented(lines: Sequence[str], by: int) -> str:
    return "\n".join(" " * by + line for line in lines)


def others(
    policy: core.Policy, declared: Mapping[str, core.Fact], read: frozenset[str]
) -> Callable[[Mapping[Any, Any]], bool]:
    """Whether facts that are supplied and not read are right, so that they can be left aside.

    Made when first asked; a fact that code cannot check is not passed.
    """
    checks: dict[str, Callable[[Any], bool]] = {}
    made = False

    def passed(facts: Mapping[Any, Any]) -> bool:
        nonlocal made
        if not made:
            checks.update(_checks(policy, declared, read))
            made = True
        for name, value in facts.items():
            if name in read:
                continue
            check = checks.get(name)
            if check is None or not check(value):
                return False
        return True

    return passed


def _checks(
    policy: core.Policy, declared: Mapping[str, core.Fact], read: frozenset[str]
) -> dict[str, Callable[[Any], bool]]:
    found: dict[str, Callable[[Any], bool]] = {}
    for name, fact in declared.items():
        if name in read or any(not isinstance(expr, core.Const) for _, expr in fact.compares):
            continue
        space: dict[str, Any] = {"date": datetime.date}
        try:
            check = Checker(policy, declared, space).check(name, "value")
        except UnsupportedError:
            continue
        given = "" if isinstance(fact.type, core.OptionalType) else "value is None or "
        found[name] = eval(f"lambda value: {given}{check}", space)
    return found
