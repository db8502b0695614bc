"""A policy from its compiled form, for processes that only decide."""

from vocpolicy.pycode import frame
from vocpolicy.pycode.helpers import names
from vocpolicy.stored.decoding import Decoded, decoded
from vocpolicy.stored.nodes import DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping
    from typing import Any

    from vocpolicy.outcomes import Outcome
    from vocpolicy.policy import Policy
    from vocpolicy.scalar import Compiled
    from vocpolicy.stored.completing import Facts
    from vocpolicy.stored.content import Content, Entry

    Decide = Callable[[object], Outcome]
    Trusted = Callable[[tuple[Any, ...]], Outcome]
    Day = datetime.date | str | None
    Readings = Mapping[str, str] | str | None
    Place = tuple[int, int]

_KEPT_BY = ("NoneType", "date", "str")
"""Types of days that come again."""
_LATER = ("of_other", "rest", "trusted")
"""The functions of a conclusion that `completing` makes."""
_NO_CODE = (DamagedError, SyntaxError, ValueError, MemoryError)
"""What is raised by what is no code, or more of it than Python reads."""
_MOST_KEPT = 4096
"""Conclusions, by name and day, of which the code is kept."""


class StoredRule:
    """A conclusion on a day; called as `vocpolicy.scalar.Compiled` is.

    Attributes:
        facts: the facts that may decide it, in order.
        decide: the outcome from facts as programs have them, checked.
    """

    __slots__ = ("_trusted", "decide", "facts")

    def __init__(
        self, facts: tuple[str, ...], decide: "Decide", trusted: "Callable[[], Trusted]"
    ) -> None:
        self.facts, self.decide, self._trusted = facts, decide, trusted

    def __call__(self, facts: object) -> "Outcome":
        return self.trusted(facts) if type(facts) is tuple else self.decide(facts)

    @property
    def trusted(self) -> "Trusted":
        """The outcome from a tuple of values in the order of `facts`, not checked."""
        return self._trusted()


class StoredPolicy:
    """Decides by the compiled form of a policy, as the policy itself does.

    Code is made of a conclusion when it is first asked for.  What code does not decide (facts out
    of the ordinary, mistakes in facts, conclusions that are not compiled, other days) is decided
    by the rules, which the file holds too: then the whole library is imported, once.

    Attributes:
        name: the policy's name.
        as_of: the day that it decides for where none is given, as `2023-06-01`; "" for today.
        names: what it has code for, or says why it has none.
    """

    __slots__ = (
        "_content",
        "_damaged",
        "_deciding",
        "_facts",
        "_policy",
        "_rules",
        "as_of",
        "name",
    )

    def __init__(
        self,
        content: "Content",
        damaged: "Callable[[], None]",
        policy: "Policy | None" = None,
    ) -> None:
        """
        Args:
            damaged: called where something in it turns out not to be what the library writes;
                unless it raises an error, the rules decide.
            policy: the policy itself, where it is there.
        """
        self._content, self._damaged = content, damaged
        self.name = content.name
        self.as_of = "" if content.day == "-" else content.day
        self._policy = policy
        self._rules: dict[tuple[str, str, str | None], StoredRule] = {}
        self._deciding: dict[str, dict[object, Decide]] = {}
        self._facts: dict[tuple[Place, Place], Facts] = {}

    def __repr__(self) -> str:
        return f"StoredPolicy({self.name!r}, as_of={self.as_of!r})"

    @property
    def names(self) -> tuple[str, ...]:
        """The conclusions, definitions, targets and provisions that `decide` takes."""
        return self._content.names

    @property
    def policy(self) -> "Policy":
        """The policy itself, read from the rules that the file holds."""
        if self._policy is None:
            from vocpolicy.driver import load_again
            from vocpolicy.policy import Policy
            from vocpolicy.source import Source

            try:
                groups = self._content.groups()
            except DamagedError:
                self._damaged()
                groups = []
            sheets = [sheet for group in groups for _, _, several in group for sheet in several]
            self._policy = Policy(
                *load_again(
                    [[Source(name, text) for name, text, _ in group] for group in groups],
                    {name: Source(name, text) for name, text in sheets},
                )
            )
        return self._policy

    def reason(self, name: str, as_of: "Day" = None, readings: "Readings" = None) -> str:
        """Why the rules decide what is asked, on a day; "" where code does."""
        try:
            entry = self._entry(name, self._day(as_of), readings)
        except DamagedError:
            self._damaged()
            entry = None
        if entry is None:
            return f"is not stored for that day{'' if readings is None else ' and these readings'}"
        return entry.reason

    def decide(
        self, name: str, facts: object, as_of: "Day" = None, readings: "Readings" = None
    ) -> "Outcome":
        """The outcome of a rule or another conclusion on a case.

        Args:
            name: its name, as in the policy.
            facts: a mapping or an instance, as `vocpolicy.Policy.decide` takes them.
            as_of: the date of evaluation; where none is given, that of the file.
            readings: the readings to take, as `vocpolicy.Policy.decide` takes them.

        Raises:
            UsageError: nothing has that name or reading, or what the file says of it is damaged.
            FactError: mistakes in the facts, all at once.
        """
        if readings is None:
            try:
                decide = self._deciding[name][as_of]
            except (KeyError, TypeError):  # not made yet, or not to be kept by
                pass
            else:
                return decide(facts)
        made = self.compile(name, as_of, readings).decide
        keeps = readings is None and type(as_of).__name__ in _KEPT_BY
        if keeps and (self.as_of or as_of is not None):
            self._deciding.setdefault(name, {})[as_of] = made
        return made(facts)

    def compile(self, name: str, as_of: "Day" = None, readings: "Readings" = None) -> "StoredRule":
        """What decides a name on a day, to call a million times; arguments and errors as of
        `decide`."""
        day = self._day(as_of)
        kept = readings if readings is None or isinstance(readings, str) else repr(dict(readings))
        found = self._rules.get((name, day, kept))
        if found is None:
            if len(self._rules) >= _MOST_KEPT:
                self._rules.clear()
                self._deciding.clear()
            self._rules[name, day, kept] = found = self._made(name, day, readings)
        return found

    # ---- inside

    def _day(self, as_of: "Day") -> str:
        if as_of is None:
            return self.as_of or _today()
        if isinstance(as_of, str):
            return as_of if is_day(as_of) else _asked(as_of)
        from datetime import date

        return as_of.isoformat()[:10] if isinstance(as_of, date) else _asked(as_of)

    def _entry(self, name: str, day: str, readings: "Readings") -> "Entry | None":
        entries = (one for one in self._content.entries(name) if one.first <= day <= one.last)
        if readings is None:
            return next(entries, None)
        from vocpolicy.stored.variants import under

        return under(list(entries), readings)

    def _made(self, name: str, day: str, readings: "Readings") -> "StoredRule":
        try:
            entry = self._entry(name, day, readings)
            if entry is not None and entry.size:
                return self._coded(entry, day, lambda: self._whole(name, day, readings))
        except _NO_CODE:
            self._damaged()
        whole = self._whole(name, day, readings)
        return StoredRule(whole.facts, whole.decide, lambda: whole.trusted)

    def _coded(self, entry: "Entry", day: str, rules_of: "Callable[[], Compiled]") -> "StoredRule":
        stored = decoded(self._content.body(entry.start, entry.size))
        space = _space(stored, day)
        whole: list[Compiled] = []

        def rules(given: object) -> "Any":
            if not whole:
                whole.append(rules_of())
            return whole[0](given)

        def left_by(part: str) -> "Decide":
            """The first case that is left to a part has all of them made."""

            def decide(facts: object) -> "Any":
                self._complete(stored, space, entry, rules, day)
                return space[part](facts)

            return decide

        space.update(shapes={}, instances={}, **{part: left_by(part) for part in _LATER})
        exec(frame.decide_source(stored.pieces), space)
        return StoredRule(tuple(stored.pieces.facts), space["decide"], lambda: space["trusted"])

    def _complete(
        self,
        stored: "Decoded",
        space: "dict[str, Any]",
        entry: "Entry",
        rules: "Decide",
        day: str,
    ) -> None:
        from vocpolicy.stored.completing import Facts, complete

        places = (entry.checks, entry.reader)
        facts = self._facts.setdefault(places, Facts(self._content, *places, self._damaged))
        try:
            complete(stored, space, facts, rules, day)
        except _NO_CODE:
            self._damaged()
            space.update(dict.fromkeys(_LATER, rules))

    def _whole(self, name: str, day: str, readings: "Readings") -> "Compiled":
        from datetime import date

        try:
            on = date.fromisoformat(day)
        except ValueError:  # nobody but a file says so
            self._damaged()
            raise DamagedError from None
        return self.policy.compile(name, on, readings)


def _space(stored: "Decoded", day: str) -> "dict[str, Any]":
    """What the code of a conclusion names."""
    space = {
        **names(stored.called),
        **stored.constants,
        "month_end": stored.month_end,
    }
    space["LEFT"] = Exception  # whatever words of others come to, the rules know better
    if "today" in stored.called:
        from datetime import date

        space["today"] = date.fromisoformat(day)
    return space


def is_day(text: str) -> bool:
    """Whether it is a day as `2023-06-01`; the calendar is asked only of ends of months."""
    year, month, day = text[:4], text[5:7], text[8:]
    if text != f"{year}-{month}-{day}" or len(text) != 10 or not text.isascii():
        return False
    if not f"{year}{month}{day}".isdecimal() or year == "0000":
        return False
    if "01" <= month <= "12" and "01" <= day <= "28":
        return True
    from datetime import date

    try:
        return bool(date(int(year), int(month), int(day)))
    except ValueError:
        return False


def _asked(as_of: object) -> str:
    from vocpolicy.asking import asked_day

    return asked_day(as_of).isoformat()


def _today() -> str:
    from time import strftime

    return strftime("%Y-%m-%d")
