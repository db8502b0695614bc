"""Messages about types, units and bounds: V3."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words


def _entry(
    code: str, title: tuple[str, str], message: tuple[str, str], advice: tuple[str, str]
) -> Entry:
    return Entry(code, Words(*title), Words(*message), Words(*advice))


_AGREEMENT = (
    _entry(
        "V301",
        ("different things held together", "不同性质的量"),
        (
            "One side is {left}, the other {right}: they cannot be {action}.",
            "一边是{left}，另一边是{right}，两者不能{action}。",
        ),
        (
            "Write both sides in the same unit, or make a ratio of the two first.",
            "请使两边的单位一致，或先求两者之比。",
        ),
    ),
    _entry(
        "V355",
        ("values of different kinds compared", "不同类型的值"),
        (
            "One side is {left}, the other {right}: they cannot be {action}.",
            "一边是{left}，另一边是{right}，两者不能{action}。",
        ),
        (
            "Hold a value against one of its own type. Values of a choice are written as names, "
            "without quotation marks.",
            "请与同一类型的值比较。选项的取值直接写名称，不加引号。",
        ),
    ),
    _entry(
        "V302",
        ("a bare number for a ratio", "比例须写百分号"),
        ("{number} is not a ratio.", "{number} 不是比例。"),
        (
            "Write {ratio}; a ratio is not multiplied by 100 first.",
            "请写 {ratio}；比例不必先乘以 100。",
        ),
    ),
    _entry(
        "V303",
        ("a number without its unit", "数字缺少单位"),
        ("{number} has no unit.", "{number} 没有单位。"),
        ("Write {quantity}.", "请写 {quantity}。"),
    ),
    _entry(
        "V304",
        ("months against days", "月与日不能换算"),
        (
            "One side is in months or years, the other in days: they cannot be {action}, because "
            "a month has no fixed number of days.",
            "一边以月或年计，另一边以日计，两者不能{action}：一个月的天数并不固定。",
        ),
        (
            "Write both in one unit. For a total length of stays, add the convention "
            "`(month of 30 days)`; between two dates, use `whole months between`.",
            "请统一单位。累计时长请写明折算办法“（每月 30天）”；两个日期之间请用“整月数”。",
        ),
    ),
    _entry(
        "V305",
        ("another type is needed", "类型不符"),
        ("This should be {wanted}, and is {found}.", "此处应为{wanted}，而写的是{found}。"),
        ("Write a value of the right type and unit.", "请写类型和单位相符的值。"),
    ),
    _entry(
        "V306",
        ("not a condition", "不是条件"),
        ("This is {found}, and a condition is needed.", "此处是{found}，而这里需要条件。"),
        (
            "Compare it with something: `… is at least …`, `… is …`.",
            "请与某个值比较，如“… 不低于 …”“… 是 …”。",
        ),
    ),
    _entry(
        "V356",
        ("a value where a condition is needed", "把取值当作条件"),
        (
            "`{name}` is a value of `{choice}`, not a condition of its own.",
            "“{name}”是选项“{choice}”的取值，本身不是条件。",
        ),
        (
            "Name the values together, `… in (a, b)`, or write the comparison again: "
            "`… is {name}`.",
            "请把各值写在一起，如“… 属于（甲，乙）”，或重写比较：“… 是 {name}”。",
        ),
    ),
    _entry(
        "V307",
        ("nothing that is larger or smaller", "不能比较大小"),
        ("This is {found}, which is never larger or smaller.", "此处是{found}，没有大小之分。"),
        ("Use `is`, `is not` or `in (…)`.", "请用“是”“不是”或“属于（…）”。"),
    ),
    _entry(
        "V308",
        ("may be none", "可能为“无”"),
        (
            "This is {found}, and a value that is never `none` is needed.",
            "此处是{found}，而这里需要不会为“无”的值。",
        ),
        (
            "Declare the fact without `or none`, and ask whether there is one in another fact. A "
            "scale by band is never `none` where its first line begins at the fact's lower bound.",
            "请声明为不含“无”的事项，并另设一个“是否”事项说明有无。分档的首档从该事项的下限起，就不会为“无”。",
        ),
    ),
    _entry(
        "V309",
        ("not a number", "不是数"),
        ("This is {found}, and a number is needed.", "此处是{found}，而这里需要数。"),
        (
            "Use a number; to count records, write `count of LIST`.",
            "请用数；统计条数请写“数量 清单”。",
        ),
    ),
    _entry(
        "V344",
        ("not a date and a length of time", "不是日期加减时间"),
        (
            "A date is moved by days, months or years, and this is {found}.",
            "日期只能加减天数、月数或年数，而此处是{found}。",
        ),
        (
            "Write `DATE + 2 years`; between two dates, `whole years between … and …`.",
            "请写“日期 + 2年”；两个日期之间的时间请用“整年数”。",
        ),
    ),
    _entry(
        "V347",
        ("none where none cannot be", "此处不会为“无”"),
        (
            "This is held against {found}, which is never `none`.",
            "与之相对的是{found}，不会为“无”。",
        ),
        (
            "Declare the fact `… or none`, or ask for something else.",
            "请将事项声明为“… 或 无”，或改写条件。",
        ),
    ),
    _entry(
        "V348",
        ("lists and records are not compared", "清单和记录不能比较"),
        ("This is {found}, which cannot be compared.", "此处是{found}，不能比较。"),
        (
            "Compare one of its fields, or what the list comes to.",
            "请比较其中的某个字段，或清单的汇总结果。",
        ),
    ),
    _entry(
        "V312",
        ("the wrong measure word", "量词不符"),
        (
            "“{found}” is not the measure word of {kind}.",
            "“{found}”不是{kind}的量词。",
        ),
        ("Write “{counter}”.", "请写“{counter}”。"),
    ),
    _entry(
        "V346",
        ("a kind is not a type", "种类不是类型"),
        ("`{name}` is a kind of thing that is counted.", "“{name}”是供计数的种类。"),
        ("Write `count of {name}`.", "请写“数量 {name}”。"),
    ),
)

_RATIOS_AND_LISTS = (
    _entry(
        "V310",
        ("the denominator may be zero", "分母可能为零"),
        (
            "Nothing says that `{name}` is above zero.",
            "没有依据表明“{name}”大于零。",
        ),
        (
            "Bound the fact (`at least 1`, `more than …`), or say what the ratio is then: "
            "`… if zero 0%`.",
            "请写明事项的范围（如“不少于 1”），或写明分母为零时的结果：“… 为零时 0%”。",
        ),
    ),
    _entry(
        "V311",
        ("the list may be empty", "清单可能为空"),
        ("`{name}` says nothing about an empty list.", "“{name}”未写明清单为空时的结果。"),
        ("Add what it is then: `if empty 0%`.", "请补充，如“为空时 0%”。"),
    ),
    _entry(
        "V323",
        ("not a list", "不是清单"),
        ("This is {found}, and a list is needed.", "此处是{found}，而这里需要清单。"),
        ("Name a fact that is a `list of …`.", "请写类型为“清单”的事项。"),
    ),
    _entry(
        "V324",
        ("no field is named", "未写明字段"),
        (
            "`{name}` takes a field of each record, and only the list is named.",
            "“{name}”针对每条记录的某个字段，而此处只写了清单。",
        ),
        ("Write `{name} {list}.FIELD`.", "请写“{name} {list}.字段”。"),
    ),
    _entry(
        "V325",
        ("no condition for the records", "未写明记录须满足的条件"),
        ("`{name}` does not say what the records satisfy.", "“{name}”未写明记录须满足什么条件。"),
        (
            "Write `satisfies (…)`; `where (…)` only chooses the records that are looked at.",
            "请写“均满足（…）”；“其中（…）”只是选出要看的记录。",
        ),
    ),
    _entry(
        "V326",
        ("a field is named", "多写了字段"),
        (
            "`{name}` looks at whole records, not at a field.",
            "“{name}”针对整条记录，而非某个字段。",
        ),
        (
            "Name the list only, and put the field in a condition.",
            "请只写清单名称，字段写入条件中。",
        ),
    ),
    _entry(
        "V327",
        ("a part that does not belong", "多余的部分"),
        ("`{name}` does not take this part.", "“{name}”不能带这一部分。"),
        (
            "Leave it out; to choose records, write `where (…)`.",
            "请删去；选取记录请用“其中（…）”。",
        ),
    ),
    _entry(
        "V328",
        ("not a window of time", "不是时间范围"),
        (
            "A window is a length of time above zero, or a date since when, written out.",
            "此处应直接写出大于零的时间长度，或起算日期。",
        ),
        (
            "Write for instance `in the last 5 years` or `since 2021-01-01`.",
            "请写如“近 5年”或“起算 2021-01-01”。",
        ),
    ),
    _entry(
        "V329",
        ("not a number of days", "不是天数"),
        ("A month is taken to have a number of days.", "每月应折算为若干天。"),
        ("Write `(month of 30 days)`.", "请写“（每月 30天）”。"),
    ),
    _entry(
        "V349",
        ("records without dates", "记录没有日期"),
        (
            "Records of `{name}` do not have the dates that this needs.",
            "“{name}”的记录没有此处所需的日期。",
        ),
        (
            "Declare the fields `from : date` and `to : date`; for a window one date is enough.",
            "请声明字段“起：日期”和“止：日期”；只用时间范围时，有一个日期即可。",
        ),
    ),
)

_FACTS = (
    _entry(
        "V318",
        ("a bound that is neither literal nor fact", "范围须为固定值或事项"),
        (
            "A bound is a literal or another fact declared beside this one.",
            "取值范围只能写固定值，或同处声明的另一事项。",
        ),
        (
            "Write the value itself, or put the condition in a rule.",
            "请直接写出数值，或将条件写入规则。",
        ),
    ),
    _entry(
        "V319",
        ("a reversed range", "范围上下颠倒"),
        ("The range runs from {low} down to {high}.", "范围由 {low} 至 {high}，上下颠倒。"),
        ("Write the smaller bound first.", "请先写较小的值。"),
    ),
    _entry(
        "V320",
        ("bounds on what has none", "此类型没有范围"),
        ("This is {found}, which has no bounds or steps.", "此处是{found}，没有范围或步长。"),
        ("Leave the bound out.", "请删去范围。"),
    ),
    _entry(
        "V321",
        ("bounds that leave no value", "范围互相矛盾"),
        (
            "The bounds of `{name}` leave no value: at least {low}, at most {high}.",
            "“{name}”的范围互相矛盾：不低于 {low}，又不高于 {high}。",
        ),
        (
            "Look at its own bounds and at those of the facts that they name.",
            "请核对其自身范围以及所引用事项的范围。",
        ),
    ),
    _entry(
        "V322",
        ("not a step", "步长不当"),
        (
            "A step is a literal above zero, in the unit of the fact.",
            "步长应为大于零的固定值，单位与事项相同。",
        ),
        ("Write for instance `in steps of 0.5 points`.", "请写如“步长 0.5分”。"),
    ),
    _entry(
        "V345",
        ("a reversed period", "起止日期颠倒"),
        (
            "The period ends ({end}) before it begins ({start}).",
            "终止日期（{end}）早于起始日期（{start}）。",
        ),
        ("Write the earlier date first.", "请先写较早的日期。"),
    ),
    _entry(
        "V341",
        ("a parameter without values", "参数没有取值"),
        ("The parameter `{name}` has no value.", "参数“{name}”没有取值。"),
        ("Write for instance `from 2023-01-01 = …`.", "请写如“自 2023-01-01 = …”。"),
    ),
    _entry(
        "V342",
        ("two values for one day", "同一日有两个取值"),
        ("Two values are in force on {date}.", "{date} 有两个取值同时有效。"),
        (
            "End the earlier value before the later one starts.",
            "请使前一取值在后一取值开始之前终止。",
        ),
    ),
    _entry(
        "V340",
        ("not a recorded figure", "不是记载的数值"),
        ("What a document records is a literal.", "文件记载的内容应为固定值。"),
        (
            "Write the figure itself; for what is computed use `define`.",
            "请直接写出数值；由计算得出的请用“定义”。",
        ),
    ),
)

_RULES = (
    _entry(
        "V313",
        ("nothing is ever concluded", "没有任何结论"),
        (
            "The rules for `{name}` conclude nothing but `not applicable`.",
            "关于“{name}”的规则除“不适用”外没有任何结论。",
        ),
        ("Say what holds otherwise: `eligible when …`.", "请写明结论，如“符合条件 当 …”。"),
    ),
    _entry(
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
    _entry(
        "V315",
        ("two wordings for one conclusion", "结论用语不一"),
        ("`{name}` is worded in two ways: {words}.", "“{name}”使用了两种用语：{words}。"),
        ("Use one pair of words for one conclusion.", "同一结论请使用同一组用语。"),
    ),
    _entry(
        "V316",
        ("another wording than the rules'", "与规则用语不符"),
        ("`{name}` is never worded so.", "“{name}”不使用这种用语。"),
        ("Its rules say: {words}.", "其规则使用的用语为：{words}。"),
    ),
    _entry(
        "V317",
        ("not a worded conclusion", "不是定性结论"),
        (
            "`{name}` is not a conclusion that is worded so.",
            "“{name}”不是定性结论。",
        ),
        ("Compare its value instead: `… is …`.", "请改为比较其值，如“… 是 …”。"),
    ),
    _entry(
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
    _entry(
        "V330",
        ("no measure", "没有口径"),
        ("The target `{name}` does not say what is measured.", "指标“{name}”未写明口径。"),
        ("Write for instance `measure a / b`.", "请写如“口径 甲／乙”。"),
    ),
    _entry(
        "V337",
        ("no goal", "没有目标值"),
        ("The target `{name}` does not say what is to be reached.", "指标“{name}”未写明目标值。"),
        (
            "Write for instance `goal at least 65% by end of 2025`.",
            "请写如“目标值 不低于 65% 截至 2025年底”。",
        ),
    ),
    _entry(
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
    _entry(
        "V333",
        ("a tolerance below zero", "允许偏差为负"),
        ("A tolerance is zero or more.", "允许偏差不能为负。"),
        ("Write it without the minus sign.", "请去掉负号。"),
    ),
    _entry(
        "V334",
        ("`all` of what is no ratio", "“全部”须用于比例"),
        (
            "`all` is a ratio of 100%, and the measure is {found}.",
            "“全部”即比例为 100%，而口径是{found}。",
        ),
        ("Measure a ratio: `covered / total`.", "口径请写比例，如“已覆盖／总数”。"),
    ),
    _entry(
        "V335",
        ("`some` of what is not counted", "“若干”须用于数量"),
        (
            "`some` is a count of at least one, and the measure is {found}.",
            "“若干”即数量至少为一，而口径是{found}。",
        ),
        ("Measure a count.", "口径请写数量。"),
    ),
    _entry(
        "V336",
        ("`each of` needs a list of a choice", "“逐项”须用于选项清单"),
        (
            "`each of` asks for members of a list of a choice, and the measure is {found}.",
            "“逐项”要求口径为选项的清单，而此处是{found}。",
        ),
        ("Measure a fact that is a `list of CHOICE`.", "口径请写类型为“清单（选项）”的事项。"),
    ),
    _entry(
        "V338",
        ("populations measured in different types", "各分项口径不一致"),
        (
            "The first population is {left}, this one {right}.",
            "第一项是{left}，此项是{right}。",
        ),
        ("Measure each in the same unit.", "请使各分项的单位一致。"),
    ),
    _entry(
        "V339",
        ("a baseline without its date", "基数没有日期"),
        ("The baseline has no date.", "基数未写明日期。"),
        ("Write for instance `at end of 2020`.", "请写如“于 2020年底”。"),
    ),
    _entry(
        "V350",
        ("a milestone without its date", "年度节点没有日期"),
        ("The milestone has no date.", "年度节点未写明日期。"),
        ("Write for instance `by end of 2023`.", "请写如“截至 2023年底”。"),
    ),
    _entry(
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
    _entry(
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
    _entry(
        "V353",
        ("not a plain value", "不是固定值"),
        ("A case gives and expects plain values.", "用例中给出和预期的都应是固定值。"),
        ("Write the value itself.", "请直接写出数值。"),
    ),
    _entry(
        "V354",
        ("a value of what gives none", "不会得出数值"),
        ("`{name}` gives no value.", "“{name}”不会得出数值。"),
        ("Write `is` and an outcome.", "请写“是”和判定结果。"),
    ),
)

_SCALES = (
    _entry(
        "V360",
        ("no size to round to", "取整单位不明"),
        (
            "A number is rounded to a multiple of a literal above zero.",
            "取整的单位应是大于零的固定数值。",
        ),
        (
            "Write the size, such as `round half up (a * b) to 1 yuan`.",
            "请写明取整到多少，如“四舍五入（甲 * 乙）至 1元”。",
        ),
    ),
    _entry(
        "V361",
        ("lines of a scale out of order", "分档未按从低到高排列"),
        (
            "This line begins at {found}, which is not above {before}.",
            "此档自 {found} 起，并不高于上一档的 {before}。",
        ),
        ("List the lines from the lowest start to the highest.", "请将各档按起点从低到高排列。"),
    ),
    _entry(
        "V362",
        ("a scale without lines", "分档没有内容"),
        ("The scale has no lines.", "此处没有列出任何一档。"),
        (
            "Write lines such as `from 0 yuan = 3%`.",
            "请逐档写明，如“自 0元 = 3%”。",
        ),
    ),
)

ENTRIES: tuple[Entry, ...] = (
    *_AGREEMENT,
    *_SCALES,
    *_RATIOS_AND_LISTS,
    *_FACTS,
    *_RULES,
    *_TARGETS,
    *_CASES,
)
