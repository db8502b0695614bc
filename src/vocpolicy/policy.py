"""Policies as a program uses them: loaded once, then asked about one case after another."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import Factory, field, frozen

from vocpolicy.asking import Listed, asked_day, chosen_readings, listed
from vocpolicy.core import (
    Fact,
    Labels,
    Policy as Core,
    Version,
    versions,
)
from vocpolicy.diagnostics import Diagnostic, FactError, UsageError, close_names
from vocpolicy.facts import declarations, entity_of, read_leniently
from vocpolicy.interpreter import Facts
from vocpolicy.languages import locale_language
from vocpolicy.needs import facts_needed
from vocpolicy.overview import overview
from vocpolicy.source import MOST_BYTES, Source, shipped as shipped_path, shipped_policies
from vocpolicy.verdict import Verdict, judge

if TYPE_CHECKING:
    from vocpolicy.advice import Changes, Reasons
    from vocpolicy.analysis import Report
    from vocpolicy.cases import CaseResult
    from vocpolicy.columnar import Condition
    from vocpolicy.driver import Groups
    from vocpolicy.interview import Interview
    from vocpolicy.outcome import Outcome
    from vocpolicy.scalar import Compiled

Frame = TypeVar("Frame")

_MOST_COMPILED = 256
"""Names and dates for which `decide` keeps its code."""


@frozen(eq=False)
class Policy:
    """A checked policy.  It never changes and may be shared between threads."""

    core: Core = field(repr=False)
    _groups: Groups = field(repr=False, default=())
    _deciding: dict[tuple[str, datetime.date], Callable[[object], Outcome]] = field(
        repr=False, init=False, default=Factory(dict)
    )

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str],
        base: Policy | str | os.PathLike[str] | None = None,
        most_bytes: int = MOST_BYTES,
        cases: bool = True,
    ) -> Policy:
        """A policy from a file or a folder of rule files.

        Args:
            base: the policy that it amends, or where that is; what comes of it is the amended
                policy.
            most_bytes: size above which a file is not read.
            cases: whether the cases are read too; what the rules say stands without them.

        Raises:
            UsageError: there is no such file or folder.
            PolicyError: the rules do not compile; every mistake at once.
        """
        from vocpolicy.driver import load_groups

        if not Path(path).exists():
            raise UsageError([Diagnostic("V601", args={"path": os.fspath(path)})])
        below = cls._base(base)
        return cls(*load_groups(path, most_bytes, below._groups if below else (), cases))

    @classmethod
    def _base(cls, base: Policy | str | os.PathLike[str] | None) -> Policy | None:
        return base if base is None or isinstance(base, Policy) else cls.load(base)

    def amended_by(self, path: str | os.PathLike[str]) -> Policy:
        """This policy with the amendments of another; raises as `load` does."""
        return Policy.load(path, self)

    @classmethod
    def shipped(cls, name: str) -> Policy:
        """A policy that ships with the library, such as `shanghai-plan-14`.

        Raises:
            UsageError: none of that name does.
        """
        names = cls.shipped_names()
        if name not in names:
            raise UsageError(
                [Diagnostic("V423", args={"name": name, "close": close_names(name, names)})]
            )
        return cls.load(shipped_path("rules", name))

    @classmethod
    def from_text(cls, text: str, name: str = "<text>", base: Policy | None = None) -> Policy:
        """A policy from text in memory; `base` and PolicyError as `load`."""
        from vocpolicy.driver import load_source_groups

        below = base._groups if base else ()
        return cls(*load_source_groups([Source(name, text)], below))

    @staticmethod
    def shipped_names() -> tuple[str, ...]:
        """The policies that ship with the library."""
        return shipped_policies()

    # ---- what it is

    @property
    def name(self) -> str:
        return self.core.name

    @property
    def title(self) -> Labels:
        return self.core.title

    @cached_property
    def listing(self) -> tuple[Listed, ...]:
        """Every conclusion, target and provision, in the order of the rule files."""
        return listed(self.core)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the listing."""
        return tuple(listed.name for listed in self.listing)

    def _repr_html_(self) -> str:
        from vocpolicy.writers import fragment, notebook

        lang = locale_language()
        return notebook(lang, *fragment(overview(self.core, self.listing, lang)))

    def _repr_markdown_(self) -> str:
        from vocpolicy.writers import markdown

        return markdown(overview(self.core, self.listing, locale_language()))

    def versions(self, name: str) -> tuple[Version, ...]:
        """How something named in the policy has read, from when to when; one version where no
        amendment concerns it.

        Raises:
            UsageError: the policy provides nothing of that name.
        """
        changed = {change.name for change in self.core.changes}
        return versions(self.core, name if name in changed else self._known(name))

    def on(self, day: datetime.date) -> Policy:
        """The policy as it reads on a day, for any date of evaluation."""
        return Policy(self.core.on(day), self._groups)

    def facts(self, name: str | None = None) -> tuple[Fact, ...]:
        """The facts that the policy takes, or those that something named in it needs.

        Raises:
            UsageError: the policy provides nothing of that name.
        """
        if name is not None:
            self._known(name)
            return tuple(facts_needed(self.core, name).values())
        found: dict[str, Fact] = {}
        for fact_name, fact in declarations(self.core, None):
            found.setdefault(fact_name, fact)
        return tuple(found.values())

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
        day = asked_day(as_of)
        read, chosen = self._read(name, facts, day, readings)
        return judge(self.core, name, read, day, chosen)

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
        day = as_of if type(as_of) is datetime.date else asked_day(as_of)
        if readings is None:
            decide = self._deciding.get((name, day))
            if decide is not None:
                return decide(facts)
        made = self.compile(name, day, readings).decide
        if readings is None:
            if len(self._deciding) >= _MOST_COMPILED:
                self._deciding.clear()
            self._deciding[name, day] = made
        outcome: Outcome = made(facts)
        return outcome

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

    def evaluate_frame(
        self,
        frame: Frame,
        rules: str | Sequence[str],
        as_of: datetime.date | None = None,
        explain: str | None = None,
        columns: Mapping[str, str] | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> Frame:
        """What rules come to for every row of a frame, as columns beside those it has.

        A frame of polars, pandas, pyarrow or DuckDB goes in and one of the same kind comes back;
        what is lazy stays lazy.  For each name there is a column `NAME.outcome` (null where a cell
        of the row is no value of its fact) and, where rules give a value, `NAME.value`.

        Args:
            rules: names of rules or conclusions.
            explain: `conditions` adds a Boolean column for each condition, null where it is not
                known; `codes` packs them into one integer, `text` into one text.
            columns: which column holds a fact, where it is not called as the fact is.

        Raises:
            UsageError: nothing has one of the names, or columns cannot do what a rule says.
            MissingExtraError: narwhals is not installed.
        """
        from vocpolicy.columnar import evaluate_frame

        day = as_of or datetime.date.today()
        names = (rules,) if isinstance(rules, str) else tuple(rules)
        for name in names:
            self._known(name, day)
        chosen = chosen_readings(self.core.on(day), readings)
        return evaluate_frame(self.core, frame, names, day, chosen, explain, columns)

    def frame_conditions(
        self,
        rules: str | Sequence[str],
        as_of: datetime.date | None = None,
        readings: Mapping[str, str] | str | None = None,
    ) -> tuple[Condition, ...]:
        """What the columns of `evaluate_frame(…, explain="conditions")` stand for, in the order of
        codes and texts: each with its words, its place and what is cited; raises as that does."""
        from vocpolicy.columnar import frame_conditions

        day = as_of or datetime.date.today()
        names = (rules,) if isinstance(rules, str) else tuple(rules)
        for name in names:
            self._known(name, day)
        return frame_conditions(self.core, names, day, chosen_readings(self.core.on(day), readings))

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
                `can_fall`, `can_change`) where that is not as it declares.
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

    def check(
        self,
        properties: str | Iterable[str] = "default",
        as_of: datetime.date | None = None,
        budget: int | None = None,
    ) -> Report:
        """Whether rules, tables and targets agree with one another and with themselves.

        Args:
            properties: names of properties, as `vocpolicy.analysis.DEFAULT` has them; all of
                them where nothing is said.
            as_of: the day on which to look; the policy's last day where it is not given, today
                where it has none.
            budget: how many boxes of cases one question may look at.

        Raises:
            UsageError: there is no property of a name.
        """
        from vocpolicy.analysis import analyse

        return analyse(self.core, properties, as_of, budget)

    def test(self) -> tuple[CaseResult, ...]:
        """Run the policy's own cases."""
        from vocpolicy.cases import run_cases

        return run_cases(self.core)

    # ---- names

    def _known(self, name: str, day: datetime.date | None = None) -> str:
        policy = self.core if day is None else self.core.on(day)
        if name in policy.conclusions or name in policy.targets:
            return name
        known = {*self.names, *policy.rules, *policy.definitions}
        if name in known:
            return name
        args = {"name": name, "policy": policy.name, "close": close_names(name, known)}
        raise UsageError([Diagnostic("V417", args=args)])


def load(
    path: str | os.PathLike[str],
    base: Policy | str | os.PathLike[str] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Policy:
    """A policy from a file or a folder; see `Policy.load`."""
    return Policy.load(path, base, most_bytes)


def shipped(name: str) -> Policy:
    """A policy that ships with the library; see `Policy.shipped`."""
    return Policy.shipped(name)
