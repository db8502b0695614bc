"""A provision of two policies, compiled over one grid of facts: what each comes to in a box of
cases, and how the two lie to each other there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from attrs import Factory, frozen

from vocpolicy import core
from vocpolicy.analysis.conditions import lines_of
from vocpolicy.box.atoms import Grid
from vocpolicy.box.compiler import EMPTY
from vocpolicy.box.model import Model, NotSearchableError, rule_of
from vocpolicy.box.pieces import Doubt, Piece, Vector, constant, doubt_of
from vocpolicy.box.rulings import Rule, Ruling, decided
from vocpolicy.core.walk import type_of
from vocpolicy.difference.meaning import bare, in_force
from vocpolicy.difference.pairing import Pair
from vocpolicy.difference.sides import SideCompiler, is_number
from vocpolicy.facts import entity_of
from vocpolicy.interpreter import Facts, new_scope
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Answer, Possible, Unknown

SAME, HIGHER, LOWER, OTHER = "=", ">", "<", "!"
"""How a value lies to the one before.  Wordings that differ are written `old→new`."""

ARROW = "→"

OPEN = "~"
"""After a way: so it is, whatever the values are."""

BECAUSE, AND = "#", "+"
"""Stand between a way and the statements that turn it, where cases are told apart by them."""


MOST_STATEMENTS = 16
"""More statements than these are not told apart."""


def joint_model(
    pair: Pair,
    name: str,
    given: Facts,
    changed: frozenset[str],
    kind: type[SideCompiler] = SideCompiler,
    told: bool = False,
) -> Model:
    """A provision of both policies as one, whose outcome is how the new one lies to the old.

    `told`: cases are told apart by the statements that decide them, too.

    Raises:
        NotSearchableError: one of the two cannot be compiled.
    """
    grid = Grid()
    rules: list[Rule] = []
    compilers = []
    policies = (pair.joint_old, pair.joint_new)
    values = [list(_values(policy, name, pair.day)) for policy in policies]
    unrounded = _unrounded(values) if kind.folds else frozenset()
    for side, policy in enumerate(policies):
        scope = new_scope(policy, given, pair.day)
        compiler = kind(scope, grid, decided, {}, side, changed, unrounded)
        rule = rule_of(compiler, policy, name)
        if rule is None:
            raise NotSearchableError(name)
        rules.append(rule)
        compilers.append(compiler)
    entity = entity_of(pair.joint_old, name)
    _cut_where_values_meet(compilers, values, entity)
    (first, atoms), (second, more) = rules
    causes = _causes(compilers, name) if told else None
    compilers[0].settle()

    never = _never([one.inside(entity) for one in compilers], values)

    def run(vector: Vector) -> Ruling:
        ruling = _lie(first(vector), second(vector), compilers[0], never)
        return ruling if causes is None else causes.told(ruling, vector)

    rule = run, tuple(dict.fromkeys((*atoms, *more)))
    scope = new_scope(pair.joint_old, given, pair.day)
    return Model(pair.joint_old, name, scope, rule, grid, [EMPTY] * grid.slots[0])


# ---- values --------------------------------------------------------------------------------------


def _values(policy: core.Policy, name: str, day: datetime.date) -> Iterator[core.Expr]:
    """What a provision may give, as expressions."""
    if name in policy.definitions:
        dated = in_force(policy, policy.definitions[name], day)
        if dated is not None:
            yield dated.value
        return
    conclusion = policy.conclusions.get(name)
    if conclusion is None:
        return
    for rule in (policy.rules[one] for one in conclusion.rules):
        for statement in rule.bodies[rule.in_use].statements:
            if statement.result.value is not None:
                yield statement.result.value
    if conclusion.otherwise is not None and conclusion.otherwise.value is not None:
        yield conclusion.otherwise.value


def _cut_where_values_meet(
    compilers: list[SideCompiler], values: list[list[core.Expr]], entity: str | None
) -> None:
    """Say that something changes where a value of one policy passes one of the other."""
    told = [{bare(expr): expr for expr in several} for several in values]
    pieces = [
        {key: compiler.inside(entity).piece(expr) for key, expr in several.items()}
        for compiler, several in zip(compilers, told, strict=True)
    ]
    for one, other in product(told[0], told[1]):
        if isinstance(type_of(told[0][one]), core.YesNoType):
            continue
        if one != other or compilers[0].differs(told[0][one]):
            compilers[0]._cut(pieces[0][one], pieces[1][other])


def _unrounded(values: list[list[core.Expr]]) -> frozenset[int]:
    """The roundings that may be left out where only the direction of a difference is asked: all
    values are rounded in one way, or are multiples of its step as they are."""
    exprs = [expr for several in values for expr in several]
    ways = {(one.mode, one.grain.value) for one in exprs if isinstance(one, core.Round)}
    if len(ways) != 1:
        return frozenset()
    grain = next(iter(ways))[1]
    assert isinstance(grain, Fraction)
    if not all(isinstance(one, core.Round) or _is_multiple(one, grain) for one in exprs):
        return frozenset()
    return frozenset(id(one) for one in exprs)


def _is_multiple(expr: core.Expr, grain: Fraction) -> bool:
    value = expr.value if isinstance(expr, core.Const) else None
    return isinstance(value, Fraction) and (value / grain).denominator == 1


# ---- how two rulings lie to each other -----------------------------------------------------------


TURNS = frozenset({f"holds{ARROW}not_holds", f"not_holds{ARROW}holds"})
"""How a yes or no lies to another one."""


@frozen(eq=False)
class Never:
    """How the values of one policy never lie to those of the other, open as they may be.

    `ways` has it by the expressions of both; `known` by the identities of results.
    """

    ways: Mapping[tuple[object, object], frozenset[str]]
    known: dict[tuple[int, int], frozenset[str]] = Factory(dict)

    def between(self, one: Possible, other: Possible) -> frozenset[str]:
        if not self.ways:
            return frozenset()
        key = id(one.result), id(other.result)  # results live as long as their policies
        if key not in self.known:
            sides = [bare(side.result.value) if side.result else None for side in (one, other)]
            self.known[key] = self.ways.get((sides[0], sides[1]), frozenset())
        return self.known[key]


def _never(compilers: list[SideCompiler], several: list[list[core.Expr]]) -> Never:
    old, new = compilers
    found = {}
    for one, other in product(*several):
        sure = is_number(old, one) and is_number(new, other)
        numbers = all(isinstance(type_of(side), core.NumberType) for side in (one, other))
        ways = {*TURNS, *({OTHER} if sure else ())} if numbers else set()
        ways |= {LOWER} if old.no_more(one, new, other) else set()
        ways |= {HIGHER} if new.no_more(other, old, one) else set()
        found[bare(one), bare(other)] = frozenset(ways)
    if len(found) == 1:  # a definition has one value, and no result that would hold it
        found[None, None] = next(iter(found.values()))
    return Never({key: ways for key, ways in found.items() if ways})


def _lie(old: Ruling, new: Ruling, compiler: SideCompiler, never: Never) -> Ruling:
    sides = list(product(_outcomes(old), _outcomes(new)))
    ways = {
        way for pair in sides for way in _ways(*pair, compiler) if way not in never.between(*pair)
    }
    if len(ways) == 1 and SAME not in ways and any(map(_has_open_value, sides)):
        ways |= {way + OPEN for way in ways}  # a case has to settle the values, too
    possible = tuple(Possible(Outcome.HOLDS, way) for way in sorted(ways or {SAME}))
    if len(possible) == 1:
        return Ruling(possible)
    doubts = [one.doubt for one in (old, new) if isinstance(one.doubt, Doubt)]
    asked = next((doubt for doubt in doubts if doubt.atom >= 0), None)
    if asked is None:  # open, though nothing that varies would settle it
        raise NotSearchableError
    return Ruling(possible, asked)


def _has_open_value(sides: tuple[Possible, Possible]) -> bool:
    return any(isinstance(one.answer, Unknown) for one in sides)


def _outcomes(ruling: Ruling) -> tuple[Possible, ...]:
    """Every outcome of a ruling; where no fact would settle it, that is its outcome."""
    if ruling.settled is not None:
        return (ruling.settled,)
    conflict = Possible(Outcome.CONFLICT, "conflict")
    if ruling.doubt is not None and getattr(ruling.doubt, "atom", -1) < 0:
        open_ = Possible(Outcome.UNDETERMINED, "undetermined")
        return (conflict if ruling.conflict else open_,)
    return (*ruling.possible, conflict) if ruling.conflict else ruling.possible


def _ways(one: Possible, other: Possible, compiler: SideCompiler) -> tuple[str, ...]:
    """How the second may lie to the first."""
    if one.wording != other.wording:
        return (f"{one.wording}{ARROW}{other.wording}",)
    if one.answer is None and other.answer is None:
        return (SAME,)
    if isinstance(one.answer, Unknown) and _one_expression(one, other, compiler):
        return (SAME,)
    return _compared(one.answer, other.answer)


def _one_expression(one: Possible, other: Possible, compiler: SideCompiler) -> bool:
    """Whether both give the value of one expression: it is one value, whatever that is."""
    left = one.result.value if one.result else None
    right = other.result.value if other.result else None
    if left is None or right is None or compiler.differs(left):
        return False
    return left is right or bool(bare(left) == bare(right))


def _compared(one: Answer | None, other: Answer | None) -> tuple[str, ...]:
    if not _is_number(one) or not _is_number(other):
        known = not isinstance(one, Unknown) and not isinstance(other, Unknown)
        return (way_of(one, other),) if known else _open_ways(one, other)
    (low, high), (least, most) = _ends(one), _ends(other)
    found = []
    if most is None or low is None or most > low:
        found.append(HIGHER)
    if least is None or high is None or least < high:
        found.append(LOWER)
    meets = (least is None or high is None or least <= high) and (
        most is None or low is None or low <= most
    )
    return (*found, SAME) if meets else tuple(found)


def _open_ways(one: Answer | None, other: Answer | None) -> tuple[str, ...]:
    """What may come of two values of which one is open."""
    if isinstance(one, bool) or isinstance(other, bool):
        sides = [(side,) if isinstance(side, bool) else (True, False) for side in (one, other)]
        return tuple(way_of(left, right) for left, right in product(*sides))
    return (SAME, HIGHER, LOWER, OTHER, *sorted(TURNS))


def way_of(one: Answer | None, other: Answer | None) -> str:
    """How one value lies to another; of yes and no, as what holds and what does not."""
    if isinstance(one, bool) and isinstance(other, bool):
        words = {True: "holds", False: "not_holds"}
        return SAME if one == other else f"{words[one]}{ARROW}{words[other]}"
    if one == other and not isinstance(one, bool) and not isinstance(other, bool):
        return SAME
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return HIGHER if other > one else LOWER
    return OTHER


def _is_number(answer: Answer | None) -> bool:
    return isinstance(answer, Fraction) or (
        isinstance(answer, Unknown) and (answer.low is not None or answer.high is not None)
    )


def _ends(answer: Answer | None) -> tuple[Fraction | None, Fraction | None]:
    if isinstance(answer, Unknown):
        return answer.low, answer.high
    assert isinstance(answer, Fraction)
    return answer, answer


# ---- by which statements -------------------------------------------------------------------------


@frozen(eq=False)
class Causes:
    """Tells cases apart by the statements that speak under one policy and not under the other.

    `speaks` has for each statement of either policy whether it speaks under both.
    """

    speaks: Mapping[str, tuple[Piece, Piece]]

    def told(self, ruling: Ruling, vector: Vector) -> Ruling:
        """A ruling with the statements that it comes of; open while one of them may speak or be
        silent."""
        if len(ruling.possible) > 1:
            return Ruling(tuple(map(_perhaps, ruling.possible)), ruling.doubt)
        if ruling.possible[0].wording == SAME:
            return ruling
        way = ruling.possible[0].wording
        turned = []
        for name, sides in self.speaks.items():
            answers = [doubt_of(vector, one.atoms, one.run(vector)) for one in sides]
            doubt = next((one for one in answers if isinstance(one, Doubt) and one.atom >= 0), None)
            if doubt is not None:
                either = (f"{way}{BECAUSE}{place}" for place in ("?", "??"))
                return Ruling(tuple(Possible(Outcome.HOLDS, one) for one in either), doubt)
            turned += [name] if answers[0] is not answers[1] else []
        return Ruling((Possible(Outcome.HOLDS, f"{way}{BECAUSE}{AND.join(turned)}"),))


def _perhaps(possible: Possible) -> Possible:
    """An outcome of which it is open by which statements it comes."""
    way = possible.wording
    return possible if way == SAME else Possible(Outcome.HOLDS, f"{way}{BECAUSE}?")


def _causes(compilers: list[SideCompiler], name: str) -> Causes | None:
    """None where a table decides, or more statements than are told apart."""
    silent = constant(False)
    found: dict[str, list[Piece]] = {}
    for side, compiler in enumerate(compilers):
        policy = compiler.scope.policy
        conclusion = policy.conclusions.get(name)
        if conclusion is None or conclusion.table:
            return None
        inside = compiler.inside(conclusion.entity)
        for line in lines_of(policy, conclusion):
            pair = found.setdefault(f"{line.rule.name}:{line.place}", [silent, silent])
            if line.body.period.covers(compiler.scope.day):
                pair[side] = inside.piece(line.speaks)
    if not 1 < len(found) <= MOST_STATEMENTS:
        return None
    return Causes({key: (pair[0], pair[1]) for key, pair in found.items()})
