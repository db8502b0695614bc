"""What a policy says of one case, and what settles that."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import Factory, field, frozen

from vocpolicy.asking import asked_day, chosen_readings
from vocpolicy.diagnostics import FactError
from vocpolicy.facts import entity_of, read_leniently
from vocpolicy.interpreter import Facts
from vocpolicy.needs import facts_needed
from vocpolicy.once import MOST
from vocpolicy.policy.loaded import Loaded
from vocpolicy.verdict import Verdict, judge

if TYPE_CHECKING:
    from vocpolicy.advice import Changes, Reasons
    from vocpolicy.interview import Interview
    from vocpolicy.outcome import Outcome
    from vocpolicy.scalar import Compiled

_MOST_COMPILED = 256
"""Names and dates for which `decide`, and `evaluate`, keep code."""

_OFTEN = 4
"""How often a name is evaluated on a date before code is made for it."""


@frozen(eq=False)
class Judging(Loaded):
    """A policy that is asked about one case after another."""

    _deciding: dict[str, dict[object, Callable[[object], Outcome]]] = field(
        repr=False, init=False, default=Factory(dict)
    )

    _evaluating: dict[tuple[str, datetime.date], Callable[[object], Verdict | None]] = field(
        repr=False, init=False, default=Factory(dict)
    )
    _evaluated: dict[tuple[str, datetime.date], int] = field(
        repr=False, init=False, default=Factory(dict)
    )

    # ---- what it says of a case

    def evaluate(
        self,
        name: str,
        facts: object,
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Verdict:
        """The verdict of a rule, conclusion, target, provision or definition on a case.

        Args:
            name: its name; a rule stands for the conclusion that it decides.
            facts: a mapping or an instance, as `vocpolicy.facts.read_facts` reads them.
            as_of: the date of evaluation; today where it is not given.
            readings: the readings to take, by rule or target; or one reading, taken wherever
                it is declared.  Others are those in use.

        Raises:
            UsageError: nothing has that name, or nothing has that reading.
            FactError: mistakes in the facts, all at once.
        """
        if readings is None and type(as_of) is datetime.date:
            evaluate = self._evaluating.get((name, as_of))
            found = None if evaluate is None else evaluate(facts)
            if found is not None:
                return found
        day = asked_day(as_of)
        read, chosen = self._read(name, facts, day, readings)
        if readings is None:
            self._count(name, day)
        return judge(self.core, name, read, day, chosen)

    def _count(self, name: str, day: datetime.date) -> None:
        """What is evaluated often gets code that sees what a case looks like."""
        key = (name, day)
        times = self._evaluated.get(key, 0) + 1
        if times == _OFTEN and key not in self._evaluating:
            from vocpolicy.seeing import seeing

            if len(self._evaluating) >= _MOST_COMPILED:
                self._evaluating.clear()
            self._evaluating[key] = seeing(self.core, name, day) or _unseen
        if len(self._evaluated) >= MOST:
            self._evaluated.clear()
        self._evaluated[key] = times

    def _read(
        self,
        name: str,
        facts: object,
        day: datetime.date,
        readings: Mapping[str, str] | str | None,
    ) -> tuple[Facts, Mapping[str, str]]:
        """The facts of a case, and the readings to take; raises as `evaluate` does."""
        chosen = chosen_readings(self.core.on(day), readings)
        entity = entity_of(self.core, self._known(name, day))
        read, mistakes = read_leniently(self.core, facts, entity, day)
        if mistakes:
            raise FactError(mistakes)
        return read, chosen

    def decide(
        self,
        name: str,
        facts: object,
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Outcome:
        """The outcome alone, of what `evaluate` would say and by the same facts, much faster:
        code is made for it once for each name and date.  Raises as `evaluate` does.
        """
        if readings is None:
            try:
                decide = self._deciding[name][as_of]
            except (KeyError, TypeError):  # not made yet, or not to be kept by
                pass
            else:
                return decide(facts)
        return self._decider(name, as_of, readings)(facts)

    def _decider(
        self, name: str, as_of: object, readings: Mapping[str, str] | str | None
    ) -> Callable[[object], Outcome]:
        """What decides a name on a day, to be found again by both as they were given; today is
        another day tomorrow."""
        made = self.compile(name, asked_day(as_of), readings).decide
        if readings is None and type(as_of) in (datetime.date, str):
            if sum(map(len, self._deciding.values())) >= _MOST_COMPILED:
                self._deciding.clear()
            self._deciding.setdefault(name, {})[as_of] = made
        return made

    def compile(
        self,
        names: str | Sequence[str],
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Compiled:
        """What a name, or several at once, come to on a date, as something to call a million
        times; see `vocpolicy.scalar.Compiled`.

        Raises:
            UsageError: nothing has one of the names, or nothing has that reading.
        """
        from vocpolicy.scalar import compiled

        day = asked_day(as_of)
        for name in (names,) if isinstance(names, str) else names:
            self._known(name, day)
        return compiled(self.core, names, day, chosen_readings(self.core.on(day), readings))

    def evaluate_all(
        self,
        facts: object,
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> tuple[Verdict, ...]:
        """The verdicts of all that at least one supplied fact concerns, in policy order.

        Raises as `evaluate` does.
        """
        day = asked_day(as_of)
        chosen = chosen_readings(self.core.on(day), readings)
        read, mistakes = read_leniently(self.core, facts, None, day)
        if mistakes:
            raise FactError(mistakes)
        by_entity: dict[str | None, Facts] = {None: read}
        verdicts = []
        for name in self.names:
            if read.names.isdisjoint(facts_needed(self.core, name)):
                continue
            entity = entity_of(self.core, name)
            if entity not in by_entity:
                # A name may stand for different facts of two entities: what is right for the
                # other one is no mistake here, only not supplied.
                by_entity[entity] = read_leniently(self.core, facts, entity, day)[0]
            verdicts.append(judge(self.core, name, by_entity[entity], day, chosen))
        return tuple(verdicts)

    # ---- what settles a verdict

    def reasons(
        self,
        name: str,
        facts: object,
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Reasons:
        """Every smallest set of facts that forces the verdict on a case, whatever the rest may
        be; raises as `evaluate` does."""
        return self.evaluate(name, facts, as_of, readings).reasons

    def changes(
        self,
        name: str,
        facts: object,
        to: object = None,
        allow: Mapping[str, str] | Iterable[str] | None = None,
        effort: Mapping[str, int | Fraction] | None = None,
        most: int = 3,
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Changes:
        """The nearest changes of the supplied facts that bring about another verdict.

        Args:
            to: what to bring about: an `Outcome`, or its wording (`eligible`, `符合条件`); where
                it is not given, whatever flips the verdict.
            allow: names of the facts that may change; or how each may (`fixed`, `can_rise`,
                `can_fall`, `can_change`) where that is not as it declares.  A field of a record
                of a supplied list is named by its path, `awards[1].place`; records are added to
                a list that may rise, and go from one that may fall.
            effort: what changing a fact takes, where that is not as it declares.
            most: how many alternatives.

        Raises as `evaluate` does, and UsageError for what `to`, `allow` or `effort` name.
        """
        from vocpolicy.advice import Case
        from vocpolicy.advice.asked import ask_for_changes

        day = asked_day(as_of)
        read, chosen = self._read(name, facts, day, readings)
        case = Case(self.core.on(day), name, read, day, chosen)
        return ask_for_changes(case, to, allow, effort or {}, most)

    def interview(
        self,
        name: str,
        facts: object = None,
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Interview:
        """Questions, the best first, until the verdict is settled; raises as `evaluate` does."""
        from vocpolicy.interview import Interview

        return Interview.begin(self, name, facts, asked_day(as_of), readings)


def _unseen(_: object) -> None:
    """Of what code does not see."""
