"""Compiled forms: they decide as the policy does, import little, and run nothing but what the
library writes into them."""

from __future__ import annotations

import datetime
import random
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings, strategies as st

import vocpolicy
from test_scalar_random import NAMES, facts, policies
from vocpolicy import FactError, Outcome, Policy, StoredPolicy, UsageError
from vocpolicy.cli import main
from vocpolicy.pycode.helpers import HELPERS, MISSING, names as given_names
from vocpolicy.stored import content, nodes
from vocpolicy.stored.cache import load_cached
from vocpolicy.stored.decoding import decoded
from vocpolicy.stored.policy import StoredPolicy as Stored
from vocpolicy.stored.saving import compiled_form, save_compiled

ROOT = Path(__file__).parent.parent
CONFORMANCE = sorted((ROOT / "tests" / "conformance").rglob("*.toml"))
DAY = datetime.date(2023, 6, 1)

TEXT = """language 1
policy entry { title zh "报考" en "Entry" }
choice medal zh "奖牌" en "medal" { bronze zh "铜牌" en "bronze", gold zh "金牌" en "gold" }
fact score zh "总分" en "score" : points, between 0 points and 750 points, in steps of 0.5 points
fact award zh "获奖" en "award" : medal or none
fact schools zh "学校数" en "schools" : number, at least 1
fact digital zh "数字校" en "digital" : number, at most schools
fact born zh "出生" en "born" : date
fact days zh "天数" en "days" : list of stay
fact last zh "最近" en "last" : stay
entity stay zh "实践" en "stay" { days zh "天数" en "days" : days }
parameter line zh "线" en "line" : points {
  from 2022-01-01 = 519.5 points
  from 2024-01-01 = 530 points
}
rule by_score decides passed zh "达线" en "passed" {
  satisfied when any of { score is at least line; award is gold }
    except when born + 15 years is more than today   because zh "未满" en "too young"
}
rule mostly zh "多数" en "mostly" { holds when digital / schools is at least 50% }
rule graded decides grade zh "等级" en "grade" {
  gives round half up (score * 33%) to 1 points when score is at least 100 points
  gives 0 points when score is less than 100 points
}
rule practised zh "实践" en "practised" { holds when total of days.days is at least 30 days }
rule recently zh "近期" en "recently" { holds when last.days is at least 30 days }
fact before zh "先前" en "before" : stay or none
rule formerly zh "从前" en "formerly" { holds when before.days is at least 30 days }
"""
CASE = {"score": 600, "award": None, "born": datetime.date(2000, 2, 29)}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_text(TEXT)


@pytest.fixture(scope="module")
def path(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("forms") / "entry.vocpc"
    save_compiled(policy, place)
    return place


def stored(policy: Policy, as_of: datetime.date | None = None) -> StoredPolicy:
    """The compiled form of a policy, through bytes; it fails where it has to ask the rules."""
    return Stored(content.read(compiled_form(policy, as_of=as_of).data), unexpected)


def unexpected() -> None:
    raise AssertionError("damaged")


def decided(decider: Any, name: str, case: object, day: datetime.date) -> Outcome | str:
    try:
        found: Outcome = decider.decide(name, case, day)
    except (FactError, UsageError) as error:
        return str(error)
    return found


def evaluated(policy: Policy, name: str, case: object, day: datetime.date) -> Outcome | str:
    try:
        return policy.evaluate(name, case, day).outcome
    except FactError as error:
        return str(error)


# ---- it decides as the policy does --------------------------------------------------------------


@pytest.mark.parametrize("file", CONFORMANCE, ids=lambda path: path.stem)
def test_it_agrees_with_the_conformance_suite(file: Path) -> None:
    data = tomllib.loads(file.read_text("utf-8"))
    policy = Policy.from_text(data["policy"])
    form = stored(policy)
    for case in data["case"]:
        asked = (case["ask"], case.get("facts", {}), case["today"], case.get("reading"))
        assert (form.decide(*asked), case["title"]) == (case["outcome"], case["title"])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    policies(),
    st.lists(facts(), min_size=3, max_size=6),
    st.lists(
        st.dates(datetime.date(2022, 1, 1), datetime.date(2025, 2, 1)), min_size=2, max_size=3
    ),
)
def test_it_decides_as_the_policy_does_on_any_day(
    text: str, cases: list[dict[str, Any]], days: list[datetime.date]
) -> None:
    policy = Policy.from_text(text)
    every, one = stored(policy), stored(policy, days[0])
    for day in days:
        for case in cases:
            for name in NAMES:
                expected = decided(policy, name, case, day)
                assert decided(every, name, case, day) == expected
                assert decided(one, name, case, day) == expected


def test_what_is_compiled_needs_no_rules(path: Path) -> None:
    form = vocpolicy.load_compiled(path)
    assert form.decide("passed", CASE, DAY) is Outcome.HOLDS
    assert form.decide("by_score", CASE, DAY) is Outcome.HOLDS
    assert form.decide("passed", {**CASE, "score": 525}, DAY) is Outcome.HOLDS
    assert form.decide("passed", {**CASE, "score": 525}, "2024-06-01") is Outcome.FAILS
    assert form.decide("passed", {"score": 100, "award": None}, DAY) is Outcome.FAILS
    assert form.decide("passed", {"award": "gold", "born": CASE["born"]}, DAY) is Outcome.HOLDS
    assert form.decide("mostly", {"digital": 1, "schools": 2}, DAY) is Outcome.HOLDS
    assert form.decide("grade", {"score": 501}, DAY) is Outcome.HOLDS
    assert [form.reason(name, DAY) for name in ("passed", "mostly", "grade")] == [""] * 3
    assert form.decide("practised", {"days": [{"days": 20}, {"days": 10}]}, DAY) is Outcome.HOLDS
    assert form.decide("recently", {"last": {"days": 30}}, DAY) is Outcome.HOLDS
    assert form._policy is None
    assert "record" in form.reason("formerly", DAY)
    assert form.decide("formerly", {"before": {"days": 30}}, DAY) is Outcome.HOLDS
    assert form._policy is not None
    assert form.decide("mostly", {"digital": 1}, DAY) is Outcome.UNDETERMINED


def test_a_rule_is_called_with_a_mapping_a_tuple_or_an_instance(path: Path) -> None:
    @attrs.frozen
    class Applicant:
        score: int
        award: str | None
        born: datetime.date
        schools: int = 1

    form = vocpolicy.load_compiled(path)
    passed = form.compile("passed", DAY)
    assert passed.facts == ("score", "award", "born")
    born = datetime.date(2000, 2, 29)
    assert passed((600, None, born)) is passed(CASE) is passed(Applicant(600, None, born))
    assert passed((None, MISSING, None)) is Outcome.UNDETERMINED
    assert passed(Applicant(500, "gold", born)) is Outcome.HOLDS
    for _ in range(2):
        with pytest.raises(FactError, match="V405"):
            passed(Applicant(800, "gold", born))
        with pytest.raises(FactError, match="V405"):
            passed(Applicant(600, "gold", born, 0))


def test_facts_as_json_has_them_need_no_rules(policy: Policy, path: Path) -> None:
    form = vocpolicy.load_compiled(path)
    cases: list[dict[str, Any]] = [
        {"score": 600.0, "award": None, "born": "2000-02-29"},
        {"score": 600, "award": "gold", "born": "2009-01-01"},
        {"score": 600, "award": None, "born": "2009-01-01", "schools": 3.0},
        {"award": "gold", "born": "2000-02-29"},
    ]
    for case in [*cases, *cases, *cases]:
        expected = policy.evaluate("passed", case, DAY).outcome
        assert form.decide("passed", case, DAY) is expected
        assert policy.decide("passed", case, DAY) is expected
    assert form._policy is None
    for born in ("2023-02-30", "2023/06/01", "２０００-02-29", "2000-02-2x", 2000.0, "2000-W01-1"):
        case = {"score": 600.0, "award": None, "born": born}
        for _ in range(2):
            expected = evaluated(policy, "passed", case, DAY)
            assert decided(form, "passed", case, DAY) == expected
            assert decided(policy, "passed", case, DAY) == expected


def test_mistakes_in_facts_are_those_of_the_policy(policy: Policy, path: Path) -> None:
    form = vocpolicy.load_compiled(path)
    for wrong in ({"score": 751}, {"score": "6 yuan"}, {"awards": "gold"}, {"born": "soon"}, 17):
        case = {**CASE, **wrong} if isinstance(wrong, dict) else wrong
        assert decided(form, "passed", case, DAY) == decided(policy, "passed", case, DAY)
    assert decided(form, "pass", CASE, DAY) == decided(policy, "pass", CASE, DAY)
    with pytest.raises(UsageError, match="V410"):
        form.decide("passed", CASE, "2023-02-30")


def test_it_decides_for_the_day_it_was_compiled_for(policy: Policy, tmp_path: Path) -> None:
    save_compiled(policy, tmp_path / "of_2023.vocpc", ["passed"], DAY)
    save_compiled(policy, tmp_path / "always.vocpc", ["passed"])
    of_2023 = vocpolicy.load_compiled(tmp_path / "of_2023.vocpc")
    always = vocpolicy.load_compiled(tmp_path / "always.vocpc")
    assert (of_2023.as_of, always.as_of) == ("2023-06-01", "")
    case = {**CASE, "score": 525}
    assert of_2023.decide("passed", case) is Outcome.HOLDS
    assert always.decide("passed", case) is policy.decide("passed", case) is Outcome.FAILS
    assert of_2023.decide("passed", case, datetime.date(2024, 1, 1)) is Outcome.FAILS
    assert of_2023.decide("mostly", {"digital": 1, "schools": 2}) is Outcome.HOLDS


def test_large_tables_ask_the_rules_for_what_is_not_stored() -> None:
    rows = "\n".join(f"  | less than {10 * i} | {i + 1} yuan |" for i in range(12))
    policy = Policy.from_text(
        'language 1\npolicy p { title en "P" }\nfact age : number\n'
        f'table fees decides fee en "fee" first {{\n  | age | fee |\n{rows}\n}}\n'
    )
    form = stored(policy)
    assert form.reason("fee", DAY) == ""
    for age in (*range(-5, 130, 5), None):
        case = {} if age is None else {"age": age}
        assert form.decide("fee", case, DAY) is policy.decide("fee", case, DAY)


def test_amendments_and_sheets_are_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("age,fee\n< 18,5 yuan\n>= 18,9 yuan\n", "utf-8")
    (tmp_path / "base.vocp").write_text(
        'language 1\npolicy base { title en "Base" }\nfact age : number\n'
        'table fees decides fee en "fee" unique { from "rows.csv" }\n'
        "fact seats : number, at least 0\nparameter least : number { from 2020-01-01 = 3 }\n"
        "rule enough { holds when seats is at least least }\n",
        "utf-8",
    )
    (tmp_path / "later.vocp").write_text(
        'language 1\npolicy later { title en "Later"; amends base }\n'
        "amend least from 2024-01-01 { = 5 }\n",
        "utf-8",
    )
    policy = vocpolicy.load(tmp_path / "later.vocp", base=tmp_path / "base.vocp")
    form = stored(policy)
    for day in (DAY, datetime.date(2024, 1, 1)):
        for name, case in (("enough", {"seats": 4}), ("fee", {"age": 17}), ("fee", {"age": "x"})):
            assert decided(form, name, case, day) == decided(policy, name, case, day)


# ---- it imports little --------------------------------------------------------------------------

LIGHT = """
import sys
from datetime import date
before = set(sys.modules)
import vocpolicy
form = vocpolicy.load_compiled({path!r})
outcomes = [
    form.decide("passed", {{"score": 600, "award": None, "born": date(2000, 2, 29)}}, {day!r}),
    form.decide("passed", {{"score": 600}}, {day!r}),
    form.decide("mostly", {{"digital": 1, "schools": 2}}, {day!r}),
    form.compile("passed", {day!r})((600, None, date(2000, 2, 29))),
]
print(*outcomes)
heavy = {{"attr", "attrs", "typing", "dataclasses", "re", "lark", "pint", "json", "pathlib",
         "inspect", "ast", "fractions", "decimal", "click", "enum"}}
print(*sorted(heavy & set(sys.modules)))
"""


def test_deciding_imports_neither_the_parser_nor_attrs_typing_dataclasses_or_re(
    path: Path,
) -> None:
    script = LIGHT.format(path=str(path), day="2023-06-01")
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["holds undetermined holds holds", ""]


FIRST = """
import sys
before = set(sys.modules)
from vocpolicy import load_compiled
form = load_compiled({path!r})
assert form.decide("mostly", {{"digital": 1, "schools": 2}}, "2023-06-01") == "holds"
print(*sorted(set(sys.modules) - before))
"""


def test_a_first_decision_imports_nothing_that_can_wait(path: Path) -> None:
    script = FIRST.format(path=str(path))
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    )
    parts = {
        "bare_outcomes": "",
        "pycode": "frame helpers",
        "stored": "content decoding nodes policy",
        "version": "",
    }
    own = {"vocpolicy", *(f"vocpolicy.{part}" for part in parts)}
    own |= {f"vocpolicy.{part}.{one}" for part, several in parts.items() for one in several.split()}
    assert set(done.stdout.split()) == own


def test_so_does_deciding_by_a_form_that_was_kept(rules: Path, tmp_path: Path) -> None:
    load = f"form = vocpolicy.load_cached({str(rules)!r}, cache={str(tmp_path / 'cache')!r})"
    script = LIGHT.format(path="", day="2023-06-01").replace(
        "form = vocpolicy.load_compiled('')", load
    )
    assert load in script
    for heavy in (True, False):
        done = subprocess.run(
            [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
        )
        assert bool(done.stdout.splitlines()[1]) is heavy


# ---- what is no compiled form is refused --------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "V660"),
        (b"language 1\n", "V660"),
        (b"vocpolicy compiled form 1\nlibrary 0\npython x\ndigest 0\n", "V660"),
        (b"vocpolicy compiled form 2\nlibrary 0.0.1\npython cpython-39\ndigest 0\n", "V661"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "form").write_bytes(data)
    with pytest.raises(UsageError, match=code):
        vocpolicy.load_compiled(tmp_path / "form")
    with pytest.raises(UsageError, match="V601"):
        vocpolicy.load_compiled(tmp_path / "nothing")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_changed_bytes_are_refused(data: st.DataObject) -> None:
    whole = WHOLE
    place = data.draw(st.integers(0, len(whole) - 1))
    how = data.draw(st.sampled_from(("flip", "cut", "more", "drop")))
    if how == "flip":
        value = data.draw(st.integers(1, 255))
        changed = whole[:place] + bytes([whole[place] ^ value]) + whole[place + 1 :]
    elif how == "cut":
        changed = whole[:place]
    elif how == "more":
        changed = whole[:place] + data.draw(st.binary(min_size=1, max_size=9)) + whole[place:]
    else:
        changed = whole[:place] + whole[place + 1 :]
    if changed != whole:
        with pytest.raises((nodes.DamagedError, nodes.ForeignError)):
            content.read(changed)


WHOLE_POLICY = Policy.from_text(TEXT)
WHOLE = compiled_form(WHOLE_POLICY).data
FORM = content.read(WHOLE)
BODIES = [
    FORM.body(entry.start, entry.size)
    for name in FORM.names
    for entry in FORM.entries(name)
    if entry.size
]
WORDS = max(BODIES, key=len).partition("\n")[0].encode()
PYTHON = ("__import__('os')", "open", "eval", "p.mro()", "f0.x", "lambda: 0", "#1**9", "s-1", "c99")
KNOWN = sorted({word for body in BODIES for word in body.partition("\n")[0].split(" ")})


class Loud(dict[str, Any]):
    """Builtins that tell which of them code asks for."""

    def __init__(self) -> None:
        self.asked = set[str]()
        super().__init__()

    def __missing__(self, name: str) -> Any:
        self.asked.add(name)
        return __builtins__[name] if isinstance(__builtins__, dict) else getattr(__builtins__, name)


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@settings(max_examples=250, deadline=None)
@given(st.data())
def test_other_words_are_refused_or_mean_what_the_table_says(data: st.DataObject) -> None:
    """Whatever the words are, code calls nothing but what the tables name."""
    head, _, strings = data.draw(st.sampled_from(BODIES)).partition("\n")
    words = head.split(" ")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(words) - 1))
        words[place] = data.draw(st.sampled_from((*KNOWN, *PYTHON)) | st.text(max_size=4))
    strings = data.draw(st.sampled_from((strings, strings.replace("gold", "'+eval('1')+'"))))
    text = " ".join(words) + "\n" + strings
    try:
        found = decoded(text)
    except nodes.DamagedError:
        return
    source = found.pieces
    allowed = {*nodes.CALLS, *nodes.NAMES.values(), *given_names()}
    allowed |= {f"f{place}" for place in range(len(source.facts))} | {"p", *found.constants}
    for code in (*source.checks, *source.known, *source.partly):
        try:
            compiled = compile(f"def f():\n  {code}", "<stored>", "exec")
        except (SyntaxError, ValueError):
            continue
        inner = next(one for one in compiled.co_consts if hasattr(one, "co_names"))
        used = {name for name in inner.co_names if not name.startswith("v")}
        assert used <= allowed, used - allowed


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_other_words_never_give_more_than_an_outcome_or_an_error(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, WORDS.count(b" ") - 1))
    words = WORDS.split(b" ")
    words[place] = data.draw(st.sampled_from(KNOWN)).encode()
    changed = WHOLE.replace(WORDS, b" ".join(words))
    head, _, rest = changed.partition(b"\ndigest ")
    _, _, rest = rest.partition(b"\n")
    sizes = WHOLE.partition(b"\nsizes ")[2].partition(b"\n")[0]
    index, bodies, texts = map(int, sizes.split(b" "))
    more = len(changed) - len(WHOLE)
    rest = rest.replace(b"sizes " + sizes, f"sizes {index} {bodies + more} {texts}".encode())
    form = head + b"\ndigest " + content.digest(rest) + b"\n" + rest
    left = list[None]()
    policy = Stored(content.read(form), lambda: left.append(None), WHOLE_POLICY)
    for name in ("passed", "mostly", "grade"):
        for case in (CASE, {"score": 520}, {"digital": 1, "schools": 2}):
            assert decided(policy, name, case, DAY) in Outcome


def damaged_file(tmp_path: Path, old: bytes, new: bytes) -> Path:
    """A form with other words and a digest that fits them."""
    head, _, rest = WHOLE.partition(b"\ndigest ")
    _, _, rest = rest.partition(b"\n")
    assert rest.count(old) and len(old) == len(new)
    changed = rest.replace(old, new)
    path = tmp_path / "form.vocpc"
    path.write_bytes(head + b"\ndigest " + content.digest(changed) + b"\n" + changed)
    return path


def test_a_form_with_a_fitting_digest_and_other_words_is_refused(tmp_path: Path) -> None:
    path = damaged_file(tmp_path, b"call slow 0", b"call eval 0")
    form = vocpolicy.load_compiled(path)
    names = [name for name in form.names if "eval" in repr(body_of(form, name))]
    assert names
    for name in names:
        with pytest.raises(UsageError, match="V660"):
            form.decide(name, CASE, DAY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"day -\n", b"day x\n"),
        (b"\t0001-01-01\t", b"\t0001-01-01\n"),
        (b"file 0 ", b"file 1 "),
        (b"file 0 ", b"fold 0 "),
    ],
)
def test_a_form_with_a_fitting_digest_and_other_lines_is_refused(
    old: bytes, new: bytes, tmp_path: Path
) -> None:
    form = vocpolicy.load_compiled(damaged_file(tmp_path, old, new))
    with pytest.raises(UsageError, match="V660"):
        form.decide("passed", {**CASE, "score": "600 yuan"})


def body_of(form: StoredPolicy, name: str) -> list[str]:
    return [form._content.body(one.start, one.size) for one in form._content.entries(name)]


def test_every_word_has_its_helper() -> None:
    assert set(nodes.CALLS) - set(HELPERS) == {"type", "min", "max", "len", "sum", "all", "any"}
    assert {name for name in nodes.NAMES.values() if name.startswith("O_")} == {
        f"O_{one.name}" for one in Outcome
    }
    assert set(nodes.OUTCOMES) == {one.name for one in Outcome}


# ---- saving -------------------------------------------------------------------------------------


def test_one_edition_is_not_compiled(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="V664"):
        save_compiled(Policy(Policy.from_text(TEXT).core), tmp_path / "f")
    assert not list(tmp_path.iterdir())


def test_the_same_rules_give_the_same_bytes(policy: Policy) -> None:
    assert compiled_form(policy).data == WHOLE


def test_the_command_writes_and_replaces(tmp_path: Path) -> None:
    rules, form = tmp_path / "entry.vocp", tmp_path / "entry.vocpc"
    rules.write_text(TEXT, "utf-8")
    for arguments in ([], ["--rule", "passed", "--as-of", "2023-06-01"]):
        command = ["compile", str(rules), "-o", str(form), "--lang", "en", *arguments]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        assert vocpolicy.load_compiled(form).decide("passed", CASE, DAY) is Outcome.HOLDS
    assert "passed" in done.output and vocpolicy.load_compiled(form).names == ("passed",)
    before = rules.read_bytes()
    done = CliRunner().invoke(main, ["compile", str(rules), "-o", str(rules), "--lang", "zh"])
    assert done.exit_code == 2 and "V662" in done.output and rules.read_bytes() == before
    done = CliRunner().invoke(
        main, ["compile", str(rules), "-o", str(form), "--rule", "x", "--lang", "en"]
    )
    assert done.exit_code == 2 and "V417" in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entry.vocp", "entry.vocpc"]


# ---- the cache ----------------------------------------------------------------------------------


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "entry.vocp").write_text(TEXT, "utf-8")
    return folder


def kept(cache: Path) -> Iterator[Path]:
    return cache.glob("*.vocpc")


def test_a_form_is_kept_until_the_rules_change(rules: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert load_cached(rules, cache=cache)._policy is not None
    (form,) = kept(cache)
    again = load_cached(rules, cache=cache)
    assert again.decide("passed", CASE, DAY) is Outcome.HOLDS and again._policy is None
    file = rules / "entry.vocp"
    file.write_text(file.read_text("utf-8").replace("519.5 points", "619.5 points"), "utf-8")
    changed = load_cached(rules, cache=cache)
    assert changed.decide("passed", CASE, DAY) is Outcome.FAILS and changed._policy is not None
    assert load_cached(rules, cache=cache)._policy is None
    assert list(kept(cache)) == [form]
    (rules / "more.vocp").write_text("language 1\nrule more { holds when award is gold }\n")
    assert "more" in load_cached(rules, cache=cache).names
    assert "more" in load_cached(rules, cache=cache).names


def test_a_damaged_form_is_made_anew(rules: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load_cached(rules, cache=cache)
    (form,) = kept(cache)
    whole = form.read_bytes()
    for _ in range(20):
        place = random.Random(len(whole)).randrange(len(whole))
        form.write_bytes(whole[:place] + b"\0" + whole[place + 1 :])
        assert load_cached(rules, cache=cache).decide("passed", CASE, DAY) is Outcome.HOLDS
        assert form.read_bytes() == whole
    head, _, rest = whole.partition(b"\ndigest ")
    _, _, rest = rest.partition(b"\n")
    changed = rest.replace(b"call slow 0", b"call eval 0")
    form.write_bytes(head + b"\ndigest " + content.digest(changed) + b"\n" + changed)
    sly = load_cached(rules, cache=cache)
    for name in ("passed", "mostly", "grade"):
        assert sly.decide(name, {**CASE, "digital": 1, "schools": 2}, DAY) is Outcome.HOLDS
    assert load_cached(rules, cache=cache)._policy is not None


def test_without_a_place_to_write_it_decides_all_the_same(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    form = load_cached(rules, cache=tmp_path / "file" / "below")
    assert form.decide("passed", CASE, DAY) is Outcome.HOLDS
    with pytest.raises(UsageError, match="V601"):
        load_cached(tmp_path / "nowhere", cache=tmp_path)
