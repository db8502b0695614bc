"""The columnar engine: rules over frames of millions of rows, through narwhals.

    logic        three-valued logic, rounds of columns     numbers      whole counts in 64 bits
    scope        what the interpreter is asked             entry        columns as facts
    monotone     thresholds of one fact                    ratios       cross-multiplied
    values       numbers of expressions                    conditions   conditions
    conclusions  who prevails, in Boolean algebra          asked        conditions by name
    compiled     all of it for a frame's types             frames       kinds of frames

The interpreter is the meaning.  What columns cannot do is refused before anything is computed
(`refusals`), never answered differently.
"""

from __future__ import annotations

from vocpolicy.diagnostics import Diagnostic, MissingExtraError

try:
    import narwhals.stable.v2  # noqa: F401 - asked for here so that its absence is told once
except ImportError as error:
    raise MissingExtraError([Diagnostic("V807")]) from error

from vocpolicy.columnar.asked import Condition
from vocpolicy.columnar.frames import evaluate_frame, frame_conditions

__all__ = ["Condition", "evaluate_frame", "frame_conditions"]
