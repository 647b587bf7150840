"""How often a ranking survives ties that may not be there, and people who told us nothing.

Reference
---------
Borgatti, S. P., Carley, K. M. and Krackhardt, D. 2006, Social Networks 28:124-136, doi:10.1016/j.socnet.2005.05.001.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from powermap.analysis import projection
from powermap.findings import Certainty
from powermap.kernels import ranking
from powermap.lens import Lens
from powermap.words import Words

DRAWS = 500


@dataclass(frozen=True, slots=True)
class Survival:
    """How a person's rank survives: P(rank 1), P(among the first three), and the middle 90 % of the ranks."""

    first: float
    top_three: float
    low: int
    high: int


def survival(lens: Lens, draws: int = DRAWS) -> Mapping[str, Survival]:
    """Resample the standing arcs by their confidence, one person silent in each draw, and rank by PageRank.

    The seed is fixed: the same data gives the same answer.
    """
    ids = list(lens.seats)
    if len(ids) < 2:
        return {p: Survival(1.0, 1.0, 1, 1) for p in ids}
    place = {p: i for i, p in enumerate(ids)}
    strength, keep = np.zeros((2, len(ids), len(ids)))
    for (tail, head), arc in projection.standing_arcs(lens).items():
        strength[place[tail], place[head]], keep[place[tail], place[head]] = arc.strength, arc.sure
    found = ranking.ranks(
        ranking.pagerank(ranking.resample(strength, keep, draws), lens.pack.default("damping"))
    )
    low, high = np.percentile(found, (5, 95), axis=0)
    return {
        p: Survival(
            float((found[:, i] <= 1.0).mean()),
            float((found[:, i] <= 3.0).mean()),
            int(np.floor(low[i])),
            int(np.ceil(high[i])),
        )
        for i, p in enumerate(ids)
    }


def of_rank(found: Survival, draws: int = DRAWS) -> Certainty:
    """Say how sure a place among the first is; below one half the network can't tell."""
    share = found.top_three
    words = Words(
        f"{draws} 次重抽样中 {share:.0%} 位列前三，九成名次在 {found.low}–{found.high}",
        f"among the first three in {share:.0%} of {draws} resamples; rank {found.low} to {found.high} in 90% of them",
    )
    if share < 0.5:
        words = Words("判断不了：" + words.zh, "can't tell: " + words.en)
        return Certainty("open", words, share, stable=share)
    return Certainty("likely", words, share, stable=share)


def coverage(lens: Lens) -> Words:
    """Say how much of the account is known: people, ties, and the committee against an estimate of its size.

    The estimate is who is known, and one more for every buying role that nobody holds; a coach and a leader are no seats.
    """
    tied = {p for t in lens.influences for p in (t.src, t.dst)}
    posts = sum(s.person.placeholder for s in lens.seats.values())
    n = len(lens.seats)
    zh = f"已知 {n} 人{f'（其中占位 {posts} 人）' if posts else ''}；{len(tied)} 人有影响关系。"
    of_them = f" ({posts} of them {'a placeholder' if posts == 1 else 'placeholders'})" if posts else ""
    en = f"{n} people known{of_them}; {len(tied)} have influence ties. "
    if lens.deal is not None:
        members = len(lens.committee)
        held = {r for s in lens.committee for r in s.roles}
        missing = [r.words for r in lens.pack.roles.values() if r.key not in held | {"coach", "leader"}]
        zh += f"决策链已知 {members} 人，估计至少 {members + len(missing)} 人"
        en += f"{members} of an estimated {members + len(missing)} or more in the committee"
        if missing:
            zh += f"（没有人任{'、'.join(w.zh for w in missing)}）"
            en += f" (nobody is down as {', '.join(w.en.lower() for w in missing)})"
        zh, en = zh + "。", en + ". "
    return Words(
        zh + "没画上图的人是最大的误差来源。",
        en + "Whoever is not on the map is the largest source of error.",
    )
