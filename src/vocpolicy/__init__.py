"""A rule language for public policy, with verdicts that explain themselves.

    policy = vocpolicy.load("rules/shanghai-plan-14")
    verdict = policy.evaluate("dual_qualified_share", {"dual_qualified_teachers": 540, …})
    print(verdict.explain("zh"))

Nothing is imported before it is used: what reads rule files is loaded with the first policy.
"""

from __future__ import annotations

TYPE_CHECKING = False  # for type checkers it is true; importing `typing` takes time
if TYPE_CHECKING:
    from vocpolicy.diagnostics import (
        DocumentError,
        FactError,
        MissingExtraError,
        PolicyError,
        UsageError,
        VocPolicyError,
    )
    from vocpolicy.facts.files import load_facts
    from vocpolicy.outcome import Outcome
    from vocpolicy.policy import Policy, load, shipped
    from vocpolicy.verdict import Verdict

__all__ = [
    "DocumentError",
    "FactError",
    "MissingExtraError",
    "Outcome",
    "Policy",
    "PolicyError",
    "UsageError",
    "Verdict",
    "VocPolicyError",
    "load",
    "load_facts",
    "shipped",
]

_MODULES = {
    "DocumentError": "diagnostics",
    "FactError": "diagnostics",
    "MissingExtraError": "diagnostics",
    "Outcome": "outcome",
    "Policy": "policy",
    "PolicyError": "diagnostics",
    "UsageError": "diagnostics",
    "Verdict": "verdict",
    "VocPolicyError": "diagnostics",
    "load": "policy",
    "load_facts": "facts.files",
    "shipped": "policy",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("vocpolicy")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
