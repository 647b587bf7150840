"""Which ties tell: what a kind of tie says about power, by the rule pack.

That a rank is stable (it survives dropped ties) says nothing about whether the ties it rests on have to do with power.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from powermap.findings import Certainty
from powermap.lens import Lens
from powermap.method.pack import Tells
from powermap.model import Influences, Snapshot
from powermap.words import Words

LAYERS = {"superiors": "reporting", "circles": "circle"}
"""Layers that are no channel -> the kind of tie under which the rule pack has them."""


def tells(lens: Lens, layer: str) -> Tells:
    """Return what a layer of standing (``superiors``, ``circles``, ``channel:NAME``) says about power."""
    return lens.pack.tells(LAYERS.get(layer, layer.removeprefix("channel:")))


def least(says: Iterable[Tells]) -> Tells:
    """Return the least that any of several kinds of tie says; without ties, little."""
    found = set(says)
    return "little" if "little" in found or not found else "formal" if "formal" in found else "yes"


def telling(lens: Lens) -> Lens:
    """Return the lens with those influence ties only that say something about power."""
    return lens.once(_audible)


def _audible(lens: Lens) -> Lens:
    return _without(lens, mute_ties(lens))


def only(lens: Lens, channel: str) -> Lens:
    """Return the lens with the influence ties of one channel only, by its key or as it was written."""
    key = lens.pack.channel
    return _without(lens, [t for t in lens.influences if key(t.channel) != key(channel)])


def _without(lens: Lens, ties: Iterable[Influences]) -> Lens:
    gone = {t.id for t in ties}
    if not gone:
        return lens
    return replace(lens, snapshot=Snapshot({i: r for i, r in lens.snapshot.records.items() if i not in gone}))


def mute_ties(lens: Lens) -> tuple[Influences, ...]:
    """Return the influence ties of positive sign that say little about power."""
    return tuple(t for t in lens.influences if t.sign > 0 and lens.pack.tells(t.channel) != "yes")


def channel_name(lens: Lens, channel: str) -> Words:
    """Return what a channel is called in each language; one that the pack doesn't know, as it was written."""
    words = lens.pack.topic("words")["channel"].get(lens.pack.channel(channel))
    return Words(words[1], words[0]) if words else Words(channel, channel)


def kinds_of(lens: Lens, ties: Iterable[Influences]) -> Words:
    """Name the channels of some ties, in the order of their names."""
    found = sorted({channel_name(lens, t.channel) for t in ties if t.channel}, key=lambda w: w.en)
    return Words("、".join(w.zh for w in found), ", ".join(w.en for w in found))


def told(sure: Certainty, says: Tells, kinds: Words | None = None) -> Certainty:
    """Add to how stable a rank is what the ties it rests on, of some `kinds`, say about power."""
    zh = f"（{kinds.zh}）" if kinds and kinds.en else ""
    en = f" ({kinds.en})" if kinds and kinds.en else ""
    more = {
        "yes": Words(f"所依据的关系{zh}能说明影响力", f"the ties it rests on{en} tell of influence"),
        "formal": Words(f"所依据的关系{zh}只说明职务", f"the ties it rests on{en} tell of the chart"),
        "little": Words(f"所依据的关系{zh}说明不了谁有权", f"the ties it rests on{en} tell little of power"),
    }[says]
    words = Words(f"{sure.words.zh}；{more.zh}", f"{sure.words.en}; {more.en}")
    return replace(sure, words=words, telling=says)
