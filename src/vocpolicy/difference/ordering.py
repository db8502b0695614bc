"""Which of two aggregates over one list is never the greater, whatever records it holds.

What a list comes to is made of what each record gives.  So the records are compared one at a time:
where none gives more to the one than to the other, no list does.  A record for which that is open
although it lacks nothing (two rules that clash over it) counts as one that does.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from attrs import evolve, frozen

from vocpolicy import core
from vocpolicy.box.atoms import Grid
from vocpolicy.box.compiler import EMPTY
from vocpolicy.box.model import Model, NotSearchableError
from vocpolicy.box.parts import reached
from vocpolicy.box.pieces import Doubt, Piece, Vector, constant, doubt_of, every, joined
from vocpolicy.box.rulings import Rule, Ruling
from vocpolicy.core import Nothing
from vocpolicy.core.walk import type_of, within
from vocpolicy.difference.excluding import excluded
from vocpolicy.difference.meaning import bare
from vocpolicy.difference.sides import SideCompiler
from vocpolicy.difference.tallies import has_value
from vocpolicy.interpreter import values
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, Possible, Unknown

BOXES = 40_000
"""How many boxes of records one comparison may look at."""

ZERO, ONE = Fraction(0), Fraction(1)

COMPARABLE = frozenset({"count", "total", "distinct", "least", "most", "share", "total_length"})


@frozen(eq=False)
class Taken:
    """An aggregate, and the compiler of the policy that it stands in, where it stands."""

    compiler: SideCompiler
    expr: core.Aggregate


@frozen(eq=False)
class Gift:
    """What a record gives: `value` (1 where it is None) if every condition is met, else nothing."""

    compiler: SideCompiler
    entity: str
    conditions: tuple[core.Expr, ...]
    value: core.Expr | None = None


def gift_of(taken: Taken, *more: core.Expr | None) -> Gift:
    """What a record gives to an aggregate; `more` are conditions beside its own."""
    expr = taken.expr
    met = tuple(one for one in (expr.where, *more) if one is not None)
    return Gift(taken.compiler, entity_in(expr), met, expr.value)


def entity_in(expr: core.Aggregate) -> str:
    """Of what the members of the list are records."""
    item = expr.list_type.item
    return item.entity if isinstance(item, core.RecordType) else ""


# ---- two aggregates ------------------------------------------------------------------------------


def never_more(one: Taken, other: Taken) -> bool:
    """Whether it is proved that the first never comes to more than the second."""
    a, b = one.expr, other.expr
    if bare(a.records) != bare(b.records) or not (is_told(one) and is_told(other)):
        return False
    if _subject(one) != _subject(other):
        return False
    try:
        return _never_more(one, other)
    except (NotSearchableError, RecursionError):
        return False


def _subject(taken: Taken) -> str | None:
    subject = taken.compiler.scope.subject
    return subject.entity if subject else None


def _never_more(one: Taken, other: Taken) -> bool:
    a, b = one.expr, other.expr
    match a.kind, b.kind:
        case (("count" | "total"), ("count" | "total")):
            return _added_up(one, other)
        case "distinct", ("distinct" | "count"):
            same = b.kind == "count" or _same_value(one, other)
            return same and _lies_in(a, b) and no_record(_counted(one), _counted(other))
        case "total_length", "total_length":
            inside = a.month_days == b.month_days and _lies_in(a, b)
            return inside and no_record(_counted(one), _counted(other))
        case "share", "share":
            return _share(one, other)
        case (("least" | "most"), ("least" | "most")) if a.kind == b.kind:
            return _extreme(one, other)
        case _:
            return False


def _added_up(one: Taken, other: Taken) -> bool:
    a, b = one.expr, other.expr
    if not _lies_in(a, b) or not no_record(gift_of(one), gift_of(other)):
        return False
    same = bare(a.window) == bare(b.window)
    return same or b.kind == "count" or no_record(None, gift_of(other))


def _share(one: Taken, other: Taken) -> bool:
    """No less of the records fails, and no more passes; of nothing, it is held to be no more."""
    a, b = one.expr, other.expr
    if bare(a.window) != bare(b.window) or a.condition is None or b.condition is None:
        return False
    least, most = _figure(a.if_empty), _figure(b.if_empty)
    if least is None or most is None or not ZERO <= least <= most <= ONE:
        return False
    passing = gift_of(one, a.condition), gift_of(other, b.condition)
    failing = gift_of(other, core.Not(b.condition)), gift_of(one, core.Not(a.condition))
    return no_record(*passing) and no_record(*failing)


def _extreme(one: Taken, other: Taken) -> bool:
    """The same records count, and none has more."""
    a, b = one.expr, other.expr
    if bare(a.window) != bare(b.window) or not (has_value(a) and has_value(b)):
        return False
    least, most = _figure(a.if_empty), _figure(b.if_empty)
    if least is None or most is None or least > most:
        return False
    counted = _counted(one), _counted(other)
    alike = no_record(*counted) and no_record(*reversed(counted))
    return alike and no_record(gift_of(one), gift_of(other))


def _counted(taken: Taken) -> Gift:
    return evolve(gift_of(taken), value=None)


def _same_value(one: Taken, other: Taken) -> bool:
    value = one.expr.value
    same = bare(value) == bare(other.expr.value)
    return same and value is not None and not one.compiler.differs(value)


def _figure(expr: core.Expr | None) -> Fraction | None:
    value = expr.value if isinstance(expr, core.Const) else None
    return value if isinstance(value, Fraction) else None


def _lies_in(one: core.Aggregate, other: core.Aggregate) -> bool:
    """Whether one window lies within the other."""
    first, second = one.window, other.window
    if second is None or bare(first) == bare(second):
        return True
    if first is None or type_of(first) != type_of(second):
        return False
    if isinstance(first.value, Fraction) and isinstance(second.value, Fraction):
        return first.value <= second.value
    dates = isinstance(first.type, core.DateType)
    return dates and not core.below(first.value, second.value)


# ---- one record ----------------------------------------------------------------------------------


def no_record(one: Gift | None, other: Gift) -> bool:
    """Whether no record gives more by the first than by the second; None gives nothing."""
    models = _models(one, other)
    return any(excluded(model, lambda key: key[0] == MORE.wording, BOXES) for model in models)


def _models(one: Gift | None, other: Gift) -> Iterator[Model]:
    """The question, with the bounds between fields kept; then with sums as single numbers and
    with lists within records compared in their turn."""
    for plain in (True, False):
        grid = Grid()
        compiler = other.compiler.of_records(grid, other.entity, plain)
        given, held = compiled(one, grid, plain), compiled(other, grid, plain)
        for pair in combinations((given.value, held.value, constant(ZERO)), 2):
            compiler._cut(*pair)
        compiler.settle()
        rule = _question(given, held)
        slots: list[Answer] = [EMPTY] * grid.slots[0]
        yield Model(compiler.scope.policy, "", compiler.scope, rule, grid, slots)


@frozen(eq=False)
class Given:
    """A gift, compiled: whether there is one, and what it is."""

    counts: Piece
    value: Piece

    @property
    def atoms(self) -> tuple[int, ...]:
        return joined([self.counts, self.value])

    def run(self, vector: Vector) -> Answer:
        counts = self.counts.run(vector)
        if counts is False:
            return ZERO
        value = self.value.run(vector)
        value = ZERO if value is Nothing.NONE else value
        return value if counts is True else values.hull([value, ZERO])


def compiled(gift: Gift | None, grid: Grid, plain: bool) -> Given:
    """A gift (None: nothing) over one record; `plain`: sums are not folded."""
    if gift is None:
        return Given(constant(True), constant(ZERO))
    compiler = gift.compiler.of_records(grid, gift.entity, plain)
    counts = every([compiler.piece(one) for one in gift.conditions])
    value = constant(ONE) if gift.value is None else compiler.piece(gift.value)
    return Given(counts, value)


MORE, NO_MORE = (Possible(Outcome.HOLDS, word) for word in ("more", "no more"))


def _question(one: Given, other: Given) -> Rule:
    """Whether a record gives more by the first; so it does where nothing would tell."""
    atoms = joined([one.counts, one.value, other.counts, other.value])

    def run(vector: Vector) -> Ruling:
        answer = values.compare("more_than", one.run(vector), other.run(vector))
        if isinstance(answer, Unknown):
            doubt = doubt_of(vector, atoms, answer)
            if isinstance(doubt, Doubt):
                return Ruling((MORE, NO_MORE), doubt)
        return Ruling((NO_MORE if answer is False else MORE,))

    return run, atoms


# ---- what a record is asked ----------------------------------------------------------------------


def is_told(taken: Taken) -> bool:
    """Whether what the aggregate asks of a record can be asked of any record by itself: of its
    fields and of facts of the case, not of another record around it."""
    compiler, expr = taken.compiler, taken.expr
    policy = compiler.scope.policy
    if expr.kind not in COMPARABLE or not entity_in(expr):
        return False
    if expr.window is not None and policy.month_end == "refuse":
        return False
    dated = expr.window is not None or expr.kind == "total_length"
    if dated and not _is_dated(policy.entities[entity_in(expr)]):
        return False
    asked = [one for one in (expr.where, expr.condition, expr.value) if one is not None]
    return _tells(compiler, asked, entity_in(expr))


def _is_dated(entity: core.Entity) -> bool:
    """Whether every record has a first day; one that is not over has a last one all the same."""
    if entity.start is None or entity.end is None:
        return False
    return isinstance(entity.fields[entity.start].type, core.DateType)


def _tells(compiler: SideCompiler, asked: list[core.Expr], entity: str) -> bool:
    policy, around = compiler.scope.policy, compiler.scope.subject
    hidden = {*policy.entities[entity].fields}
    hidden |= {*policy.entities[around.entity].fields} if around else set()
    for one in within(*asked):
        if isinstance(one, core.FactRef) and one.name in hidden:
            return False
        if isinstance(one, core.DefinitionRef | core.ConclusionRef):
            owner = _owner(policy, one)
            if owner != entity and (owner or not _is_of_the_case(policy, one)):
                return False
    return True


def _owner(policy: core.Policy, expr: core.DefinitionRef | core.ConclusionRef) -> str | None:
    kinds = policy.definitions if isinstance(expr, core.DefinitionRef) else policy.conclusions
    return kinds[expr.name].entity


def _is_of_the_case(policy: core.Policy, expr: core.Expr) -> bool:
    """Whether nothing that an expression rests on is decided for a record."""
    named = (core.DefinitionRef, core.ConclusionRef)
    return not any(_owner(policy, one) for one in reached(policy, expr) if isinstance(one, named))
