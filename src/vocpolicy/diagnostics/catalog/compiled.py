"""Messages about compiled forms and classes made of facts: V66 and V67."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "V660",
        ("not a compiled form, or damaged", "不是编译文件，或文件已损坏"),
        (
            "{path} is no compiled form of a policy, or it has changed since it was written.",
            "{path} 不是政策的编译文件，或写入后内容有变。",
        ),
        (
            "Nothing of it was run. Write it anew: vocpolicy compile PATH -o FILE.",
            "其中内容均未执行。请重新生成：vocpolicy compile 政策路径 -o 文件。",
        ),
    ),
    entry(
        "V661",
        ("compiled by another version", "由其他版本编译"),
        (
            "{path} was compiled by another version ({found}; here it is {here}).",
            "{path} 由其他版本编译（{found}；当前为 {here}）。",
        ),
        (
            "Compile the policy again with the version that reads it: "
            "vocpolicy compile PATH -o FILE.",
            "请用当前版本重新编译：vocpolicy compile 政策路径 -o 文件。",
        ),
    ),
    entry(
        "V662",
        ("another file is there", "该处已有其他文件"),
        (
            "{path} is there already and is no compiled form, so it was left as it is.",
            "{path} 已存在，且不是编译文件，未予改动。",
        ),
        (
            "Name another file; a compiled form is replaced, nothing else is.",
            "请另指定文件名；只有编译文件可以覆盖。",
        ),
    ),
    entry(
        "V663",
        ("file cannot be written", "文件无法写入"),
        ("{path} cannot be written.", "{path} 无法写入。"),
        (
            "Check that its folder is there and that you may write in it.",
            "请检查所在文件夹是否存在，以及是否有写入权限。",
        ),
    ),
    entry(
        "V664",
        ("not a policy as it was loaded", "不是完整载入的政策"),
        (
            "{name} is not a policy as it was loaded, but one edition or a variant of one.",
            "{name} 不是完整载入的政策，而是其中某一时期的文本或改动后的副本。",
        ),
        (
            "Take what `vocpolicy.load` gives, and say the day where something is asked.",
            "请使用 `vocpolicy.load` 返回的政策，在求值或编译时再指定日期。",
        ),
    ),
    entry(
        "V670",
        ("no such entity", "没有这类对象"),
        ("The policy has no entity {name}.{close}", "政策中没有对象“{name}”。{close}"),
        (
            "Name an entity that the policy declares, or leave `--entity` out for all of them.",
            "请写政策中已声明的对象；不写 `--entity` 则生成全部。",
        ),
    ),
)
