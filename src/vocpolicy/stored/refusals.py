"""Why a file is not taken for a compiled form, as errors of the library."""

from __future__ import annotations

from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.stored.content import MADE_BY
from vocpolicy.stored.nodes import ForeignError


def refusal(code: str, path: str, **args: object) -> UsageError:
    return UsageError([Diagnostic(code, args={"path": path, **args})])


def refused(path: str, error: ForeignError | OSError) -> UsageError:
    match error:
        case FileNotFoundError():
            return refusal("V601", path)
        case OSError():
            return refusal("V613", path)
        case _:
            return refusal("V661", path, found=", ".join(error.args), here=", ".join(MADE_BY))
