"""A difference as a document, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from attrs import frozen

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.difference import words
from vocpolicy.difference.aspects import Aspect
from vocpolicy.difference.changes import ADDED, CHANGED, REMOVED, RENAMED, Change
from vocpolicy.difference.moves import DOWN, UP, Move
from vocpolicy.difference.phrasing import Voice, day, filled, text, wording
from vocpolicy.difference.records import register_section
from vocpolicy.difference.relations import (
    EQUIVALENT,
    HIGHER,
    LOOSER,
    LOWER,
    MIXED,
    NOT_SETTLED,
    STRICTER,
    Relation,
    status_of,
)
from vocpolicy.difference.whole import Difference
from vocpolicy.explain import document as explained, tree
from vocpolicy.explain.text import cited_text
from vocpolicy.facts import declarations, entity_of
from vocpolicy.interpreter import Facts
from vocpolicy.markup import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Run,
    Runs,
    Section,
)
from vocpolicy.outcome import Outcome
from vocpolicy.trace import ConclusionTrace, Unknown
from vocpolicy.verdict import Verdict

FEW = 6
"""So many names are named; more are counted."""

TONES = {
    STRICTER: Outcome.FAILS,
    LOOSER: Outcome.HOLDS,
    NOT_SETTLED: Outcome.UNDETERMINED,
}


@frozen(eq=False)
class Teller:
    """Tells one difference in one language."""

    found: Difference
    lang: str

    def say(self, key: str, **args: str) -> str:
        return words.SAID[key].get(self.lang).format(**args)

    def of(self, labels: Labels) -> str:
        return labels.get(self.lang)

    def line(self, key: str, **args: str) -> Paragraph:
        return Paragraph((Run(self.say(key, **args)),))

    @property
    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "


def title(found: Difference, lang: str) -> str:
    """What a page about it is called."""
    teller = Teller(found, lang)
    names = {"old": _titled(found.old, lang), "new": _titled(found.new, lang)}
    if found.one_policy:
        days = {"first": day(found.days.old).get(lang), "last": day(found.days.new).get(lang)}
        return teller.say("title_days", new=names["new"], **days)
    amending = _amending(found, lang)
    if amending:
        return teller.say("title_amended", old=names["old"], amending=teller.comma.join(amending))
    return teller.say("title_one" if names["old"] == names["new"] else "title", **names)


def _titled(policy: core.Policy, lang: str) -> str:
    return policy.title.get(lang) or policy.name


def _amending(found: Difference, lang: str) -> list[str]:
    """What the policies are called that make the new one of the old."""
    known = {one.policy for one in found.old.changes}
    told = (one for one in found.new.changes if one.policy not in known)
    if found.old.name != found.new.name:
        return []
    return list(dict.fromkeys(one.title.get(lang) or one.policy for one in told))


def document(found: Difference, lang: str) -> Document:
    """The difference as a document."""
    teller = Teller(found, lang)
    blocks: list[Block] = [_read_on(teller)]
    if found.differs:
        blocks += [_summary(teller), _changes(teller), *_relations(teller)]
    else:
        blocks.append(teller.line("nothing"))
    if found.register is not None:
        blocks.append(register_section(found.new, found.register, lang))
    heading = Heading((Run(title(found, lang)),))
    return Document((Section(heading, tuple(blocks)),))


def _read_on(teller: Teller) -> Paragraph:
    days = teller.found.days
    told = {
        "old": teller.of(day(days.old)),
        "new": teller.of(day(days.new)),
        "day": teller.of(day(max(days.old, days.new))),
    }
    return teller.line("one_day" if days.old == days.new else "two_days", **told)


def _summary(teller: Teller) -> Paragraph:
    """How many provisions lie to the old ones in each way."""
    counts: dict[str, int] = {}
    for one in teller.found.relations:
        counts[one.status] = counts.get(one.status, 0) + 1
    told = [
        teller.say("count", count=str(count), status=teller.of(words.STATUS[status]))
        for status, count in sorted(counts.items(), key=lambda pair: pair[0] == EQUIVALENT)
    ]
    return Paragraph((Run(teller.comma.join(told) + ("。" if teller.lang == "zh" else ".")),))


# ---- what is said otherwise ----------------------------------------------------------------------


def _changes(teller: Teller) -> Block:
    heading = Heading((Run(teller.say("changes")),))
    if not teller.found.changes:
        return Section(heading, (teller.line("no_changes"),))
    owners = groupby(teller.found.changes, key=lambda one: (one.kind, one.name))
    items = tuple(_owner(teller, list(several)) for _, several in owners)
    return Section(heading, (Items(items),))


def _owner(teller: Teller, several: list[Change]) -> Item:
    """One thing of a policy, with all that changed of it."""
    first = several[0]
    kind = teller.of(words.KINDS[first.kind])
    label = teller.of(first.label)
    key = "owner_called" if label and label != first.name else "owner"
    inner = label.replace("“", "‘").replace("”", "’")  # it stands between quotes itself
    said = teller.say(key, kind=kind, name=first.name, label=inner)
    if len(several) == 1 and not first.part:
        status = teller.of(words.STATUS[first.action])
        return Item((Run(f"{said}{_colon(teller)}{status}"),), _edge(teller, first))
    items = tuple(
        Item((Run(change_line(one, teller.lang)),), _edge(teller, one)) for one in several
    )
    return Item((Run(said),), blocks=(Items(items),))


def _colon(teller: Teller) -> str:
    return "：" if teller.lang == "zh" else ": "


def change_line(one: Change, lang: str) -> str:
    """One change: which part of what, and what stood there and stands there now."""
    part, place = words.PARTS[one.part], one.place
    at = filled(words.SAID["at"], part=part, place=place) if place.get(lang) else part
    if one.part in ("row", "statement") and place.get(lang):
        at = place  # it says which of them
    keys = {ADDED: "came", REMOVED: "went", CHANGED: "from_to", RENAMED: "from_to"}
    told = filled(words.SAID[keys[one.action]], old=one.old, new=one.new)
    return f"{at.get(lang)}{'：' if lang == 'zh' else ': '}{told.get(lang)}"


def _edge(teller: Teller, one: Change) -> Runs:
    if one.part in ("citation", "assumption", "note"):
        return ()
    documents = {**teller.found.old.documents, **teller.found.new.documents}
    cited = cited_text(one.citations, documents, teller.lang)
    return (Run(cited, "citation"),) if cited else ()


# ---- what that changes ---------------------------------------------------------------------------


def _relations(teller: Teller) -> Iterator[Block]:
    found = teller.found.relations
    if not found:
        return
    blocks: list[Block] = [*_domain(teller)]
    blocks += [_relation(teller, one) for one in found if one.told]
    for status in (ADDED, REMOVED, EQUIVALENT):
        names = [one.name for one in found if one.status == status]
        if names:
            blocks.append(_named(teller, status, names))
    yield Section(Heading((Run(teller.say("relations")),)), tuple(blocks))


def _named(teller: Teller, status: str, names: list[str]) -> Paragraph:
    if status == EQUIVALENT and len(names) > FEW:
        alone = len(names) == len(teller.found.relations)
        return teller.line("equivalent_all" if alone else "equivalent_many", count=str(len(names)))
    policy = teller.found.old if status == REMOVED else teller.found.new
    owners = (policy.conclusions, policy.targets, policy.provisions, policy.definitions)
    told = []
    for name in names:
        owner = next((one for one in owners if name in one), {})
        told.append(_called(teller, name, owner[name].labels if owner else Labels()))
    return teller.line(status, names=teller.comma.join(told))


def _called(teller: Teller, name: str, labels: Labels) -> str:
    """What something is called, and its name beside that."""
    label = teller.of(labels)
    if not label or label == name:
        return name
    return f"{label}（{name}）" if teller.lang == "zh" else f"{label} ({name})"


def _domain(teller: Teller) -> Iterator[Block]:
    """How cases are treated that only one of the two takes."""
    changes = [one for one in teller.found.changes if one.kind in ("fact", "field", "choice")]
    members = [text(_either(one, teller.lang)) for one in changes if one.part == "member"]
    bounds = [
        _called(teller, one.name, one.label)
        for one in changes
        if one.part in ("bounds", "step", "type")
    ]
    new = [one.name for one in changes if one.action == ADDED and not one.part]
    if not members and not bounds and not new:
        return
    told = [teller.say("domain")]
    if members:
        names = teller.comma.join(teller.of(one) for one in members)
        told.append(teller.say("domain_members", names=names))
    if bounds:
        names = teller.comma.join(dict.fromkeys(bounds))
        told.append(teller.say("domain_bounds", names=names))
    told += [teller.say("domain_new")] if new else []
    yield Paragraph((Run(("" if teller.lang == "zh" else " ").join(told), "aside"),))


def _either(one: Change, lang: str) -> str:
    return one.new.get(lang) or one.old.get(lang)


def _relation(teller: Teller, one: Relation) -> Section:
    label = _label(teller, one)
    status = teller.of(words.STATUS[one.status])
    tone = TONES.get(one.status)
    said = Run(
        status.upper() if teller.lang == "en" else status,
        "outcome",
        tone.value if tone else "",
    )
    blocks: list[Block] = [*_on_another_day(teller, one)]
    blocks += [block for aspect in one.aspects for block in _aspect(teller, aspect)]
    blocks += [block for move in one.moves for block in move_blocks(teller, move)]
    blocks += [teller.line(key) for key in excluded(one)]
    blocks += [_open(teller, one)] if one.open else []
    edge = (Run(one.name, "aside"),) if label != one.name else ()
    return Section(Heading((said, Run("  "), Run(label)), edge), tuple(blocks))


def _on_another_day(teller: Teller, one: Relation) -> Iterator[Block]:
    if one.as_of is not None:
        yield teller.line("another_day", day=teller.of(day(one.as_of)))


def _label(teller: Teller, one: Relation) -> str:
    """What it is called now."""
    policy = teller.found.new
    owners = (policy.conclusions, policy.targets, policy.provisions, policy.definitions)
    for owner in owners:
        if one.name in owner:
            said = owner[one.name].labels.get(teller.lang) or one.name
            return said[:1].upper() + said[1:] if teller.lang == "en" else said
    return one.name


def excluded(one: Relation) -> list[str]:
    """What was shown not to happen, where the contrary happens."""
    keys = {
        STRICTER: "none_gained",
        LOOSER: "none_lost",
        HIGHER: "none_lower",
        LOWER: "none_higher",
    }
    if one.status != MIXED:
        return [keys[one.status]] if one.status in keys else []
    there = {move.direction for move in one.moves} | one.open
    valued = {UP: "none_lower", DOWN: "none_higher"}
    return [key for turn, key in valued.items() if there & valued.keys() == {turn}]


def _open(teller: Teller, one: Relation) -> Paragraph:
    what = [teller.of(words.SEEKS[key]) for key in words.SEEKS if key in one.open]
    why = teller.of(words.WHY[one.why]) if one.why else ""
    return teller.line("open", what=teller.comma.join(what), why=why)


def move_blocks(teller: Teller, move: Move) -> Iterator[Block]:
    """One way in which outcomes move: a case, and why it was so and is so."""
    old, new = (verdict_text(one) for one in (move.old, move.new))
    yield Paragraph((Run(teller.say("move", old=teller.of(old), new=teller.of(new))),))
    given = case_text(move, teller.lang)
    said = given or teller.say("no_facts")
    lines = [Item((Run(f"{teller.say('given')}{_colon(teller)}{said}"),))]
    for key, verdict in (("before", move.old), ("after", move.new)):
        lines.append(_explained(teller, teller.say(key), verdict))
    yield Items(tuple(lines))


def _explained(teller: Teller, when: str, verdict: Verdict) -> Item:
    """A verdict with its explanation, below a word for which version it is of."""
    made = explained(tree(verdict), teller.lang)
    section = next(block for block in made.blocks if isinstance(block, Section))
    head = Run(f"{when}{_colon(teller)}")
    return Item((head, *section.heading.runs), section.heading.edge, section.blocks)


def verdict_text(verdict: Verdict) -> Labels:
    """The outcome of a verdict; the value, where a rule gives one."""
    trace = verdict.trace
    if isinstance(trace, ConclusionTrace) and trace.wording == "decided":
        answer = trace.answer
        if answer is not None and not isinstance(answer, Unknown):
            return Voice(verdict.policy).plain(answer, trace.conclusion.type)
    return wording(verdict.wording_key)


def case_text(move: Move, lang: str) -> str:
    """The facts of a case on one line, by their labels; those of the new policy first."""
    sides = [facts_text(one.policy, one.name, one.facts, lang) for one in (move.new, move.old)]
    told = dict.fromkeys(one for side in sides for one in side)
    return ("；" if lang == "zh" else "; ").join(told)


def facts_text(policy: core.Policy, name: str, facts: Facts, lang: str) -> list[str]:
    declared = dict(declarations(policy, entity_of(policy, name)))
    voice = Voice(policy)
    told = []
    for key in [one for one in declared if one in facts.values]:
        label = declared[key].labels.get(lang) or key
        value = value_text(voice, facts.values[key], declared[key].type, lang)
        told.append(f"{label} = {value}" if lang == "en" else f"{label}＝{value}")
    return told


def value_text(voice: Voice, value: core.Value, kind: core.Type, lang: str) -> str:
    """A value in words; a list by its members, a record by its fields."""
    inner = core.inner(kind)
    comma = "，" if lang == "zh" else ", "
    if isinstance(value, core.Record):
        fields = voice.policy.entities[value.entity].fields
        equals = "＝" if lang == "zh" else " = "
        told = [
            f"{fields[name].labels.get(lang) or name}{equals}"
            f"{value_text(voice, one, fields[name].type, lang)}"
            for name, one in value.values.items()
        ]
        return f"（{comma.join(told)}）" if lang == "zh" else f"({comma.join(told)})"
    if isinstance(value, tuple) and isinstance(inner, core.ListType):
        told = [value_text(voice, one, inner.item, lang) for one in value]
        return f"[{comma.join(told)}]"
    return voice.plain(value, kind).get(lang)


# ---- targets -------------------------------------------------------------------------------------


def _aspect(teller: Teller, one: Aspect) -> Iterator[Block]:
    match one.part:
        case "deadline":
            old, new = (teller.of(day(on)) or teller.say("no_day") for on in one.days)
            status = teller.of(words.STATUS[one.status])
            yield teller.line("deadline", status=status, old=old, new=new)
        case "goal" if one.search is not None:
            status = teller.of(words.STATUS[status_of(one.search)])
            if not one.search.moves:
                yield teller.line("goal", status=status)
                return
            yield teller.line("goal_such", status=status)
            yield Items(tuple(_reached(teller, move) for move in one.search.moves))
        case _:
            yield teller.line(one.part)


def _reached(teller: Teller, move: Move) -> Item:
    given = case_text(move, teller.lang)
    old, new = (wording("met" if verdict.value else "not_met") for verdict in (move.old, move.new))
    said = teller.say("reached", old=teller.of(old), new=teller.of(new))
    return Item((Run(f"{given or teller.say('no_facts')}{_colon(teller)}{said}"),))
