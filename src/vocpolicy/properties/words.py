"""What laws say of a case that breaks them, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.core import Labels


def filled(row: Labels, **args: object) -> Labels:
    """A sentence with its words; those in two languages are given as labels."""

    def said(lang: str) -> str:
        words = {name: _word(one, lang) for name, one in args.items()}
        return row.get(lang).format(**words)

    return Labels(said("en"), said("zh"))


def _word(one: object, lang: str) -> str:
    return one.get(lang) if isinstance(one, Labels) else str(one)


TRIED = Labels("Held in each of the {count} cases tried.", "已试的 {count} 种情形均成立。")
UNTRIED = Labels("No case could be made up to try it on.", "没有可供一试的情形。")

BROKEN: Mapping[str, Labels] = MappingProxyType(
    {
        "conflict": Labels(
            "“{name}” comes to a conflict: rules that speak here contradict each other.",
            "“{name}”出现冲突：此处适用的规定相互矛盾。",
        ),
        "left_open": Labels(
            "“{name}” is left open though nothing is missing.",
            "“{name}”事实齐全而仍无法判定。",
        ),
        "worse": Labels(
            "“{name}” is {before}, and {after} with “{fact}” changed from {old} to {new}, which"
            " is to be better.",
            "“{name}”为{before}，而“{fact}”由{old}改为{new}（应更有利）时为{after}。",
        ),
        "not_refined": Labels(
            "“{name}” is {after} here, and was {before}: what fails in the old policy is not to"
            " hold in the new one.",
            "“{name}”在此为{after}，原为{before}：原办法不成立的，新办法不应成立。",
        ),
        "not_equivalent": Labels(
            "“{name}” is {after} here, and was {before}.", "“{name}”在此为{after}，原为{before}。"
        ),
        "not_decided": Labels(
            "“{name}” is not decided by {facts} alone: it is {before}, or {after}, by what else"
            " is so.",
            "仅凭{facts}不能确定“{name}”：视其余事实而定，为{before}或{after}。",
        ),
        "still_open": Labels(
            "“{name}” is not decided by {facts} alone: still open is {missing}.",
            "仅凭{facts}不能确定“{name}”：尚缺{missing}。",
        ),
        "revoked": Labels(
            "“{name}” is {before} without {left}, and {after} with it: more facts revoke what was"
            " settled.",
            "“{name}”在未提供{left}时为{before}，提供后为{after}：新的事实推翻了已有的结论。",
        ),
        "no_certificate": Labels(
            "{facts} is given as a reason that alone settles “{name}” as {before}, and it comes"
            " out as {after} with the rest otherwise.",
            "{facts}被列为足以使“{name}”为{before}的理由，而其余事实改变后为{after}。",
        ),
        "no_flip": Labels(
            "Changing {facts} is said to make “{name}” {before}, and makes it {after}.",
            "改变{facts}应使“{name}”为{before}，实际为{after}。",
        ),
        "order": Labels(
            "“{name}” is {before}, and {after} with the declarations in another order.",
            "“{name}”为{before}，而声明换一种次序后为{after}。",
        ),
        "unit": Labels(
            "“{name}” is {before}, and {after} with “{fact}” written as {new}.",
            "“{name}”为{before}，而“{fact}”写作{new}时为{after}。",
        ),
        "rewritten": Labels(
            "“{name}” is {before}, and {after} by the rules written in the other language and"
            " read again.",
            "“{name}”为{before}，而规则改用另一种语言书写并重新读入后为{after}。",
        ),
        "facts_rewritten": Labels(
            "“{name}” is {before}, and {after} with its facts written as JSON and read again.",
            "“{name}”为{before}，而事实写成 JSON 再读入后为{after}。",
        ),
        "no_json": Labels(
            "The verdict on “{name}” is not the same after it was written as JSON and read again.",
            "“{name}”的结论写成 JSON 再读入后不一致。",
        ),
        "engine": Labels(
            "“{name}” is {before} by the interpreter, and {after} by {engine}.",
            "“{name}”按解释执行为{before}，按{engine}为{after}。",
        ),
    }
)
"""What is wrong in a case, by what is broken."""

ENGINES: Mapping[str, Labels] = MappingProxyType(
    {
        "compiled": Labels("compiled code", "编译代码"),
        "search": Labels("the search over boxes of cases", "分区检索"),
        "columns": Labels("columns of a frame", "表格列"),
    }
)
"""What beside the interpreter decides."""
