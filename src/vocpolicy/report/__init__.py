"""A report for a whole policy: how every target and provision stands on a day.

    policy, facts, documents -> data (making) -> views in a language -> HTML, Markdown, JSON

Charts are drawn for HTML alone; the library that draws them is an extra.
"""

from __future__ import annotations

from vocpolicy.report.data import Course, Report, TargetReport
from vocpolicy.report.html import to_html
from vocpolicy.report.making import make_report
from vocpolicy.report.markdown import to_markdown
from vocpolicy.report.plain import to_dict

__all__ = ["Course", "Report", "TargetReport", "make_report", "to_dict", "to_html", "to_markdown"]
