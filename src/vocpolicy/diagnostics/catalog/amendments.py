"""Messages about policies that amend others: V615 and V62x."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V615",
        Words("amended policy not given", "未给出被修订的政策"),
        Words(
            "This policy amends `{name}`, and no policy of that name was given with it.{close}",
            "本政策修订“{name}”，但未同时给出该政策。{close}",
        ),
        Words(
            "Give it with `--base PATH` (in Python `load(path, base=…)`), put it into the same "
            'folder, or name a shipped policy: use "shanghai-plan-14".',
            "请用“--base 路径”给出（Python 中为 load(path, base=…)），或与本文件放在同一文件夹，"
            "或引用随附的政策：引用 “shanghai-plan-14”。",
        ),
    ),
    Entry(
        "V620",
        Words("two changes on one day", "同一日期有两处修改"),
        Words(
            "`{name}` is changed twice from {date}: by `{first}` and by `{second}`.",
            "“{name}”自 {date} 起有两处修改：见“{first}”和“{second}”。",
        ),
        Words(
            "Put both changes into one, or give one of them another date.",
            "请合并为一处，或更改其中一处的日期。",
        ),
    ),
    Entry(
        "V621",
        Words("policies amend each other", "政策互相修订"),
        Words(
            "`{name}` is amended by what it amends itself.",
            "“{name}”与修订它的政策互相修订。",
        ),
        Words("Delete one `amends`.", "请删去一处“修订”。"),
    ),
    Entry(
        "V622",
        Words("nothing of that name to change", "没有可修改的内容"),
        Words(
            "There is no rule, table, target, provision or value `{name}` to change.{close}",
            "没有名为“{name}”的规则、对照表、指标、条款或数值可供修改。{close}",
        ),
        Words(
            "Name what the amended policy declares; of a rule its own name, not what it decides.",
            "请写被修订政策中声明的名称；规则应写规则名称，而不是它所决定的结论。",
        ),
    ),
    Entry(
        "V623",
        Words("replaces an unknown rule", "取代不存在的规则"),
        Words(
            "There is no rule `{name}` to replace.{close}",
            "没有名为“{name}”的规则可供取代。{close}",
        ),
        Words("Name a rule, not what it decides.", "此处应写规则名称，而不是它所决定的结论。"),
    ),
    Entry(
        "V624",
        Words("does not belong into this amendment", "不属于此处修改的内容"),
        Words(
            "`{found}` says nothing of `{name}`, which is a {what}.",
            "“{name}”是{what}，不能写“{found}”。",
        ),
        Words(
            "Write what may stand in its declaration, or amend what it belongs to.",
            "请写其声明中可以出现的内容，或修改它所属的对象。",
        ),
    ),
    Entry(
        "V625",
        Words("cannot be repealed", "不能废止"),
        Words(
            "`{name}` is a value that others are made of; it has no effect to end.",
            "“{name}”只是供引用的数值，本身没有可终止的效力。",
        ),
        Words(
            "Repeal the rules and targets that use it, or amend it.",
            "请废止用到它的规则和指标，或对其进行修改。",
        ),
    ),
    Entry(
        "V626",
        Words("stands in the readings", "由各种理解分别规定"),
        Words(
            "Of `{name}`, the readings {readings} say this for themselves; said here it would "
            "change nothing in them.",
            "“{name}”的这一内容由理解“{readings}”分别规定；写在此处不会改变它们。",
        ),
        Words(
            "Put it into each: reading NAME {{ … }}.",
            "请写入相应的理解：理解 名称 {{ … }}。",
        ),
    ),
    Entry(
        "V627",
        Words("amended after its repeal", "废止后又修改"),
        Words(
            "`{name}` has been repealed or replaced before the date of this amendment.",
            "“{name}”在此处修改的日期之前已被废止或取代。",
        ),
        Words(
            "Amend what stands in its place, or delete the amendment.",
            "请修改取代它的内容，或删去此处修改。",
        ),
    ),
    Entry(
        "V628",
        Words("replaces a rule that decides something else", "取代决定其他结论的规则"),
        Words(
            "`{name}` decides `{theirs}`, and this rule decides `{mine}`.",
            "规则“{name}”决定“{theirs}”，而本规则决定“{mine}”。",
        ),
        Words(
            "A rule replaces rules that decide the same; repeal the other with `repeal`.",
            "只能取代决定同一结论的规则；其他规则请用“废止”。",
        ),
    ),
    Entry(
        "V629",
        Words("not a single value", "不是单一的值"),
        Words(
            "A parameter or definition has one value here, not a range or a value of a day.",
            "参数或定义在此处只能给出一个值，不能是范围，也不带日期。",
        ),
        Words("Write for instance `= 530 points`.", "请写如“= 530分”。"),
    ),
)
