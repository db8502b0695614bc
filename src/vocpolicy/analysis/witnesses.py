"""The facts of a case as people write them: a list by its first records, a record by its fields."""

from __future__ import annotations

from collections.abc import Mapping

from vocpolicy import core
from vocpolicy.analysis.words import RECORDS
from vocpolicy.core import Labels
from vocpolicy.explain.phrases import value_term
from vocpolicy.explain.sentences import words
from vocpolicy.explain.terms import named

MOST_RECORDS = 3
"""How many records of a list are shown; the others are counted."""


def witness_text(policy: core.Policy, value: core.Value, kind: core.Type) -> Labels:
    """A value in both languages."""
    return Labels(_text(policy, value, kind, "en"), _text(policy, value, kind, "zh"))


def _text(policy: core.Policy, value: core.Value, kind: core.Type, lang: str) -> str:
    inner = core.inner(kind)
    match value, inner:
        case core.Record(), _:
            return _record(policy, value, lang)
        case tuple(), core.ListType(item=item):
            return _listed(policy, value, item, lang)
        case _:
            return words(value_term(value, kind, policy), lang)


def _record(policy: core.Policy, record: core.Record, lang: str) -> str:
    fields: Mapping[str, core.Fact] = policy.entities[record.entity].fields
    told = [
        f"{named(fields[name].labels, name).get(lang)} = "
        f"{_text(policy, value, fields[name].type, lang)}"
        for name, value in record.values.items()
    ]
    return RECORDS["record"].get(lang).format(fields=RECORDS["joint"].get(lang).join(told))


def _listed(policy: core.Policy, items: tuple[core.Value, ...], kind: core.Type, lang: str) -> str:
    told = [_text(policy, one, kind, lang) for one in items[:MOST_RECORDS]]
    if len(items) > MOST_RECORDS:
        more = len(items) - MOST_RECORDS
        told.append(RECORDS["more"].get(lang).format(count=more))
    return f"[{RECORDS['joint'].get(lang).join(told)}]"
