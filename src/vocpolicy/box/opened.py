"""What rules make of a supplied list, by the parts of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from operator import is_not
from typing import TYPE_CHECKING

from attrs import evolve

from vocpolicy import core
from vocpolicy.box.atoms import ANOTHER, FIELD, LACKING, RECORD, Atom, Cut, Part, Path, Read
from vocpolicy.box.parts import MOST_PARTS, parts_of, reached, read_by, with_parts
from vocpolicy.box.pieces import Doubt, Piece, Vector, constant, doubt_of, variable
from vocpolicy.core import Expr
from vocpolicy.interpreter.expressions import evaluate
from vocpolicy.interpreter.known import relations, unknown_choice, unknown_number
from vocpolicy.interpreter.scope import Facts
from vocpolicy.trace import UNKNOWN, Answer, Unknown

if TYPE_CHECKING:
    from vocpolicy.box.compiler import Compiler

MOST_REMEMBERED = 2048


def opened(compiler: Compiler, expr: Expr, place: int) -> Piece:
    """What is made of a list as a piece of its own atom and, where the list was supplied, of the
    atoms of its parts."""
    atom = compiler.grid.atoms[place]
    places = [] if atom.value is None else _part_atoms(compiler, expr, atom)
    if not places or len(places) > MOST_PARTS:
        compiler.grid.unopened.update(compiler.lists.intersection(atom.names))
        if atom.value is LACKING:
            compiler.grid.atoms[place] = evolve(atom, value=None)
        return variable(place)
    _cut(compiler, expr, places)
    given, usual = atom.value, [_usual(compiler.grid.atoms[one]) for one in places]
    known: dict[tuple[int, ...], tuple[list[Answer], Answer]] = {}

    def run(vector: Vector) -> Answer:
        whole = vector[place]
        if whole is not given:
            return Doubt(*_known_of(whole), atom=place) if isinstance(whole, Unknown) else whole
        answers = [vector[one] for one in places]
        key = tuple(map(id, answers))
        found = known.get(key)
        if found is None:
            answer: Answer = whole
            if whole is LACKING or any(map(is_not, answers, usual)):
                answer = _worked_out(compiler, expr, atom, places, answers)
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            found = known[key] = answers, answer  # the answers live as long as their ids
        return doubt_of(vector, places, found[1])

    return Piece(run, (*places, place))


def _known_of(
    answer: Unknown,
) -> tuple[Fraction | None, Fraction | None, frozenset[str], frozenset[str]]:
    return answer.low, answer.high, answer.among, answer.conflict


def _usual(atom: Atom) -> Answer:
    return atom.free if atom.value is None else atom.value


# ---- the atoms of parts ------------------------------------------------------------------------


def _part_atoms(compiler: Compiler, expr: Expr, atom: Atom) -> list[int]:
    scope = compiler.scope
    names = [name for name in atom.names if name in compiler.lists]
    here = Read(read_by(scope.policy, expr), dict(_figures(compiler, expr)), scope.day)
    found: list[int] = []
    for name in names:
        fact = scope.find(name).fact
        earlier = compiler.grid.read.get(name)
        read = compiler.grid.read[name] = here if earlier is None else earlier.and_of(here)
        if fact is not None:
            parts, whole = parts_of(scope.policy, fact, scope.facts.values[name], read)
            if not whole:
                compiler.grid.unopened.add(name)
            found += [_part_atom(compiler, part) for part in parts]
    return found


def _part_atom(compiler: Compiler, part: Part) -> int:
    grid = compiler.grid
    key = ("part", part.form, part.path)
    if key not in grid.places:
        place = grid.places[key] = len(grid.atoms)
        free = _free(compiler, part)
        fact = part.fact
        grid.atoms.append(Atom(place, (part.name,), part.type, free, part.value, fact, None, part))
        if part.form == FIELD:
            _relate(compiler, place, part)
    elif part.form == ANOTHER:  # of this one more fields are read
        place = grid.places[key]
        grid.atoms[place] = evolve(grid.atoms[place], part=part)
    return grid.places[key]


def _free(compiler: Compiler, part: Part) -> Answer:
    match part.type:
        case core.ChoiceType():
            return unknown_choice(compiler.scope.policy, part.type)
        case core.NumberType():
            return unknown_number(part.fact, [])
        case _:
            return UNKNOWN


def _relate(compiler: Compiler, place: int, part: Part) -> None:
    """Bounds between fields of one record, and that a stay begins before it ends."""
    grid, entity = compiler.grid, compiler.scope.policy.entities.get(part.fact.entity or "")
    if entity is None:
        return
    related = grid.relations.setdefault(place, [])
    held = [
        (operator, expr.name)
        for operator, expr in relations(part.fact, entity.fields)
        if isinstance(expr, core.FactRef | core.FieldRef)
    ]
    if entity.start and entity.end and entity.start != entity.end:
        held += [("at_least", entity.start)] if part.fact.name == entity.end else []
        held += [("at_most", entity.end)] if part.fact.name == entity.start else []
    for operator, name in held:
        sibling = _sibling(compiler, (*part.path[:-1], name))
        if sibling is not None:
            related.append((operator, sibling))
            grid.cuts.append(Cut(variable(place), sibling, (place, *sibling.atoms)))


def _sibling(compiler: Compiler, path: Path) -> Piece | None:
    """Another field of the record, as an atom where it is one already, else as it was supplied."""
    place = compiler.grid.places.get(("part", FIELD, path))
    if place is not None:
        return variable(place)
    value: core.Value | None = compiler.scope.facts.values.get(str(path[0]))
    for step in path[1:]:
        match value, step:
            case core.Record(values=values), str():
                value = values.get(step)
            case tuple(), int():
                value = value[step]
            case _:
                return None
    return None if value is None else constant(value)


# ---- where answers change ----------------------------------------------------------------------


def _cut(compiler: Compiler, expr: Expr, places: Iterable[int]) -> None:
    """Where a field meets what conditions on records hold it against."""
    figures = dict(_figures(compiler, expr))
    for place in places:
        part = compiler.grid.atoms[place].part
        for figure in figures.get(str(part.path[-1]), ()) if part and part.form == FIELD else ():
            here = variable(place)
            compiler.grid.cuts.append(Cut(here, constant(figure), (place,)))
            if isinstance(figure, str):
                compiler.grid.texts.setdefault(place, set()).add(figure)


def _figures(compiler: Compiler, expr: Expr) -> Iterator[tuple[str, tuple[core.Value, ...]]]:
    """What each field is held against, as far as that is the same for every record."""
    found: dict[str, dict[core.Value, None]] = {}
    for one in reached(compiler.scope.policy, expr):
        for left, right in chain.from_iterable((pair, pair[::-1]) for pair in _pairs(one)):
            if isinstance(left, core.FieldRef | core.FactRef):
                value = _figure(compiler, right)
                if value is not None:
                    found.setdefault(left.name, {})[value] = None
    yield from ((name, tuple(values)) for name, values in found.items())


def _pairs(expr: Expr) -> list[tuple[Expr, Expr]]:
    match expr:
        case core.Compare() | core.Equal():
            return [(expr.left, expr.right)]
        case core.Within():
            return [(expr.item, member) for member in expr.members]
        case _:
            return []


def _figure(compiler: Compiler, expr: Expr) -> core.Value | None:
    """A value that no fact enters."""
    if any(
        isinstance(one, core.FactRef | core.FieldRef | core.ConclusionRef)
        for one in reached(compiler.scope.policy, expr)
    ):
        return None
    answer = evaluate(compiler.scope, expr).answer
    return None if isinstance(answer, Unknown) else answer


# ---- the list as its parts have it -------------------------------------------------------------


def _worked_out(
    compiler: Compiler, expr: Expr, atom: Atom, places: list[int], answers: list[Answer]
) -> Answer:
    """What the interpreter makes of the lists with these parts; what is known of any list where
    it is open which records they hold."""
    scope = compiler.scope
    changed: dict[str, dict[Path, core.Value | None]] = {}
    for place, answer in zip(places, answers, strict=True):
        part = compiler.grid.atoms[place].part
        assert part is not None
        if isinstance(answer, Unknown) and part.form in (RECORD, ANOTHER):
            return atom.free
        value = None if isinstance(answer, Unknown) else answer
        if value != part.value:
            changed.setdefault(str(part.path[0]), {})[part.path[1:]] = value
    lists = {name: with_parts(scope.facts.values[name], parts) for name, parts in changed.items()}
    facts = Facts({**scope.facts.values, **lists}, scope.facts.series)
    return evaluate(evolve(scope, facts=facts, memo={}, memory=None), expr).answer
