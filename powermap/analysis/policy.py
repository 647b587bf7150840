"""What may be done for whom (M97): the catalogue's actions under the policy of the rule pack."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from powermap.analysis.text import call
from powermap.lens import Lens
from powermap.method.catalogue import Means, Ruling
from powermap.model import Action, Interaction
from powermap.words import Words

ALLOWED: Ruling = "allowed"
APPROVAL: Ruling = "approval"
BLOCKED: Ruling = "blocked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may be done: allowed, approval (asks for one) or blocked; and why, empty if it simply may."""

    ruling: Ruling
    why: Words


_FREE = Verdict(ALLOWED, Words("", ""))


def official(lens: Lens, person: str) -> Words | None:
    """Say why somebody counts as a public official, by their title and where they work, or as family of one; else None."""
    own = _office(lens, person)
    if own is not None:
        return own
    kin = [
        t for t in lens.influences if person in (t.src, t.dst) and lens.pack.channel(t.channel) == "family"
    ]
    for tie in kin:
        other = tie.dst if tie.src == person else tie.src
        theirs = _office(lens, other)
        if theirs is not None:
            who = call(lens, other)
            return Words(f"{who.zh} 的亲属，{theirs.zh}", f"family of {who.en}: {theirs.en}")
    return None


def _office(lens: Lens, person: str) -> Words | None:
    """Say which word tells that somebody is an official: one that says it by itself, else a title in a public body."""
    seat, house = lens.seats.get(person), lens.account
    if seat is None:
        return None
    topic = lens.pack.topic("policy")["officials"]
    law_zh, law_en = topic["law_zh"], topic["law_en"]
    post = f"{seat.title} {seat.title_alt} {seat.person.note}".casefold()
    place = f"{house.industry} {house.name} {house.name_alt} {house.note}".casefold()
    word = _first(topic["words"], f"{post} {place}")
    if word:
        return Words(f"“{word}”，{law_zh}", f"{word!r}, {law_en}")
    if seat.external or _first(topic["private"], place):
        return None
    for body in topic["body"]:
        if not _first(body["words"], place):
            continue
        title = _first(body["titles"], post)
        if title or not body["titles"]:
            said = Words(f"的“{title}”", f", {title!r}") if title else Words("", "")
            return Words(f"{body['zh']}{said.zh}，{law_zh}", f"{body['en']}{said.en}, {law_en}")
    return None


def _first(words: Iterable[str], text: str) -> str:
    """Return the first of some words that a text holds, those of Latin letters as whole words; empty without one."""
    for word in words:
        found = re.escape(word.casefold())
        if re.search(rf"\b{found}\b" if word.isascii() else found, text):
            return word
    return ""


def officials(lens: Lens, people: Iterable[str]) -> frozenset[str]:
    """Return who of some people is a public official, as far as is known."""
    return frozenset(p for p in people if official(lens, p) is not None)


def judge(
    lens: Lens, means: Means, people: tuple[str, ...] = (), money: float | None = None, currency: str = ""
) -> Verdict:
    """Judge an action of the catalogue for some people, with what it costs."""
    topic = lens.pack.topic("policy")
    tag = next((row for row in topic["tag"] if row["key"] == means.policy), None)
    if tag is None:
        return _FREE
    name = Words(tag["zh"], tag["en"])
    limit = topic["limits"].get(currency)
    ruling: Ruling = tag["rule"]
    if ruling == ALLOWED and money is not None and limit is not None and money > limit:
        return Verdict(
            APPROVAL, Words(f"费用超过 {limit:g} {currency}", f"costs more than {limit:g} {currency}")
        )
    if ruling != ALLOWED:
        for person in people:
            ground = official(lens, person)
            if ground is not None:
                zh = f"对公职人员不允许：{name.zh}（{ground.zh}）"
                return Verdict(BLOCKED, Words(zh, f"never for public officials: {name.en} ({ground.en})"))
    if ruling == ALLOWED:
        return _FREE
    said = Words("要审批", "needs an approval") if ruling == APPROVAL else Words("不允许", "not allowed")
    return Verdict(ruling, Words(f"{said.zh}：{name.zh}", f"{said.en}: {name.en}"))


def of_event(lens: Lens, event: Interaction) -> Verdict:
    """Judge a meeting as it was held: an approval that was given for the action that it does lets pass what asks for one."""
    means = lens.pack.catalogue.get(event.form)
    if means is None:
        return _FREE
    found = judge(lens, means, event.theirs)
    given = any(a.id == event.action and a.approval == "given" for a in lens.actions)
    return _FREE if found.ruling == APPROVAL and given else found


def of_action(lens: Lens, action: Action) -> Verdict:
    """Judge an action as it is planned: an approval that was given lets pass what asks for one, and nothing more."""
    means = lens.pack.catalogue.get(action.what)
    if means is None:
        return _FREE
    found = judge(lens, means, action.targets, action.money, action.currency)
    if found.ruling == APPROVAL and action.approval == "given":
        return _FREE
    return found
