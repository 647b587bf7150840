"""The weak spots of an account (M45, chapter 2): where the house is open, where a way is missing, what nobody has said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from powermap.analysis.contacts import contacts
from powermap.analysis.cover import owners, serving
from powermap.analysis.house import built
from powermap.analysis.judged import unproven
from powermap.analysis.key_people import key_people
from powermap.analysis.layer_levels import GENERAL, KEY, ORGANIZATION, coverage
from powermap.analysis.text import call, person_name, plural
from powermap.analysis.voices import heard
from powermap.analysis.ways import best_ways
from powermap.lens import Lens
from powermap.words import Words, by_language


@dataclass(frozen=True, slots=True)
class WeakSpot:
    """A weak spot: its layer, whom it is about (empty: the account), what is wrong, and where to begin.

    `kind` says what is wrong: unowned, unknown, against, rival, neutral, unproven, layer, uncovered, team, voice; or that of a
    finding. `entry` are the people of the way in, ours first; empty where there is none. `urgency` is 0 to 3.
    """

    kind: str
    layer: str
    subject: str
    words: Words
    entry: tuple[str, ...]
    urgency: int


def weak_spots(lens: Lens) -> tuple[WeakSpot, ...]:
    """Return the weak spots, the most urgent first."""
    return lens.once(_find)


def _find(lens: Lens) -> tuple[WeakSpot, ...]:
    found = [*_people(lens), *_layers(lens), *_team(lens), *_voices(lens)]
    return tuple(sorted(found, key=lambda w: -w.urgency))


def _people(lens: Lens) -> Iterator[WeakSpot]:
    """Name what is wrong with each key person, one thing each: the first that must be mended."""
    topic = lens.pack.topic("relations")["key_people"]
    cover, ways = owners(lens), best_ways(lens)
    for person in key_people(lens):
        entry = ways[person.id].people if person.id in ways else ()
        heavy = 1 if person.weight > 0 else 0
        attitude, name = lens.attitude(person.id), call(lens, person.id)
        rival = _held(lens, person.id)
        if attitude is None:
            words = Words(f"{name.zh} 的态度未知", f"nobody knows what {name.en} thinks")
            yield WeakSpot("unknown", KEY, person.id, words, entry, 1 + heavy)
        elif rival is not None and attitude < topic["attitude"]:
            words = Words(f"{name.zh} 支持 {rival.zh}", f"{name.en} is for {rival.en}")
            yield WeakSpot("rival", KEY, person.id, words, entry, 2 + heavy)
        elif attitude < 0:
            words = Words(f"{name.zh} 不认可我方", f"{name.en} is against us")
            yield WeakSpot("against", KEY, person.id, words, entry, 2 + heavy)
        elif attitude < topic["attitude"]:
            words = Words(f"{name.zh} 还在中立", f"{name.en} is neutral still")
            yield WeakSpot("neutral", KEY, person.id, words, entry, heavy)
        elif person.id in unproven(lens):
            words = Words(
                f"{name.zh} 的支持待证实：没有关键事件", f"the support of {name.en} is unproven: no key event"
            )
            yield WeakSpot("unproven", KEY, person.id, words, entry, heavy)
        elif person.id not in cover:
            words = Words(f"{name.zh} 没有我方负责人", f"nobody of ours owns {name.en}")
            yield WeakSpot("unowned", KEY, person.id, words, entry, 1 + heavy)


def _held(lens: Lens, person: str) -> Words | None:
    """Return the rival whom somebody supports more than us."""
    ours = lens.attitude(person) or 0
    best = max(
        (
            (a, s)
            for s in lens.suppliers
            if s.id != lens.supplier.id and (a := lens.attitude(person, s.id)) is not None
        ),
        key=lambda x: x[0],
        default=None,
    )
    if best is None or best[0] < 1 or best[0] <= ours:
        return None
    name = best[1].organization
    return by_language(name.name, name.name_alt)


def _layers(lens: Lens) -> Iterator[WeakSpot]:
    found, duty = built(lens), lens.pack.topic("portfolio")["duty"]
    roof, floor = found.roof, found.floor
    if not roof.owners:
        words = Words("组织客户关系没有负责人", "nobody owns the organizational relation")
        yield WeakSpot("unowned", ORGANIZATION, "", words, (), 2)
    if roof.value is None or roof.value < duty["organization"]:
        words = Words(
            f"组织客户关系：{roof.level.zh}，应到 {duty['organization']} 级",
            f"organizational relation: {roof.level.en}, should be {duty['organization']}",
        )
        yield WeakSpot("layer", ORGANIZATION, "", words, (), 1)
    if not floor.owners:
        words = Words("普遍客户关系没有负责人", "nobody owns the general relation")
        yield WeakSpot("unowned", GENERAL, "", words, (), 1)
    bare = coverage(lens).bare
    if bare:
        words = Words(f"没有接触的部门：{'、'.join(bare)}", f"departments not touched: {', '.join(bare)}")
        yield WeakSpot("uncovered", GENERAL, "", words, (), 1)


def _voices(lens: Lens) -> Iterator[WeakSpot]:
    """Name the voices past their limit: nothing turns a friend faster than an answer that doesn't come."""
    late = [h for h in heard(lens) if h.late]
    if not late:
        return
    oldest = max(late, key=lambda h: h.days)
    speaker = oldest.voice.said_by if oldest.voice.said_by in lens.seats else ""
    words = Words(
        f"{len(late)} 条客户声音超过期限，最久 {oldest.days} 天：“{oldest.voice.words}”",
        f"{plural(len(late), 'voice')} past the limit, the oldest {oldest.days} days: “{oldest.voice.words}”",
    )
    yield WeakSpot("voice", GENERAL, "", words, (speaker,) if speaker else (), 2)


def _team(lens: Lens) -> Iterator[WeakSpot]:
    topic = lens.pack.topic("relations")["team"]
    if lens.account.grade not in topic["triangle_grades"]:
        return
    missing = [duty for duty in topic["triangle"] if not serving(lens, duty)]
    if missing:
        said = [lens.pack.say("duty", d) for d in missing]
        words = Words(
            f"铁三角缺：{'、'.join(w.zh for w in said)}",
            f"the iron triangle lacks: {', '.join(w.en for w in said)}",
        )
        yield WeakSpot("team", "business", "", words, (), 2)


def entry_words(lens: Lens, spot: WeakSpot) -> Words:
    """Say where to begin: through whom, or that there is no way yet."""
    if not spot.subject:
        return Words("", "")
    found = contacts(lens).get(spot.subject)
    told = found.words(lens, spot.subject) if found is not None else None
    if told is not None:
        return told
    owner = owners(lens).get(spot.subject)
    if owner:
        return Words(f"由 {call(lens, owner[0]).zh}", f"by {call(lens, owner[0]).en}")
    chain = " → ".join(person_name(lens, p) for p in spot.entry)
    return Words(chain, chain) if chain else Words("还没有门路", "no way yet")
