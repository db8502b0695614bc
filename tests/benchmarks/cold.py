"""A process that starts, reads a policy and decides one case, against a Python that does nothing.

Each is a whole process of its own, by the same interpreter with the same options.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measuring import Row, medians, rows
from peers import PEERS, ZEN
from scalar import DAY
from workload import ADMITTED, source

from vocpolicy import Policy
from vocpolicy.stored.saving import save_compiled

BARE = "a bare Python"
RULES = 30

FORM = """
from vocpolicy import load_compiled
policy = load_compiled({form!r})
assert policy.decide("admission_0", {case!r}) == "holds"
"""
CACHED = """
from vocpolicy import load_cached
policy = load_cached({text!r}, as_of={day!r}, cache={cache!r})
assert policy.decide("admission_0", {case!r}) == "holds"
"""
TEXT = """
import vocpolicy
policy = vocpolicy.load({text!r})
assert policy.decide("admission_0", {case!r}, {day!r}) == "holds"
"""
PEER = """
import zen
decide = zen.compile_expression({zen!r}).evaluate
assert decide({case!r})
"""


def measure(quick: bool) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), 3 if quick else 41)


def _measured(folder: Path, repeats: int) -> list[Row]:
    policy = Policy.from_text(source(RULES))
    text, form = folder / "text" / "policy.vocp", folder / "policy.vocpc"
    text.parent.mkdir()
    text.write_text(source(RULES), "utf-8")
    save_compiled(policy, form, as_of=DAY)
    words = {
        "form": str(form),
        "text": str(text),
        "cache": str(folder / "cache"),
        "day": DAY.isoformat(),
        "case": ADMITTED,
        "zen": ZEN,
    }
    scripts = {
        BARE: "pass",
        f"compiled form of {RULES} rules, first decision": FORM,
        f"the same from a cache beside {RULES} rules": CACHED,
        "import vocpolicy": "import vocpolicy",
        f"text of {RULES} rules, first decision": TEXT,
    }
    zen = next(peer for peer in PEERS if peer.package == "zen-engine")
    name = "zen-engine, one expression, first decision"
    if zen.version() is not None:
        scripts[name] = PEER
    calls = {key: _process(script.format(**words)) for key, script in scripts.items()}
    goals = dict.fromkeys(scripts, None) | {list(scripts)[1]: 2.5}
    del goals[BARE]
    found = rows(medians(calls, repeats), BARE, goals)
    if name not in scripts:
        found.append(Row(name, None, "", None, None, f"is not installed (`{zen.package}`)"))
    return found


def _process(script: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-I", "-c", script], check=True)
