"""What the forms of a report share: verdicts and parts of them in a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from vocpolicy.core import Labels
from vocpolicy.coverage import ClauseReport, FigureReport
from vocpolicy.explain import Explanation, document, tree
from vocpolicy.explain.nodes import Side
from vocpolicy.explain.numbers import day
from vocpolicy.explain.sentences import words
from vocpolicy.explain.terms import Day, Say, named
from vocpolicy.explain.text import cited_text, document_name
from vocpolicy.markup import Document
from vocpolicy.outcome import WORDS, Outcome
from vocpolicy.report.data import Report
from vocpolicy.report.words import say
from vocpolicy.trace import TargetTrace
from vocpolicy.verdict import Verdict

_ITEM = re.compile(r"\d+$")
_ORDER = (
    Outcome.HOLDS,
    Outcome.FAILS,
    Outcome.CONFLICT,
    Outcome.UNDETERMINED,
    Outcome.NOT_APPLICABLE,
)
KINDS = ("target", "rule", "provision")


@frozen(eq=False, slots=False)
class View:
    """A report in one language."""

    report: Report
    lang: str

    def say(self, key: str, **parts: object) -> str:
        return say(key, self.lang, **parts)

    def label(self, labels: Labels, name: str) -> str:
        """A label, or the words of a name; an English one begins with a capital."""
        said = named(labels, name).get(self.lang)
        return said[:1].upper() + said[1:] if self.lang == "en" else said

    def name(self, name: str) -> str:
        """What a verdict is called."""
        return self.label(self.report.label(name), name)

    def names(self, names: Iterable[str]) -> str:
        return self.say("joint").join(self.name(one) for one in names)

    @cached_property
    def policy(self) -> str:
        policy = self.report.policy
        return policy.title.get(self.lang) or policy.name

    @cached_property
    def title(self) -> str:
        return self.say("title", policy=self.policy)

    @cached_property
    def as_of(self) -> str:
        return self.say("as_of", date=day(Day(self.report.as_of), self.lang))

    @cached_property
    def explained(self) -> Mapping[str, Explanation]:
        """The explanation of every verdict, by its name."""
        report = self.report
        return {one.name: tree(one, report.advised(one)) for one in report.verdicts}

    def document(self, verdict: Verdict) -> Document:
        return document(self.explained[verdict.name], self.lang)

    def clauses(self, verdict: Verdict) -> str:
        """The clauses of its headline, in brackets."""
        explanation = self.explained[verdict.name]
        return cited_text(explanation.citations, explanation.documents, self.lang)

    def counted(self, kind: str) -> list[tuple[str, str, int]]:
        """Of a kind of verdict: each wording's outcome, its word, and how many came to it."""
        counts = self.report.counts[kind]
        return [
            (WORDS[key].outcome.value, words(Say(f"word.{key}"), self.lang), counts[key])
            for key in sorted(WORDS, key=lambda key: _ORDER.index(WORDS[key].outcome))
            if counts[key]
        ]

    # ---- targets

    def now(self, verdict: Verdict) -> str:
        """The latest figure, or what is known of each population."""
        value = self.explained[verdict.name].value
        if value is not None:
            return words(value, self.lang).rpartition(" = ")[2]
        return self.say("unknown")

    def goal(self, verdict: Verdict) -> str:
        """What is required, in words."""
        for node in self.explained[verdict.name].walk():
            for side in node.values:
                if _is_goal(side):
                    return words(side.value, self.lang)
        return ""

    def deadline(self, verdict: Verdict) -> str:
        trace = verdict.trace
        if not isinstance(trace, TargetTrace) or trace.body.goal.date is None:
            return self.say("no_date")
        return day(Day(trace.body.goal.date, year_end=True), self.lang).removeprefix("the ")

    # ---- provisions

    def by_section(self) -> Iterator[tuple[str, list[Verdict]]]:
        """Provisions under the section of the document that they stand in, in its order."""
        found: dict[tuple[str, str], list[Verdict]] = {}
        for verdict in self.report.provisions:
            place = self.explained[verdict.name].citations[:1]
            key = (place[0].document, _ITEM.sub("", place[0].clause)) if place else ("", "")
            found.setdefault(key, []).append(verdict)
        documents = self.report.policy.documents
        for (document_, section), verdicts in found.items():
            shown = document_name(document_, documents, self.lang) if document_ else ""
            yield f"{shown} {section}".strip(), verdicts

    def clause(self, verdict: Verdict) -> str:
        """The first clause that it stands in, without its document."""
        place = self.explained[verdict.name].citations[:1]
        return place[0].clause if place else ""

    # ---- readings

    def readings(self, verdict: Verdict) -> Iterator[tuple[str, Verdict]]:
        """What each reading is called, and what it comes to."""
        for key, one in verdict.readings.items():
            owner, _, name = key.rpartition(".")
            owners = [owner] if owner else list(one.chosen)
            policy = self.report.policy
            places = (policy.targets, policy.rules, policy.definitions)
            found = next(
                (place[name_] for name_ in owners for place in places if name_ in place), None
            )
            labels = {reading.name: reading.labels for reading in found.readings} if found else {}
            said = named(labels.get(name, Labels()), name).get(self.lang)
            used = found is not None and verdict.chosen.get(found.name, found.in_use) == name
            yield self.say("reading_in_use", reading=said) if used else said, one

    def figure(self, verdict: Verdict) -> str:
        """The figure that a verdict found; empty where there is none."""
        value = tree(verdict).value
        return "" if value is None else words(value, self.lang).rpartition(" = ")[2]

    # ---- coverage

    def covered(self) -> Iterator[str]:
        """How many clauses and figures of the documents are accounted for."""
        coverage = self.report.coverage
        if coverage is None:
            return
        clauses, figures = (
            coverage.clauses,
            [figure for clause in coverage.clauses for figure in clause.figures],
        )
        yield self._counted("covered_clauses", clauses)
        yield self._counted("covered_figures", figures)

    def _counted(self, key: str, parts: Iterable[ClauseReport | FigureReport]) -> str:
        parts = list(parts)
        done = [one for one in parts if one.accounted]
        aside = [one for one in done if one.set_aside is not None and not one.provisions]
        return self.say(key, done=len(done), all=len(parts), aside=len(aside))

    def gaps(self) -> Iterator[str]:
        """What nothing accounts for."""
        for gap in self.report.coverage.unaccounted if self.report.coverage else ():
            shown = document_name(gap.document, self.report.policy.documents, self.lang)
            text = gap.text or self.say("whole_clause")
            yield self.say("gap", document=shown, clause=gap.clause, text=text)


def _is_goal(side: Side) -> bool:
    return side.name == Say("required")
