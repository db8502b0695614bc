"""Where parsing got stuck: what stands there, what could, and in which block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import define, field

from vocpolicy.diagnostics import Diagnostic
from vocpolicy.parser.grammar import Table
from vocpolicy.parser.machine import accepted, advance_all
from vocpolicy.parser.tokens import Token, shortened
from vocpolicy.source import Source, Span

CLOSES = {"_RBRACE": "_LBRACE", "_RPAR": "_LPAR", "_RBRACKET": "_LBRACKET"}
_OPEN_BLOCKS = frozenset(("ALL_OF", "ANY_OF", "NONE_OF", "EACH"))


def item_start(tokens: Sequence[Token], index: int) -> int:
    """Where the item of a token begins: after the last separator or brace of its block, or 0."""
    depth = 0
    for place in range(index - 1, 0, -1):
        kind = tokens[place].type
        if kind == "_RBRACE":
            depth += 1
        elif kind == "_LBRACE":
            if depth == 0:
                return place + 1
            depth -= 1
        elif kind == "_SEP" and depth == 0:
            return place + 1
    return 0


@define(frozen=True, slots=False, eq=False)
class Place:
    """The first token that cannot stand where it does, and its surroundings.

    Attributes:
        tokens: those of the declaration, the end token last.
        index: which of them it is.
    """

    table: Table
    tokens: Sequence[Token]
    index: int
    source: Source
    _known: dict[int, tuple[int, ...]] = field(factory=dict, init=False, repr=False)

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    @property
    def before(self) -> Token | None:
        return self.tokens[self.index - 1] if self.index else None

    @property
    def after(self) -> Token | None:
        return self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None

    @property
    def kind(self) -> str:
        return self.token.type

    @property
    def kind_before(self) -> str:
        return self.tokens[self.index - 1].type if self.index else ""

    def states(self, index: int) -> tuple[int, ...]:
        """The parser's states before a token that comes no later than the stuck one."""
        states = self._known.get(index)
        if states is None:
            kinds = (token.type for token in self.tokens[:index])
            states = advance_all(self.table, (self.table.start,), kinds)
            assert states is not None
            self._known[index] = states
        return states

    @cached_property
    def accepted(self) -> frozenset[str]:
        """Terminals that could stand in the token's place."""
        return accepted(self.table, self.states(self.index))

    def fits(self, index: int, kinds: Sequence[str]) -> bool:
        """Whether terminals could stand from a token on."""
        return advance_all(self.table, self.states(index), kinds) is not None

    @cached_property
    def first(self) -> int:
        """Index of the first token of the item that the token stands in."""
        return item_start(self.tokens, self.index)

    @property
    def begins_item(self) -> bool:
        return self.first == self.index

    @cached_property
    def block(self) -> Token:
        """The keyword of the innermost block around the item, or the declaration's."""
        depth = 0
        for place in range(self.index - 1, -1, -1):
            kind = self.tokens[place].type
            depth += (kind == "_RBRACE") - (kind == "_LBRACE")
            if depth < 0:
                return self._opens(place)
        return self.tokens[0]

    def _opens(self, brace: int) -> Token:
        if brace and self.tokens[brace - 1].type in _OPEN_BLOCKS:
            return self.tokens[brace - 1]
        for place in range(brace - 1, -1, -1):
            if self.tokens[place].type in ("BAND_OF", "MARGINAL_OF"):
                return self.tokens[place]
            if self.tokens[place].type in ("_SEP", "_LBRACE", "_RBRACE"):
                return self.tokens[place + 1]
        return self.tokens[0]

    def span(self, token: Token, last: Token | None = None) -> Span:
        return Span(self.source, token.start_pos, (last or token).end_pos)

    def text(self, token: Token, last: Token | None = None) -> str:
        return self.span(token, last).text

    def wrong(
        self, code: str, first: Token, last: Token | None = None, **args: object
    ) -> Diagnostic:
        """A diagnostic about some tokens; `found` is their text where nothing else is said."""
        span = self.span(first, last)
        return Diagnostic(code, span, {"found": shortened(span.text), **args})
