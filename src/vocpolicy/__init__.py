"""A rule language for public policy, with verdicts that explain themselves.

    policy = vocpolicy.load("rules/shanghai-plan-14")
    verdict = policy.evaluate("dual_qualified_share", {"dual_qualified_teachers": 540, …})
    print(verdict.explain("zh"))

Nothing is imported before it is used: what reads rule files is loaded with the first policy.
"""

import sys

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
    from vocpolicy.outcomes import Outcome
    from vocpolicy.policy import Policy, load, shipped
    from vocpolicy.pycode.helpers import MISSING, Missing
    from vocpolicy.stored import StoredPolicy, load_compiled
    from vocpolicy.stored.cache import load_cached
    from vocpolicy.stored.saving import save_compiled
    from vocpolicy.verdict import Verdict

__all__ = [
    "MISSING",
    "DocumentError",
    "FactError",
    "Missing",
    "MissingExtraError",
    "Outcome",
    "Policy",
    "PolicyError",
    "StoredPolicy",
    "UsageError",
    "Verdict",
    "VocPolicyError",
    "load",
    "load_cached",
    "load_compiled",
    "load_facts",
    "save_compiled",
    "shipped",
]

_MODULES = {
    "DocumentError": "diagnostics",
    "FactError": "diagnostics",
    "MISSING": "pycode.helpers",
    "Missing": "pycode.helpers",
    "MissingExtraError": "diagnostics",
    "Outcome": "outcomes",
    "Policy": "policy",
    "PolicyError": "diagnostics",
    "StoredPolicy": "stored",
    "UsageError": "diagnostics",
    "Verdict": "verdict",
    "VocPolicyError": "diagnostics",
    "load": "policy",
    "load_cached": "stored.cache",
    "load_compiled": "stored",
    "load_facts": "facts.files",
    "save_compiled": "stored.saving",
    "shipped": "policy",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from vocpolicy.version import VERSION

        return VERSION
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = f"{__name__}.{_MODULES[name]}"
    __import__(module)  # `importlib` would bring `warnings` along
    value = getattr(sys.modules[module], name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
