"""What is said of conditions, cases and mutants, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

MUTANTS: Mapping[str, Mapping[str, str]] = {
    "bound_up": {"en": "bound one step higher", "zh": "界限提高一档"},
    "bound_down": {"en": "bound one step lower", "zh": "界限降低一档"},
    "strictness": {
        "en": "bound itself in instead of out, or out instead of in",
        "zh": "界限本身由包含改为不包含（或相反）",
    },
    "exception_dropped": {"en": "exception left out", "zh": "漏掉例外情形"},
    "any_for_all": {"en": "any instead of all", "zh": "“同时满足”误作“满足任一”"},
    "all_for_any": {"en": "all instead of any", "zh": "“满足任一”误作“同时满足”"},
    "ratio_swapped": {
        "en": "numerator and denominator exchanged",
        "zh": "比值的分子与分母颠倒",
    },
}
"""Each kind of mistake."""

TITLE: Mapping[str, Mapping[bool, str]] = {
    "en": {
        True: "{name}: decided by {condition}",
        False: "{name}: decided by not {condition}",
    },
    "zh": {
        True: "{name}：取决于“{condition}”成立",
        False: "{name}：取决于“{condition}”不成立",
    },
}
"""Titles of cases that are written, by the answer of the condition that decides."""

HEAD: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Cases that were missing, with what the rules say of them now.",
        "Confirm each by the document, then give it a title of your own.",
    ),
    "zh": ("以下用例此前缺少，结果按现行规则写出。", "请对照文件逐一确认，并改写标题。"),
}

CONFIRM: Mapping[str, str] = {"en": "to be confirmed", "zh": "待确认"}

COVERED: Mapping[str, str] = {
    "en": "Conditions decided by cases (MC/DC): {covered} of {owed}{rest}",
    "zh": "由用例检验的条件（MC/DC）：{owed} 项中的 {covered} 项{rest}",
}
IMPOSSIBLE: Mapping[str, str] = {
    "en": "; {count} that no case can decide",
    "zh": "；另有 {count} 项任何用例都无法检验",
}
MISSING: Mapping[str, Mapping[bool, str]] = {
    "en": {
        True: "no case is decided by this being true: {condition}",
        False: "no case is decided by this being false: {condition}",
    },
    "zh": {
        True: "没有用例因下列条件成立而得出结果：{condition}",
        False: "没有用例因下列条件不成立而得出结果：{condition}",
    },
}
ARC: Mapping[str, Mapping[bool, str]] = {
    "en": {True: "true decides: {condition}", False: "false decides: {condition}"},
    "zh": {True: "成立并起决定作用：{condition}", False: "不成立并起决定作用：{condition}"},
}
"""The ways out of a line, in reports of coverage."""
LACKING: Mapping[str, str] = {"en": "no case: {ways}", "zh": "缺少用例：{ways}"}
"""Behind a line of such a report, what is missing there."""
SUCH_AS: Mapping[str, str] = {
    "en": "such as: {facts} → {outcome}",
    "zh": "例如：{facts} → {outcome}",
}
UNSETTLED: Mapping[str, str] = {
    "en": "no such case was found, nor shown to be impossible",
    "zh": "未找到此类用例，也未能证明其不存在",
}

SCORE: Mapping[str, str] = {
    "en": "Mistakes noticed by the cases: {noticed} of {counted} ({percent}%){rest}",
    "zh": "用例能发现的错误改动：{counted} 处中的 {noticed} 处（{percent}%）{rest}",
}
EQUIVALENT: Mapping[str, str] = {
    "en": "; {count} change nothing",
    "zh": "；另有 {count} 处不影响任何结果",
}
BY: Mapping[str, str] = {"en": "on {name}, given {facts}", "zh": "见 {name}，已知 {facts}"}
NOTHING_GIVEN: Mapping[str, str] = {"en": "nothing", "zh": "无"}
NOT_NOTICED: Mapping[str, str] = {"en": "not noticed", "zh": "未被发现"}
