"""Messages about spelling and syntax: V1."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words


def _entry(
    code: str, title: tuple[str, str], message: tuple[str, str], help_: tuple[str, str] = ("", "")
) -> Entry:
    return Entry(code, Words(*title), Words(*message), Words(*help_))


_CHARACTERS = (
    _entry(
        "V101",
        ("unknown character", "无法识别的字符"),
        (
            "The character {found} ({code_point}) has no meaning here.",
            "字符 {found}（{code_point}）在这里没有意义。",
        ),
        (
            "Remove it, or put the text that it belongs to in quotes.",
            "请删去，或把它所在的文字放进引号。",
        ),
    ),
    _entry(
        "V102",
        ("text without an end", "文字缺少后引号"),
        (
            "The text that begins with {found} here does not end on this line.",
            "从这里的 {found} 开始的文字在本行没有结束。",
        ),
        (
            "Close it with the quote that belongs to {found} before the line ends; a text stays on "
            'one line, and “…” may stand inside "…".',
            '请在行末之前写上与 {found} 配对的后引号；文字须写在同一行，“…”可以放在 "…" 里面。',
        ),
    ),
    _entry(
        "V103",
        ("single quotes", "单引号"),
        ("Text stands in double quotes; found {found}.", "文字要用双引号；这里写的是 {found}。"),
        ('Write "…" or “…”.', '请写作 "…" 或“…”。'),
    ),
    _entry(
        "V104",
        ("backquote without its pair", "反引号不成对"),
        (
            "A name in backquotes must be closed on the same line.",
            "反引号中的名称须在同一行结束，且不能为空。",
        ),
        ("Write a backquote on both sides: `from`.", "请在名称两侧各写一个反引号：`自`。"),
    ),
    _entry(
        "V105",
        ("sign of a programming language", "编程符号"),
        ("`{found}` is not a sign of this language.", "本语言没有“{found}”这个符号。"),
        ("Write {write}.", "请写{write}。"),
    ),
    _entry(
        "V107",
        ("range with a dash", "用破折号写的范围"),
        ("`{found}` is a range written with a dash.", "“{found}”是用连接号写的范围。"),
        ("Write `{write}`; both ends belong to it.", "请写作“{write}”；两端都包含在内。"),
    ),
    _entry(
        "V108",
        ("typographic dash", "排版用的横线"),
        (
            "`{found}` is a dash of typography, not a minus sign.",
            "“{found}”是排版用的横线，不是减号。",
        ),
        ("Write - to subtract.", "相减请写 -。"),
    ),
    _entry(
        "V138",
        ("full stop", "句号"),
        ("A full stop ends nothing here.", "这里不用句号。"),
        ("Remove it: the end of the line ends the item.", "请删去：换行即表示一项结束。"),
    ),
)

_NUMBERS = (
    _entry(
        "V109",
        ("date written another way", "日期写法"),
        ("A date is not written as `{found}` here.", "日期不写作“{found}”。"),
        ("Write {write}.", "请写作 {write}。"),
    ),
    _entry(
        "V110",
        ("no such date", "没有这一天"),
        ("The calendar has no {found}.", "日历上没有 {found}。"),
        (
            "Check year, month and day; for a subtraction put spaces around the sign.",
            "请核对年、月、日；如果是相减，请在减号两侧加空格。",
        ),
    ),
    _entry(
        "V111",
        ("comma inside a number", "数字中的分节逗号"),
        ("`{found}` is read as two values with a comma between them.", "“{found}”会被读成两个值。"),
        ("Write {write}, without a comma.", "请去掉逗号，写作 {write}。"),
    ),
    _entry(
        "V112",
        ("per cent in words", "用文字写的百分比"),
        ("A percentage has the sign %; found `{found}`.", "百分比要用 % 号；这里写的是“{found}”。"),
        ("Write {write}.", "请写作 {write}。"),
    ),
    _entry(
        "V113",
        ("too many digits", "位数过多"),
        (
            "The number {found} has more than 18 significant digits.",
            "数字 {found} 的有效数字超过 18 位。",
        ),
        ("Write at most 18 significant digits.", "有效数字最多 18 位。"),
    ),
    _entry(
        "V137",
        ("not a year", "不是年份"),
        ("A date is expected here, and {found} is no year.", "这里要写日期，而 {found} 不是年份。"),
        (
            "Write a date (2025-12-31), a month (2025-04), a year (2025) or `end of 2025`.",
            "请写日期（2025年12月31日）、月份（2025年4月）、年份（2025年）或 2025年底。",
        ),
    ),
)

_LIMITS = (
    _entry(
        "V114",
        ("nested too deeply", "嵌套过深"),
        ("This is nested more than {most} levels deep.", "这里的嵌套超过 {most} 层。"),
        (
            "Give parts a name of their own with `define`, or list conditions in `all of {{ … }}`.",
            "请用“定义”给其中的部分单独命名，或把条件列在“同时满足 {{ … }}”中。",
        ),
    ),
    _entry(
        "V115",
        ("invisible direction mark", "不可见的方向控制符"),
        (
            "Here stands an invisible character ({code_point}) that changes the order in which "
            "text is shown.",
            "这里有一个改变文字显示顺序的不可见字符（{code_point}）。",
        ),
        (
            "Remove it: what a reader sees must be what is evaluated.",
            "请删去：读者看到的必须就是被执行的内容。",
        ),
    ),
    _entry(
        "V116",
        ("file too large", "文件过大"),
        (
            "The file has {found} bytes; at most {most} are read.",
            "文件有 {found} 字节，最多读取 {most} 字节。",
        ),
        ("Divide it into several files in one folder.", "请把它分成同一文件夹中的几个文件。"),
    ),
)

_BRACKETS = (
    _entry(
        "V118",
        ("bracket without its end", "括号没有结束"),
        ("This {found} is not closed.", "这个 {found} 没有结束。"),
        ("Write {write} where it ends.", "请在结束处写上 {write}。"),
    ),
    _entry(
        "V119",
        ("bracket too many", "多余的括号"),
        ("This {found} closes nothing.", "这个 {found} 没有对应的开始括号。"),
        (
            "Remove it, or look for a bracket that is missing before it.",
            "请删去，或检查前面是否漏写了括号。",
        ),
    ),
    _entry(
        "V139",
        ("block without a brace", "缺少花括号"),
        (
            "What {block} holds stands in braces; found {found}.",
            "{block}的内容要放在花括号中；这里是{found}。",
        ),
        (
            "Write {{ before it, and }} after the last item.",
            "请在它前面写 {{，在最后一项之后写 }}。",
        ),
    ),
)

_WORDS = (
    _entry(
        "V106",
        ("equals sign for a comparison", "用等号比较"),
        (
            "An equals sign gives a value to a name; it compares nothing.",
            "等号用来给名称赋值，不用来比较。",
        ),
        ("Write {write}.", "请写{write}。"),
    ),
    _entry(
        "V120",
        ("colon missing", "缺少冒号"),
        (
            "A colon stands between the name `{name}` and its type; found {found}.",
            "名称“{name}”与其类型之间要有冒号；这里是{found}。",
        ),
        ("Write `{name} : …`.", "请写作“{name}：…”。"),
    ),
    _entry(
        "V121",
        ("keyword used as a name", "用保留词作名称"),
        (
            "`{found}` is a word of the language, not a name.",
            "“{found}”是本语言的保留词，不是名称。",
        ),
        (
            "Choose another name, or write it in backquotes: `{found}`.",
            "请换一个名称，或加反引号：`{found}`。",
        ),
    ),
    _entry(
        "V122",
        ("words run together", "词语连写"),
        (
            "`{found}` is read as one name, because nothing separates its words.",
            "“{found}”中间没有空格，会被读成一个名称。",
        ),
        ("Write `{write}`.", "请写作“{write}”。"),
    ),
    _entry(
        "V123",
        ("capital letters in a keyword", "保留词大写"),
        (
            "Keywords are written in small letters; found `{found}`.",
            "保留词用小写；这里是“{found}”。",
        ),
        ("Write {write}.", "请写{write}。"),
    ),
    _entry(
        "V124",
        ("misspelt keyword", "保留词拼写有误"),
        ("`{found}` is not a word of this language.", "本语言没有“{found}”这个词。"),
        ("Write {write}.", "是否想写{write}？"),
    ),
    _entry(
        "V125",
        ("item of another block", "不属于此处的内容"),
        ("{block} does not hold {found}.", "{block}中不能写{found}。"),
        ("It may hold: {expected}.", "可以写：{expected}。"),
    ),
    _entry(
        "V126",
        ("not a declaration", "不是声明"),
        (
            "Outside of braces a line begins with what it declares; found {found}.",
            "花括号之外，每一行以所声明的内容开头；这里是{found}。",
        ),
        ("Begin it with one of: {expected}.", "请以下列词语之一开头：{expected}。"),
    ),
    _entry(
        "V133",
        ("word of another language", "其他语言的词"),
        ("`{found}` is not a word of this language.", "“{found}”不是本语言的词。"),
        ("Write {write}.", "请写{write}。"),
    ),
    _entry(
        "V135",
        ("attribute on a line of its own", "单独成行的附注"),
        (
            "{found} follows an item on the item's line; this line stands alone.",
            "{found}须写在所属内容的同一行；这里单独成行。",
        ),
        ("Move it to the end of the line before.", "请移到上一行的末尾。"),
    ),
    _entry(
        "V140",
        ("label without its language", "名称未注明语言"),
        (
            "It is not said in which language {found} is.",
            "{found} 没有注明是哪种语言。",
        ),
        ("Write zh or en before the text: {write}.", "请在文字前写“中文”或“英文”：{write}。"),
    ),
    _entry(
        "V141",
        ("name in quotes", "名称加了引号"),
        ("A name has no quotes; found {found}.", "名称不加引号；这里是 {found}。"),
        (
            "Write a name, such as {write}, and the text after zh or en.",
            "请写名称，例如 {write}；文字写在“中文”或“英文”之后。",
        ),
    ),
    _entry(
        "V144",
        ("hyphen in a name", "名称中的连字符"),
        ("A name has no hyphen; found `{found}`.", "名称中不能有连字符；这里是“{found}”。"),
        ("Write {write}.", "请写作 {write}。"),
    ),
    _entry(
        "V145",
        ("name that begins with a digit", "以数字开头的名称"),
        ("A name begins with a letter; found `{found}`.", "名称要以文字开头；这里是“{found}”。"),
        ("Put a word first, or put the name in backquotes.", "请在前面加文字，或给名称加反引号。"),
    ),
)

_ORDER = (
    _entry(
        "V127",
        ("ends too early", "内容不完整"),
        ("{place} ends before it is complete.", "{place}还没有写完。"),
        ("Here may come: {expected}.", "这里可以写：{expected}。"),
    ),
    _entry(
        "V128",
        ("out of place", "位置不对"),
        ("{found} cannot stand here.", "这里不能写{found}。"),
        ("Here may come: {expected}.", "这里可以写：{expected}。"),
    ),
    _entry(
        "V129",
        ("something after a complete item", "一项之后还有内容"),
        (
            "The item is complete before {found}.",
            "{found}之前，这一项已经完整。",
        ),
        (
            "Begin a new line before it; in its place may come: {expected}.",
            "请在它前面换行；此处还可以写：{expected}。",
        ),
    ),
    _entry(
        "V130",
        ("set in other brackets", "集合的括号"),
        ("Several values stand in ( ); found {found}.", "多个值放在圆括号中；这里是 {found}。"),
        ("Write {write}.", "请写作 {write}。"),
    ),
    _entry(
        "V131",
        ("nothing after a comma", "逗号之后没有内容"),
        ("Nothing follows this comma.", "这个逗号后面没有内容。"),
        ("Remove the comma, or write what is missing.", "请删去逗号，或补上内容。"),
    ),
    _entry(
        "V132",
        ("two comparisons at once", "连续比较"),
        (
            "Two comparisons are chained here: only one can stand between two values.",
            "这里连写了两个比较；两个值之间只能有一个比较。",
        ),
        (
            "Write `x between a and b`, or two comparisons with `and` between them.",
            "请写作“某项 介于 a 至 b”，或用“且”连接两个比较。",
        ),
    ),
    _entry(
        "V134",
        ("citation without its clause", "依据缺少条款"),
        (
            "A citation names a document, then a clause; after `{document}` comes {found}.",
            "依据要写文件名和条款；“{document}”之后是{found}。",
        ),
        (
            'Write the clause after a space: {document} 三（五）17 "10 个月".',
            "请在空格之后写条款：{document} 三（五）17 “10 个月”。",
        ),
    ),
    _entry(
        "V136",
        ("row without its end", "表格行没有结束"),
        ("A row ends with |; this one does not.", "表格的一行以 | 结束；这一行没有。"),
        ("Write | after the last cell.", "请在最后一格之后写 |。"),
    ),
    _entry(
        "V142",
        ("range without its upper end", "范围缺少上限"),
        (
            "A range has two ends; the second is missing before {found}.",
            "范围有两端；{found}之前缺少后一端。",
        ),
        (
            "Write `between 2 and 4`; an end that is reckoned stands in brackets, such as"
            " `(born + 18 years)`.",
            "请写作“介于 2 至 4”；需要计算的一端加括号，例如“(出生日期 + 18年)”。",
        ),
    ),
    _entry(
        "V146",
        ("negated comparison", "否定的比较"),
        (
            "A comparison is not negated with `is not`; found `{found}`.",
            "比较不用“不是”来否定；这里是“{found}”。",
        ),
        ("Write {write}.", "请写{write}。"),
    ),
)

_CONTENT = (
    _entry(
        "V151",
        ("given twice", "重复"),
        ("`{found}` is given twice.", "“{found}”写了两次。"),
        ("Keep one of them.", "请只保留一处。"),
    ),
    _entry(
        "V152",
        ("rule that says nothing", "规则没有结论"),
        (
            "The rule `{name}` has no statement: nothing that it could conclude.",
            "规则“{name}”没有写任何结论。",
        ),
        ("Write for example `eligible when …`.", "请写出结论，例如“符合条件 当 …”。"),
    ),
    _entry(
        "V153",
        ("provision without a verb", "条款没有写明力度"),
        (
            "The provision `{name}` does not say how it binds.",
            "条款“{name}”没有写明约束力度。",
        ),
        (
            "Write one of: {expected}.",
            "请写下列之一：{expected}。",
        ),
    ),
)

ENTRIES: tuple[Entry, ...] = (
    *_CHARACTERS,
    *_NUMBERS,
    *_LIMITS,
    *_BRACKETS,
    *_WORDS,
    *_ORDER,
    *_CONTENT,
)
