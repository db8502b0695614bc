"""From the shipped grammar to the table that the machine runs on.

Lark reads the grammar and works out the LALR table, in strict mode: an ambiguity is an error
there.  The table is put into plain dictionaries once per process, each reduction beside the
function that makes its node, so that no tree of lark's is ever made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from vocpolicy.parser.tokens import END, Token
from vocpolicy.source import NOWHERE, shipped

if TYPE_CHECKING:
    from lark import Lark

Build = Callable[..., object]


class Reduction:
    """One alternative of a rule.

    Attributes:
        origin: the rule.
        size: how many symbols it takes.
        keeps: which of them the node is made of, each with whether it is a list to be spliced
            in; None where that is all of them as they are.
        build: what makes the node; None for a rule that only collects a list.
        unit: whether it passes its one symbol on unchanged.
        nothing: the node where it takes no symbols at all.
    """

    __slots__ = ("build", "keeps", "nothing", "origin", "size", "unit")

    def __init__(
        self,
        origin: str,
        size: int,
        keeps: tuple[tuple[int, bool], ...] | None,
        build: Build | None,
        unit: bool,
    ) -> None:
        self.origin = origin
        self.size = size
        self.keeps = keeps
        self.build = build
        self.unit = unit
        self.nothing = build(NOWHERE) if size == 0 and build is not None else None


Action = int | Reduction


@frozen
class Table:
    """What to do in each state for each terminal (a state to go to, or a reduction), and where
    each rule leads from it.  `chains` remembers where a run of units ends."""

    start: int
    actions: tuple[Mapping[str, Action], ...]
    gotos: tuple[Mapping[str, int], ...]
    chains: dict[tuple[int, int, str], int]


@lru_cache(maxsize=1)
def lark_parser() -> Lark:
    """Lark's own parser over our tokens.  Making it takes some 150 ms."""
    from lark import Lark
    from lark.lexer import Lexer

    class Passing(Lexer):
        """Hands over tokens that are already there."""

        def __init__(self, lexer_conf: object) -> None: ...

        # lark's own lexers are given text.
        def lex(self, data: list[Token]) -> Iterator[Token]:  # type: ignore[override]
            return iter(data)

    return Lark(
        shipped("grammar", "vocpolicy.lark").read_text("utf-8"),
        parser="lalr",
        strict=True,
        lexer=Passing,
        start="declaration",
        maybe_placeholders=False,
    )


def make_table(builders: Mapping[str, Build], passes: frozenset[str]) -> Table:
    """The table of the shipped grammar.

    Args:
        builders: what makes the node of each rule or alias.
        passes: rules that pass their one child on.

    Raises:
        LookupError: a rule of the grammar has no builder.
    """
    from lark.parsers.lalr_analysis import Shift

    configuration = lark_parser().parse_interactive().parser_state.parse_conf
    states: dict[Any, dict[str, tuple[Any, Any]]] = configuration.states
    numbers = {state: number for number, state in enumerate(states)}
    reductions: dict[int, Reduction] = {}
    actions: list[dict[str, Action]] = []
    gotos: list[dict[str, int]] = []
    for row in states.values():
        terminals: dict[str, Action] = {}
        rules: dict[str, int] = {}
        for symbol, (action, argument) in ((str(key), value) for key, value in row.items()):
            if action is not Shift:
                known = reductions.get(id(argument))
                if known is None:
                    known = reductions[id(argument)] = _reduction(argument, builders, passes)
                terminals[symbol] = known
            elif symbol.isupper() or symbol == END:
                terminals[symbol] = numbers[argument]
            else:
                rules[symbol] = numbers[argument]
        actions.append(terminals)
        gotos.append(rules)
    end = numbers[configuration.end_state]
    actions[end] = {END: end}
    return Table(numbers[configuration.start_state], tuple(actions), tuple(gotos), {})


def _reduction(rule: Any, builders: Mapping[str, Build], passes: frozenset[str]) -> Reduction:
    origin = str(rule.origin.name)  # lark's own strings are slow to compare
    symbols = rule.expansion
    keeps = tuple(
        (index, not symbol.is_term and symbol.name.startswith("_"))
        for index, symbol in enumerate(symbols)
        if not (symbol.is_term and symbol.filter_out)
    )
    whole = len(keeps) == len(symbols) and not any(spliced for _, spliced in keeps)
    if origin.startswith("_"):
        return Reduction(origin, len(symbols), keeps, None, False)
    single = len(keeps) == 1 and not keeps[0][1]
    name = rule.alias or rule.options.template_source or origin
    passed = single and not rule.alias and (rule.options.expand1 or origin in passes)
    if passed and whole:
        return Reduction(origin, 1, None, None, True)
    build = _first if passed else builders[name]
    return Reduction(origin, len(symbols), None if whole else keeps, build, False)


def _first(span: object, child: object) -> object:
    return child
