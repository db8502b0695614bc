"""Policies where hypothesis is asked for a value of their type, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from hypothesis import given, settings, strategies as st

from vocpolicy import Policy
from vocpolicy.integrations import hypothesis as hook

HOOK = "vocpolicy.integrations.hypothesis:setup"
INSTALLED = any(one.value == HOOK for one in entry_points(group="hypothesis"))

ASK = """
from hypothesis import given, settings, strategies as st
{first}
from vocpolicy import Policy

@settings(max_examples=3, deadline=None, database=None)
@given(st.from_type(Policy))
def made(policy):
    assert policy.names

made()
print("made")
"""


@pytest.mark.parametrize("first", ["import vocpolicy.testing", ""], ids=["testing", "installed"])
def test_from_type_in_a_fresh_process(first: str) -> None:
    if not first and not INSTALLED:
        first = f"from {HOOK.replace(':', ' import ')}; setup()"
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(first=first)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "made\n", done.stderr


def test_the_package_itself_loads_no_hypothesis() -> None:
    code = "import sys, vocpolicy; vocpolicy.Policy; print('hypothesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_hook_can_be_called_again() -> None:
    hook.setup()

    @settings(max_examples=3, deadline=None)
    @given(st.from_type(Policy))
    def made(policy: Policy) -> None:
        assert isinstance(policy, Policy)

    made()
