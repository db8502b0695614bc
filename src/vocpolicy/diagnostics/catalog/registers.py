"""Messages about tables in files: V695 to V699."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V695",
        Words("columns are not the facts", "列与事项对不上"),
        Words("Of the table's columns, {why}.", "表格的列有误：{why}。"),
        Words(
            "Head the column with the fact's name or label, or say which it is: "
            "--column FACT=COLUMN.",
            "请以事项的名称或标签作表头，或用 --column 事项=列名 指明。",
        ),
    ),
    Entry(
        "V696",
        Words("table cannot be read", "表格无法读取"),
        Words("{path} cannot be read as a table: {why}.", "{path} 无法作为表格读取：{why}。"),
        Words(
            "Open it where it was made, mend it, and save it again.",
            "请用原来的软件打开，改正后重新保存。",
        ),
    ),
    Entry(
        "V697",
        Words("formula without its value", "公式没有保存结果"),
        Words(
            "In {path}, the formula in {cell} has no value stored with it.",
            "{path} 中 {cell} 的公式没有保存计算结果。",
        ),
        Words(
            "Open the file in a spreadsheet program and save it, so that the value is stored.",
            "请用电子表格软件打开该文件并保存，使计算结果存入文件。",
        ),
    ),
    Entry(
        "V698",
        Words("too many rows for a sheet", "行数超出工作表上限"),
        Words(
            "A sheet holds {most} records, and the table has more: {path} is not written.",
            "一个工作表最多容纳 {most} 条记录，表格超出上限，{path} 未写入。",
        ),
        Words("Write it as .csv or .parquet.", "请改为输出 .csv 或 .parquet 文件。"),
    ),
    Entry(
        "V699",
        Words("workbooks need openpyxl", "处理工作簿需安装 openpyxl"),
        Words(
            "Reading and writing .xlsx takes the package openpyxl.",
            "读写 .xlsx 文件需要安装 openpyxl。",
        ),
        Words(
            "Install it with: pip install 'vocpolicy[sheets]'; .csv and .parquet do without.",
            "请运行：pip install 'vocpolicy[sheets]'；.csv 和 .parquet 文件无需安装。",
        ),
    ),
)
