"""Messages about what rules, targets and cases are made of: V3."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry, entry

_RULES = (
    entry(
        "V313",
        ("nothing is ever concluded", "没有任何结论"),
        (
            "The rules for `{name}` conclude nothing but `not applicable`.",
            "关于“{name}”的规则除“不适用”外没有任何结论。",
        ),
        ("Say what holds otherwise: `eligible when …`.", "请写明结论，如“符合条件 当 …”。"),
    ),
    entry(
        "V314",
        ("values and wordings mixed", "结论形式不一"),
        (
            "`{name}` is given a value here, and worded elsewhere.",
            "“{name}”在此处得出数值，在别处则为定性结论。",
        ),
        (
            "Let every rule give a value, or every rule say `eligible` or the like.",
            "请统一：各条规则或都得出数值，或都作定性结论。",
        ),
    ),
    entry(
        "V315",
        ("two wordings for one conclusion", "结论用语不一"),
        ("`{name}` is worded in two ways: {words}.", "“{name}”使用了两种用语：{words}。"),
        ("Use one pair of words for one conclusion.", "同一结论请使用同一组用语。"),
    ),
    entry(
        "V316",
        ("another wording than the rules'", "与规则用语不符"),
        ("`{name}` is never worded so.", "“{name}”不使用这种用语。"),
        ("Its rules say: {words}.", "其规则使用的用语为：{words}。"),
    ),
    entry(
        "V317",
        ("not a worded conclusion", "不是定性结论"),
        (
            "`{name}` is not a conclusion that is worded so.",
            "“{name}”不是定性结论。",
        ),
        ("Compare its value instead: `… is …`.", "请改为比较其值，如“… 是 …”。"),
    ),
    entry(
        "V343",
        ("two different `otherwise`", "“否则”不一致"),
        (
            "The rules of one conclusion say `otherwise` in two ways.",
            "同一结论的规则中有两个不同的“否则”。",
        ),
        ("Keep one of them.", "请只保留一个。"),
    ),
)

_TARGETS = (
    entry(
        "V330",
        ("no measure", "没有口径"),
        ("The target `{name}` does not say what is measured.", "指标“{name}”未写明口径。"),
        ("Write for instance `measure a / b`.", "请写如“口径 甲／乙”。"),
    ),
    entry(
        "V337",
        ("no goal", "没有目标值"),
        ("The target `{name}` does not say what is to be reached.", "指标“{name}”未写明目标值。"),
        (
            "Write for instance `goal at least 65% by end of 2025`.",
            "请写如“目标值 不低于 65% 截至 2025年底”。",
        ),
    ),
    entry(
        "V332",
        ("no tolerance", "没有允许偏差"),
        (
            "`{found}` does not say how far off still counts.",
            "“{found}”未写明允许偏差多少。",
        ),
        (
            "Add for instance `tolerance 10%`, with `assumed because …` where the document leaves "
            "it open.",
            "请补充，如“允许偏差 10%”；文件未规定的，另写“暂定 理由 …”。",
        ),
    ),
    entry(
        "V333",
        ("a tolerance below zero", "允许偏差为负"),
        ("A tolerance is zero or more.", "允许偏差不能为负。"),
        ("Write it without the minus sign.", "请去掉负号。"),
    ),
    entry(
        "V334",
        ("`all` of what is no ratio", "“全部”须用于比例"),
        (
            "`all` is a ratio of 100%, and the measure is {found}.",
            "“全部”即比例为 100%，而口径是{found}。",
        ),
        ("Measure a ratio: `covered / total`.", "口径请写比例，如“已覆盖／总数”。"),
    ),
    entry(
        "V335",
        ("`some` of what is not counted", "“若干”须用于数量"),
        (
            "`some` is a count of at least one, and the measure is {found}.",
            "“若干”即数量至少为一，而口径是{found}。",
        ),
        ("Measure a count.", "口径请写数量。"),
    ),
    entry(
        "V336",
        ("`each of` needs a list of a choice", "“逐项”须用于选项清单"),
        (
            "`each of` asks for members of a list of a choice, and the measure is {found}.",
            "“逐项”要求口径为选项的清单，而此处是{found}。",
        ),
        ("Measure a fact that is a `list of CHOICE`.", "口径请写类型为“清单（选项）”的事项。"),
    ),
    entry(
        "V338",
        ("populations measured in different types", "各分项口径不一致"),
        (
            "The first population is {left}, this one {right}.",
            "第一项是{left}，此项是{right}。",
        ),
        ("Measure each in the same unit.", "请使各分项的单位一致。"),
    ),
    entry(
        "V339",
        ("a baseline without its date", "基数没有日期"),
        ("The baseline has no date.", "基数未写明日期。"),
        ("Write for instance `at end of 2020`.", "请写如“于 2020年底”。"),
    ),
    entry(
        "V350",
        ("a milestone without its date", "年度节点没有日期"),
        ("The milestone has no date.", "年度节点未写明日期。"),
        ("Write for instance `by end of 2023`.", "请写如“截至 2023年底”。"),
    ),
    entry(
        "V351",
        ("not before the deadline", "不早于期限"),
        (
            "{date} is not before the goal's deadline, {deadline}.",
            "{date} 不早于目标值的期限 {deadline}。",
        ),
        (
            "Baseline, milestones and the start of a flow come before the deadline.",
            "基数、年度节点和增量起算日均应早于期限。",
        ),
    ),
    entry(
        "V352",
        ("evidence that shows nothing", "不能作为佐证"),
        (
            "Evidence is yes or no, or a number, and this is {found}.",
            "佐证应为“是否”或数，而此处是{found}。",
        ),
        ("Write for instance `yes or no` or `count of …`.", "请写如“是否”或“数量 …”。"),
    ),
)

_CASES = (
    entry(
        "V353",
        ("not a plain value", "不是固定值"),
        ("A case gives and expects plain values.", "用例中给出和预期的都应是固定值。"),
        ("Write the value itself.", "请直接写出数值。"),
    ),
    entry(
        "V354",
        ("a value of what gives none", "不会得出数值"),
        ("`{name}` gives no value.", "“{name}”不会得出数值。"),
        ("Write `is` and an outcome.", "请写“是”和判定结果。"),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_RULES, *_TARGETS, *_CASES)
