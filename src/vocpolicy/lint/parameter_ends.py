"""L005: a parameter without a value in the last part of the policy's period."""

from __future__ import annotations

from collections.abc import Iterator

from vocpolicy.diagnostics import Diagnostic, Words
from vocpolicy.lint.reading import Checked


def find(checked: Checked) -> Iterator[Diagnostic]:
    policy_end = checked.policy.period.end
    for definition in checked.policy.definitions.values():
        if definition.form != "parameter":
            continue
        last = definition.values[-1]
        if last.end is not None and (policy_end is None or last.end < policy_end):
            until = Words("has no end", "没有终止日期")
            if policy_end is not None:
                until = Words(f"ends on {policy_end}", f"有效期至 {policy_end}")
            args = {"name": definition.name, "end": last.end.isoformat(), "until": until}
            yield Diagnostic("L005", last.span, args)
