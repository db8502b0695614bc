"""Messages about decision tables and the files that hold their rows: V7."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V701",
        Words("table without rows", "对照表没有行"),
        Words(
            "The table `{name}` has no row that decides anything.",
            "对照表“{name}”没有任何数据行。",
        ),
        Words(
            "Its first row names the inputs and, last, what is decided; write the rows below it.",
            "第一行写各输入项，最后写所决定的事项；其下逐行填写。",
        ),
    ),
    Entry(
        "V702",
        Words("rows in two places", "行写在两处"),
        Words(
            "The table `{name}` has rows here and names a file that holds its rows.",
            "对照表“{name}”既在此处写了行，又引用了存放各行的文件。",
        ),
        Words(
            "Keep the rows in one place: delete these, or the `from` item.",
            "各行只写在一处：请删去此处的行，或删去“自”一项。",
        ),
    ),
    Entry(
        "V703",
        Words("unknown hit policy", "取行方式不存在"),
        Words(
            "`{found}` does not say which of the rows that match count.{close}",
            "“{found}”不是取行方式。{close}",
        ),
        Words("Write one of {known}.", "请写下列之一：{known}。"),
    ),
    Entry(
        "V704",
        Words("nothing is collected", "并非汇集"),
        Words(
            "`{found}` says what is made of collected rows, but the hit policy is `{policy}`.",
            "“{found}”说明如何汇集各行，但取行方式是“{policy}”。",
        ),
        Words(
            "Delete it, or write `collect {found}`.",
            "请删去，或改写为“汇集 {found}”。",
        ),
    ),
    Entry(
        "V705",
        Words("table without inputs", "对照表没有输入项"),
        Words(
            "The first row names no input: its last cells are for what is decided ({outputs}).",
            "第一行没有输入项：最后几格用于所决定的事项（{outputs}）。",
        ),
        Words(
            "Name the inputs before it: | income | household | … |",
            "请在前面写明输入项：| 收入 | 家庭 | … |",
        ),
    ),
    Entry(
        "V706",
        Words("wrong output column", "输出列不符"),
        Words(
            "The last cells of the first row have to name what the table decides: {outputs}.",
            "第一行最后几格应写对照表所决定的事项：{outputs}。",
        ),
        Words(
            "Write each of these names once, after the inputs.",
            "请在输入项之后，将这些名称各写一次。",
        ),
    ),
    Entry(
        "V707",
        Words("not an input", "不是输入项"),
        Words(
            "The first row names the inputs, and `{found}` is a test.",
            "第一行写输入项，“{found}”是条件。",
        ),
        Words(
            "Write a fact, a definition or an expression; tests stand in the rows below.",
            "请写事项、定义或算式；条件写在下面各行。",
        ),
    ),
    Entry(
        "V708",
        Words("wrong number of cells", "格数不符"),
        Words(
            "The first row has {wanted} cells, this one has {found}.",
            "本行有 {found} 格，第一行有 {wanted} 格。",
        ),
        Words(
            "Write a cell for each column; `-` in an input column stands for anything.",
            "每列写一格；输入列中“-”表示不限。",
        ),
    ),
    Entry(
        "V709",
        Words("`not applicable` as an input", "输入格写了“不适用”"),
        Words(
            "`not applicable` is something that a row decides, not a test of an input.",
            "“不适用”是行的结论，不是对输入项的条件。",
        ),
        Words(
            "Write `-` where the input does not matter.",
            "输入项不影响结论时，请写“-”。",
        ),
    ),
    Entry(
        "V710",
        Words("test as an output", "输出格写了条件"),
        Words(
            "`{found}` is no value that a row can decide.",
            "“{found}”不能作为行的结论。",
        ),
        Words(
            "Write a value such as `500 yuan`, or `not applicable`.",
            "请写数值或取值（如 500元），或写“不适用”。",
        ),
    ),
    Entry(
        "V711",
        Words("`otherwise` for several outputs", "多个输出项的“否则”"),
        Words(
            "The table decides several things, and `otherwise` gives one value.",
            "对照表决定多项事项，“否则”只给出一个值。",
        ),
        Words(
            "Write `otherwise not applicable`, or divide the table.",
            "请写“否则 不适用”，或拆分对照表。",
        ),
    ),
    Entry(
        "V712",
        Words("cannot be collected so", "不能如此汇集"),
        Words(
            "`{collect}` does not work on what the rows give: {found}.",
            "各行给出的是{found}，不能用“{collect}”汇集。",
        ),
        Words(
            "A sum takes numbers; the least and the most take numbers or dates; "
            "a list takes single values.",
            "合计须为数值；最小、最大须为数值或日期；清单须为单个值。",
        ),
    ),
    Entry(
        "V713",
        Words("file of rows not found", "找不到存放各行的文件"),
        Words("There is no file {path} with rows.", "找不到存放各行的文件 {path}。"),
        Words(
            "Write its path from the folder of this file; it is read only from files on disk.",
            "请写相对于本文件所在文件夹的路径；仅读取磁盘上的文件。",
        ),
    ),
    Entry(
        "V714",
        Words("unreadable file of rows", "存放各行的文件无法读取"),
        Words(
            "{path} is text neither in UTF-8 nor in GB 18030.",
            "{path} 既不是 UTF-8 编码，也不是 GB 18030 编码的文本。",
        ),
        Words(
            "Save it as CSV in UTF-8.",
            "请另存为 UTF-8 编码的 CSV 文件。",
        ),
    ),
    Entry(
        "V715",
        Words("sign in a cell of a file", "文件单元格中的符号"),
        Words(
            "The cell in row {row}, column {column} holds `{found}`, which no cell can hold.",
            "第 {row} 行第 {column} 列的单元格中有“{found}”，单元格内不能使用。",
        ),
        Words(
            "A cell holds one value, one range, one set or one comparison.",
            "每个单元格只写一个值、一个范围、一组值或一个比较。",
        ),
    ),
    Entry(
        "V716",
        Words("quotation mark not closed", "引号未闭合"),
        Words(
            "The cell in row {row}, column {column} begins a text that does not end.",
            "第 {row} 行第 {column} 列单元格中的引号没有闭合。",
        ),
        Words(
            "Close it; in a CSV file a quotation mark inside a quoted cell is written twice.",
            "请补上引号；CSV 文件中，带引号的单元格内引号须写两遍。",
        ),
    ),
    Entry(
        "V717",
        Words("wrong number of columns", "列数不符"),
        Words(
            "Row {row} has {found} columns, the first row has {wanted}.",
            "第 {row} 行有 {found} 列，第一行有 {wanted} 列。",
        ),
        Words(
            "Give each row a cell for each column; quote cells that hold a comma.",
            "各行每列写一格；含逗号的单元格请加引号。",
        ),
    ),
    Entry(
        "V718",
        Words("note column in the middle", "说明列不在最后"),
        Words(
            "The column `{found}` stands before a column of the table.",
            "“{found}”列写在了对照表的列之前。",
        ),
        Words(
            "Put the columns `cite` and `because` last.",
            "请将“依据”“理由”列放在最后。",
        ),
    ),
)
