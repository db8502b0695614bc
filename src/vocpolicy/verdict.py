"""Verdicts: what a provision comes to, and what that rests on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, assert_never

from attrs import field, frozen

from vocpolicy import core
from vocpolicy.deciding import Decided, Deciding
from vocpolicy.diagnostics import Diagnostic, render_all
from vocpolicy.grounds import Grounds, assumes
from vocpolicy.interpreter import Facts, decide
from vocpolicy.languages import locale_language
from vocpolicy.needs import Needs, needs
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.plain import Plain, json_value, plain
from vocpolicy.trace import (
    ConclusionTrace,
    Possible,
    ProvisionTrace,
    TargetTrace,
    Trace,
)

if TYPE_CHECKING:
    from vocpolicy.advice import Case, Changes, Questions, Reasons, Settled, Way
    from vocpolicy.explain import Alike
    from vocpolicy.markup import Document

NO_READINGS: Mapping[str, Verdict] = MappingProxyType({})
OF_OUTCOME: Mapping[Outcome, bool] = MappingProxyType({Outcome.HOLDS: True, Outcome.FAILS: False})
"""The value of what gives no other."""


@frozen(eq=False)
class Verdict:
    """What a provision comes to for the facts of a case, on a date.

    Attributes:
        name: of the conclusion, target, provision or definition.
        kind: `rule`, `target`, `provision` or `definition`.
        outcome: what a system branches on.
        wording_key: key of `vocpolicy.outcome.WORDS`; `wording(lang)` says it.
        as_of: the date of evaluation.
        policy, chosen: what it was decided from; `chosen` are the readings asked for, by rule or
            target, where they are not those in use.
        deciding: how it came about.
    """

    name: str
    kind: str
    outcome: Outcome
    wording_key: str
    as_of: datetime.date
    policy: core.Policy = field(repr=False)
    deciding: Deciding = field(repr=False)
    chosen: Mapping[str, str] = field(repr=False, default=MappingProxyType({}))

    @property
    def trace(self) -> Trace:
        """How it was decided."""
        return self.deciding.trace

    @property
    def facts(self) -> Facts:
        """What it was decided from."""
        return self.deciding.facts

    @property
    def alike(self) -> Alike | None:
        """What is known of cases that look like this one, for `vocpolicy.explain`."""
        return self.deciding.alike

    def wording(self, lang: str = "en") -> str:
        """The outcome in words: `eligible`, `behind`, `符合条件`."""
        word = WORDS[self.wording_key]
        return word.zh if lang == "zh" else word.en

    @property
    def label(self) -> core.Labels:
        """What the provision is called."""
        policy, name = self.policy, self.name
        match self.kind:
            case "rule":
                return policy.conclusions[name].labels
            case "target":
                return policy.targets[name].labels
            case "provision":
                return policy.provisions[name].labels
            case _:
                return policy.definitions[name].labels

    @cached_property
    def value(self) -> Plain:
        """What was found: whether a rule holds (None where that is open), the value that it
        gives, or a target's measure (by population, where it has several)."""
        if self.alike is not None:  # of a conclusion that gives no values
            return OF_OUTCOME.get(self.outcome)
        match self.trace:
            case ConclusionTrace(answer=answer, conclusion=conclusion) if answer is not None:
                return plain(answer, conclusion.type, self.policy)
            case TargetTrace(components=components, body=body):
                found = {
                    one.component.name: plain(one.step.answer, body.type, self.policy)
                    for one in components
                }
                return found if len(found) != 1 else next(iter(found.values()))
            case _:
                return OF_OUTCOME.get(self.outcome)

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that were not supplied and that the outcome can still turn on, in the order of
        their declaration; a field that a record lacks is `list.field`."""
        if not self.deciding.missing:
            return ()
        order = {name: place for place, name in enumerate(self._needs.facts)}
        last = len(order)
        return tuple(
            sorted(
                self.deciding.missing,
                key=lambda path: (order.get(path.partition(".")[0], last), path),
            )
        )

    @cached_property
    def version(self) -> core.Version | None:
        """Which version of the provision spoke, where it has been changed; None elsewhere."""
        found = core.version_on(self.policy, self.name, self.as_of)
        return found if found is not None and self.policy.changes else None

    @property
    def citations(self) -> tuple[core.Citation, ...]:
        """Clauses of the provision and of the parts that decided."""
        return tuple(self._grounds.citations)

    @property
    def assumptions(self) -> tuple[core.Assumption, ...]:
        """What the verdict takes to be so though no cited text says it."""
        return tuple(self._grounds.assumptions) if self._assumes else ()

    @property
    def judged_by(self) -> Mapping[str, core.Labels]:
        """Whose judgement it rests on, by fact."""
        return MappingProxyType(self._grounds.judged_by if self._assumes else {})

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Why something could not be worked out though no fact is missing: a date that falls on
        a day which its month lacks, where the policy refuses to round."""
        return tuple(self._grounds.refused.values()) if self._assumes else ()

    @property
    def possible(self) -> tuple[Possible, ...]:
        """What it can still be; the outcome alone where that is settled."""
        if isinstance(self.trace, ConclusionTrace):
            return self.trace.possible
        return (Possible(self.outcome, self.wording_key),)

    @property
    def readings(self) -> Mapping[str, Verdict]:
        """The verdict under each reading of the provision and of what it depends on, varied one
        at a time.  A reading that is declared for the whole policy varies everywhere together;
        names that stand for two readings are written `owner.reading`."""
        return self._readings if needs(self.policy, self.name).varied else NO_READINGS

    @cached_property
    def _readings(self) -> Mapping[str, Verdict]:
        ways = _ways(self.policy, self._needs)
        names = [name for name, _ in ways]
        made: dict[str, Verdict] = {}
        for name, chosen in ways:
            shared = names.count(name) > 1
            key = f"{next(iter(chosen))}.{name}" if shared else name
            made[key] = judge(
                self.policy, self.name, self.facts, self.as_of, {**self.chosen, **chosen}
            )
        return MappingProxyType(made)

    @property
    def parts(self) -> bool:
        """Whether the readings part: whether they come to different outcomes or values."""
        found = {(one.wording_key, repr(one._told)) for one in self.readings.values()}
        return len(found) > 1

    def explain(self, lang: str = "en", advice: bool = False) -> str:
        """Why, as text in English (`en`) or Chinese (`zh`); with `advice` also what would change
        it and what to ask next, which takes a search."""
        from vocpolicy.explain import explain

        return explain(self, lang, advice)

    # ---- what settles it, found by search the first time that it is asked for

    @cached_property
    def settled(self) -> Settled:
        """Whether every way of filling the gaps comes to the same, and to what."""
        from vocpolicy.advice import settled

        return settled(self._case)

    @cached_property
    def foregone(self) -> Way | None:
        """What it comes to whatever the missing facts are, where conditions alone leave it open
        and a short search shows it: this is said beside the outcome in every form."""
        if self.outcome is not Outcome.UNDETERMINED or not self.deciding.missing:
            return None
        from vocpolicy.advice import foregone

        return foregone(self._case, self.deciding.missing)

    @cached_property
    def reasons(self) -> Reasons:
        """Every smallest set of supplied facts that forces the verdict whatever the rest is."""
        from vocpolicy.advice import reasons

        return reasons(self._case)

    @cached_property
    def changes(self) -> Changes:
        """The nearest changes of supplied facts that flip the verdict."""
        from vocpolicy.advice import changes

        return changes(self._case)

    @cached_property
    def questions(self) -> Questions:
        """The missing facts that can still decide, the best question first."""
        from vocpolicy.advice import questions

        return questions(self._case)

    @cached_property
    def _case(self) -> Case:
        from vocpolicy.advice import Case

        return Case(self.policy, self.name, self.facts, self.as_of, self.chosen)

    def to_markdown(self, lang: str = "en", advice: bool = False) -> str:
        """Why, as Markdown; `advice` as for `explain`."""
        from vocpolicy.writers import markdown

        return markdown(self._document(lang, advice))

    def to_html(self, lang: str = "en", advice: bool = False) -> str:
        """Why, as a page of HTML that needs nothing else: no script, no request; `advice` as for
        `explain`."""
        from vocpolicy.writers import fragment, page

        title = f"{self.wording(lang)} · {self.label.get(lang) or self.name}"
        return page(title, lang, *fragment(self._document(lang, advice), level=1))

    def to_mermaid(self, lang: str = "en", advice: bool = False) -> str:
        """Why, as a flowchart in the language of Mermaid; `advice` as for `explain`."""
        from vocpolicy.writers import mermaid

        return mermaid(self._document(lang, advice))

    def _repr_html_(self) -> str:
        from vocpolicy.writers import fragment, notebook

        lang = locale_language()
        return notebook(lang, *fragment(self._document(lang)))

    def _repr_markdown_(self) -> str:
        return self.to_markdown(locale_language())

    def _document(self, lang: str, advice: bool = False) -> Document:
        from vocpolicy.explain import document, tree

        return document(tree(self, advice), lang)

    def to_dict(self, advice: bool = False) -> dict[str, Any]:
        """The verdict for systems, ready for JSON; numbers that are no counts are strings.
        `advice` as for `explain`."""
        from vocpolicy.explain import tree

        return {
            "name": self.name,
            "kind": self.kind,
            **self._short(),
            "settled": self._settled_dict(),
            "as_of": self.as_of.isoformat(),
            **self._versioned(),
            "citations": [
                {"document": one.document, "clause": one.clause, "locator": one.locator}
                for one in self.citations
            ],
            "assumptions": [_labels(one.text) | {"about": one.about} for one in self.assumptions],
            "missing": list(self.missing),
            "judged_by": [_labels(who) | {"fact": fact} for fact, who in self.judged_by.items()],
            "diagnostics": [
                {"code": one.code, **{lang: render_all([one], lang) for lang in ("en", "zh")}}
                for one in self.diagnostics
            ],
            "readings": {name: one._short() for name, one in self.readings.items()},
            "readings_part": self.parts,
            "explanation": tree(self, advice).to_dict(),
        }

    def _settled_dict(self) -> dict[str, Any] | None:
        """What it comes to whatever is missing: the outcome, where that is not open."""
        if self.outcome is not Outcome.UNDETERMINED:
            return self._short()
        return None if self.foregone is None else _way_dict(self.foregone, self.trace, self.policy)

    def _versioned(self) -> dict[str, Any]:
        """The version that spoke, where the provision has been changed."""
        version = self.version
        if version is None:
            return {}
        days = [None if day is None else day.isoformat() for day in (version.start, version.end)]
        changes = [
            {"name": one.name, "action": one.action, "policy": one.policy}
            for one in version.changes
        ]
        return {"version": {"start": days[0], "end": days[1], "changes": changes}}

    def _short(self) -> dict[str, Any]:
        words = {"en": self.wording("en"), "zh": self.wording("zh")}
        return {"outcome": self.outcome.value, "wording": words, "value": json_value(self.value)}

    @cached_property
    def _told(self) -> Plain:
        """The value, where a rule gives one: two readings of a target measure differently
        without parting."""
        concluded = isinstance(self.trace, ConclusionTrace) and self.trace.answer is not None
        return self.value if concluded else None

    @property
    def _grounds(self) -> Grounds:
        return self.deciding.grounds

    @property
    def _assumes(self) -> bool:
        """Whether it can rest on more than clauses."""
        return assumes(self.policy, self.name)

    @cached_property
    def _needs(self) -> Needs:
        return needs(self.policy, self.name)


def judge(
    policy: core.Policy,
    name: str,
    facts: Facts,
    as_of: datetime.date,
    readings: Mapping[str, str] = MappingProxyType({}),
) -> Verdict:
    """The verdict on what the policy provides under a name; KeyError where it is nothing."""
    policy = policy.on(as_of)
    trace = decide(policy, name, facts, as_of, readings)
    match trace:
        case ConclusionTrace(conclusion=conclusion):
            kind = "rule" if conclusion.name in policy.conclusions else "definition"
            named = conclusion.name
        case TargetTrace():
            kind, named = "target", trace.target.name
        case ProvisionTrace():
            kind, named = "provision", trace.provision.name
        case _:
            assert_never(trace)
    deciding = Decided(policy, facts, trace)
    return Verdict(named, kind, trace.outcome, trace.wording, as_of, policy, deciding, readings)


def _ways(policy: core.Policy, needed: Needs) -> list[tuple[str, dict[str, str]]]:
    """Every reading to take, with the rules and targets that take it."""
    together = {reading.name for reading in policy.readings}
    ways: list[tuple[str, dict[str, str]]] = []
    common: dict[str, dict[str, str]] = {}
    for owner in needed.varied:
        for reading in owner.readings:
            if reading.name not in together:
                ways.append((reading.name, {owner.name: reading.name}))
            elif reading.name in common:
                common[reading.name][owner.name] = reading.name
            else:
                common[reading.name] = {owner.name: reading.name}
                ways.append((reading.name, common[reading.name]))
    return ways


def _way_dict(way: Way, trace: Trace, policy: core.Policy) -> dict[str, Any]:
    value: Plain = OF_OUTCOME.get(way.outcome)
    if way.value is not None and isinstance(trace, ConclusionTrace):
        value = plain(way.value, trace.conclusion.type, policy)
    words = {"en": way.wording("en"), "zh": way.wording("zh")}
    return {"outcome": way.outcome.value, "wording": words, "value": json_value(value)}


def _labels(labels: core.Labels) -> dict[str, str]:
    return {"en": labels.get("en"), "zh": labels.get("zh")}
