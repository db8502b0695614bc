"""Is there a case in which something is so?  What z3 finds is brought back as values of facts.

All questions about one policy on one day share a solver, each under a condition of its own, so
that what was learnt for one serves the next.  Effort is counted in z3's own steps, never in time,
so that the same question has the same answer everywhere.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import z3
from attrs import define, field, frozen

from vocpolicy import core
from vocpolicy.interpreter import Scope
from vocpolicy.symbolic.store import Store, Variable
from vocpolicy.symbolic.terms import Bool, Number
from vocpolicy.symbolic.translator import Translator
from vocpolicy.symbolic.unsupported import UnsupportedError
from vocpolicy.symbolic.values import Truth

STEPS = 1_500_000
"""z3's own measure of effort that one check may take."""

ROUNDS = 60
"""How often a case is looked for again because the calendar says otherwise."""

_ONE_AT_A_TIME = threading.RLock()
"""z3's terms all lie in one place that threads may not share."""


@frozen(eq=False)
class Case:
    """Values in which it is so: of facts by name, of what is made of lists by expression."""

    facts: dict[str, core.Value]
    free: tuple[tuple[core.Expr, core.Value], ...] = ()


@frozen(eq=False)
class Proof:
    """What came of a question: a case, that there is none (both None and no reason), or why not
    (`budget`, `stuck`, `unsupported`)."""

    case: Case | None
    why: str = ""


NEVER, OPEN = Proof(None), Proof(None, "budget")


@define(eq=False)
class Session:
    """Questions about a policy on a day, over the facts that were supplied."""

    scope: Scope
    steps: int = STEPS
    store: Store = field(init=False)
    solver: Any = field(init=False)
    whole: Any = field(init=False)
    told: int = field(default=0, init=False)
    stepped: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        with _ONE_AT_A_TIME:
            self.store = Store(self.scope.policy)
            self.solver = z3.SimpleSolver()
            self.solver.set("rlimit", self.steps)
            self.whole = z3.FreshBool("whole")

    def find(self, question: Callable[[Translator], Truth], entity: str | None) -> Proof:
        """Look for a case in which a condition is so."""
        with _ONE_AT_A_TIME:
            return self._answer(question, entity)

    def close(self) -> None:
        """Let go of all terms, which no other thread may be at work on meanwhile."""
        with _ONE_AT_A_TIME:
            self.store = Store(self.scope.policy)
            self.solver = self.whole = None

    def _answer(self, question: Callable[[Translator], Truth], entity: str | None) -> Proof:
        try:
            return self._find(question(Translator(self.scope, self.store).inside(entity)))
        except UnsupportedError:
            return Proof(None, "unsupported")

    def _find(self, truth: Truth) -> Proof:
        found = self._case(truth.yes)
        if found.case is not None or found.why or truth.total:
            return found
        open_ = self._case(z3.Not(term_of(truth.no)))
        return Proof(None, "stuck") if open_.case is not None else open_

    def _case(self, so: Bool) -> Proof:
        if so is False:
            return NEVER
        asked = z3.FreshBool("asked")
        self.solver.add(z3.Implies(asked, term_of(so)))
        for _ in range(ROUNDS):
            self._tell()
            checked = self._check(asked)
            if checked != z3.sat:
                return NEVER if checked == z3.unsat else OPEN
            model = self.solver.model()
            reading = _reading(model)
            mended = [one for dated in self.store.dated.values() for one in dated.mended(reading)]
            if not mended:
                return Proof(self._values(model))
            self.store.sure += mended
        return OPEN

    def _tell(self) -> None:
        """Give the solver what was found to be so in every case."""
        new, self.told = self.store.sure[self.told :], len(self.store.sure)
        self.solver.add([term_of(one) for one in new])
        steps, self.stepped = self.store.steps[self.stepped :], len(self.store.steps)
        self.solver.add([z3.Implies(self.whole, term_of(one)) for one in steps])

    def _check(self, asked: Any) -> Any:
        """Whether there is a case: of numbers as if they had no steps, and if so, with them."""
        loosely = self.solver.check(asked)
        if loosely != z3.sat or not self.store.steps:
            return loosely
        return self.solver.check(asked, self.whole)

    def _values(self, model: z3.ModelRef) -> Case:
        facts: dict[str, core.Value] = {}
        free: list[tuple[core.Expr, core.Value]] = []
        for variable in self.store.variables.values():
            value = self._value(model, variable)
            if variable.expr is None:
                facts[variable.name] = value
            else:
                free.append((variable.expr, value))
        return Case(facts, tuple(free))

    def _value(self, model: z3.ModelRef, variable: Variable) -> core.Value:
        made = variable.made
        if isinstance(made, Truth):
            return bool(z3.is_true(model.eval(made.yes, model_completion=True)))
        if made.none is not False and z3.is_true(model.eval(made.none, model_completion=True)):
            return core.Nothing.NONE
        return self.store.value(variable.type, _reading(model)(made.num))


def term_of(so: Bool) -> Any:
    return z3.BoolVal(so) if isinstance(so, bool) else so


def _reading(model: z3.ModelRef) -> Callable[[Number], Fraction]:
    """What a number comes to in a model; one that is no ratio is brought near."""

    def read(number: Number) -> Fraction:
        if isinstance(number, Fraction):
            return number
        value = model.eval(number, model_completion=True)
        if z3.is_int_value(value):
            return Fraction(value.as_long())
        value = value.approx(20) if z3.is_algebraic_value(value) else value
        return Fraction(value.numerator_as_long(), value.denominator_as_long())

    return read
