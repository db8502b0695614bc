"""The operator table agrees with the keyword table and with itself."""

from __future__ import annotations

import string

import pytest

from vocpolicy.keywords import AGGREGATES, KEYWORDS
from vocpolicy.operators import AGGREGATE_KINDS, OPERATORS, Operator, aggregate

TERMINALS = {keyword.terminal for keyword in KEYWORDS} | {"PLUS", "MINUS", "STAR", "_SLASH"}


@pytest.mark.parametrize("operator", OPERATORS.values(), ids=OPERATORS)
def test_operator_can_be_written(operator: Operator) -> None:
    assert set(operator.terminals) <= TERMINALS
    if operator.spelled:
        assert operator.spelled in {word.key for word in AGGREGATES}


@pytest.mark.parametrize("operator", OPERATORS.values(), ids=OPERATORS)
def test_phrases_name_the_same_operands_in_both_languages(operator: Operator) -> None:
    def names(phrase: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}

    assert names(operator.en) == names(operator.zh)
    assert operator.doc and operator.example and operator.missing and operator.signatures


def test_every_aggregate_has_a_row() -> None:
    rows = {aggregate(kind) for kind in AGGREGATE_KINDS}
    assert len(rows) == len(AGGREGATES) + 1


def test_precedence_binds_factors_before_sums_before_comparisons_before_connectives() -> None:
    keys = ("or", "and", "not", "at_least", "add", "multiply", "negate")
    order = [OPERATORS[key].precedence for key in keys]
    assert order == sorted(set(order))
