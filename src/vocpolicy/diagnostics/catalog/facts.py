"""Messages about facts that a user supplies: V4."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

BOUNDS: Mapping[str, Words] = MappingProxyType(
    {
        "at_least": Words("at least {0}", "不低于 {0}"),
        "at_most": Words("at most {0}", "不超过 {0}"),
        "more_than": Words("more than {0}", "高于 {0}"),
        "less_than": Words("less than {0}", "低于 {0}"),
        "step": Words("a multiple of {0}", "{0} 的整数倍"),
    }
)
"""How a bound is said in `it must be {bound}`."""

SHAPES: Mapping[str, Words] = MappingProxyType(
    {
        "list": Words("a list", "一个清单"),
        "mapping": Words("a set of names and values", "一组名称和值"),
        "yes": Words("yes", "是"),
        "no": Words("no", "否"),
        "nothing": Words("nothing", "空值"),
        "unknown": Words("not known", "未知"),
        "other": Words("a value of a kind that no fact has", "无法识别的值"),
    }
)
"""What was found, where it is no text or number."""

REASONS: Mapping[str, Words] = MappingProxyType(
    {
        "not_understood": Words("it is not understood from here on", "自此处起无法理解"),
        "too_deep": Words("it is nested too deeply", "嵌套过深"),
        "not_utf_8": Words("this line is not UTF-8", "此行不是 UTF-8 编码"),
        "alias": Words(
            "a value is taken from elsewhere in the file with *", "用 * 引用了文件别处的值"
        ),
    }
)
"""Why a file of facts can't be read."""

JSON_REASONS: Mapping[str, Words] = MappingProxyType(
    {
        "Expecting value": Words("a value is wanting here", "此处缺少值"),
        "Expecting property name enclosed in double quotes": Words(
            "a name in double quotes is wanting here", "此处缺少带双引号的名称"
        ),
        "Expecting ':' delimiter": Words("a colon is wanting here", "此处缺少冒号"),
        "Expecting ',' delimiter": Words("a comma is wanting here", "此处缺少逗号"),
        "Illegal trailing comma before end of object": Words(
            "this comma is one too many", "此处多了一个逗号"
        ),
        "Illegal trailing comma before end of array": Words(
            "this comma is one too many", "此处多了一个逗号"
        ),
        "Extra data": Words("there is more after its end", "结尾之后还有内容"),
        "Unterminated string starting at": Words(
            "this text has no closing quote", "此处的文本缺少右引号"
        ),
        "Invalid control character at": Words("a line end stands inside a text", "文本之内有换行"),
    }
)
"""The same for JSON, by the message of the `json` module."""

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V401",
        Words("unknown fact", "没有这个事项"),
        Words("There is no fact {name}.{close}", "没有名为 {name} 的事项。{close}"),
        Words(
            "`vocpolicy facts` lists the facts that the policy takes.",
            "`vocpolicy facts` 列出该政策所需的事项。",
        ),
    ),
    Entry(
        "V402",
        Words("wrong type of value", "值的类型不符"),
        Words("{name} is given as {got}.", "{name} 的值为 {got}，类型不符。"),
        Words("It takes: {takes}.", "应为：{takes}。"),
    ),
    Entry(
        "V403",
        Words("wrong unit", "单位不符"),
        Words(
            "{name} is given as {got}, and “{unit}” is no unit of it.",
            "{name} 的值为 {got}，单位“{unit}”与该事项不符。",
        ),
        Words("It takes: {takes}.", "应为：{takes}。"),
    ),
    Entry(
        "V404",
        Words("not a value of the choice", "不在可选值之内"),
        Words("{name} is given as {got}.{close}", "{name} 的值为 {got}，不在可选值之内。{close}"),
        Words("It takes {takes}.", "应为{takes}。"),
    ),
    Entry(
        "V405",
        Words("out of bounds", "超出范围"),
        Words("{name} is {got}; it must be {bound}.", "{name} 为 {got}，应{bound}。"),
        Words("Correct the value, or what bounds it.", "请更正该值，或更正限定它的事项。"),
    ),
    Entry(
        "V406",
        Words("defined by the policy", "由政策确定的值"),
        Words(
            "{name} is worked out by the policy and can't be supplied.",
            "{name} 由政策确定，不能作为事项提供。",
        ),
        Words("Leave it out.", "请删去。"),
    ),
    Entry(
        "V407",
        Words("too many digits", "有效数字过多"),
        Words(
            "{name} has more than 18 significant digits.",
            "{name} 的有效数字超过 18 位。",
        ),
        Words("Round it.", "请取舍后再填。"),
    ),
    Entry(
        "V408",
        Words("no exact number", "不是确定的数"),
        Words("{name} is given as {got}, which is no number.", "{name} 的值为 {got}，不是数。"),
        Words("Leave out what is not known.", "不知道的事项请不要填写。"),
    ),
    Entry(
        "V409",
        Words("not a whole number", "不是整数"),
        Words("{name} is a count, and {got} is no whole number.", "{name} 应为整数，现为 {got}。"),
        Words("Give a whole number.", "请填整数。"),
    ),
    Entry(
        "V410",
        Words("not a date", "不是日期"),
        Words("{name} is given as {got}, which is no date.", "{name} 的值为 {got}，不是日期。"),
        Words("Write it as 2023-06-01 or 2023年6月1日.", "请写作 2023-06-01 或 2023年6月1日。"),
    ),
    Entry(
        "V411",
        Words("two values on one day", "同一日有两个值"),
        Words("{name} has two values on {date}.", "{name} 在 {date} 有两个值。"),
        Words("Keep one of them.", "请保留其中一个。"),
    ),
    Entry(
        "V412",
        Words("facts that can't be read", "事项文件无法读取"),
        Words("This can't be read as {format}: {why}.", "无法按 {format} 读取：{why}。"),
        Words(
            "Mend it here, or check that it is {format}.",
            "请在此处更正，或确认文件格式为 {format}。",
        ),
    ),
    Entry(
        "V413",
        Words("a label for a name", "误把标签当作名称"),
        Words("{name} is the label of a fact.", "{name} 是事项的标签，不是名称。"),
        Words("Write its name: {fact}.", "请写其名称：{fact}。"),
    ),
    Entry(
        "V414",
        Words("supplied twice", "重复提供"),
        Words("{name} is supplied twice.", "{name} 提供了两次。"),
        Words("Keep one of them.", "请保留其中一个。"),
    ),
    Entry(
        "V415",
        Words("ends before it begins", "止早于起"),
        Words(
            "{name} begins on {start} and ends on {end}.",
            "{name} 起于 {start}，止于 {end}，止早于起。",
        ),
        Words("Exchange the dates, or correct one of them.", "请对调两个日期，或更正其中一个。"),
    ),
    Entry(
        "V416",
        Words("YAML can't be read", "不能读取 YAML"),
        Words("Reading YAML takes the package PyYAML.", "读取 YAML 需要安装 PyYAML。"),
        Words(
            "Install it with: pip install 'vocpolicy[yaml]'",
            "请运行：pip install 'vocpolicy[yaml]'",
        ),
    ),
    Entry(
        "V417",
        Words("nothing of that name", "没有这个名称"),
        Words(
            "{policy} has no rule, conclusion, target, provision or definition {name}.{close}",
            "{policy} 中没有名为 {name} 的规则、结论、指标、条款或定义。{close}",
        ),
    ),
    Entry(
        "V418",
        Words("no such reading", "没有这种理解"),
        Words("{owner} has no reading {name}.{close}", "{owner} 没有名为 {name} 的理解。{close}"),
    ),
    Entry(
        "V419",
        Words("not a set of facts", "不是一组事项"),
        Words(
            "Facts are names with their values; {got} was found.",
            "事项应为一组名称和值，现为{got}。",
        ),
        Words('Such as {{"exam_score": 525}}.', '例如 {{"exam_score": 525}}。'),
    ),
    Entry(
        "V420",
        Words("format not known", "格式不明"),
        Words("{path} is no file of facts.", "{path} 不是事项文件。"),
        Words(
            "Facts are read from .json, .toml, .yaml and .yml files.",
            "可读取 .json、.toml、.yaml、.yml 格式的事项文件。",
        ),
    ),
    Entry(
        "V421",
        Words("a case comes out otherwise", "用例结果不符"),
        Words("{name} is {found}; {expected} was expected.", "{name} {found}，应为“{expected}”。"),
    ),
    Entry(
        "V422",
        Words("a case is missing other facts", "用例所缺事项不符"),
        Words(
            "{name} is missing {found}; {expected} was expected.",
            "{name} 缺：{found}；应缺：{expected}。",
        ),
    ),
    Entry(
        "V423",
        Words("no shipped policy of that name", "没有随附的这个政策"),
        Words(
            "No policy {name} ships with the library.{close}", "没有随附名为 {name} 的政策。{close}"
        ),
    ),
    Entry(
        "V430",
        Words("a day that its month lacks", "当月没有这一天"),
        Words(
            "{found}: that month has no such day, and the policy refuses to round.",
            "{found}：当月没有这一天，而本政策不允许取整。",
        ),
        Words(
            "Say `month end round down` or `month end round up` in the policy, or settle by hand "
            "which day is meant.",
            "请在政策中写明“月末 取月末”或“月末 取次日”，或由人工确定日期。",
        ),
    ),
    Entry(
        "V431",
        Words("two files differ on a fact", "两个文件所报事项不一致"),
        Words(
            "{name} is not the same in {first} and in {second}.",
            "事项“{name}”在 {first} 和 {second} 中不一致。",
        ),
        Words(
            "Say it in one file, or give each value its date: observations on different days add "
            "up.",
            "请只在一个文件中填报，或为各值注明日期：不同日期的数值会合并。",
        ),
    ),
    Entry(
        "V440",
        Words("a percentage without its sign", "百分数缺百分号"),
        Words(
            "{name} is a ratio, and a bare {got} is {whole}.",
            "{name} 是比例，只写 {got} 即为 {whole}。",
        ),
        Words(
            "Write {got}% or {part}; write {whole} if that is meant.",
            "请写 {got}% 或 {part}；确为 {whole} 的，请写明百分号。",
        ),
    ),
)
