"""Coverage and mutation score as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from vocpolicy.exercise import words
from vocpolicy.exercise.covering import (
    COVERED,
    IMPOSSIBLE,
    MISSING,
    NOT_SETTLED,
    Obligation,
    RuleCoverage,
)
from vocpolicy.exercise.mutating import (
    EQUIVALENT,
    NOT_SETTLED as NOT_PROVED,
    NOTICED,
    UNNOTICED,
    Mutation,
    Mutations,
)
from vocpolicy.exercise.writing import said_facts
from vocpolicy.verdict import judge

INDENT = "    "


def coverage_text(found: RuleCoverage, lang: str) -> str:
    """How many conditions cases decide, and the case that is missing for each of the others."""
    impossible = len(found.of(IMPOSSIBLE))
    rest = words.IMPOSSIBLE[lang].format(count=impossible) if impossible else ""
    covered = len(found.of(COVERED))
    lines = [words.COVERED[lang].format(covered=covered, owed=found.owed, rest=rest)]
    for owner, several in groupby(found.of(MISSING, NOT_SETTLED), key=lambda one: one.owner):
        lines.append(owner)
        for one in several:
            said = list(obligation_lines(found, one, lang))
            lines += [f"  {one.held.span} {said[0]}", *(INDENT + line for line in said[1:])]
    return "\n".join(lines)


def obligation_lines(found: RuleCoverage, one: Obligation, lang: str) -> Iterator[str]:
    """What no case is decided by, and a case that would be."""
    yield words.MISSING[lang][one.truth].format(condition=one.condition)
    if one.facts is None or one.day is None:
        yield words.UNSETTLED[lang]
        return
    verdict = judge(found.policy, one.observed, one.facts, one.day)
    facts = said_facts(found.policy, one.observed, one.facts)
    outcome = f"{one.observed}: {verdict.wording(lang)}"
    yield words.SUCH_AS[lang].format(facts=facts, outcome=outcome)


def mutations_text(found: Mutations, lang: str) -> str:
    """The score, and every change that no case notices."""
    equivalent = len(found.of(EQUIVALENT))
    rest = words.EQUIVALENT[lang].format(count=equivalent) if equivalent else ""
    percent = int(100 * found.score)
    noticed = len(found.of(NOTICED))
    lines = [
        words.SCORE[lang].format(noticed=noticed, counted=found.counted, percent=percent, rest=rest)
    ]
    several = found.of(UNNOTICED, NOT_PROVED)
    for owner, ones in groupby(several, key=lambda one: one.variant.place.owner):
        lines.append(owner)
        lines += [line for one in ones for line in _mutation_lines(found, one, lang)]
    return "\n".join(lines)


def _mutation_lines(found: Mutations, one: Mutation, lang: str) -> Iterator[str]:
    text = " ".join(one.variant.span.text.split())
    kind = words.MUTANTS[one.variant.kind][lang]
    yield f"  {one.variant.span} {words.NOT_NOTICED[lang]}: {kind}: {_short(text)}"
    if one.facts is None:
        yield INDENT + words.UNSETTLED[lang]
        return
    name = one.observed
    facts = said_facts(found.policy, name, one.facts) or words.NOTHING_GIVEN[lang]
    yield INDENT + words.BY[lang].format(name=name, facts=facts)


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
