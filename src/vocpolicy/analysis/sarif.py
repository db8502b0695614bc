"""A report as SARIF 2.1.0, as services that show findings beside code read it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from vocpolicy.analysis.findings import HOLDS, VIOLATED, Finding, Report
from vocpolicy.analysis.words import PROPERTIES
from vocpolicy.source import NOWHERE

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(report: Report, lang: str = "en") -> dict[str, Any]:
    """What does not hold as results, and every property as a rule; accepted ones suppressed."""
    rules = [
        {"id": name, "shortDescription": {"text": labels.get(lang)}}
        for name, labels in PROPERTIES.items()
    ]
    results = [_result(one, lang) for one in report.findings if one.status != HOLDS]
    driver = {"name": "vocpolicy", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, lang: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ruleId": finding.name.partition(":")[0],
        "level": "error" if finding.status == VIOLATED else "warning",
        "message": {"text": finding.message.get(lang)},
        "properties": {
            "rules": list(finding.rules),
            "clauses": list(finding.clauses),
            "witness": {name: one.value for name, one in finding.witness.items()},
        },
    }
    span = finding.span
    if span.source is not NOWHERE.source:
        (line, column), (last, end) = (span.source.position(at) for at in (span.start, span.end))
        region = {"startLine": line, "startColumn": column, "endLine": last, "endColumn": end}
        uri = quote(PurePath(span.source.shown).as_posix())  # of a path only what a URI takes
        place = {"artifactLocation": {"uri": uri}, "region": region}
        data["locations"] = [{"physicalLocation": place}]
    if finding.accepted is not None:
        reason = finding.accepted.get(lang)
        data["suppressions"] = [{"kind": "inSource", "justification": reason}]
    return data
