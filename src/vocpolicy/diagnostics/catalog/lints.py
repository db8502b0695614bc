"""Messages of lints, which are findings rather than mistakes: L."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words


def _entry(
    code: str, title: tuple[str, str], message: tuple[str, str], advice: tuple[str, str]
) -> Entry:
    return Entry(code, Words(*title), Words(*message), Words(*advice))


ENTRIES: tuple[Entry, ...] = (
    _entry(
        "L001",
        ("unused fact", "未使用的事项"),
        ("Nothing rests on the fact `{name}`.", "没有任何内容用到事项“{name}”。"),
        (
            "Use it in a rule or a target, or delete it: nobody need be asked for it.",
            "请在规则或指标中使用，否则请删去，以免白白收集。",
        ),
    ),
    _entry(
        "L002",
        ("target without a deadline", "指标没有期限"),
        (
            "The goal of `{name}` does not say by when it is to be reached.",
            "“{name}”的目标值未写明期限。",
        ),
        ("Write for instance `by end of 2025`.", "请写如“截至 2025年底”。"),
    ),
    _entry(
        "L003",
        ("figure without its source", "数字没有出处"),
        (
            "`{figure}` is neither cited nor said to be assumed.",
            "“{figure}”既未写依据，也未说明是暂定。",
        ),
        (
            'Write `cite DOCUMENT CLAUSE "…"` after it, or `assumed because …`.',
            "请在其后写“依据 文件 条款 “…””，或写“暂定 理由 …”。",
        ),
    ),
    _entry(
        "L004",
        ("figure without its locator", "数字没有定位文字"),
        (
            "It is not said where in {clause} `{figure}` stands.",
            "未写明“{figure}”见于 {clause} 的哪几个字。",
        ),
        (
            "Write the characters that hold it after the clause, in quotes.",
            "请在条款之后用引号写出含有该数字的文字。",
        ),
    ),
    _entry(
        "L005",
        ("parameter that ends before the policy", "参数先于政策失效"),
        (
            "`{name}` has no value after {end}, and the policy {until}.",
            "“{name}”在 {end} 之后没有取值，而政策{until}。",
        ),
        (
            "Add the value that follows, or leave the end out where the last one goes on.",
            "请补充此后的取值；如最后一个取值继续有效，请删去其终止日期。",
        ),
    ),
    _entry(
        "L006",
        ("exception without a name", "例外没有说明"),
        (
            "The exception gives no reason, so an explanation cannot name it.",
            "这一例外未写理由，解释中无从称呼。",
        ),
        (
            'Write `because zh "…" en "…"` after it, or give its rule a label.',
            "请在其后写“理由 中文 “…” 英文 “…””，或给规则写名称。",
        ),
    ),
    _entry(
        "L007",
        ("text in one language only", "只有一种语言的文字"),
        ("This has no {missing} text.", "此处没有{missing}。"),
        ("Add it, so that both explanations read well.", "请补充，使两种语言的解释都通顺。"),
    ),
    _entry(
        "L008",
        ("names that look alike", "名称形似"),
        ("`{name}` looks like `{other}`.", "“{name}”与“{other}”形似，难以分辨。"),
        ("Rename one of them.", "请更改其中一个名称。"),
    ),
    _entry(
        "L009",
        ("conclusion without `otherwise`", "结论没有“否则”"),
        (
            "Nothing is said of `{name}` for when none of its rules speaks: it is then not "
            "applicable.",
            "没有规则适用时，未写明“{name}”的结果，届时为“不适用”。",
        ),
        (
            "Write `otherwise …`; where it is so meant, `otherwise not applicable`.",
            "请写“否则 …”；如确系此意，请写“否则 不适用”。",
        ),
    ),
    _entry(
        "L010",
        ("one label for two facts", "两个事项名称相同"),
        (
            "`{name}` and `{other}` are both called “{label}”.",
            "“{name}”和“{other}”的名称都是“{label}”。",
        ),
        (
            "Ask one thing once, or say in the labels how they differ.",
            "同一内容只设一个事项；如不同，请在名称中写明区别。",
        ),
    ),
    _entry(
        "L011",
        ("unused parameter", "未使用的参数"),
        ("Nothing uses the parameter `{name}`.", "没有任何内容用到参数“{name}”。"),
        ("Use it, or delete it.", "请使用或删去。"),
    ),
    _entry(
        "L012",
        ("unused kind, choice or entity", "未使用的种类、选项或对象"),
        ("No fact and no rule is about `{name}`.", "没有任何事项或规则涉及“{name}”。"),
        ("Use it, or delete it.", "请使用或删去。"),
    ),
)
