"""A policy from its compiled form, for processes that only decide."""

from __future__ import annotations

from vocpolicy.pycode import frame
from vocpolicy.pycode.helpers import names
from vocpolicy.stored.decoding import Decoded, decoded
from vocpolicy.stored.nodes import DamagedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable
    from typing import Any

    from vocpolicy.outcomes import Outcome
    from vocpolicy.policy import Policy
    from vocpolicy.scalar import Compiled
    from vocpolicy.stored.completing import Facts
    from vocpolicy.stored.content import Content, Entry

    Decide = Callable[[object], Outcome]
    Trusted = Callable[[tuple[Any, ...]], Outcome]
    Day = datetime.date | str | None
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
        self, facts: tuple[str, ...], decide: Decide, trusted: Callable[[], Trusted]
    ) -> None:
        self.facts, self.decide, self._trusted = facts, decide, trusted

    def __call__(self, facts: object) -> Outcome:
        return self.trusted(facts) if type(facts) is tuple else self.decide(facts)

    @property
    def trusted(self) -> Trusted:
        """The outcome from a tuple of values in the order of `facts`, not checked."""
        return self._trusted()


class StoredPolicy:
    """Decides by the compiled form of a policy, as the policy itself does under the readings that
    are in use.

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
        content: Content,
        damaged: Callable[[], None],
        policy: Policy | None = None,
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
        self._rules: dict[tuple[str, str], StoredRule] = {}
        self._deciding: dict[str, dict[object, Decide]] = {}
        self._facts: dict[tuple[Place, Place], Facts] = {}

    def __repr__(self) -> str:
        return f"StoredPolicy({self.name!r}, as_of={self.as_of!r})"

    @property
    def names(self) -> tuple[str, ...]:
        return self._content.names

    @property
    def policy(self) -> Policy:
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

    def reason(self, name: str, as_of: Day = None) -> str:
        """Why the rules decide what is asked, on a day; "" where code does."""
        try:
            entry = self._entry(name, self._day(as_of))
        except DamagedError:
            self._damaged()
            entry = None
        return "is not stored for that day" if entry is None else entry.reason

    def decide(self, name: str, facts: object, as_of: Day = None) -> Outcome:
        """The outcome of a rule or another conclusion on a case.

        Args:
            name: its name, as in the policy.
            facts: a mapping or an instance, as `vocpolicy.Policy.decide` takes them.
            as_of: the date of evaluation; where none is given, that of the file.

        Raises:
            UsageError: nothing has that name, or what the file says of it is damaged.
            FactError: mistakes in the facts, all at once.
        """
        try:
            decide = self._deciding[name][as_of]
        except (KeyError, TypeError):  # not made yet, or not to be kept by
            pass
        else:
            return decide(facts)
        made = self.compile(name, as_of).decide
        if type(as_of).__name__ in _KEPT_BY and (self.as_of or as_of is not None):
            self._deciding.setdefault(name, {})[as_of] = made
        return made(facts)

    def compile(self, name: str, as_of: Day = None) -> StoredRule:
        """What decides a name on a day, to call a million times; raises as `decide` does."""
        day = self._day(as_of)
        found = self._rules.get((name, day))
        if found is None:
            if len(self._rules) >= _MOST_KEPT:
                self._rules.clear()
                self._deciding.clear()
            self._rules[name, day] = found = self._made(name, day)
        return found

    # ---- inside

    def _day(self, as_of: Day) -> str:
        if as_of is None:
            return self.as_of or _today()
        from datetime import date

        if isinstance(as_of, date):
            return as_of.isoformat()[:10]
        if isinstance(as_of, str) and len(as_of) == 10 and as_of[4] == as_of[7] == "-":
            try:
                return date.fromisoformat(as_of).isoformat()
            except ValueError:
                pass
        from vocpolicy.asking import asked_day

        return asked_day(as_of).isoformat()

    def _entry(self, name: str, day: str) -> Entry | None:
        for entry in self._content.entries(name):
            if entry.first <= day <= entry.last:
                return entry
        return None

    def _made(self, name: str, day: str) -> StoredRule:
        try:
            entry = self._entry(name, day)
            if entry is not None and entry.size:
                return self._coded(name, day, entry)
        except _NO_CODE:
            self._damaged()
        whole = self._whole(name, day)
        return StoredRule(whole.facts, whole.decide, lambda: whole.trusted)

    def _coded(self, name: str, day: str, entry: Entry) -> StoredRule:
        stored = decoded(self._content.body(entry.start, entry.size))
        space = _space(stored, day)
        whole: list[Compiled] = []

        def rules(given: object) -> Any:
            if not whole:
                whole.append(self._whole(name, day))
            return whole[0](given)

        def left_by(part: str) -> Decide:
            """The first case that is left to a part has all of them made."""

            def decide(facts: object) -> Any:
                self._complete(stored, space, entry, rules)
                return space[part](facts)

            return decide

        space.update(shapes={}, instances={}, **{part: left_by(part) for part in _LATER})
        exec(frame.decide_source(stored.pieces), space)
        return StoredRule(tuple(stored.pieces.facts), space["decide"], lambda: space["trusted"])

    def _complete(
        self, stored: Decoded, space: dict[str, Any], entry: Entry, rules: Decide
    ) -> None:
        from vocpolicy.stored.completing import Facts, complete

        places = (entry.checks, entry.reader)
        facts = self._facts.setdefault(places, Facts(self._content, *places, self._damaged))
        try:
            complete(stored, space, facts, rules)
        except _NO_CODE:
            self._damaged()
            space.update(dict.fromkeys(_LATER, rules))

    def _whole(self, name: str, day: str) -> Compiled:
        from datetime import date

        try:
            on = date.fromisoformat(day)
        except ValueError:  # nobody but a file says so
            self._damaged()
            raise DamagedError from None
        return self.policy.compile(name, on)


def _space(stored: Decoded, day: str) -> dict[str, Any]:
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


def _today() -> str:
    from time import strftime

    return strftime("%Y-%m-%d")
