"""From the words of a stored conclusion to the pieces of its code.

Every word is looked up in the tables of `nodes`; what is not there is refused, and so is what does
not come to an outcome.  Text enters the code only as Python's own notation of a string.
"""

from vocpolicy.pycode.frame import Pieces
from vocpolicy.pycode.helpers import SlowError
from vocpolicy.stored import nodes
from vocpolicy.stored.nodes import DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import Any, TypeVar

    from vocpolicy.outcomes import Outcome
    from vocpolicy.pycode.records import Records

    Code = tuple[str, int]
    T = TypeVar("T")


class Decoded:
    """A conclusion as it is stored.  Its second body, for cases that lack a fact, is read when it
    is asked for: the first case of a process seldom lacks one.

    Attributes:
        pieces: what its functions are put together from; `partly` is empty until `complete`.
        constants: what `c0`, `c1`, … stand for.
        month_end: the policy's rule for the end of months.
    """

    __slots__ = ("_words", "constants", "month_end", "pieces")

    def __init__(self, words: "Words") -> None:
        self._words = words
        self.month_end, self.pieces = words.conclusion()
        self.constants = words.constants

    @property
    def called(self) -> frozenset[str]:
        """Helpers that its code calls, as far as it was read, and `today` where it reads that."""
        return frozenset(self._words.called)

    def complete(self) -> None:
        """Read the second body.

        Raises:
            DamagedError: it is not what `saving` writes.
        """
        if not self.pieces.partly:
            self.pieces.partly = written(self._words.second_body)


class Table(dict["tuple[bool | None, ...]", "Outcome | int | None"]):
    """What is concluded by the states of conditions; of states that are not stored, the
    interpreter has to say."""

    def __missing__(self, states: tuple[bool | None, ...]) -> "Outcome | int | None":
        raise SlowError


NOT_WRITTEN = (IndexError, KeyError, ValueError, OverflowError, RecursionError)
"""What is raised by words that `saving` does not write."""


def decoded(text: str) -> "Decoded":
    """A conclusion from its text: a line of words, then a line for each text that they name.

    Raises:
        DamagedError: it is not what `saving` writes.
    """
    return written(lambda: Decoded(words_of(text)))


def words_of(text: str) -> "Words":
    """The words of a text, and the texts that they name."""
    words, *strings = text.split("\n")
    return Words(words, strings)


def written(read: "Callable[[], T]") -> "T":
    """What is read.

    Raises:
        DamagedError: it is not what `saving` writes.
    """
    try:
        return read()
    except NOT_WRITTEN as error:
        raise DamagedError from error


class Words:
    """Takes one word after another.

    Attributes:
        constants: what `c0`, `c1`, … stand for.
        called: names of `nodes` that were named.
        defined: the variables that the code at hand may name.
    """

    def __init__(self, words: str, strings: "Sequence[str]") -> None:
        self._words: Iterator[str] = iter(words.split(" "))
        self._strings = [_unescaped(one) for one in strings]
        self.constants: dict[str, Any] = {}
        self.called: set[str] = set()
        self.defined: set[str] = set()
        self._facts: set[str] = set()

    # ---- wholes

    def conclusion(self) -> "tuple[str, Pieces]":
        """The rule for the end of months, and all pieces but the last body."""
        month_end = self.one_of(nodes.MONTH_ENDS)
        facts, optional = [], []
        for _ in range(self.count()):
            facts.append(self.string())
            optional.append(self.one_of(("always", "optional")) == "optional")
        self.read_constants()
        self.defined = self._facts = {f"f{place}" for place in range(len(facts))}
        checks = [self.code() for _ in facts]
        relations = [
            (self._below(len(facts)), self._below(len(facts)), self.code())
            for _ in range(self.count())
        ]
        lists = [self._number_or_none() for _ in facts]
        records = [self._records() for _ in range(self.count())]
        numbers = [*lists, *(number for one in records for number in (*one.lists, one.alone))]
        if any(number is not None and number >= len(records) for number in numbers):
            raise DamagedError
        known = self._body()
        return month_end, Pieces(facts, optional, checks, relations, known, [], lists, records)

    def second_body(self) -> list[str]:
        found = self._body()
        self.end()
        return found

    def _body(self) -> list[str]:
        self.defined = {*self._facts, "p"}
        lines = ["p = None"]
        for _ in range(self.count()):
            name = self.word()
            if name[0] != "v" or not _digits(name[1:]):
                raise DamagedError
            lines.append(f"{name} = {self.code()}")
            self.defined.add(name)
        lines.append(f"return {self._outcome()}")
        return lines

    def _records(self) -> "Records":
        """How the items of a list are read."""
        from vocpolicy.pycode.records import Records

        fields, optional, lists = [], [], []
        for _ in range(self.count()):
            fields.append(self.string())
            optional.append(self.one_of(("always", "optional")) == "optional")
            lists.append(self._number_or_none())
        self.defined = {f"g{place}" for place in range(len(fields) or 1)}
        checks = [self.code() for _ in fields or "-"]
        relations = [
            (self._below(len(fields)), self._below(len(fields)), self.code())
            for _ in range(self.count())
        ]
        kept = [self._below(len(fields)) for _ in range(self.count())]
        alone = self._number_or_none()
        return Records(fields, optional, checks, lists, relations, kept, alone)

    def _outcome(self) -> str:
        """Code that comes to an outcome: the others do not end a body."""
        word = self.word()
        if word.startswith("O_"):
            return nodes.NAMES[word]
        if word == "if":
            test, then, other = self.code(nodes.OR), self._outcome(), self._outcome()
            return f"({then} if {test} else {other})"
        if word == "call" and (name := self.one_of(("slow", "outcome"))):
            return self._call(name)
        raise DamagedError

    # ---- words

    def word(self) -> str:
        for word in self._words:
            return word
        raise DamagedError

    def end(self) -> None:
        if next(self._words, None) is not None:
            raise DamagedError

    def one_of(self, words: "Collection[str]") -> str:
        word = self.word()
        if word not in words:
            raise DamagedError
        return word

    def count(self) -> int:
        word = self.word()
        if not _digits(word) or len(word) > 6:
            raise DamagedError
        return int(word)

    def _number_or_none(self) -> int | None:
        word = self.word()
        if word == "-":
            return None
        if not _digits(word) or len(word) > 6:
            raise DamagedError
        return int(word)

    def _below(self, limit: int) -> int:
        number = self.count()
        if number >= limit:
            raise DamagedError
        return number

    def whole(self) -> int:
        return _number(self.word())

    def string(self) -> str:
        return self._strings[self.count()]

    # ---- constants

    def read_constants(self) -> None:
        for place in range(self.count()):
            self.constants[f"c{place}"] = self._constant()

    def _constant(self) -> "Any":
        match self.one_of(("date", "fraction", "set", "table")):
            case "date":
                import datetime

                return datetime.date.fromordinal(self.whole())
            case "fraction":
                from fractions import Fraction

                top, bottom = self.whole(), self.whole()
                if bottom < 1:
                    raise DamagedError
                return Fraction(top, bottom)
            case "set":
                return frozenset(self._member() for _ in range(self.count()))
            case _:
                return Table(self._row() for _ in range(self.count()))

    def _member(self) -> str | int | None:
        word = self.word()
        if word == "none":
            return None
        return _number(word) if word[0] == "#" else self._strings[_place(word, "s")]

    def _row(self) -> "tuple[tuple[bool | None, ...], Outcome | int | None]":
        states = tuple(nodes.STATES[state] for state in self.word().removeprefix("."))
        word = self.word()
        if word == "-":
            return states, None
        if _digits(word) or word in nodes.PENDING:
            return states, int(word)
        return states, nodes.OUTCOMES[word]

    # ---- code

    def code(self, loosest: int = nodes.IF) -> str:
        """Code that binds no looser than that."""
        text, binding = self._node()
        return text if binding <= loosest else f"({text})"

    def _codes(self, count: int, loosest: int = nodes.IF) -> list[str]:
        return [self.code(loosest) for _ in range(count)]

    def _node(self) -> "Code":
        word = self.word()
        if word in nodes.NAMES:
            self.called.add(word)
            return nodes.NAMES[word], nodes.ATOM
        if word in nodes.BOOLEAN:
            binding, count = nodes.BOOLEAN[word], self.count()
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
        if word in self.defined or word in self.constants:
            return word
        raise DamagedError

    def _arithmetic(self, sign: str, binding: int) -> "Code":
        left, right = self.code(binding), self.code(binding - 1)
        if sign == "%" and not (_digits(right) and int(right)):
            raise DamagedError
        return f"{left} {sign} {right}", binding

    def _not(self) -> "Code":
        return f"not {self.code(nodes.NOT)}", nodes.NOT

    def _negative(self) -> "Code":
        return f"-{self.code(nodes.SIGN)}", nodes.SIGN

    def _comparison(self) -> "Code":
        count = self.count()
        parts = [self.code(nodes.SUM)]
        for _ in range(count):
            parts += [nodes.COMPARED[self.word()], self.code(nodes.SUM)]
        return " ".join(parts), nodes.COMPARISON

    def _if(self) -> "Code":
        test, then, other = self.code(nodes.OR), self.code(nodes.OR), self.code(nodes.IF)
        return f"{then} if {test} else {other}", nodes.IF

    def _let(self) -> "Code":
        if "p" not in self.defined:
            raise DamagedError
        return f"(p := {self.code()})", nodes.ATOM

    def _called_name(self) -> "Code":
        return self._call(self.word()), nodes.ATOM

    def _call(self, name: str) -> str:
        least, most = nodes.CALLS[name]
        count = self.count()
        if not least <= count <= most:
            raise DamagedError
        self.called.add(name)
        return f"{name}({', '.join(self._codes(count))})"

    def _tuple(self) -> "Code":
        return f"({''.join(f'{one}, ' for one in self._codes(self.count()))})", nodes.ATOM

    def _set(self) -> "Code":
        count = self.count()
        if not count:
            raise DamagedError
        return f"{{{', '.join(self._codes(count))}}}", nodes.ATOM

    def _looked_up(self) -> "Code":
        table = self.word()
        if not isinstance(self.constants.get(table), Table):
            raise DamagedError
        key = self.word()
        if key != "tuple":
            raise DamagedError
        return f"{table}[{self._tuple()[0]}]", nodes.ATOM

    def _variable(self, letter: str) -> str:
        """A name that the code gives to something, and may name from here on."""
        name = self.word()
        if name[0] != letter or not _digits(name[1:]):
            raise DamagedError
        self.defined.add(name)
        return name

    def _each(self) -> "Code":
        begin, end = nodes.BRACKETS[self.word()]
        rows = self.code(nodes.OR)
        row, clauses = self._variable("m"), ""
        for _ in range(self.count()):
            if self.one_of(("if", "for")) == "if":
                clauses += f" if {self.code(nodes.OR)}"
            else:
                text = self.code()
                clauses += f" for {self._variable('v')} in ({text},)"
        return f"{begin}{self.code()} for {row} in {rows}{clauses}{end}", nodes.ATOM

    def _item(self) -> "Code":
        name = self.word()
        if name[0] != "m" or name not in self.defined:
            raise DamagedError
        return f"{name}[{self.count()}]", nodes.ATOM

    def _field(self) -> "Code":
        name = self.word()
        if name[0] not in "fv" or name not in self.defined:
            raise DamagedError
        return f"{name}[0][{self.count()}]", nodes.ATOM


_COMPOUND = {
    "not": Words._not,
    "neg": Words._negative,
    "cmp": Words._comparison,
    "if": Words._if,
    "let": Words._let,
    "call": Words._called_name,
    "tuple": Words._tuple,
    "set": Words._set,
    "at": Words._looked_up,
    "each": Words._each,
    "item": Words._item,
    "field": Words._field,
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
