"""An explanation as a document, and as plain text, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from vocpolicy.core import Assumption, Citation, Document as Source, Labels
from vocpolicy.explain.nodes import Explanation, Node
from vocpolicy.explain.sentences import is_han, sentence, words
from vocpolicy.explain.terms import Listing, Say
from vocpolicy.markup import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    KeyLine,
    Paragraph,
    Run,
    Runs,
    Section,
    plain,
    plain_inside,
)
from vocpolicy.once import Recent
from vocpolicy.outcome import Outcome


def text(explanation: Explanation, lang: str) -> str:
    """The explanation as plain text; `lang` is `en` or `zh`."""
    found: str | None = explanation.written.get(lang)
    if found is None:
        writer = _writer(explanation, lang)
        said = [_part_text(part, writer) for part in explanation.parts]
        explanation.written[lang] = found = "\n".join([_heading(writer)[1], *said])
    return found


@frozen
class Writer:
    """Writes one explanation in one language.

    `headline` holds the clauses that the headline names: no line repeats them.
    """

    explanation: Explanation
    lang: str
    headline: frozenset[tuple[str, str]]


def document(explanation: Explanation, lang: str) -> Document:
    """The explanation as a document."""
    writer = _writer(explanation, lang)
    blocks = [block for part in explanation.parts for block in _blocks(part, writer)]
    return Document((Section(_heading(writer)[0], tuple(blocks)),))


def _writer(explanation: Explanation, lang: str) -> Writer:
    headline = frozenset([(one.document, one.clause) for one in explanation.citations])
    return Writer(explanation, lang, headline)


def _part_text(node: Node, writer: Writer) -> str:
    """A part that stands for itself as plain text; made once for each node."""
    key = ("text", writer.lang, writer.headline)
    found: str | None = node.written.get(key)
    if found is None:
        node.written[key] = found = plain_inside(tuple(_blocks(node, writer)))
    return found


_HEADINGS: Recent[object, tuple[Heading, str, object]] = Recent()


def _heading(writer: Writer) -> tuple[Heading, str, object]:
    """The heading and its text, made once for all cases that come to the same by the same
    clauses; with the documents, so that no others get their identity."""
    said = writer.explanation
    key = (writer.lang, said.wording, said.outcome, said.label, said.citations, id(said.documents))
    found = _HEADINGS.get(key)
    if found is None:
        heading = _headed(writer)
        alone = plain(Document((heading,)))
        found = _HEADINGS.keep(key, (heading, alone, said.documents))
    return found


def _headed(writer: Writer) -> Heading:
    explanation, lang = writer.explanation, writer.lang
    outcome = words(Say(f"word.{explanation.wording}"), lang)
    label = words(explanation.label, lang)
    if lang == "en":
        outcome, label = outcome.upper(), label[:1].upper() + label[1:]
    cited = cited_text(explanation.citations, explanation.documents, lang)
    edge = (Run(cited, "citation"),) if cited else ()
    said = Run(outcome, "outcome", explanation.outcome.value)
    return Heading((said, Run("  "), Run(label)), edge)


def _blocks(node: Node, writer: Writer) -> Iterator[Block]:
    """A part that stands for itself."""
    lang = writer.lang
    says = words(node.says, lang)
    match node.form:
        case "key":
            key = sentence_key(node, lang)
            yield KeyLine(key, (Run(_ended(says, lang)),), _edge(node, writer), _tone(node))
        case "inline":
            joined = words(Listing(tuple(one.says for one in node.children), "joint.clauses"), lang)
            yield KeyLine(sentence_key(node, lang), (Run(_ended(joined, lang)),))
            return
        case _:
            says = says[:1].upper() + says[1:] if lang == "en" else says
            yield Paragraph((Run(_ended(says, lang)),), _edge(node, writer), _tone(node))
    if node.children:
        yield _below(node, writer)


def _below(node: Node, writer: Writer) -> Items:
    """What is said below a part; of rules that contradict each other each has its clauses,
    though the headline names them."""
    items = _items(node.children, node.form == "alternatives", writer)
    if node.outcome is not Outcome.CONFLICT:
        return items
    whole = evolve(writer, headline=frozenset())
    pairs = zip(items.items, node.children, strict=True)
    return evolve(items, items=tuple([evolve(one, edge=_edge(of, whole)) for one, of in pairs]))


def _items(nodes: Sequence[Node], numbered: bool, writer: Writer) -> Items:
    return Items(tuple([_item(node, writer) for node in nodes]), numbered)


def _item(node: Node, writer: Writer) -> Item:
    """Made once for each node: many explanations share theirs."""
    key = (writer.lang, writer.headline)
    found: Item | None = node.written.get(key)
    if found is None:
        node.written[key] = found = _made(node, writer)
    return found


def _made(node: Node, writer: Writer) -> Item:
    says = words(node.says, writer.lang)
    if node.key is not None:
        says = sentence_key(node, writer.lang) + says
    blocks: tuple[Block, ...] = ()
    if node.children:
        blocks = (_below(node, writer),)
    return Item((Run(says),), _edge(node, writer), blocks, _tone(node))


def _tone(node: Node) -> str:
    return node.outcome.value if node.outcome is not None else ""


def sentence_key(node: Node, lang: str) -> str:
    """What opens a line, with its colon."""
    key = words(node.key, lang) if node.key is not None else ""
    return words(Say("key", {"key": key}), lang)


def _ended(says: str, lang: str) -> str:
    """A sentence with its full stop; what announces a list has its colon already."""
    if not says or says[-1] in ":：.。?？":
        return says
    return words(Say("end", {"text": says}), lang)


# ---- what stands at the edge -------------------------------------------------------------


def _edge(node: Node, writer: Writer) -> Runs:
    """Assumptions, who judged, and the clauses that the headline does not name."""
    if not (node.assumptions or node.judged_by or node.citations):
        return ()
    lang = writer.lang
    texts = [(assumed_text(one, lang), "aside") for one in _texts(node.assumptions)]
    for who in node.judged_by:
        judged = words(Say("judged", {"who": who}), lang)
        texts.append((words(Say("aside", {"text": judged}), lang), "aside"))
    rest = [one for one in node.citations if (one.document, one.clause) not in writer.headline]
    cited = cited_text(rest, writer.explanation.documents, lang)
    if cited:
        texts.append((cited, "citation"))
    gap = "" if lang == "zh" else " "
    runs: list[Run] = []
    for place, (one, role) in enumerate(texts):
        runs += [Run(gap), Run(one, role)] if place else [Run(one, role)]
    return tuple(runs)


def _texts(assumptions: Iterable[Assumption]) -> list[Assumption]:
    """Each text once, whatever it was said of."""
    seen = {one.text: one for one in reversed(tuple(assumptions))}
    return list(reversed(seen.values()))


def assumed_text(one: Assumption, lang: str) -> str:
    """`(assumed: set by each year's notice)`."""
    return words(Say("aside", {"text": words(Say("assumed", {"text": one.text}), lang)}), lang)


def cited_text(citations: Iterable[Citation], documents: Mapping[str, Source], lang: str) -> str:
    """`[plan 二（四）4, 三（五）15]`, （沪教委职〔2022〕4号 二（四）4、三（五）15）."""
    clauses: dict[str, dict[str, None]] = {}
    for one in citations:
        clauses.setdefault(one.document, {})[one.clause] = None
    if not clauses:
        return ""
    cited = [
        _document_clauses(document_name(name, documents, lang), _clauses(of, lang))
        for name, of in clauses.items()
    ]
    return words(Say("cited", {"text": sentence("joint.clauses", lang).join(cited)}), lang)


def _document_clauses(document: str, clauses: str) -> str:
    """A title in 《》 stands against its clause; a number or a name apart from it."""
    return f"{document}{clauses}" if document.endswith("》") else f"{document} {clauses}"


def _clauses(clauses: Iterable[str], lang: str) -> str:
    whole = sentence("clause.whole", "zh")
    named = [sentence("clause.whole", lang) if one == whole else one for one in clauses]
    return sentence("joint.list", lang).join(named)


def document_name(name: str, documents: Mapping[str, Source], lang: str) -> str:
    """How a document is cited: as it is called in the language, or else by its number, or by its
    title in 《》; in English by its short name."""
    labels = documents[name].labels if name in documents else Labels()
    called = labels.zh if lang == "zh" else labels.en
    if called:
        return called
    if lang == "en" and name.isascii():
        return name.replace("_", " ")
    if any(is_han(character) for character in name):
        return words(Say("title", {"text": name}), lang)
    title = documents[name].title if name in documents else name
    if "〔" in title or title.startswith("《"):
        return title
    return words(Say("title", {"text": title}), lang)
