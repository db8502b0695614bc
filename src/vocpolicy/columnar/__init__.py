"""The columnar engine: rules over frames of millions of rows, through narwhals.

    logic        three-valued logic, rounds of columns     numbers      whole counts in 64 bits
    scope        what the interpreter is asked             entry        columns as facts
    monotone     thresholds of one fact                    rationals    ends that are quotients
    values       numbers of expressions                    conditions   conditions
    conclusions  who prevails, in Boolean algebra          asked        conditions by name
    compiled     all of it for a frame's types             frames       kinds of frames
    call         what is asked, in one piece               answers      the columns of an answer
    reading      how columns are read as facts             cells        the same of single cells
    children     tables that belong to records             rowwise      each row as a case
    clustered    each row of Spark, at its workers         spark        what Spark wants otherwise

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
from vocpolicy.columnar.call import Call
from vocpolicy.columnar.checked import Checked, check
from vocpolicy.columnar.frames import evaluate_frame, frame_conditions, full_answers
from vocpolicy.columnar.measuring import Count, Total
from vocpolicy.columnar.rowwise import Answer, Ask

__all__ = [
    "Answer",
    "Ask",
    "Call",
    "Checked",
    "Condition",
    "Count",
    "Total",
    "check",
    "evaluate_frame",
    "frame_conditions",
    "full_answers",
]
