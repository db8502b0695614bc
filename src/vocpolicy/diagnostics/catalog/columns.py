"""Messages about frames and registers: V8."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V801",
        Words("not in columns", "无法按列计算"),
        Words(
            "Columns ({engine}) do not have {construct}, which is asked for here.",
            "此处用到{construct}，按列计算（{engine}）尚不支持。",
        ),
        Words(
            "Put what it comes to into a column of its own and make that a fact, or evaluate "
            'row by row: `engine="rows"`.',
            '请把该部分的结果另列为一个事项，或逐行求值：`engine="rows"`。',
        ),
    ),
    Entry(
        "V802",
        Words("numbers may be too large", "数值可能超出范围"),
        Words(
            "What is computed of {name} may not fit into the whole numbers of {engine}.",
            "用 {name} 计算的结果可能超出 {engine} 整数的范围。",
        ),
        Words(
            "Declare closer bounds of the facts (`between 0 and 1000000`), or give the column a "
            "narrower integer type.",
            "请为事项写明更小的取值范围（如“介于 0 至 1000000”），或改用位数更少的整数列。",
        ),
    ),
    Entry(
        "V803",
        Words("wrong type of column", "列的类型不符"),
        Words(
            "The column {name} of the fact {fact} holds {dtype}.",
            "事项 {fact} 对应的列 {name} 为 {dtype} 类型，类型不符。",
        ),
        Words("It takes {takes}.", "应为{takes}。"),
    ),
    Entry(
        "V804",
        Words("no frame", "不是表格"),
        Words("A value of type {kind} is no frame.", "{kind} 类型的值不是可识别的表格。"),
        Words(
            "Give a frame of polars, pandas, pyarrow, DuckDB or PySpark.",
            "请提供 polars、pandas、pyarrow、DuckDB 或 PySpark 的表格。",
        ),
    ),
    Entry(
        "V805",
        Words("no such column", "没有这一列"),
        Words("The frame has no column {name}.{close}", "表格中没有 {name} 列。{close}"),
        Words(
            "`columns` says of facts which column holds them: {{fact: column}}.",
            "`columns` 说明各事项所在的列，写作 {{事项: 列名}}。",
        ),
    ),
    Entry(
        "V806",
        Words("no such way to explain", "没有这种说明方式"),
        Words(
            "Frames are not explained by {name}.{close}", "表格没有 {name} 这种说明方式。{close}"
        ),
        Words(
            "Say conditions, codes or text.",
            "可用 conditions（逐条件列）、codes（编码）或 text（文字）。",
        ),
    ),
    Entry(
        "V807",
        Words("frames need narwhals", "处理表格需安装 narwhals"),
        Words("Evaluating frames takes the package narwhals.", "按列求值需要安装 narwhals。"),
        Words(
            "Install it with: pip install 'vocpolicy[frames]'",
            "请运行：pip install 'vocpolicy[frames]'",
        ),
    ),
    Entry(
        "V808",
        Words("tables need polars and pyarrow", "处理表格文件需安装 polars 和 pyarrow"),
        Words(
            "Reading a table takes the packages polars and pyarrow.",
            "读取表格文件需要安装 polars 和 pyarrow。",
        ),
        Words(
            "Install them with: pip install 'vocpolicy[tables]'",
            "请运行：pip install 'vocpolicy[tables]'",
        ),
    ),
    Entry(
        "V809",
        Words("kind of table not known", "无法确定表格格式"),
        Words(
            "The name {path} is of no kind of table that is read or written.",
            "从文件名 {path} 看不出可读写的表格格式。",
        ),
        Words("End it in .csv, .parquet or .xlsx.", "文件名请以 .csv、.parquet 或 .xlsx 结尾。"),
    ),
    Entry(
        "V810",
        Words("no rule for the table", "没有指定规则"),
        Words("What to evaluate for every record is not said.", "没有说明对每条记录判定哪条规则。"),
        Words("Name it: --rule NAME.", "请用 --rule 名称 指定。"),
    ),
    Entry(
        "V811",
        Words("facts or a table", "事项文件与表格须任选其一"),
        Words(
            "Facts are given by --facts or by --table, and by one of them.",
            "须用 --facts 或 --table 提供事项，且只能用其中一个。",
        ),
        Words(
            "Say --facts FILE for one case, --table FILE for many records.",
            "单个案例用 --facts 文件，多条记录用 --table 文件。",
        ),
    ),
    Entry(
        "V680",
        Words("a table without its key", "附表缺少键"),
        Words(
            "What `children` gives for {name} is no table with its key.",
            "`children` 中 {name} 的内容不是“附表加键列”。",
        ),
        Words(
            "Give the frame and the column that says whose each row is: "
            '`children={{"{name}": (frame, "id")}}`.',
            '请给出附表和说明每行归属的列：`children={{"{name}": (frame, "id")}}`。',
        ),
    ),
    Entry(
        "V681",
        Words("a table of no fact", "附表没有对应的事项"),
        Words(
            "`children` names {name}, and what is asked has no such fact.{close}",
            "`children` 中的 {name} 不是所求规则的事项。{close}",
        ),
        Words(
            "Name a fact that is a list, or a field of its records as `list.field`.",
            "请写清单类事项的名称；清单记录中的字段写作“清单.字段”。",
        ),
    ),
    Entry(
        "V682",
        Words("a table within no table", "附表缺少上一级附表"),
        Words(
            "The records that {name} belongs to are not there: {around} has no table.",
            "{name} 所属的记录不存在：没有 {around} 的附表。",
        ),
        Words(
            "Give `children` a table for {around} too, with the column that {name} refers to.",
            "请在 `children` 中同时给出 {around} 的附表，并含 {name} 所引用的键列。",
        ),
    ),
    Entry(
        "V683",
        Words("no column of dates", "不是日期列"),
        Words(
            "The rows are to be judged on the dates of {name}, which holds {dtype}.",
            "各行应按 {name} 列的日期求值，而该列为 {dtype} 类型。",
        ),
        Words(
            "Name a column of dates, or give one date for all: `as_of=date(2023, 6, 1)`.",
            "请写日期类型的列名，或给出统一的日期：`as_of=date(2023, 6, 1)`。",
        ),
    ),
    Entry(
        "V684",
        Words("no such engine", "没有这种求值方式"),
        Words(
            "Frames are not evaluated by {name}.{close}", "表格没有 {name} 这种求值方式。{close}"
        ),
        Words(
            "Say columns or rows, or leave it out.",
            "可写 columns（按列）或 rows（逐行），或省略不写。",
        ),
    ),
    Entry(
        "V685",
        Words("keys of two types", "键列类型不一致"),
        Words(
            "The key of the table for {name} holds {one}, and what it refers to {other}.",
            "{name} 附表的键列为 {one} 类型，所引用的列为 {other} 类型。",
        ),
        Words(
            "Give both columns one type, so that the rows find each other.",
            "请把两列统一为同一类型，各行才能对应。",
        ),
    ),
    Entry(
        "V686",
        Words("tables of two kinds", "附表与主表种类不同"),
        Words(
            "The table for {name} is one of {one}, and the frame one of {other}.",
            "{name} 的附表是 {one} 的表格，主表是 {other} 的表格。",
        ),
        Words(
            "Turn the table into one of the same kind as the frame.",
            "请把附表转换为与主表相同的种类。",
        ),
    ),
    Entry(
        "V687",
        Words("not to be summed", "无法求和"),
        Words(
            "The column {name} holds {dtype}, of which there is no sum.",
            "{name} 列为 {dtype} 类型，无法求和。",
        ),
        Words(
            "Sum a column of numbers, for a fact that is a number.",
            "请对数值列求和，并用于数值类事项。",
        ),
    ),
    Entry(
        "V722",
        Words("columns of one name", "列名重复"),
        Words(
            "The frame has more than one column {names}.",
            "表格中有多列同名：{names}。",
        ),
        Words(
            "Rename or drop all but one of them.",
            "请改名或删去多余的列，每个列名只留一列。",
        ),
    ),
    Entry(
        "V723",
        Words("column of mixed values", "列中的值类型不一"),
        Words(
            "The column {name} cannot be read as values of one kind.",
            "{name} 列的值不是同一种类型，无法读取。",
        ),
        Words(
            "Give all its cells one type (`frame[name].astype(...)`), with None where one is "
            "missing, and whole numbers of at most 64 bits.",
            "请把该列各单元格统一为一种类型（`frame[name].astype(...)`），缺失处用 None，"
            "整数不超过 64 位。",
        ),
    ),
)
