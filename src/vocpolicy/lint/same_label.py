"""L010: two facts with one label: evidence of two provisions, or one thing asked twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic, Note, Words
from vocpolicy.lint.reading import Checked

_NOTE = Words("the other one", "另一项")


def find(checked: Checked) -> Iterator[Diagnostic]:
    yield from _among(checked, checked.policy.facts)
    for entity in checked.policy.entities.values():
        yield from _among(checked, entity.fields)


def _among(checked: Checked, facts: Mapping[str, core.Fact]) -> Iterator[Diagnostic]:
    seen: dict[str, core.Fact] = {}
    for fact in facts.values():
        for label in filter(None, dict.fromkeys((fact.labels.en, fact.labels.zh))):
            first = seen.setdefault(label, fact)
            if first is not fact:
                args = {"name": fact.name, "other": first.name, "label": label}
                yield Diagnostic(
                    "L010",
                    checked.name_in(fact.span),
                    args,
                    (Note(checked.name_in(first.span), _NOTE),),
                )
                break
