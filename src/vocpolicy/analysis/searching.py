"""A question put to the search over thresholds, and a case that was found as people see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from vocpolicy import core
from vocpolicy.analysis.asked import Ground, Question, Reply
from vocpolicy.analysis.loose import LooseCompiler
from vocpolicy.analysis.seeds import needed, plainer, seeded
from vocpolicy.box.atoms import Grid
from vocpolicy.box.compiler import EMPTY, Compiler
from vocpolicy.box.model import Model
from vocpolicy.box.pieces import Doubt, Piece, Vector
from vocpolicy.box.rulings import Key, Rule, Ruling, decided
from vocpolicy.box.search import Aim, Budget, Found, find
from vocpolicy.interpreter import Facts
from vocpolicy.outcome import Outcome
from vocpolicy.trace import Possible, Unknown

_SO, _NOT_SO = Possible(Outcome.HOLDS, "shown"), Possible(Outcome.FAILS, "not_shown")


def _so(key: Key) -> bool:
    return key[0] == "shown"


AIM = Aim(reach=_so, single=True)


def wanted(ruling: Ruling) -> bool:
    return ruling.possible == (_SO,)


def first_cases(model: Model, boxes: int) -> Iterator[Vector]:
    """The case that the search shows, if so many boxes are enough to find it."""
    found = find(model, model.given, AIM, Budget(boxes)).vector
    found = seeded(model, AIM, boxes) if found is None else found
    if found is not None:
        yield from _shown(model, found)


def _shown(model: Model, found: Vector) -> Iterator[Vector]:
    """A case as people see it, without what does not matter; then with that, for the interpreter
    does not always see from bounds what the search does."""
    yield plainer(model, needed(model, found, wanted), wanted)
    yield plainer(model, found, wanted)


def searched(ground: Ground, question: Question, facts: Facts) -> tuple[Reply, tuple[str, ...]]:
    """The reply, and the lists that it turns on and nobody supplied.

    Raises:
        NotSearchableError: something in the question cannot be compiled.
    """
    model, stuck = modelled(ground, question, facts)
    found = find(model, model.given, AIM, Budget(ground.boxes))
    found = found if question.refutable else Found(found.vector, False)
    if found.vector is None and not found.exact and not stuck and question.refutable:
        found = Found(None, True) if _never_loosely(ground, question, facts) else found
    if found.vector is None and not found.exact:
        found = Found(seeded(model, AIM, ground.boxes), False)
    if found.vector is None:
        if not found.exact or stuck:
            return Reply(None, False, "stuck" if stuck else "budget"), ()
        return Reply(None, True), ()
    return confirmed(ground, question, model, _shown(model, found.vector), facts)


def confirmed(
    ground: Ground, question: Question, model: Model, vectors: Iterable[Vector], facts: Facts
) -> tuple[Reply, tuple[str, ...]]:
    """The first of some cases for which the interpreter has come to the same, as a reply; the lists
    that it needs."""
    for vector in vectors:
        values, lists = _case(model, vector, facts)
        if lists:
            return Reply(values, True, "lists", ground.day), lists
        if question.confirmed(ground.scope(Facts(MappingProxyType(values)))):
            return Reply(values, True, "", ground.day), ()
    return Reply(None, False, "unconfirmed"), ()


def modelled(
    ground: Ground, question: Question, facts: Facts, compiler: type[Compiler] = Compiler
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
    model, stuck = modelled(ground, question, facts, LooseCompiler)
    found = find(model, model.given, AIM, Budget(ground.boxes))
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
