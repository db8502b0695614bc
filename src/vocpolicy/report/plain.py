"""A report for systems, ready for JSON; its schema is `docs/schema/report.schema.json`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from vocpolicy.core import Labels
from vocpolicy.explain import numbers
from vocpolicy.report.data import Course, Report, TargetReport


def to_dict(report: Report) -> dict[str, Any]:
    """The report as JSON takes it: words in both languages, numbers exact, dates in ISO form."""
    coverage = report.coverage
    return {
        "policy": report.policy.name,
        "title": _both(report.policy.title),
        "as_of": report.as_of.isoformat(),
        "summary": {kind: dict(counts) for kind, counts in report.counts.items()},
        "attention": [one.name for one in report.lagging],
        "targets": [_target(one, report.advised(one.verdict)) for one in report.targets],
        "rules": [one.to_dict(report.advised(one)) for one in report.rules],
        "provisions": [one.to_dict(report.advised(one)) for one in report.provisions],
        "not_asked": list(report.not_asked),
        "missing": [
            {
                "fact": one.path,
                "label": _both(one.labels),
                "judged_by": _both(one.judged_by) if one.judged_by else None,
                "needed_by": list(one.needed_by),
            }
            for one in report.missing
        ],
        "assumptions": [
            {**_both(one.text), "relied_on_by": list(one.by)} for one in report.relied_on
        ],
        "readings_part": [one.name for one in report.parting],
        "coverage": None
        if coverage is None
        else {"complete": coverage.complete, **coverage.to_dict("en")},
    }


def _both(labels: Labels) -> dict[str, str]:
    return {"en": labels.get("en"), "zh": labels.get("zh")}


def _target(target: TargetReport, advice: bool) -> dict[str, Any]:
    return {
        "verdict": target.verdict.to_dict(advice),
        "progress": [_course(course) for course in target.courses],
    }


def _course(course: Course) -> dict[str, Any]:
    kind = course.type

    def number(value: Fraction | None) -> int | str | None:
        return None if value is None else numbers.exact(numbers.in_unit(value, kind))

    return {
        "label": _both(course.labels),
        "unit": kind.unit.name if kind.unit else None,
        "observed": [
            {"date": day.isoformat(), "value": number(value)} for day, value in course.observed
        ],
        "line": [
            {"date": at.date.isoformat(), "low": number(at.low), "high": number(at.high)}
            for at in course.line
        ],
        "goal": {"low": number(course.goal[0]), "high": number(course.goal[1])},
        "deadline": course.deadline.isoformat() if course.deadline else None,
    }
