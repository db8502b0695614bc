"""From which statements speak to what is concluded.

Exceptions and conditions become code; what of the statements that speak prevails is asked of the
interpreter, once for each way in which they can speak, and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.core.walk import type_of
from vocpolicy.interpreter import Facts, decide
from vocpolicy.outcome import Outcome
from vocpolicy.pycode.helpers import TRUTHS
from vocpolicy.scalar import code, ranges, settled
from vocpolicy.scalar.clashing import in_conflict
from vocpolicy.scalar.code import Number, Truth, UnsupportedError, conjunction
from vocpolicy.scalar.ranges import Range
from vocpolicy.scalar.values import number, optional, some
from vocpolicy.trace import ConclusionTrace, Unknown

if TYPE_CHECKING:
    from vocpolicy.scalar.writer import Writer

State: TypeAlias = bool | None
States: TypeAlias = tuple[State, ...]
Found: TypeAlias = "Outcome | int | None"
"""What is concluded: an outcome, the statement whose value counts, one of `IF_THEY_DIFFER`, or
None: the interpreter has to say, since that turns on the values themselves."""

OPEN = "?"
IF_THEY_DIFFER = {Outcome.UNDETERMINED: -1, Outcome.CONFLICT: -2}
"""What says that an outcome comes out, if the values that are given all differ."""

FIGURED = ("sum", "least", "most")
"""Ways to collect of which the outcome turns on the values themselves."""

MARK = "?"
"""What marks begin with that stand for values; no word of a rule file does."""

_YES_NO = core.YesNoType()


class Table(dict[States, Found]):
    """What is concluded by the states of statements and rules; filled as cases come.  `width` is
    how many states there are."""

    width = 0

    def __init__(self, writer: Writer, conclusion: core.Conclusion) -> None:
        super().__init__()
        self.policy, self.day, self.readings = writer.policy, writer.day, writer.readings
        self.conclusion = conclusion
        table = writer.policy.tables.get(conclusion.table)
        self.collects = "" if table is None else table.collect

    def __missing__(self, states: States) -> Found:
        self[states] = found = None if self._of_figures(states) else self._found(states)
        return found

    def _of_figures(self, states: States) -> bool:
        """Whether what is collected turns on the values themselves."""
        if not self.collects or None not in states:
            return False
        otherwise = self.conclusion.otherwise
        alike = otherwise is not None and otherwise.value is not None
        return alike or self.collects not in ("list", "count")

    def _found(self, states: States) -> Found:
        """As the interpreter has it for a policy whose conditions are these states."""
        rest = iter(states)
        rules = {}
        place = 0
        for name in self.conclusion.rules:
            rule = self.policy.rules[name]
            body = _body(self, rule)
            statements = []
            for one in body.statements:
                result = one.result
                if result.value is not None and not isinstance(result.value, core.Const):
                    result = self._marked(result.value, str(place))
                statements.append(core.Statement(result, _condition(next(rest))))
                place += 1
            applies = None if body.applies is None else _condition(next(rest))
            made = evolve(body, statements=tuple(statements), applies=applies)
            rules[name] = evolve(rule, bodies=dict.fromkeys(rule.bodies, made))
        open_fact = core.Fact(OPEN, core.Labels(), _YES_NO)
        otherwise = self.conclusion.otherwise
        value = None if otherwise is None else otherwise.value
        if value is not None and not isinstance(value, core.Const):
            otherwise = self._marked(value, "")
        conclusion = evolve(self.conclusion, entity=None, otherwise=otherwise)
        policy = evolve(
            self.policy,
            rules=rules,
            conclusions={conclusion.name: conclusion},
            facts={OPEN: open_fact},
        )
        trace = decide(policy, conclusion.name, Facts(), self.day, self.readings)
        assert isinstance(trace, ConclusionTrace)
        if self.collects:
            return trace.outcome
        return _meant(trace, otherwise)

    def _marked(self, value: core.Expr, place: str) -> core.Result:
        """Stands for a value that is not known beforehand; one that is collected is any."""
        if self.collects and isinstance(type_of(value), core.NumberType):
            return core.Result(value=core.Const(Fraction(1), type_of(value)))
        return core.Result(value=core.Const(MARK + place, core.TextType()))


def _body(table: Table, rule: core.Rule) -> core.RuleBody:
    asked = table.readings.get(rule.name, rule.in_use)
    return rule.bodies[asked if asked in rule.bodies else rule.in_use]


def _condition(state: State) -> core.Expr:
    return core.FactRef(OPEN, _YES_NO) if state is None else core.Const(state, _YES_NO)


def _meant(trace: ConclusionTrace, otherwise: core.Result | None) -> Found:
    """What counts is told by the place of its statement, or by the mark that says it."""
    if trace.answer is None or isinstance(trace.answer, Unknown):
        return trace.outcome if _told(trace, otherwise) else IF_THEY_DIFFER.get(trace.outcome)
    for place, one in enumerate(trace.statements):
        value = None if one.speaks is False else one.statement.result.value
        if isinstance(value, core.Const) and value.value == trace.answer:
            return place
    return None if trace.answer == MARK else trace.outcome


def _told(trace: ConclusionTrace, otherwise: core.Result | None) -> bool:
    """Whether it turns on no value that is not known beforehand: values that are given where
    several can come of it may be the same.  Where it may also come to no value, it is open."""
    given = any(one.answer is not None for one in trace.possible)
    if trace.outcome is Outcome.UNDETERMINED and given and _without_value(trace):
        return True
    results = [one.statement.result for one in trace.statements if one.speaks is not False]
    values = [one.value for one in (*results, otherwise) if one is not None]
    marked = [_is_mark(value) for value in values if value is not None]
    return len(marked) < 2 or True not in marked


def _without_value(trace: ConclusionTrace) -> bool:
    """Whether it may come to no value, be the values what they may."""
    return any(one.answer is None and one.outcome is not Outcome.CONFLICT for one in trace.possible)


def _is_mark(value: core.Expr) -> bool:
    return (
        isinstance(value, core.Const)
        and isinstance(value.value, str)
        and value.value.startswith(MARK)
    )


@frozen
class Plan:
    """A conclusion written: the states of its statements and rules, and the table of outcomes.

    `states` are the conditions in the order of the table's keys.
    """

    conclusion: core.Conclusion
    statements: tuple[core.Statement, ...]
    states: tuple[Truth, ...]
    table: Table
    name: str

    @property
    def gives(self) -> bool:
        otherwise = self.conclusion.otherwise
        return any(one.result.value is not None for one in self.statements) or (
            otherwise is not None and otherwise.value is not None
        )

    def outcome(self, writer: Writer) -> str:
        """Code for the outcome."""
        return in_conflict(writer, self._outcome(writer))

    def _outcome(self, writer: Writer) -> str:
        if self.table.collects:
            return self._collected(writer)
        if self.gives:
            return self._of_values(writer)
        if len(self.states) == 1:
            return self._single(writer)
        return f"outcome({self._looked_up(writer)})"

    def _collected(self, writer: Writer) -> str:
        """What is collected is decided where all values are known that may belong to it."""
        said = writer.keep(self._looked_up(writer))
        otherwise = self.conclusion.otherwise
        given = [
            (one.result.value, state)
            for one, state in zip(self.statements, self.states, strict=False)
        ]
        given += [(otherwise.value, Truth("False", "False"))] if otherwise else []
        known = [
            f"({state.fails} or {settled.decided(writer, value)} is O_HOLDS)"
            for value, state in given
            if value is not None and not isinstance(value, core.Const)
        ]
        if any(value is not None and _may_be_none(writer, value) for value, _ in given):
            raise UnsupportedError("collects what can be none")
        found = f"outcome({said})"
        figured = self.table.collects in FIGURED and not writer.known
        open_ = self._figured(writer) if figured else "slow()"
        alone = otherwise is None or otherwise.value is None
        if self.table.collects == "list" and alone and not writer.known:
            open_ = "O_UNDETERMINED"
        if known and not (self.table.collects == "count" and alone):
            doubt = f"{said} is O_HOLDS and not {code.every(known)}"
            found = f"({open_} if {doubt} else {found})"
        return f"({open_} if {said} is None else {found})" if figured else found

    def _figured(self, writer: Writer) -> str:
        """What figures come to of which some may not belong to it: where one certainly does,
        nothing else can be concluded."""
        if len(self.states) > len(self.statements):
            return "slow()"
        pairs = zip(self.statements, self.states, strict=True)
        given = [(one.result.value, state) for one, state in pairs if one.result.value is not None]
        codes, _ = ranges.same_scale(writer, [ranges.ranged(writer, value) for value, _ in given])
        writer.touched.clear()
        otherwise = self.conclusion.otherwise
        alone = otherwise is None or otherwise.value is None
        rows = [
            f"({code.three_valued(state)}, {text})"
            for (_, state), text in zip(given, codes, strict=True)
        ]
        figure = writer.keep(f"collected({self.table.collects!r}, ({', '.join(rows)},), {alone})")
        open_ = f"O_HOLDS if settled({figure}) else O_UNDETERMINED"
        return f"(slow() if {figure} is None else {open_})"

    def _of_values(self, writer: Writer) -> str:
        """Where rules give values it is decided, if the value that counts is known."""
        literals, others = [], "outcome(p)"
        for place, one in enumerate(self.statements):
            value = one.result.value
            if isinstance(value, core.Const):
                literals.append(place)
            elif value is not None:
                others = f"{settled.decided(writer, value)} if p == {place} else {others}"
        differ = self._differ(writer)
        if differ is not None:
            for outcome, number in IF_THEY_DIFFER.items():
                pending = f"(O_{outcome.name} if {differ} else slow())"
                others = f"{pending} if p == {number} else {others}"
        places = writer.constant(frozenset(literals))
        return f"(O_HOLDS if (p := {self._looked_up(writer)}) in {places} else {others})"

    def _differ(self, writer: Writer) -> str | None:
        """Code that is true where all numbers that are given certainly differ; None where they are
        no numbers, or there is only one."""
        results = [one.result for one in self.statements]
        results += [self.conclusion.otherwise] if self.conclusion.otherwise else []
        given = [one.value for one in results if one.value is not None]
        if len(given) < 2 or all(isinstance(value, core.Const) for value in given):
            return None
        if not all(isinstance(type_of(value), core.NumberType) for value in given):
            return None
        return writer.different(given)

    def truth(self, writer: Writer) -> Truth:
        """Whether it holds, as other rules see it."""
        if self.gives:
            raise UnsupportedError("gives a value")
        if len(self.states) == 1:
            found = {state: self.table[(state,)] for state in (True, False, None)}
            if not {Outcome.CONFLICT, None} & {found[True], found[False]}:
                return _single_truth(self.states[0], found)
        looked = self._looked_up(writer)
        if writer.known or writer.where.depth:
            variable = writer.keep(f"seen({looked})")
        else:
            writer.clashes.append(writer.keep(looked))
            variable = writer.keep(f"seen_open({writer.clashes[-1]})")
        return Truth(f"({variable} is True)", f"({variable} is False)")

    def number(self, writer: Writer) -> Number:
        """The number that it gives; None where it gives none."""
        if self.table.collects:
            raise UnsupportedError("collects numbers")
        values = [
            None if one.result.value is None else some(number(writer, one.result.value))
            for one in self.statements
        ]
        given = [value for value in values if value is not None]
        if not given or len(given) < len(values):
            raise UnsupportedError("does not always give a number")
        codes, scale = code.same_scale(given)
        choice, said = "slow()", writer.keep(self._looked_up(writer))
        for place, text in enumerate(codes):
            choice = f"{text} if {said} == {place} else {choice}"
        found = f"(None if {said} is O_NOT_APPLICABLE else {choice})"
        return Number(writer.guarded(found), scale, optional=True)

    def range(self, writer: Writer) -> Range:
        """The bounds of the number that it gives; none where it gives none.

        Where it is open which of several statements counts, nothing is known of it, unless all
        that is open is which of several literals it is: that is left to the interpreter.
        """
        if self.table.collects:
            raise UnsupportedError("collects numbers")
        given = [one.result.value for one in self.statements]
        several = [ranges.ranged(writer, one) for one in given if one is not None]
        writer.touched.clear()
        if not several or len(several) < len(given):
            raise UnsupportedError("does not always give a number")
        otherwise = self.conclusion.otherwise
        if otherwise is not None and otherwise.value is not None:
            raise UnsupportedError("gives a number otherwise")
        codes, scale = ranges.same_scale(writer, several)
        said = writer.keep(self._looked_up(writer))
        choice = "slow()"
        if len(given) == 1 or not all(isinstance(one, core.Const) for one in given):
            choice = f"(None, None) if {said} is O_UNDETERMINED else slow()"
        for place, text in enumerate(codes):
            choice = f"{text} if {said} == {place} else {choice}"
        return Range(f"(None if {said} is O_NOT_APPLICABLE else {choice})", scale, optional=True)

    def _single(self, writer: Writer) -> str:
        state = self.states[0]
        true, false, unknown = (
            _outcome(writer, self.table[(value,)]) for value in (True, False, None)
        )
        if writer.known:
            return f"({true} if {state.holds} else {false})"
        return f"({true} if {state.holds} else {false} if {state.fails} else {unknown})"

    def _looked_up(self, writer: Writer) -> str:
        key = ", ".join(_state(writer, one) for one in self.states)
        return f"{self.name}[({key},)]"


def _single_truth(state: Truth, found: Mapping[State, Found]) -> Truth:
    """Of a conclusion with one condition: the outcomes are seen as true or false."""
    holds = {value: TRUTHS[one] for value, one in found.items() if isinstance(one, Outcome)}
    true = [state.holds] if holds[True] else []
    true += [state.fails] if holds[False] else []
    false = [state.holds] if holds[True] is False else []
    false += [state.fails] if holds[False] is False else []
    if len(true) == 2 or len(false) == 2:
        return Truth(str(len(true) == 2), str(len(false) == 2))
    return Truth(true[0], false[0])


def _may_be_none(writer: Writer, value: core.Expr) -> bool:
    return optional(type_of(value)) or any(
        isinstance(one, core.ConclusionRef) for one in writer.through(value)
    )


def _state(writer: Writer, state: Truth) -> str:
    if writer.known:
        return state.holds
    return code.three_valued(state)


def _outcome(writer: Writer, found: Found) -> str:
    if not isinstance(found, Outcome):
        return "slow()"
    return f"O_{found.name}"


def written(writer: Writer, conclusion: core.Conclusion) -> Plan:
    """Code for the statements of a conclusion."""
    table = Table(writer, conclusion)
    states: list[Truth] = []
    statements: list[core.Statement] = []
    for name in conclusion.rules:
        body = _body(table, writer.policy.rules[name])
        for period in (body.period, writer.policy.period):
            writer.turn(period.start, period.end)
        in_force = body.period.covers(writer.day) and writer.policy.period.covers(writer.day)
        for one in body.statements:
            statements.append(one)
            states.append(_speaks(writer, one) if in_force else Truth("False", "True"))
        if body.applies is not None:
            states.append(writer.truth(body.applies) if in_force else Truth("False", "True"))
    name = writer.constant(table)
    table.width = len(states)
    return Plan(conclusion, tuple(statements), tuple(states), table, name)


def _speaks(writer: Writer, statement: core.Statement) -> Truth:
    """Whether a statement's condition is true and no exception is."""
    several = [] if statement.condition is None else [writer.truth(statement.condition)]
    for exception in statement.exceptions:
        found = writer.truth(exception.condition)
        several.append(Truth(found.fails, found.holds))
    return conjunction(several)
