"""From the code that the scalar engine writes to the words of `nodes`.

The engine's text is parsed by Python and walked; what is not in the tables is not stored.
"""

from __future__ import annotations

import ast
import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from attrs import Factory, define

from vocpolicy import core
from vocpolicy.outcome import Outcome
from vocpolicy.pycode.frame import Pieces
from vocpolicy.pycode.records import Records
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.plans import States, Table
from vocpolicy.stored import nodes

MOST_STATES = 729
"""Rows of a table that are stored whole, all combinations of states; of a larger one those are
stored in which few conditions are true or open."""

_NAMES = {name: word for word, name in nodes.NAMES.items()}
_COMPARED = {
    ast.Eq: "==",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "isnot",
    ast.In: "in",
    ast.NotIn: "notin",
}
_BRACKETS = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "iter"}
_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Mod: "%"}


def encoded(pieces: Pieces, space: Mapping[str, Any]) -> str:
    """The text of a conclusion.

    Raises:
        UnsupportedError: there is more in it than is stored.
    """
    words = Words(space)
    body = [str(len(pieces.facts))]
    for name, none in zip(pieces.facts, pieces.optional, strict=True):
        body += [words.string(name), "optional" if none else "always"]
    code = [word for check in pieces.checks for word in words.code(check)]
    code.append(str(len(pieces.relations)))
    for one, other, text in pieces.relations:
        code += [str(one), str(other), *words.code(text)]
    code += [_number(one) for one in pieces.lists]
    code.append(str(len(pieces.records)))
    for records in pieces.records:
        code += words.records(records)
    for lines in (pieces.known, pieces.partly):
        code += words.body(lines)
    return words.text([space["month_end"], *body, *words.constants(), *code])


def encoded_checks(
    checks: Mapping[str, str], dates: Iterable[str], space: Mapping[str, Any]
) -> str:
    """The text of checks of facts by name, and of the names of dates; raises as `encoded` does."""
    words = Words(space)
    named = [words.string(name) for name in sorted(dates)]
    code = [str(len(named)), *named, str(len(checks))]
    for name, check in checks.items():
        code += [words.string(name), *words.code(check)]
    return words.text([*words.constants(), *code])


@define
class Words:
    """Writes words, and gathers the constants and texts that they name.

    Attributes:
        space: what the code names.
        places: number of each constant, by its name in the code.
        strings: number of each text.
    """

    space: Mapping[str, Any]
    places: dict[str, int] = Factory(dict)
    strings: dict[str, int] = Factory(dict)

    def text(self, words: Iterable[str]) -> str:
        return "\n".join([" ".join(words), *map(_escaped, self.strings)])

    def string(self, text: str) -> str:
        return str(self.strings.setdefault(text, len(self.strings)))

    def code(self, text: str) -> list[str]:
        return list(self._node(ast.parse(text.strip(), mode="eval").body))

    def body(self, lines: Iterable[str]) -> list[str]:
        *assigned, last = lines
        words = [str(len(assigned))]
        for line in assigned:
            name, _, text = line.partition(" = ")
            words += [name, *self.code(text)]
        return [*words, *self.code(last.removeprefix("return "))]

    def records(self, records: Records) -> Iterator[str]:
        """How the items of a list are read."""
        yield str(len(records.fields))
        fields = zip(records.fields, records.optional, records.lists, strict=True)
        for name, none, number in fields if records.fields else ():
            yield from (self.string(name), "optional" if none else "always", _number(number))
        for check in records.checks:
            yield from self.code(check)
        yield str(len(records.relations))
        for one, other, text in records.relations:
            yield from (str(one), str(other), *self.code(text))
        yield from (str(len(records.kept)), *map(str, records.kept), _number(records.alone))

    # ---- constants

    def constants(self) -> list[str]:
        return [
            str(len(self.places)),
            *(word for name in self.places for word in self._constant(self.space[name])),
        ]

    def _constant(self, value: object) -> Iterator[str]:
        match value:
            case Table():
                rows = list(_rows(value))
                yield from ("table", str(len(rows)))
                for states, found in rows:
                    yield "." + "".join(_STATES[state] for state in states)
                    yield found.name if isinstance(found, Outcome) else _place(found)
            case datetime.date():
                yield from ("date", f"#{value.toordinal()}")
            case Fraction():
                yield from ("fraction", f"#{value.numerator}", f"#{value.denominator}")
            case frozenset():
                members = sorted(value - {core.Nothing.NONE}, key=repr)
                yield from ("set", str(len(members)))
                yield from map(self._member, members)
            case _:
                raise UnsupportedError("has a constant that is not stored")

    def _member(self, value: object) -> str:
        if value is None:
            return "none"
        return f"#{value}" if isinstance(value, int) else f"s{self.string(str(value))}"

    # ---- code

    def _node(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.Name(name):
                yield self._name(name)
            case ast.Constant(value):
                yield self._literal(value)
            case ast.BoolOp(op, values):
                yield from ("and" if isinstance(op, ast.And) else "or", str(len(values)))
                yield from self._nodes(values)
            case ast.UnaryOp(ast.USub(), ast.Constant(int() as value)):
                yield f"#{-value}"
            case ast.UnaryOp(ast.Not() | ast.USub() as op, operand):
                yield "not" if isinstance(op, ast.Not) else "neg"
                yield from self._node(operand)
            case ast.BinOp(left, op, right) if type(op) in _BINARY:
                yield _BINARY[type(op)]
                yield from self._nodes([left, right])
            case ast.Compare(left, ops, comparators):
                yield from ("cmp", str(len(ops)), *self._node(left))
                for sign, right in zip(ops, comparators, strict=True):
                    yield from (_COMPARED[type(sign)], *self._node(right))
            case ast.IfExp(test, body, orelse):
                yield from ("if", *self._nodes([test, body, orelse]))
            case ast.Call(ast.Name(name), args, []) if name in nodes.CALLS:
                yield from ("call", name, str(len(args)), *self._nodes(args))
            case ast.Tuple(members) | ast.Set(members):
                yield from ("tuple" if isinstance(node, ast.Tuple) else "set", str(len(members)))
                yield from self._nodes(members)
            case ast.Subscript(ast.Name(name), ast.Tuple() as key):
                yield from ("at", self._name(name), *self._node(key))
            case ast.Subscript(ast.Name(name), ast.Constant(int() as place)):
                yield from ("item", name, str(place))
            case ast.Subscript(
                ast.Subscript(ast.Name(name), ast.Constant(0)), ast.Constant(int() as place)
            ):
                yield from ("field", name, str(place))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                yield from self._each(node)
            case ast.NamedExpr(ast.Name("p"), value):
                yield from ("let", *self._node(value))
            case _:
                raise UnsupportedError("has code that is not stored")

    def _each(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Iterator[str]:
        rows, *assigned = node.generators
        clauses = [["if", *self._node(test)] for test in rows.ifs]
        for one in assigned:
            match one:
                case ast.comprehension(ast.Name(name), ast.Tuple([value]), tests):
                    clauses.append(["for", *self._node(value), name])
                    clauses += [["if", *self._node(test)] for test in tests]
                case _:
                    raise UnsupportedError("has code that is not stored")
        yield from ("each", _BRACKETS[type(node)], *self._node(rows.iter), ast.unparse(rows.target))
        yield from (str(len(clauses)), *(word for clause in clauses for word in clause))
        yield from self._node(node.elt)

    def _nodes(self, several: Iterable[ast.expr]) -> Iterator[str]:
        for node in several:
            yield from self._node(node)

    def _name(self, name: str) -> str:
        if name in _NAMES:
            return _NAMES[name]
        if name[:1] in ("c", "k") and name[1:].isdecimal():
            return f"c{self.places.setdefault(name, len(self.places))}"
        return name

    def _literal(self, value: object) -> str:
        if isinstance(value, bool) or value is None:
            return _NAMES[str(value)]
        if isinstance(value, int):
            return f"#{value}"
        if isinstance(value, str):
            return f"s{self.string(value)}"
        raise UnsupportedError("has a literal that is not stored")


_STATES = {state: letter for letter, state in nodes.STATES.items()}


def _rows(table: Table) -> Iterator[tuple[States, Outcome | int | None]]:
    """What a table says of the states that are stored, asked of the interpreter."""
    count = table.width
    if 3**count <= MOST_STATES:
        every: Iterable[States] = product((True, False, None), repeat=count)
    else:
        every = _likely(count)
    for states in every:
        yield states, table[states]


def _likely(count: int) -> Iterator[States]:
    """States in which at most two conditions are true or open, fewer in a larger table."""
    for many in range(3 if count <= 40 else 2):
        for places in combinations(range(count), many):
            for given in product((True, None), repeat=many):
                states: list[bool | None] = [False] * count
                for place, state in zip(places, given, strict=True):
                    states[place] = state
                yield tuple(states)


def _place(found: int | None) -> str:
    return "-" if found is None else str(found)


def _number(number: int | None) -> str:
    return "-" if number is None else str(number)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
