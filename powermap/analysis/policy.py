"""What may be done for whom (M97): the catalogue's actions under the policy of the rule pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def is_official(lens: Lens, person: str) -> bool:
    """Tell whether what is known of a person says that they are a public official."""
    seat = lens.seats.get(person)
    if seat is None:
        return False
    told = f"{seat.title} {seat.title_alt} {seat.person.note} {lens.account.industry} {lens.account.name}".casefold()
    return any(word.casefold() in told for word in lens.pack.topic("policy")["officials"]["words"])


def officials(lens: Lens, people: Iterable[str]) -> frozenset[str]:
    """Return who of some people is a public official, as far as is known."""
    return frozenset(p for p in people if is_official(lens, p))


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
    if ruling != ALLOWED and officials(lens, people):
        return Verdict(
            BLOCKED, Words(f"对公职人员不允许：{name.zh}", f"never for public officials: {name.en}")
        )
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
