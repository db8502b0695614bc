"""Messages about types, units and bounds: V3."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry, entry

_AGREEMENT = (
    entry(
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
    entry(
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
    entry(
        "V302",
        ("a bare number for a ratio", "比例须写百分号"),
        ("{number} is not a ratio.", "{number} 不是比例。"),
        (
            "Write {ratio}; a ratio is not multiplied by 100 first.",
            "请写 {ratio}；比例不必先乘以 100。",
        ),
    ),
    entry(
        "V303",
        ("a number without its unit", "数字缺少单位"),
        ("{number} has no unit.", "{number} 没有单位。"),
        ("Write {quantity}.", "请写 {quantity}。"),
    ),
    entry(
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
    entry(
        "V305",
        ("another type is needed", "类型不符"),
        ("This should be {wanted}, and is {found}.", "此处应为{wanted}，而写的是{found}。"),
        ("Write a value of the right type and unit.", "请写类型和单位相符的值。"),
    ),
    entry(
        "V306",
        ("not a condition", "不是条件"),
        ("This is {found}, and a condition is needed.", "此处是{found}，而这里需要条件。"),
        (
            "Compare it with something: `… is at least …`, `… is …`; after `where` and `satisfies` "
            "a comparison stands in brackets.",
            "请与某个值比较，如“… 不低于 …”“… 是 …”；“其中”“均有”之后的比较须放在括号里。",
        ),
    ),
    entry(
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
    entry(
        "V307",
        ("nothing that is larger or smaller", "不能比较大小"),
        ("This is {found}, which is never larger or smaller.", "此处是{found}，没有大小之分。"),
        ("Use `is`, `is not` or `in (…)`.", "请用“是”“不是”或“属于（…）”。"),
    ),
    entry(
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
    entry(
        "V309",
        ("not a number", "不是数"),
        ("This is {found}, and a number is needed.", "此处是{found}，而这里需要数。"),
        (
            "Use a number; to count records, write `count of LIST`.",
            "请用数；统计条数请写“数量 清单”。",
        ),
    ),
    entry(
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
    entry(
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
    entry(
        "V348",
        ("lists and records are not compared", "清单和记录不能比较"),
        ("This is {found}, which cannot be compared.", "此处是{found}，不能比较。"),
        (
            "Compare one of its fields, or what the list comes to.",
            "请比较其中的某个字段，或清单的汇总结果。",
        ),
    ),
    entry(
        "V312",
        ("the wrong measure word", "量词不符"),
        (
            "“{found}” is not the measure word of {kind}.",
            "“{found}”不是{kind}的量词。",
        ),
        ("Write “{counter}”.", "请写“{counter}”。"),
    ),
    entry(
        "V346",
        ("a kind is not a type", "种类不是类型"),
        ("`{name}` is a kind of thing that is counted.", "“{name}”是供计数的种类。"),
        ("Write `count of {name}`.", "请写“数量 {name}”。"),
    ),
)

_RATIOS_AND_LISTS = (
    entry(
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
    entry(
        "V311",
        ("the list may be empty", "清单可能为空"),
        ("`{name}` says nothing about an empty list.", "“{name}”未写明清单为空时的结果。"),
        ("Add what it is then: `if empty 0%`.", "请补充，如“为空时 0%”。"),
    ),
    entry(
        "V323",
        ("not a list", "不是清单"),
        ("This is {found}, and a list is needed.", "此处是{found}，而这里需要清单。"),
        ("Name a fact that is a `list of …`.", "请写类型为“清单”的事项。"),
    ),
    entry(
        "V324",
        ("no field is named", "未写明字段"),
        (
            "`{name}` takes a field of each record, and only the list is named.",
            "“{name}”针对每条记录的某个字段，而此处只写了清单。",
        ),
        ("Write `{name} {list}.FIELD`.", "请写“{name} {list}.字段”。"),
    ),
    entry(
        "V325",
        ("no condition for the records", "未写明记录须满足的条件"),
        ("`{name}` does not say what the records satisfy.", "“{name}”未写明记录须满足什么条件。"),
        (
            "Write `satisfies (…)`; `where (…)` only chooses the records that are looked at.",
            "请写“均满足（…）”；“其中（…）”只是选出要看的记录。",
        ),
    ),
    entry(
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
    entry(
        "V327",
        ("a part that does not belong", "多余的部分"),
        ("`{name}` does not take this part.", "“{name}”不能带这一部分。"),
        (
            "Leave it out; to choose records, write `where (…)`.",
            "请删去；选取记录请用“其中（…）”。",
        ),
    ),
    entry(
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
    entry(
        "V329",
        ("not a number of days", "不是天数"),
        ("A month is taken to have a number of days.", "每月应折算为若干天。"),
        ("Write `(month of 30 days)`.", "请写“（每月 30天）”。"),
    ),
    entry(
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
    entry(
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
    entry(
        "V319",
        ("a reversed range", "范围上下颠倒"),
        ("The range runs from {low} down to {high}.", "范围由 {low} 至 {high}，上下颠倒。"),
        ("Write the smaller bound first.", "请先写较小的值。"),
    ),
    entry(
        "V320",
        ("bounds on what has none", "此类型没有范围"),
        ("This is {found}, which has no bounds or steps.", "此处是{found}，没有范围或步长。"),
        ("Leave the bound out.", "请删去范围。"),
    ),
    entry(
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
    entry(
        "V322",
        ("not a step", "步长不当"),
        (
            "A step is a literal above zero, in the unit of the fact.",
            "步长应为大于零的固定值，单位与事项相同。",
        ),
        ("Write for instance `in steps of 0.5 points`.", "请写如“步长 0.5分”。"),
    ),
    entry(
        "V345",
        ("a reversed period", "起止日期颠倒"),
        (
            "The period ends ({end}) before it begins ({start}).",
            "终止日期（{end}）早于起始日期（{start}）。",
        ),
        ("Write the earlier date first.", "请先写较早的日期。"),
    ),
    entry(
        "V341",
        ("a parameter without values", "参数没有取值"),
        ("The parameter `{name}` has no value.", "参数“{name}”没有取值。"),
        ("Write for instance `from 2023-01-01 = …`.", "请写如“自 2023-01-01 = …”。"),
    ),
    entry(
        "V342",
        ("two values for one day", "同一日有两个取值"),
        ("Two values are in force on {date}.", "{date} 有两个取值同时有效。"),
        (
            "End the earlier value before the later one starts.",
            "请使前一取值在后一取值开始之前终止。",
        ),
    ),
    entry(
        "V340",
        ("not a recorded figure", "不是记载的数值"),
        ("What a document records is a literal.", "文件记载的内容应为固定值。"),
        (
            "Write the figure itself; for what is computed use `define`.",
            "请直接写出数值；由计算得出的请用“定义”。",
        ),
    ),
)

_SCALES = (
    entry(
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
    entry(
        "V361",
        ("lines of a scale out of order", "分档未按从低到高排列"),
        (
            "This line begins at {found}, which is not above {before}.",
            "此档自 {found} 起，并不高于上一档的 {before}。",
        ),
        ("List the lines from the lowest start to the highest.", "请将各档按起点从低到高排列。"),
    ),
    entry(
        "V362",
        ("a scale without lines", "分档没有内容"),
        ("The scale has no lines.", "此处没有列出任何一档。"),
        (
            "Write lines such as `from 0 yuan = 3%`.",
            "请逐档写明，如“自 0元 = 3%”。",
        ),
    ),
    entry(
        "V363",
        ("a product of too many numbers", "相乘的数过多"),
        (
            "More than {most} numbers are multiplied here, counting those in the definitions used.",
            "此处连同所用定义，相乘的数超过 {most} 个。",
        ),
        (
            "Check whether definitions multiply each other again and again.",
            "请检查各项定义是否层层相乘。",
        ),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_AGREEMENT, *_SCALES, *_RATIOS_AND_LISTS, *_FACTS)
