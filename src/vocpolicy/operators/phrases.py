"""How explanations ask whether one side is at least, at most, more or less than the other.

By operator, then of what it is asked: any number (`ask.is`), a whole number of things, a length
of time, a date.
"""

from __future__ import annotations

from collections.abc import Mapping

Phrases = Mapping[str, tuple[str, str]]

AT_LEAST: Phrases = {
    "ask.is": ("{left} at or above {bound}", "{left}不低于{bound}"),
    "ask.whole": ("{left} no fewer than {bound}", "{left}不少于{bound}"),
    "ask.time": ("{left} not less than {bound}", "{left}不少于{bound}"),
    "ask.date": ("{left} on or after {bound}", "{left}不早于{bound}"),
}

AT_MOST: Phrases = {
    "ask.is": ("{left} at or below {bound}", "{left}不高于{bound}"),
    "ask.whole": ("{left} no more than {bound}", "{left}不多于{bound}"),
    "ask.time": ("{left} not more than {bound}", "{left}不超过{bound}"),
    "ask.date": ("{left} on or before {bound}", "{left}不晚于{bound}"),
}

MORE_THAN: Phrases = {
    "ask.is": ("{left} above {bound}", "{left}高于{bound}"),
    "ask.whole": ("{left} more than {bound}", "{left}多于{bound}"),
    "ask.time": ("{left} more than {bound}", "{left}超过{bound}"),
    "ask.date": ("{left} after {bound}", "{left}晚于{bound}"),
}

LESS_THAN: Phrases = {
    "ask.is": ("{left} below {bound}", "{left}低于{bound}"),
    "ask.whole": ("{left} fewer than {bound}", "{left}少于{bound}"),
    "ask.time": ("{left} less than {bound}", "{left}少于{bound}"),
    "ask.date": ("{left} before {bound}", "{left}早于{bound}"),
}
