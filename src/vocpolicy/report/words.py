"""The words of reports around their verdicts, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.diagnostics import Words

WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "title": Words("{policy}: progress report", "{policy}实施进展报告"),
        "as_of": Words("As of {date}", "截至{date}"),
        "basis": Words(
            "Every verdict follows from the rules of the policy and the facts supplied.",
            "各项结论均依据政策规则和所报事项得出。",
        ),
        "contents": Words("Contents", "目录"),
        "summary": Words("Summary", "概况"),
        "target": Words("Targets", "指标"),
        "rule": Words("Rules", "规则"),
        "provision": Words("Provisions without a figure", "无量化指标的条款"),
        "none_asked": Words("none that the facts concern", "所报事项未涉及"),
        "attention": Words("Needs attention", "需关注的指标"),
        "nothing_lags": Words(
            "No target is behind, missed or in conflict.", "没有落后、逾期未达标或规定冲突的指标。"
        ),
        "overview": Words("Targets at a glance", "指标一览"),
        "outcome": Words("Outcome", "结论"),
        "name": Words("Target", "指标"),
        "now": Words("Latest figure", "最新数值"),
        "goal": Words("Goal", "目标"),
        "by": Words("By", "期限"),
        "unknown": Words("not known", "尚不清楚"),
        "no_date": Words("no date", "未定期限"),
        "legend_observed": Words("observed", "实际数值"),
        "legend_line": Words("line from baseline to goal", "基数至目标的序时进度"),
        "legend_goal": Words("goal", "目标"),
        "legend_day": Words("day of the report", "报告日"),
        "year_end": Words("end {year}", "{year}年底"),
        "chart": Words(
            "{name}: observed {observed}; goal {goal}", "{name}：实际数值 {observed}；目标 {goal}"
        ),
        "chart_unobserved": Words(
            "{name}: nothing observed; goal {goal}", "{name}：尚无实际数值；目标 {goal}"
        ),
        "on_day": Words("{value} on {date}", "{date} {value}"),
        "history": Words("Observed", "实际数值"),
        "line": Words("Line", "序时进度"),
        "not_asked": Words(
            "Of these nothing was supplied, so they were not asked: {names}.",
            "下列规则未报事项，未作判定：{names}。",
        ),
        "clause": Words("Clause", "条款"),
        "provision_name": Words("Provision", "内容"),
        "missing": Words("What is missing", "所缺事项"),
        "missing_none": Words(
            "Nothing that a target or a rule can still turn on is missing.",
            "指标和规则所需事项已齐全。",
        ),
        "fact": Words("Fact", "事项"),
        "judged_by": Words("Judged by", "认定主体"),
        "needed_by": Words("Needed by", "用于"),
        "evidence_missing": Words(
            "Evidence was not given of {count} of {all} provisions without a figure.",
            "无量化指标的 {all} 项条款中，{count} 项未报佐证。",
        ),
        "relied_on": Words("Assumptions relied on", "所依据的暂定事项"),
        "relied_none": Words(
            "None of the verdicts rests on an assumption.", "各项结论均未依据暂定事项。"
        ),
        "assumption": Words("Assumed", "暂定"),
        "readings": Words("Readings that part", "理解不同、结论不同的条款"),
        "readings_none": Words(
            "Where a clause can be read in several ways, they agree.",
            "可作不同理解的条款，各种理解结论一致。",
        ),
        "reading": Words("Read as", "理解"),
        "reading_in_use": Words("{reading} (in use)", "{reading}（采用）"),
        "coverage": Words("Coverage of the documents", "文件覆盖情况"),
        "covered_clauses": Words(
            "{done} of {all} clauses are accounted for, {aside} of them set aside with a reason.",
            "共 {all} 条，已有着落 {done} 条，其中说明理由不计入 {aside} 条。",
        ),
        "covered_figures": Words(
            "{done} of {all} figures are accounted for, {aside} of them set aside with a reason.",
            "共 {all} 处数字，已有着落 {done} 处，其中说明理由不计入 {aside} 处。",
        ),
        "gap": Words("{document} {clause}: {text}", "{document} {clause}：{text}"),
        "whole_clause": Words("the clause as a whole", "整条"),
        "joint": Words(", ", "、"),
        "colon": Words(": ", "："),
        "semicolon": Words("; ", "；"),
        "count": Words("{wording} {count}", "{wording} {count}"),
    }
)


def say(key: str, lang: str, **parts: object) -> str:
    """The words of a key, with these parts in their places."""
    return WORDS[key].get(lang).format(**parts)
