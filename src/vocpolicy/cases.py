"""Cases: worked examples that stand beside the rules, and whether they come out as expected."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic, FactError, Words, render_all
from vocpolicy.diagnostics.catalog.facts import SHAPES
from vocpolicy.facts import read_facts
from vocpolicy.needs import needs
from vocpolicy.outcome import WORDS
from vocpolicy.plain import Plain, json_value, plain
from vocpolicy.trace import Answer, ConclusionTrace, TargetTrace, Unknown
from vocpolicy.verdict import Verdict, judge

# `is not met` in a case says that the goal is not reached, whatever the day.
NOT_MET = frozenset({"not_met", "behind", "missed", "not_due"})


@frozen
class CaseResult:
    """What came of a case: a diagnostic for each expectation that failed, in the rule file; or
    the mistakes in its facts."""

    title: str
    diagnostics: tuple[Diagnostic, ...]

    @property
    def passed(self) -> bool:
        return not self.diagnostics

    def describe(self, lang: str = "en") -> str:
        """What came out otherwise; empty where the case passed."""
        return render_all(self.diagnostics, lang)

    def to_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "passed": self.passed,
            "findings": [
                {lang: render_all([one], lang) for lang in ("en", "zh")} for one in self.diagnostics
            ],
        }


def run_cases(policy: core.Policy) -> tuple[CaseResult, ...]:
    """Run every case of a policy, in order."""
    return tuple(run_case(policy, case) for case in policy.cases)


def run_case(policy: core.Policy, case: core.Case) -> CaseResult:
    """Run one case.  Without a `today` it is evaluated on the last day of the policy's period,
    so that what comes of it does not change by the day; today where the policy has no end."""
    found: list[Diagnostic] = []
    for expect in case.expects:
        try:
            verdict = case_verdict(policy, case, expect)
        except FactError as error:
            found = [Diagnostic(one.code, case.span, one.args) for one in error.diagnostics]
            break
        found += _differences(expect, verdict)
    return CaseResult(case.title, tuple(found))


def case_verdict(policy: core.Policy, case: core.Case, expect: core.Expect) -> Verdict:
    """The verdict that an expectation of a case is held against.

    Raises:
        FactError: mistakes in the case's facts.
    """
    day = case_day(policy, case)
    facts = read_facts(policy, case.facts, name=expect.name, as_of=day)
    return judge(policy, expect.name, facts, day, readings_of(policy.on(day), expect))


def case_day(policy: core.Policy, case: core.Case) -> datetime.date:
    """The date on which a case is evaluated."""
    return case.today or policy.period.end or datetime.date.today()


def meets(policy: core.Policy, case: core.Case, expect: core.Expect) -> bool:
    """Whether an expectation of a case is met; raises as `case_verdict` does."""
    return not any(_differences(expect, case_verdict(policy, case, expect)))


def readings_of(policy: core.Policy, expect: core.Expect) -> Mapping[str, str]:
    """The reading named, of the provision itself if it has it, else of what it depends on; a
    reading of the whole policy everywhere."""
    if expect.reading is None:
        return {}
    having = [one for one in needs(policy, expect.name).varied if expect.reading in one.bodies]
    conclusion = policy.conclusions.get(expect.name)
    own = {expect.name, *(conclusion.rules if conclusion else ())}
    everywhere = expect.reading in {one.name for one in policy.readings}
    chosen = having if everywhere else [one for one in having if one.name in own] or having
    return {one.name: expect.reading for one in chosen}


def _differences(expect: core.Expect, verdict: Verdict) -> Iterator[Diagnostic]:
    """What the verdict has otherwise than expected."""
    if expect.wording is not None and not _says(verdict.wording_key, expect.wording):
        word, found = WORDS[expect.wording], WORDS[verdict.wording_key]
        yield _difference("V421", expect, Words(found.en, found.zh), Words(word.en, word.zh))
    if expect.value is not None:
        answer, type_ = _answer(verdict)
        if answer != expect.value:
            said = (_said(one, type_, verdict.policy) for one in (answer, expect.value))
            yield _difference("V421", expect, *said)
    if expect.missing:
        missing = {path.partition(".")[0] for path in verdict.missing}
        if missing != set(expect.missing):
            yield _difference(
                "V422", expect, _list(missing) or SHAPES["nothing"], _list(set(expect.missing))
            )


def _says(found: str, expected: str) -> bool:
    return found == expected or (expected == "not_met" and found in NOT_MET)


def _difference(code: str, expect: core.Expect, found: object, expected: object) -> Diagnostic:
    args = {"name": expect.name, "found": found, "expected": expected}
    return Diagnostic(code, expect.span, args)


def _answer(verdict: Verdict) -> tuple[Answer | None, core.Type]:
    """The value concluded or measured, in base units, and its type."""
    match verdict.trace:
        case ConclusionTrace(answer=answer, conclusion=conclusion):
            return answer, conclusion.type
        case TargetTrace(components=(component,), body=body):
            return component.step.answer, body.type
        case _:
            return None, core.YesNoType()


def _said(answer: Answer | None, type_: core.Type, policy: core.Policy) -> Words | str:
    if answer is None or isinstance(answer, Unknown):
        return SHAPES["unknown"]
    unit = type_.unit if isinstance(type_, core.NumberType) and type_.dimension else None
    value: Plain = json_value(plain(answer, type_, policy))
    if isinstance(value, bool):
        return SHAPES["yes" if value else "no"]
    return f"{value} {unit.name}" if unit else str(value)


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))
