"""What an explanation repeats it works out once: chains of names cost what their length is."""

from __future__ import annotations

import datetime

import pytest

from vocpolicy import Policy

DAY = datetime.date(2023, 6, 1)


def doubling(levels: int, first: str, again: str) -> str:
    lines = [f"define d0 = {first}"]
    lines += [f"define d{at} = {again.format(before=f'd{at - 1}')}" for at in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("fact", "first", "again", "asked", "value"),
    [
        ("number, at least 0", "x + 1", "{before} + {before}", " is at least 3", 2),
        ("yes or no", "x", "{before} and ({before} or not x)", "", True),
    ],
)
def test_a_chain_named_twice_at_each_level_stays_linear(
    fact: str, first: str, again: str, asked: str, value: object
) -> None:
    # Walked without sharing, 60 levels would take longer than the universe has lasted.
    text = f"""language 1
policy p {{ title en "P" zh "甲" }}
fact x : {fact}
{doubling(60, first, again)}
rule r {{ eligible when d59{asked} }}
"""
    verdict = Policy.from_text(text).evaluate("r", {"x": value}, as_of=DAY)
    assert verdict.wording() == "eligible"
    assert verdict.explain("en") and verdict.explain("zh") and verdict.to_dict()
