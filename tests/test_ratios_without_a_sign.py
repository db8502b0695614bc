"""A bare 65 for a ratio is hardly ever 6500%: it is refused, and both spellings are offered."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from vocpolicy import FactError, Outcome, Policy
from vocpolicy.testing import facts

DAY = datetime.date(2023, 6, 1)
POLICY = Policy.from_text(
    'language 1\npolicy p { title en "P" zh "甲" }\n'
    "entity school { passed : ratio }\n"
    "fact share : ratio\nfact kept : ratio, between 0% and 100%\n"
    "fact growth : ratio, at most 900%\n"
    "fact part : ratio, at most growth\nfact schools : list of school\n"
    "rule open { holds when share is at least 65% }\n"
    "rule held { holds when kept is at least 65% }\n"
    "rule grown { holds when growth is at least 65% }\n"
    "rule bounded { holds when part is at least 65% }\n"
    "rule listed { holds when every one of schools satisfies (passed is at least 65%) }"
)


@pytest.mark.parametrize("raw", [65, 2, "65", 65.5, Decimal("65"), Fraction(65)])
def test_a_bare_percentage_is_refused_with_both_spellings(raw: object) -> None:
    with pytest.raises(FactError) as raised:
        POLICY.evaluate("open", {"share": raw}, DAY)
    assert [one.code for one in raised.value.diagnostics] == ["V440"]
    bare = str(raw)
    assert f"{bare}%" in raised.value.render("en") and f"{bare}%" in raised.value.render("zh")
    with pytest.raises(FactError):
        POLICY.decide("open", {"share": raw}, DAY)


@pytest.mark.parametrize("raw", ["65%", 0.65, "0.65", 1, 1.2, "6500%", "200 %", -3])
def test_what_says_what_it_means_is_taken(raw: object) -> None:
    assert POLICY.evaluate("open", {"share": raw}, DAY).outcome is POLICY.decide(
        "open", {"share": raw}, DAY
    )


@pytest.mark.parametrize(
    ("name", "given_facts", "codes"),
    [
        ("held", {"kept": 65}, {"V440"}),
        ("held", {"kept": "650%"}, {"V405"}),
        ("grown", {"growth": 9}, set()),
        ("grown", {"growth": 10}, {"V440"}),
        ("bounded", {"part": 3, "growth": 4}, set()),
        ("open", {"share": {"2023-01-01": 65}}, {"V440"}),
        ("listed", {"schools": [{"passed": 0.5}, {"passed": 65}]}, {"V440"}),
    ],
)
def test_bounds_have_their_say(name: str, given_facts: object, codes: set[str]) -> None:
    found = set()
    try:
        POLICY.evaluate(name, given_facts, DAY)
    except FactError as error:
        found = {one.code for one in error.diagnostics}
    assert found == codes


@settings(max_examples=40, deadline=None)
@given(facts(POLICY, "open"))
def test_facts_made_for_a_policy_are_taken(made: dict[str, object]) -> None:
    assert isinstance(POLICY.evaluate("open", made, DAY).outcome, Outcome)
