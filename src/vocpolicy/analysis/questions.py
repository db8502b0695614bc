"""Questions to the box search: is there a case in which something is so?

A case that was found is put to the interpreter before anybody sees it.  What lists hold is free
while a proof is sought that there is no case; a case is then looked for among lists.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import evolve, field, frozen

from vocpolicy import core
from vocpolicy.analysis.lists import some_lists
from vocpolicy.analysis.loose import LooseCompiler
from vocpolicy.analysis.seeds import plainer, seeded
from vocpolicy.box.atoms import Grid
from vocpolicy.box.compiler import EMPTY, Compiler
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Doubt, Piece, Vector
from vocpolicy.box.rulings import Key, Rule, Ruling, decided
from vocpolicy.box.search import Aim, Budget, Found, find
from vocpolicy.interpreter import Facts, Scope, evaluate, new_scope
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Possible, Unknown

BOXES = 4_000
"""How many boxes one question may look at."""

_SO, _NOT_SO = Possible(Outcome.HOLDS, "shown"), Possible(Outcome.FAILS, "not_shown")


def _so(key: Key) -> bool:
    return key[0] == "shown"


def _wanted(ruling: Ruling) -> bool:
    return ruling.possible == (_SO,)


@frozen(eq=False)
class Ground:
    """Where a question is asked: of a policy, on a day, for what an entity is."""

    policy: core.Policy
    day: datetime.date
    entity: str | None = None
    readings: Mapping[str, str] = MappingProxyType({})
    boxes: int = BOXES

    def scope(self, facts: Facts) -> Scope:
        return new_scope(self.policy, facts, self.day, self.readings).enter(self.entity)


@frozen(eq=False)
class Question:
    """What is asked: compiled, and as the interpreter answers it for one case.

    `refutable`: where a search finds no case there is none.  Not so where it turns on values that
    no condition compares.
    """

    compiled: Callable[[Compiler], Piece]
    confirmed: Callable[[Scope], bool]
    refutable: bool = True


@frozen(eq=False)
class Reply:
    """What came of a question.

    Attributes:
        found: a case in which it is so; None where there is none, or none was found.
        settled: there is such a case, or it was shown that there is none.
        why: where it is not settled, the key of the reason.
        day: the day of the case.
    """

    found: Mapping[str, core.Value] | None
    settled: bool
    why: str = ""
    day: datetime.date | None = None
    touched: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def never(self) -> bool:
        """Whether it was shown that there is no such case."""
        return self.settled and self.found is None


def condition(expr: core.Expr) -> Question:
    """Is there a case in which a condition is true?"""
    return Question(
        lambda compiler: compiler.piece(expr), lambda scope: evaluate(scope, expr).answer is True
    )


def ask(ground: Ground, question: Question) -> Reply:
    """Look for a case in which it is so."""
    reply, lists = _ask(ground, question, Facts())
    if reply.found is None or not lists:
        return reply
    for day, facts in some_lists(ground.policy, ground.day, lists):
        inside = evolve(ground, day=day)
        tried, _ = _ask(inside, question, facts)
        if tried.found is not None and not tried.why:
            return tried
    return Reply(None, False, "lists")


def _ask(ground: Ground, question: Question, facts: Facts) -> tuple[Reply, tuple[str, ...]]:
    """The reply, and the lists that it turns on and nobody supplied."""
    model, stuck = _model(ground, question, facts, Compiler)
    aim = Aim(reach=_so, single=True)
    found = find(model, model.given, aim, Budget(ground.boxes))
    found = found if question.refutable else Found(found.vector, False)
    if found.vector is None and not found.exact and not stuck and question.refutable:
        found = Found(None, True) if _never_loosely(ground, question, facts) else found
    if found.vector is None and not found.exact:
        found = Found(seeded(model, aim, ground.boxes), False)
    if found.vector is None:
        if not found.exact or stuck:
            return Reply(None, False, "stuck" if stuck else "budget"), ()
        return Reply(None, True), ()
    values, lists = _case(model, plainer(model, found.vector, _wanted), facts)
    if lists:
        return Reply(values, True, "lists", ground.day), lists
    witness = Facts(MappingProxyType(values))
    if not question.confirmed(ground.scope(witness)):
        return Reply(None, False, "unconfirmed"), ()
    return Reply(values, True, "", ground.day), ()


def _model(
    ground: Ground, question: Question, facts: Facts, compiler: type[Compiler]
) -> tuple[Model, list[bool]]:
    """A question compiled; the list fills where no fact would settle it."""
    scope = ground.scope(facts)
    grid = Grid()
    piece = question.compiled(compiler(scope, grid, decided, {}))
    stuck: list[bool] = []
    rule = _rule(piece, stuck)
    return Model(ground.policy, "", scope, rule, grid, [EMPTY] * grid.slots[0]), stuck


def _never_loosely(ground: Ground, question: Question, facts: Facts) -> bool:
    """Whether there is no case even if comparisons of several facts come out either way."""
    model, stuck = _model(ground, question, facts, LooseCompiler)
    found = find(model, model.given, Aim(reach=_so, single=True), Budget(ground.boxes))
    return found.vector is None and found.exact and not stuck


def _rule(piece: Piece, stuck: list[bool]) -> Rule:
    """A condition as a provision that is shown or not; where no fact would settle it, says so."""

    def run(vector: Vector) -> Ruling:
        answer = piece.run(vector)
        if answer is True:
            return Ruling((_SO,))
        if answer is False:
            return Ruling((_NOT_SO,))
        atom = answer.atom if isinstance(answer, Doubt) else -1
        if atom < 0:
            atom = next((one for one in piece.atoms if isinstance(vector[one], Unknown)), -1)
        if atom < 0:
            stuck.append(True)
        return Ruling((_SO, _NOT_SO), Doubt(atom=atom))

    return run, piece.atoms


def _case(
    model: Model, vector: Vector, facts: Facts
) -> tuple[dict[str, core.Value], tuple[str, ...]]:
    """The facts of a vector, and the lists that something made of them stands for."""
    values: dict[str, core.Value] = dict(facts.values)
    lists: list[str] = []
    for atom in model.atoms:
        answer = vector[atom.place]
        if isinstance(answer, Unknown):
            continue
        if atom.fact is not None:
            values[atom.name] = answer
        elif atom.value is None:
            lists += [name for name in atom.names if name not in facts.values]
    return values, tuple(dict.fromkeys(lists))
