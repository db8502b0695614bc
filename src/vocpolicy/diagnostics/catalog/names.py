"""Messages about names: V2."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words


def _entry(
    code: str, title: tuple[str, str], message: tuple[str, str], advice: tuple[str, str]
) -> Entry:
    return Entry(code, Words(*title), Words(*message), Words(*advice))


_EXPRESSIONS = (
    _entry(
        "V201",
        ("unknown name", "名称未声明"),
        (
            "There is no fact, definition or conclusion named `{name}` here.{close}",
            "此处没有名为“{name}”的事项、定义或结论。{close}",
        ),
        (
            "Declare it (`fact {name} : …`), or write the name as it is declared.",
            "请先声明（“事项 {name}：…”），或改为已声明的名称。",
        ),
    ),
    _entry(
        "V202",
        ("declared twice", "重复声明"),
        ("`{name}` is declared a second time.", "“{name}”重复声明。"),
        ("Give one of the two another name, or delete it.", "请更改其中一处的名称，或删去一处。"),
    ),
    _entry(
        "V203",
        ("unknown type", "类型不存在"),
        ("There is no type or unit `{name}`.{close}", "没有名为“{name}”的类型或单位。{close}"),
        (
            "Types are `yes or no`, `date`, `text`, `ratio`, `number`, a unit, `count of KIND`, a "
            "choice or an entity.",
            "可用的类型有：是否、日期、文本、比例、数、计量单位、数量（种类）、选项、对象。",
        ),
    ),
    _entry(
        "V204",
        ("unknown kind", "种类未声明"),
        (
            "There is no kind or entity `{name}` to count.{close}",
            "没有名为“{name}”的种类或对象可供计数。{close}",
        ),
        ("Declare it: `kind {name}`.", "请先声明：“种类 {name}”。"),
    ),
    _entry(
        "V205",
        ("unknown unit", "单位不存在"),
        ("`{name}` is no unit.{close}", "“{name}”不是计量单位。{close}"),
        (
            "Write a unit such as points, yuan, days, months or years, or the name of a kind.",
            "请写分、元、天、个月、年等单位，或某一种类的名称、量词。",
        ),
    ),
    _entry(
        "V206",
        ("unknown document", "文件未声明"),
        ("The policy declares no document `{name}`.{close}", "政策未声明文件“{name}”。{close}"),
        (
            'Declare it in the policy: `document {name} "…"`.',
            "请在政策中声明：文件 {name} “…”。",
        ),
    ),
    _entry(
        "V207",
        ("defined in a circle", "循环定义"),
        ("These are defined by each other: {chain}.", "以下内容互相定义，形成循环：{chain}。"),
        (
            "Break the circle: one of them has to be said without the others.",
            "请断开循环：其中一项须不依赖其余各项即可说明。",
        ),
    ),
    _entry(
        "V208",
        ("overrides an unknown rule", "优先于不存在的规则"),
        (
            "There is no rule `{name}` to override.{close}",
            "没有名为“{name}”的规则可供优先。{close}",
        ),
        ("Name a rule, not what it decides.", "此处应写规则名称，而不是它所决定的结论。"),
    ),
    _entry(
        "V209",
        ("overrides a rule that decides something else", "优先于决定其他结论的规则"),
        (
            "`{name}` decides `{theirs}`, and this rule decides `{mine}`.",
            "规则“{name}”决定“{theirs}”，而本规则决定“{mine}”。",
        ),
        (
            "A rule overrides rules that decide the same: write `decides {theirs}`, or name "
            "another rule.",
            "只能优先于决定同一结论的规则：请写“决定 {theirs}”，或改为其他规则。",
        ),
    ),
    _entry(
        "V210",
        ("overrides in a circle", "优先关系循环"),
        ("These rules override each other: {chain}.", "以下规则互相优先：{chain}。"),
        (
            "Delete one `overrides`, so that one rule comes first.",
            "请删去一处“优先于”，使先后分明。",
        ),
    ),
    _entry(
        "V211",
        ("unknown entity", "对象未声明"),
        ("There is no entity `{name}`.{close}", "没有名为“{name}”的对象。{close}"),
        ("Declare it: `entity {name} {{ … }}`.", "请先声明：“对象 {name} {{ … }}”。"),
    ),
    _entry(
        "V212",
        ("not a value of the choice", "不是该选项的取值"),
        (
            "`{name}` is not a value of `{choice}`.{close}",
            "“{name}”不是选项“{choice}”的取值。{close}",
        ),
        ("Its values are: {values}.", "可取的值为：{values}。"),
    ),
    _entry(
        "V213",
        ("a field of what has none", "此处没有字段"),
        (
            "`{name}` is asked of {found}, which has no fields.",
            "“{name}”前面是{found}，没有字段。",
        ),
        (
            "Only a record has fields; of a list, say what is made of it: `total of LIST.{name}`. "
            "Of a list in each record of another, work it out for the record first, by "
            "`define SUM for ENTITY = total of LIST.{name}`, then write `total of OUTER.SUM`.",
            "只有单条记录才有字段；对清单须写明如何汇总，如“合计 清单.{name}”。"
            "清单的记录中还有清单的，先按记录汇总（“定义 小计 适用于 对象 = 合计 清单.{name}”），"
            "再写“合计 外层清单.小计”。",
        ),
    ),
    _entry(
        "V214",
        ("not a value", "不能作为数值或条件"),
        (
            "`{name}` is a target or a provision; conditions cannot refer to it.",
            "“{name}”是指标或条款，不能在条件中引用。",
        ),
        (
            "Use the facts that it measures, or a `define` for what it measures.",
            "请引用其口径所用的事项，或为口径另作“定义”。",
        ),
    ),
    _entry(
        "V215",
        ("decided for each record", "须逐条判断"),
        (
            "`{name}` is decided for each `{entity}`, and this place is about none.",
            "“{name}”须就每一“{entity}”分别判断，而此处并不针对某一“{entity}”。",
        ),
        (
            "Write `for {entity}`, or use it over a list, such as `count of LIST where {name}`.",
            "请写“适用于 {entity}”，或用于清单，如“数量 清单 其中 {name}”。",
        ),
    ),
    _entry(
        "V216",
        ("a value of several choices", "多个选项都有此取值"),
        ("`{name}` is a value of {choices}.", "“{name}”同时是下列选项的取值：{choices}。"),
        ("Say which: `{qualified}`.", "请写明是哪一个，如“{qualified}”。"),
    ),
    _entry(
        "V217",
        ("a measure word of several kinds", "多个种类共用此量词"),
        ("`{name}` counts several kinds: {kinds}.", "“{name}”可用于多个种类：{kinds}。"),
        ("Write the name of the kind after the number.", "请在数字后写种类名称。"),
    ),
)

_READINGS = (
    _entry(
        "V218",
        ("two readings in use", "采用了两种理解"),
        ("`{name}` has two readings in use.", "“{name}”同时采用了两种理解。"),
        ("Leave `in use` at one of them.", "请只在其中一种理解后写“采用”。"),
    ),
    _entry(
        "V219",
        ("no reading in use", "未写明采用哪种理解"),
        (
            "`{name}` has readings ({readings}), and none is in use.",
            "“{name}”有多种理解（{readings}），但未写明采用哪一种。",
        ),
        ("Write `in use` after the name of one.", "请在其中一种理解的名称后写“采用”。"),
    ),
    _entry(
        "V220",
        ("unknown rule for month ends", "月末规则不存在"),
        ("`{name}` is no rule for month ends.", "“{name}”不是月末规则。"),
        (
            "Write `month end round down` (the month's last day), `round up` (the first day of "
            "the next month) or `refuse`.",
            "请写“月末 取月末”“月末 取次日”或“月末 不允许”。",
        ),
    ),
    _entry(
        "V224",
        ("rules for different entities", "规则适用对象不同"),
        (
            "The rules that decide `{name}` are for different entities.",
            "决定“{name}”的各条规则适用对象不同。",
        ),
        ("Write the same `for …` in each of them.", "请在各条规则中写相同的“适用于 …”。"),
    ),
    _entry(
        "V225",
        ("bounds in a circle", "取值范围循环"),
        (
            "The bounds of these facts name each other: {chain}.",
            "以下事项的取值范围互相引用：{chain}。",
        ),
        (
            "Write the bound at one of them; it holds in both directions.",
            "请只在其中一项写明范围，另一项自然随之确定。",
        ),
    ),
    _entry(
        "V226",
        ("the name of a built-in type", "与内置类型同名"),
        ("`{name}` is a built-in type.", "“{name}”是内置类型。"),
        ("Choose another name.", "请另取名称。"),
    ),
    _entry(
        "V227",
        ("unknown field", "字段不存在"),
        ("`{entity}` has no field `{name}`.{close}", "“{entity}”没有名为“{name}”的字段。{close}"),
        (
            "Declare it in the entity: `{name} : …`.",
            "请在该对象中声明：“{name}：…”。",
        ),
    ),
    _entry(
        "V228",
        ("a field of an entity", "对象的字段"),
        (
            "`{name}` is a field of `{entity}`, and this place is not about one.",
            "“{name}”是“{entity}”的字段，而此处并不针对某一“{entity}”。",
        ),
        (
            "Write `for {entity}` after the rule's name, or use the field over a list.",
            "请在规则名称后写“适用于 {entity}”，或在清单汇总中使用该字段。",
        ),
    ),
    _entry(
        "V229",
        ("words run together", "词语之间缺少空格"),
        ("`{name}` is read as one name.", "“{name}”会被当作一个名称。"),
        ("Put spaces between the words: `{spaced}`.", "请用空格隔开：“{spaced}”。"),
    ),
    _entry(
        "V234",
        ("letters that only look alike", "形近字"),
        (
            "`{name}` only looks like `{other}`; it has {odd}.",
            "“{name}”与“{other}”形似而不同，含有 {odd}。",
        ),
        ("Write `{other}`.", "请写“{other}”。"),
    ),
    _entry(
        "V235",
        ("a unit without a number", "单位前没有数"),
        (
            "`{name}` is a unit, and stands only after a number or after `per`.",
            "“{name}”是计量单位，只能写在数之后或“每”之后。",
        ),
        (
            "Write `1 {name}`; of a rate write `22 yuan per {name}`.",
            "请写如“1{name}”；如为每{name}多少元，请写如“22元 每 {name}”。",
        ),
    ),
)

_CASES = (
    _entry(
        "V221",
        ("unknown fact", "事项不存在"),
        (
            "There is no fact `{name}` among what this case is about.{close}",
            "本用例涉及的内容中没有名为“{name}”的事项。{close}",
        ),
        (
            "Give facts of the policy, or fields of the entity that is judged.",
            "请给出政策的事项，或所判断对象的字段。",
        ),
    ),
    _entry(
        "V222",
        ("given though defined", "已有定义，不能另行给出"),
        (
            "`{name}` follows from other facts and cannot be given.",
            "“{name}”由其他事项得出，不能直接给出。",
        ),
        ("Give the facts that it is made of.", "请给出它所依据的事项。"),
    ),
    _entry(
        "V223",
        ("given twice", "重复给出"),
        ("`{name}` is given more than once.", "“{name}”给出了不止一次。"),
        (
            "Give one value, or observations with a date each: `{name} = … at 2023-12-31`.",
            "请只给出一个值，或给出日期各不相同的观测值：“{name} = … 于 2023-12-31”。",
        ),
    ),
    _entry(
        "V230",
        ("a fact is expected", "事项不能作为预期结果"),
        (
            "`{name}` is a fact; a case expects what follows.",
            "“{name}”是事项；用例的预期结果应是判定结果。",
        ),
        (
            "Expect a conclusion, a target, a provision or a definition.",
            "请写结论、指标、条款或定义的名称。",
        ),
    ),
    _entry(
        "V231",
        ("nothing of that name to expect", "没有可供预期的结果"),
        (
            "There is no conclusion, target, provision or definition `{name}`.{close}",
            "没有名为“{name}”的结论、指标、条款或定义。{close}",
        ),
        (
            "Name what a rule decides, not the rule.",
            "此处应写规则所决定的结论，而不是规则名称。",
        ),
    ),
    _entry(
        "V232",
        ("unknown reading", "理解不存在"),
        ("`{about}` has no reading `{name}`.{close}", "“{about}”没有名为“{name}”的理解。{close}"),
        ("Name one of its readings, or leave out `under`.", "请写已有的理解名称，或删去“按”。"),
    ),
    _entry(
        "V233",
        ("an outcome that it cannot have", "不可能出现的结果"),
        ("`{name}` is never “{said}”.", "“{name}”不会出现“{said}”的结果。"),
        ("It can be: {words}.", "可能的结果为：{words}。"),
    ),
)

ENTRIES: tuple[Entry, ...] = (*_EXPRESSIONS, *_READINGS, *_CASES)
