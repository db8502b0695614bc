"""Messages about files, options and missing parts: V6."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V601",
        Words("no such file or folder", "文件或文件夹不存在"),
        Words("There is no file or folder {path}.", "找不到文件或文件夹 {path}。"),
        Words(
            "Check the path; rule files end in .vocp, facts in .json, .yaml or .toml.",
            "请检查路径；规则文件以 .vocp 结尾，事项文件以 .json、.yaml 或 .toml 结尾。",
        ),
    ),
    Entry(
        "V602",
        Words("no rule files", "没有规则文件"),
        Words("There is no rule file in {path}.", "{path} 中没有规则文件。"),
        Words(
            "Rule files end in .vocp; put them in this folder or below it.",
            "规则文件以 .vocp 结尾，请放在此文件夹或其下级文件夹中。",
        ),
    ),
    Entry(
        "V603",
        Words("not UTF-8", "不是 UTF-8 编码"),
        Words(
            "{path} is not UTF-8 text: line {line} cannot be read.",
            "{path} 不是 UTF-8 编码：第 {line} 行无法读取。",
        ),
        Words("Save the file as UTF-8.", "请将文件另存为 UTF-8 编码。"),
    ),
    Entry(
        "V604",
        Words("file too large", "文件过大"),
        Words("{path} is larger than {most} bytes.", "{path} 超过 {most} 字节。"),
        Words(
            "Divide it into several files of one folder.",
            "请拆分为同一文件夹中的若干文件。",
        ),
    ),
    Entry(
        "V605",
        Words("no policy declared", "未声明政策"),
        Words("No file says which policy this is.", "各文件均未声明政策。"),
        Words(
            'Declare it in one of the files: policy NAME {{ title en "…" }}.',
            "请在其中一个文件中声明：政策 名称 {{ 标题 中文 “…” }}。",
        ),
    ),
    Entry(
        "V606",
        Words("two policies", "声明了两项政策"),
        Words(
            "A second policy, `{name}`, is declared beside the first.",
            "除前一项外，又声明了政策“{name}”。",
        ),
        Words(
            "A file or folder holds one policy: move the other to a folder of its own.",
            "一个文件或文件夹只写一项政策：请将另一项移至单独的文件夹。",
        ),
    ),
    Entry(
        "V607",
        Words("no language version", "未写语言版本"),
        Words(
            "{file} does not say which version of the language it is written in.",
            "{file} 未写明所用的语言版本。",
        ),
        Words(
            "Write `language 1` on the first line.",
            "请在首行写“语言 1”。",
        ),
    ),
    Entry(
        "V608",
        Words("unknown language version", "语言版本不支持"),
        Words(
            "The file is written in version {version} of the language, and this program reads "
            "version 1.",
            "文件所用语言版本为 {version}，而本程序只读取版本 1。",
        ),
        Words("Write `language 1`, or use a later program.", "请写“语言 1”，或使用更新的程序。"),
    ),
    Entry(
        "V609",
        Words("used file outside the policy's folder", "引用了政策文件夹以外的文件"),
        Words(
            "{path} lies outside the policy's folder, where nothing is read.",
            "{path} 在政策文件夹以外，不予读取。",
        ),
        Words("Copy the file into the policy's folder.", "请将该文件复制到政策文件夹中。"),
    ),
    Entry(
        "V610",
        Words("used file not found", "引用的文件不存在"),
        Words("There is no file {path} to use.", "找不到引用的文件 {path}。"),
        Words(
            "Write its path from the folder of this file.",
            "请写相对于本文件所在文件夹的路径。",
        ),
    ),
    Entry(
        "V611",
        Words("files use each other", "文件互相引用"),
        Words("These files use each other: {chain}.", "以下文件互相引用：{chain}。"),
        Words("Delete one `use`.", "请删去一处“引用”。"),
    ),
    Entry(
        "V613",
        Words("file cannot be read", "文件无法读取"),
        Words("{path} cannot be read.", "{path} 无法读取。"),
        Words("Check that you may read it.", "请检查读取权限。"),
    ),
    Entry(
        "V614",
        Words("file outside the policy's folder", "文件在政策文件夹以外"),
        Words(
            "{path} is a link to a file outside the policy's folder, where nothing is read.",
            "{path} 指向政策文件夹以外的文件，不予读取。",
        ),
        Words("Copy the file into the policy's folder.", "请将该文件复制到政策文件夹中。"),
    ),
    Entry(
        "V640",
        Words("no such code", "没有这个代码"),
        Words(
            "There is no message with the code {code}.{close}", "没有代码为 {code} 的信息。{close}"
        ),
        Words(
            "Write the code as the message begins, such as V106.",
            "请照信息开头的代码填写，如 V106。",
        ),
    ),
    Entry(
        "V641",
        Words("not a name for a policy or a document", "不能用作政策或文件的名称"),
        Words("“{name}” can't name a policy or a document.", "“{name}”不能用作政策或文件的名称。"),
        Words(
            "Write letters, digits and underscores, a letter first, and no word that the language "
            "reserves: `library_plan`, `plan`.",
            "名称由文字、数字和下划线组成，以文字开头，不得是语言的保留词，如“图书馆方案”、“plan”。",
        ),
    ),
    Entry(
        "V642",
        Words("folder or file exists already", "文件夹或文件已存在"),
        Words("{path} exists already, and nothing is overwritten.", "{path} 已存在，不予覆盖。"),
        Words(
            "Give another name, or another folder with -o.",
            "请换一个名称，或用 -o 指定另一个文件夹。",
        ),
    ),
    Entry(
        "V643",
        Words("folder cannot be written", "文件夹无法写入"),
        Words("{path} cannot be written.", "{path} 无法写入。"),
        Words(
            "Check that the folder around it exists and that you may write there.",
            "请检查其上级文件夹是否存在、是否有写入权限。",
        ),
    ),
    Entry(
        "V650",
        Words("kind of report not known", "无法确定报告格式"),
        Words(
            "The name {path} does not say what kind of report to write.",
            "从文件名 {path} 看不出报告的格式。",
        ),
        Words(
            "End it in .html, .md or .json, or say --format html, markdown or json.",
            "文件名请以 .html、.md 或 .json 结尾，或用 --format 指定 html、markdown 或 json。",
        ),
    ),
    Entry(
        "V654",
        Words("properties can't be tested", "无法做性质测试"),
        Words(
            "Generated facts and policies take the package hypothesis.",
            "生成事实和政策需要安装 hypothesis。",
        ),
        Words(
            "Install it with: pip install 'vocpolicy[test]'",
            "请运行：pip install 'vocpolicy[test]'",
        ),
    ),
    Entry(
        "V651",
        Words("charts can't be drawn", "无法绘制图表"),
        Words(
            "The charts of a report take the package matplotlib.",
            "绘制报告中的图表需要安装 matplotlib。",
        ),
        Words(
            "Install it with: pip install 'vocpolicy[report]'; a report as Markdown or JSON has no "
            "charts.",
            "请运行：pip install 'vocpolicy[report]'；Markdown 和 JSON 格式的报告不含图表。",
        ),
    ),
    Entry(
        "V652",
        Words("file cannot be written", "文件无法写入"),
        Words("{path} cannot be written.", "{path} 无法写入。"),
        Words(
            "Check that its folder exists and that you may write there.",
            "请检查所在文件夹是否存在、是否有写入权限。",
        ),
    ),
)
