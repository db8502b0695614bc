"""Lints: each finds what it is about, accepted findings are quiet, the command reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from vocpolicy.cli import main
from vocpolicy.lint import LINTS, lint_path
from vocpolicy.policy import Policy

HEAD = """language 1
policy p {
  title en "P" zh "某"
  document plan "某"
  in force 2021 to 2025
}
"""
QUIET = HEAD + 'fact ok en "fine" zh "好" : yes or no\n'
USED = QUIET + 'rule r en "rule" zh "规则" { holds when ok }\n'


def codes(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = tmp_path / "p.vocp"
    path.write_text(text, "utf-8")
    return [(one.code, one.span.text if one.span else "") for one in lint_path(path)]


def test_a_sound_policy_is_clean(tmp_path: Path) -> None:
    assert codes(tmp_path, USED) == []


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (USED + "fact x : days", "L001", "x"),
        (USED + "entity e { x : date }\nrule s for e { holds when ok }", "L001", "x"),
        (USED + "target t { measure n; goal 1 }\nfact n : number", "L002", "goal 1"),
        (USED + "fact x : days\nrule s { holds when x > 5 days }", "L003", "5 days"),
        (USED + "define d = 0.5", "L003", "0.5"),
        (USED + "define d = 0.5 cite plan 一", "L004", "0.5"),
        (
            USED + "parameter q : days { from 2021 to 2023 = 0 days }\ndefine d = q",
            "L005",
            "from 2021 to 2023 = 0 days",
        ),
        (USED + "rule s { holds when ok except when r }", "L006", "except when r"),
        (USED + "rule s decides r { overrides r\n not holds when ok }", "L006", "s"),
        (USED + 'define d en "x" = 1', "L007", 'en "x"'),
        (USED + 'kind k en "x"\ndefine d = 1 k', "L007", "k"),
        (USED + "define r2 = 1\ndefine R2 = 1", "L008", "R2"),
        (USED + "define 己 = 1\ndefine 已 = 1", "L008", "已"),
        (USED + "define pass = 1\ndefine p\u0430ss = 1", "L008", "p\u0430ss"),
        (
            USED + "rule s { holds when ok\n not holds when not ok }",
            "L009",
            "s",
        ),
        (
            USED + 'fact x en "fine" : yes or no\nrule s { holds when x } # lint: L007',
            "L010",
            "x",
        ),
        (USED + "parameter q : days { from 2021 = 0 days }", "L011", "q"),
        (USED + "kind k", "L012", "k"),
        (USED + "choice c { a, b }", "L012", "c"),
    ],
)
def test_a_lint_finds_what_it_is_about(tmp_path: Path, text: str, code: str, place: str) -> None:
    found = [span for found, span in codes(tmp_path, text) if found == code]
    assert [span.startswith(place) for span in found] == [True], codes(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "define d = 0.5   cite plan 一 “0.5”",
        "define d = 0.5   assumed because “x”",
        "define d = 0 + 1 + 100%",
        "rule s { cite plan 一 “5”\n holds when x > 5 days }\nfact x : days",
        "rule s { holds when all of { x > 5 days   cite plan 一 “5”\n ok } }\nfact x : days",
        "rule s { gives 5 days   cite plan 一 “5” }",
        "rule s { holds when ok except when r   because “x” }",
        "rule s { holds when ok\n not holds when not ok\n otherwise not applicable }",
        "parameter q : days { from 2021 to 2025 = 0 days }\ndefine d = q",
        "fact whole : number\nfact part : number, at most whole\ndefine d = part",
        "fact x : days # lint: L001 asked for the record",
        "# lint: L001, L007\nfact x en “x” : days",
        "entity e { name : text; x : date }\nfact list_ : list of e\n"
        "define d = count of list_ in the last 1 years   cite plan 一 “1”",
    ],
)
def test_what_is_meant_so_is_quiet(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, f"{USED}{text}\n") == []


def test_a_comment_accepts_one_code_on_one_line(tmp_path: Path) -> None:
    found = codes(tmp_path, USED + "# lint: L001\nfact x : days\nfact y : days # lint: L002\n")
    assert found == [("L001", "y")]


def test_a_policy_in_one_language_is_told_so_once(tmp_path: Path) -> None:
    text = USED.replace('en "P" ', "").replace('en "fine" ', "").replace('en "rule" ', "")
    assert codes(tmp_path, text) == [("L007", "p")]


def test_readings_share_findings(tmp_path: Path) -> None:
    text = USED + "target t { goal 5; reading a in use { measure n }; reading b { measure m } }\n"
    found = codes(tmp_path, text + "fact n : number\nfact m : number\n")
    assert sorted(code for code, _ in found) == ["L002", "L003"]


def test_the_command_reports_as_text_and_data(tmp_path: Path) -> None:
    path = tmp_path / "p.vocp"
    path.write_text(USED + "kind k\n", "utf-8")
    shown = CliRunner().invoke(main, ["lint", str(path), "--lang", "zh"])
    assert shown.exit_code == 1
    assert "p.vocp:9:6: L012 没有任何事项" in shown.output and "共 1 处" in shown.output
    data = CliRunner().invoke(main, ["lint", str(path), "--format", "json", "--lang", "en"])
    (finding,) = json.loads(data.output)["findings"]
    assert (finding["code"], finding["line"], finding["column"]) == ("L012", 9, 6)
    assert finding["message"] == "No fact and no rule is about `k`."
    path.write_text(USED, "utf-8")
    assert CliRunner().invoke(main, ["lint", str(path)]).exit_code == 0
    assert CliRunner().invoke(main, ["lint", str(tmp_path / "none")]).exit_code == 2
    path.write_text("language 1\n", "utf-8")
    assert CliRunner().invoke(main, ["lint", str(path)]).exit_code == 3


SHIPPED = [
    *Policy.shipped_names(),
    *(
        str(folder)
        for folder in sorted(Path(__file__).parents[1].glob("examples/*"))
        if next(folder.rglob("*.vocp"), None)  # an amendment stands beside what it amends
        and folder.name != "faulty-static"  # does not compile
    ),
]


@pytest.mark.parametrize("policy", SHIPPED, ids=lambda path: Path(path).name)
def test_shipped_policies_are_clean(policy: str) -> None:
    shown = CliRunner().invoke(main, ["lint", policy, "--lang", "en"])
    assert shown.exit_code == 0, shown.output


def test_every_lint_has_its_code() -> None:
    from vocpolicy.diagnostics import CATALOG

    assert len(LINTS) == sum(code.startswith("L") for code in CATALOG)
