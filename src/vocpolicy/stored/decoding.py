"""From the words of a stored conclusion to the pieces of its code.

Every word is looked up in the tables of `nodes`; what is not there is refused, and so is what does
not come to an outcome.  Text enters the code only as Python's own notation of a string.
"""

from __future__ import annotations

from vocpolicy.pycode.frame import Pieces
from vocpolicy.pycode.helpers import HELPERS, SlowError
from vocpolicy.stored import nodes
from vocpolicy.stored.nodes import DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from vocpolicy.outcomes import Outcome

    Code = tuple[str, int]

VALUE = "value"
"""The variable of checks that concern one value alone."""


class Decoded:
    """A conclusion as it is stored.

    Attributes:
        pieces: what its functions are put together from.
        called: helpers that its code calls.
        constants: what `c0`, `c1`, … stand for.
        month_end: the policy's rule for the end of months.
        dated: whether its code reads the date of evaluation.
    """

    __slots__ = ("called", "constants", "dated", "month_end", "pieces")

    def __init__(
        self,
        pieces: Pieces,
        called: frozenset[str],
        constants: dict[str, Any],
        month_end: str,
        dated: bool,
    ) -> None:
        self.pieces, self.called, self.constants = pieces, called, constants
        self.month_end, self.dated = month_end, dated


class Table(dict["tuple[bool | None, ...]", "Outcome | int | None"]):
    """What is concluded by the states of conditions; of states that are not stored, the
    interpreter has to say."""

    def __missing__(self, states: tuple[bool | None, ...]) -> Outcome | int | None:
        raise SlowError


def decoded(text: str) -> Decoded:
    """A conclusion from its text: a line of words, then a line for each text that they name.

    Raises:
        DamagedError: it is not what `saving` writes.
    """
    words, *strings = text.split("\n")
    try:
        return _Words(words, strings).conclusion()
    except (IndexError, KeyError, ValueError, OverflowError, RecursionError) as error:
        raise DamagedError from error


class Checks:
    """What is stored of the facts beside a conclusion.

    Attributes:
        dates: names of those that are dates.
        codes: for each, code that is true of the right `value` of it.
        constants: what `c0`, `c1`, … stand for.
    """

    __slots__ = ("codes", "constants", "dates")

    def __init__(
        self, dates: frozenset[str], codes: dict[str, str], constants: dict[str, Any]
    ) -> None:
        self.dates, self.codes, self.constants = dates, codes, constants


def decoded_checks(text: str) -> Checks:
    """Checks of facts from their text.

    Raises:
        DamagedError: it is not what `saving` writes.
    """
    words, *strings = text.split("\n")
    try:
        return _Words(words, strings).checks()
    except (IndexError, KeyError, ValueError, OverflowError, RecursionError) as error:
        raise DamagedError from error


class _Words:
    """Takes one word after another.

    Attributes:
        defined: the variables that the code at hand may name.
        called: helpers that were named.
    """

    def __init__(self, words: str, strings: Sequence[str]) -> None:
        self._words: Iterator[str] = iter(words.split(" "))
        self._strings = [_unescaped(one) for one in strings]
        self._defined: set[str] = set()
        self._called: set[str] = set()
        self._constants: dict[str, Any] = {}

    # ---- wholes

    def conclusion(self) -> Decoded:
        month_end = self._one_of(nodes.MONTH_ENDS)
        facts, optional = [], []
        for _ in range(self._count()):
            facts.append(self._string())
            optional.append(self._one_of(("always", "optional")) == "optional")
        self._read_constants()
        every = {f"f{place}" for place in range(len(facts))}
        self._defined = every
        checks = [self._code() for _ in facts]
        relations = [
            (self._below(len(facts)), self._below(len(facts)), self._code())
            for _ in range(self._count())
        ]
        bodies = []
        for _ in range(2):
            self._defined = {*every, "p"}
            bodies.append(self._body())
        self._end()
        pieces = Pieces(facts, optional, checks, relations, *bodies)
        dated = "today" in self._called
        called = frozenset(self._called & HELPERS.keys())
        return Decoded(pieces, called, self._constants, month_end, dated)

    def checks(self) -> Checks:
        self._read_constants()
        dates = frozenset(self._string() for _ in range(self._count()))
        self._defined = {VALUE}
        found = {}
        for _ in range(self._count()):
            name = self._string()
            found[name] = self._code()
        self._end()
        return Checks(dates, found, self._constants)

    def _body(self) -> list[str]:
        lines = ["p = None"]
        for _ in range(self._count()):
            name = self._word()
            if name[0] != "v" or not _digits(name[1:]):
                raise DamagedError
            lines.append(f"{name} = {self._code()}")
            self._defined.add(name)
        lines.append(f"return {self._outcome()}")
        return lines

    def _outcome(self) -> str:
        """Code that comes to an outcome: the others do not end a body."""
        word = self._word()
        if word.startswith("O_"):
            return nodes.NAMES[word]
        if word == "if":
            test, then, other = self._code(nodes.OR), self._outcome(), self._outcome()
            return f"({then} if {test} else {other})"
        if word == "call" and (name := self._one_of(("slow", "outcome"))):
            return self._call(name)
        raise DamagedError

    # ---- words

    def _word(self) -> str:
        for word in self._words:
            return word
        raise DamagedError

    def _end(self) -> None:
        if next(self._words, None) is not None:
            raise DamagedError

    def _one_of(self, words: Sequence[str]) -> str:
        word = self._word()
        if word not in words:
            raise DamagedError
        return word

    def _count(self) -> int:
        word = self._word()
        if not _digits(word) or len(word) > 6:
            raise DamagedError
        return int(word)

    def _below(self, limit: int) -> int:
        number = self._count()
        if number >= limit:
            raise DamagedError
        return number

    def _whole(self) -> int:
        return _number(self._word())

    def _string(self) -> str:
        return self._strings[self._count()]

    # ---- constants

    def _read_constants(self) -> None:
        for place in range(self._count()):
            self._constants[f"c{place}"] = self._constant()

    def _constant(self) -> Any:
        match self._one_of(("date", "fraction", "set", "table")):
            case "date":
                import datetime

                return datetime.date.fromordinal(self._whole())
            case "fraction":
                from fractions import Fraction

                top, bottom = self._whole(), self._whole()
                if bottom < 1:
                    raise DamagedError
                return Fraction(top, bottom)
            case "set":
                return frozenset(self._member() for _ in range(self._count()))
            case _:
                return Table(self._row() for _ in range(self._count()))

    def _member(self) -> str | int | None:
        word = self._word()
        if word == "none":
            return None
        return _number(word) if word[0] == "#" else self._strings[_place(word, "s")]

    def _row(self) -> tuple[tuple[bool | None, ...], Outcome | int | None]:
        states = tuple(nodes.STATES[state] for state in self._word().removeprefix("."))
        word = self._word()
        if word == "-":
            return states, None
        if _digits(word):
            return states, int(word)
        return states, nodes.OUTCOMES[word]

    # ---- code

    def _code(self, loosest: int = nodes.IF) -> str:
        """Code that binds no looser than that."""
        text, binding = self._node()
        return text if binding <= loosest else f"({text})"

    def _codes(self, count: int, loosest: int = nodes.IF) -> list[str]:
        return [self._code(loosest) for _ in range(count)]

    def _node(self) -> Code:
        word = self._word()
        if word in nodes.NAMES:
            self._called.add(word)
            return nodes.NAMES[word], nodes.ATOM
        if word in nodes.BOOLEAN:
            binding, count = nodes.BOOLEAN[word], self._count()
            if count < 2:
                raise DamagedError
            return f" {word} ".join(self._codes(count, binding - 1)), binding
        if word in nodes.BINARY:
            return self._arithmetic(word, nodes.BINARY[word])
        compound = _COMPOUND.get(word)
        return compound(self) if compound is not None else (self._leaf(word), nodes.ATOM)

    def _leaf(self, word: str) -> str:
        if word[0] == "#":
            number = _number(word)
            return str(number) if number >= 0 else f"({number})"
        if word[0] == "s":
            return repr(self._strings[_place(word, "s")])
        if word in self._defined or word in self._constants:
            return word
        raise DamagedError

    def _arithmetic(self, sign: str, binding: int) -> Code:
        left, right = self._code(binding), self._code(binding - 1)
        if sign == "%" and not (_digits(right) and int(right)):
            raise DamagedError
        return f"{left} {sign} {right}", binding

    def _not(self) -> Code:
        return f"not {self._code(nodes.NOT)}", nodes.NOT

    def _negative(self) -> Code:
        return f"-{self._code(nodes.SIGN)}", nodes.SIGN

    def _comparison(self) -> Code:
        count = self._count()
        parts = [self._code(nodes.SUM)]
        for _ in range(count):
            parts += [nodes.COMPARED[self._word()], self._code(nodes.SUM)]
        return " ".join(parts), nodes.COMPARISON

    def _if(self) -> Code:
        test, then, other = self._code(nodes.OR), self._code(nodes.OR), self._code(nodes.IF)
        return f"{then} if {test} else {other}", nodes.IF

    def _let(self) -> Code:
        if "p" not in self._defined:
            raise DamagedError
        return f"(p := {self._code()})", nodes.ATOM

    def _called_name(self) -> Code:
        return self._call(self._word()), nodes.ATOM

    def _call(self, name: str) -> str:
        least, most = nodes.CALLS[name]
        count = self._count()
        if not least <= count <= most:
            raise DamagedError
        self._called.add(name)
        return f"{name}({', '.join(self._codes(count))})"

    def _tuple(self) -> Code:
        return f"({''.join(f'{one}, ' for one in self._codes(self._count()))})", nodes.ATOM

    def _set(self) -> Code:
        count = self._count()
        if not count:
            raise DamagedError
        return f"{{{', '.join(self._codes(count))}}}", nodes.ATOM

    def _looked_up(self) -> Code:
        table = self._word()
        if not isinstance(self._constants.get(table), Table):
            raise DamagedError
        key = self._word()
        if key != "tuple":
            raise DamagedError
        return f"{table}[{self._tuple()[0]}]", nodes.ATOM


_COMPOUND = {
    "not": _Words._not,
    "neg": _Words._negative,
    "cmp": _Words._comparison,
    "if": _Words._if,
    "let": _Words._let,
    "call": _Words._called_name,
    "tuple": _Words._tuple,
    "set": _Words._set,
    "at": _Words._looked_up,
}


def _digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _number(word: str) -> int:
    """`#12` or `#-12`."""
    digits = word[1:].removeprefix("-")
    if word[0] != "#" or not _digits(digits) or len(digits) > 200:
        raise DamagedError
    return int(word[1:])


def _place(word: str, letter: str) -> int:
    if word[:1] != letter or not _digits(word[1:]) or len(word) > 7:
        raise DamagedError
    return int(word[1:])


def _unescaped(line: str) -> str:
    """A text that was one line: a backslash stands before `n`, `r` and itself."""
    if "\\" not in line:
        return line
    parts = line.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\r", "\r") for part in parts)
