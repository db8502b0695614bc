"""The policies of other fields: they check, their cases pass, their facts are facts of theirs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy import load_facts
from vocpolicy.cli import main
from vocpolicy.outcome import Outcome
from vocpolicy.parser.lexer import lex
from vocpolicy.policy import Policy
from vocpolicy.source import Source

EXAMPLES = Path(__file__).parent.parent / "examples"
POLICIES = {
    "annual-leave": date(2024, 12, 31),
    "income-tax": date(2024, 3, 31),
    "maternity-pay": date(2024, 4, 1),
}


@pytest.mark.parametrize("name", POLICIES)
def test_cases_pass(name: str) -> None:
    results = Policy.load(EXAMPLES / name).test()
    assert len(results) >= 10
    assert [result.title for result in results if not result.passed] == []


@pytest.mark.parametrize("command", [("check",), ("lint",), ("format", "--check")])
@pytest.mark.parametrize("name", POLICIES)
def test_nothing_to_mend(name: str, command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*command, str(EXAMPLES / name)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", POLICIES)
def test_facts_decide_every_verdict(name: str) -> None:
    policy = Policy.load(EXAMPLES / name)
    facts = load_facts(EXAMPLES / name / "facts.json")
    verdicts = policy.evaluate_all(facts, as_of=POLICIES[name])
    open_ones = [v.name for v in verdicts if v.outcome is Outcome.UNDETERMINED]
    assert open_ones == []
    assert all(verdict.citations for verdict in verdicts)


@pytest.mark.parametrize("path", sorted((EXAMPLES / "annual-leave").glob("*.vocp")), ids=str)
def test_annual_leave_is_written_in_chinese(path: Path) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    written = [
        source.text[token.start_pos : token.end_pos]
        for piece in lex(source).pieces
        for token in piece.tokens
        if token.type != "STRING"
    ]
    assert len(written) > 200
    assert [word for word in written if any("a" <= letter.lower() <= "z" for letter in word)] == []


def test_cases_of_a_law_and_of_what_amends_it_pass() -> None:
    law = Policy.load(EXAMPLES / "wage-tax" / "law")
    for policy, least in ((law, 3), (law.amended_by(EXAMPLES / "wage-tax" / "notice"), 2)):
        results = policy.test()
        assert len(results) >= least
        assert [result.title for result in results if not result.passed] == []


def test_tax_of_the_facts() -> None:
    policy = Policy.load(EXAMPLES / "income-tax")
    facts = load_facts(EXAMPLES / "income-tax" / "facts.json")
    verdict = policy.evaluate("tax", facts, as_of=POLICIES["income-tax"])
    taxable = 216_000 + 16_000 - 60_000 - 36_000 - 24_000 - 3_000
    assert verdict.value == Fraction(36_000 * 3 + (taxable - 36_000) * 10, 100)
