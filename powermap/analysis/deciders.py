"""Who counts as a decision-maker, and on what ground: rule, roles or rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from powermap.analysis.large_votes import sampled_power, weighted_power
from powermap.analysis.rule import Member, Quota, Rule, RuleFault, majority, rule_of
from powermap.analysis.voting import MAX_EXACT, VotingPower, voting_power
from powermap.lens import Lens
from powermap.words import Words


@dataclass(frozen=True)
class Deciders:
    """The decision-makers of a deal.

    `shares` sum to 1 over the decision-makers: Shapley-Shubik under the rule and the committee's votes and vetoes. `ground`
    is rule, roles or rank. `rule` is the rule as it is known, None if it isn't; `voting` the one that counts: more than
    half of all votes, and every veto holder, where none is known; None without decision-makers. `powers` is empty where
    neither a rule nor a vote or veto is on record; `fault` is a rule that can't be read; `error` the standard error of
    indices that were sampled, 0 for exact ones.
    """

    shares: Mapping[str, float]
    ground: str
    words: Words
    rule: Rule | None = None
    voting: Rule | None = None
    powers: tuple[VotingPower, ...] = ()
    fault: RuleFault | None = None
    error: float = 0.0


def deciders(lens: Lens) -> Deciders:
    """Find the decision-makers: those with a say under the rule, else whose role, votes or veto say so, else the top level."""
    return lens.once(_find)


def _find(lens: Lens) -> Deciders:
    fault = None
    try:
        rule = rule_of(lens)
    except RuleFault as unreadable:
        rule, fault = None, unreadable
    if rule is not None:
        powers, error = _powers(rule)
        words = Words("按决策规则", "by the decision rule")
        return Deciders(_shares(powers), "rule", words, rule, rule, powers, error=error)
    votes = {
        s.id: 1.0 if s.votes is None else s.votes
        for s in lens.committee
        if {"decider", "approver"} & set(s.roles) or s.votes
    }
    votes = {p: v for p, v in votes.items() if v > 0}
    vetoes = [s.id for s in lens.committee if s.veto]
    ground, words = (
        "roles",
        Words(
            "按角色（决策者、批准者）；决策规则未知",
            "by the roles decision maker and approver; the decision rule is unknown",
        ),
    )
    if not votes:
        highest = min((s.level for s in lens.seats.values() if s.level and not s.external), default=0)
        votes = {s.id: 1.0 for s in lens.seats.values() if highest and s.level == highest and not s.external}
        if not vetoes:
            ground, words = (
                "rank",
                Words(
                    "按职级推定（最高一层）；没有人标为决策者",
                    "assumed by rank (the top level); nobody is marked as decision maker",
                ),
            )
    if not votes and not vetoes:
        return Deciders({}, ground, words, fault=fault)
    voting = majority(votes or dict.fromkeys(vetoes, 1.0), vetoes)
    if not vetoes and len(set(votes.values())) == 1:
        return Deciders(dict.fromkeys(votes, 1 / len(votes)), ground, words, None, voting, fault=fault)
    powers, error = _powers(voting)
    return Deciders(_shares(powers), ground, words, None, voting, powers, fault, error)


def _shares(powers: Iterable[VotingPower]) -> dict[str, float]:
    """Return the part of the decision that each one with a say has."""
    shares: dict[str, float] = {}
    for power in powers:
        if not power.has_no_say:
            person = power.player.removesuffix("?")
            shares[person] = shares.get(person, 0.0) + float(power.shapley)
    return shares


def _powers(rule: Rule) -> tuple[tuple[VotingPower, ...], float]:
    """Compute the members' power: by enumeration, by counting votes, or by sampling, as their number allows."""
    if len(rule.players) <= MAX_EXACT:
        return tuple(voting_power(rule.players, rule.passes)), 0.0
    node = rule.node
    if (
        isinstance(node, Quota)
        and all(isinstance(p, Member) for p in node.parts)
        and all(float(v).is_integer() for v in (node.need, *node.votes))
    ):
        votes: dict[str, int] = {}
        for part, count in zip(node.parts, node.votes, strict=True):
            assert isinstance(part, Member)
            votes[rule.player(part)] = votes.get(rule.player(part), 0) + int(count)
        return tuple(weighted_power(int(node.need), votes)), 0.0
    powers, error = sampled_power(rule.players, rule.passes)
    return tuple(powers), error
