"""What a first case seldom needs of a stored conclusion, imported when one does: facts beside those
that are read, facts that are missing, instances, and facts that are spelled otherwise."""

from __future__ import annotations

from datetime import date

from vocpolicy.pycode import frame
from vocpolicy.pycode.given import Unread, others, with_instances, with_plain, with_shapes
from vocpolicy.pycode.helpers import MISSING, helpers, names
from vocpolicy.pycode.observed import Series, observed
from vocpolicy.stored.decoding import Words, words_of, written
from vocpolicy.stored.nodes import VALUE, DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from vocpolicy.pycode.frame import Pieces
    from vocpolicy.stored.content import Content
    from vocpolicy.stored.decoding import Decoded
    from vocpolicy.stored.reading import Reader

    Decide = Callable[[object], Any]
    Place = tuple[int, int]


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
    return written(lambda: _checks(words_of(text)))


def _checks(words: Words) -> Checks:
    words.read_constants()
    dates = frozenset(words.string() for _ in range(words.count()))
    words.defined = {VALUE}
    codes = {words.string(): words.code() for _ in range(words.count())}
    words.end()
    return Checks(dates, codes, words.constants)


class Facts:
    """What a form says of the facts of an entity; each part is taken apart when it is asked for.
    Where one is damaged, and saying so raises no error, it says nothing."""

    __slots__ = ("_checks", "_content", "_damaged", "_places", "_reader")

    def __init__(
        self, content: Content, checks: Place, reader: Place, damaged: Callable[[], None]
    ) -> None:
        self._content, self._places, self._damaged = content, (checks, reader), damaged
        self._checks: Checks | None = None
        self._reader: Reader | None = None

    @property
    def checks(self) -> Checks:
        if self._checks is None:
            try:
                self._checks = decoded_checks(self._content.body(*self._places[0]))
            except DamagedError:
                self._damaged()
                self._checks = Checks(frozenset(), {}, {})
        return self._checks

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            from vocpolicy.stored.reading import Reader, decoded_reader

            try:
                self._reader = decoded_reader(self._content.body(*self._places[1]))
            except DamagedError:
                self._damaged()
                self._reader = Reader({}, [])
        return self._reader

    @property
    def dates(self) -> Collection[str]:
        return self.checks.dates

    def check_of(self, fact: str) -> Callable[[Any], bool] | None:
        """What says whether a value is right as programs have it; None where code cannot."""
        code = self.checks.codes.get(fact)
        if code is None:
            return None
        space = {**names(("date",) if "date" in code else ()), **self.checks.constants}
        check: Callable[[Any], bool] = eval(f"lambda value: {code}", space)
        return check


def complete(stored: Decoded, space: dict[str, Any], facts: Facts, rules: Decide, day: str) -> None:
    """Put the functions into the space that others leave cases to.

    Args:
        rules: decides what code does not.
        day: the date of evaluation.

    Raises:
        DamagedError: something is not what `saving` writes.
    """
    stored.complete()
    space.update(helpers(stored.called))
    if "today" in stored.called:
        space["today"] = date.fromisoformat(day)
    unread = Unread(facts.check_of)
    space["others"] = others(frozenset(stored.pieces.facts), unread)
    with_shapes(stored.pieces, space, unread)
    rest = with_plain(space, lambda: facts.dates, _reading(stored, space, facts, rules, day))
    space["rest"] = with_instances(stored.pieces, space, unread, rest)
    exec(frame.others_source(stored.pieces), space)


def _reading(
    stored: Decoded, space: dict[str, Any], facts: Facts, rules: Decide, day: str
) -> Decide:
    """Decides where facts have only to be read; what cannot be read, or code leaves, is left to
    the rules."""

    def decide(given: object) -> Any:
        if type(given) is not tuple:
            reader, today = facts.reader, date.fromisoformat(day)
            try:
                values = reader.read(given, today)
                if not observes:
                    values = {name: observed(value, today) for name, value in values.items()}
                return space["of_values"](
                    *(
                        _row_value(pieces, values.get(name, MISSING), number)
                        for name, number in zip(pieces.facts, pieces.lists, strict=True)
                    )
                )
            except Exception:  # not well formed; and whatever words of others come to
                pass
        return rules(given)

    pieces, observes = stored.pieces, "observed" in stored.called
    return decide


def _row_value(pieces: Pieces, value: Any, number: int | None) -> Any:
    """A value as code has it: of a list, the rows that its functions would make of the records."""
    if isinstance(value, Series):
        return Series((day, _row_value(pieces, one, number)) for day, one in value)
    if number is None or value is MISSING:
        return value
    records = pieces.records[number]
    if records.alone is not None:
        return _row_value(pieces, [value], records.alone)
    if not records.fields:
        return value
    kept = [(records.fields[place], records.lists[place]) for place in records.kept]
    return [
        tuple(_row_value(pieces, record.get(name, MISSING), inner) for name, inner in kept)
        for record in value
    ]
