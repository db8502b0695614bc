"""A question put to the search over thresholds, and a case that was found as people see it."""

from __future__ import annotations

from types import MappingProxyType

from vocpolicy import core
from vocpolicy.analysis.asked import Ground, Question, Reply
from vocpolicy.analysis.loose import LooseCompiler
from vocpolicy.analysis.seeds import plainer, seeded
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


def wanted(ruling: Ruling) -> bool:
    return ruling.possible == (_SO,)


def searched(ground: Ground, question: Question, facts: Facts) -> tuple[Reply, tuple[str, ...]]:
    """The reply, and the lists that it turns on and nobody supplied.

    Raises:
        NotSearchableError: something in the question cannot be compiled.
    """
    model, stuck = modelled(ground, question, facts)
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
    return confirmed(ground, question, model, plainer(model, found.vector, wanted), facts)


def confirmed(
    ground: Ground, question: Question, model: Model, vector: Vector, facts: Facts
) -> tuple[Reply, tuple[str, ...]]:
    """A case as a reply, once the interpreter has come to the same; the lists that it needs."""
    values, lists = _case(model, vector, facts)
    if lists:
        return Reply(values, True, "lists", ground.day), lists
    witness = Facts(MappingProxyType(values))
    if not question.confirmed(ground.scope(witness)):
        return Reply(None, False, "unconfirmed"), ()
    return Reply(values, True, "", ground.day), ()


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
