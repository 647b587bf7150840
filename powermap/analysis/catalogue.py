"""The raw measures: on which projection each runs, what it says, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx

from powermap.analysis import brokerage, projection, scores, spectra
from powermap.analysis.influence import pagerank_of, total_influence
from powermap.analysis.reliability import Reliability
from powermap.analysis.scores import Noted, Values
from powermap.lens import Lens
from powermap.words import Words

STANDING, INFLUENCE, ACCESS, CHART, SIGNED = "standing", "influence", "access", "superiors", "signed"
PROJECTIONS = {
    STANDING: Words("声望", "standing"),
    INFLUENCE: Words("影响", "influence"),
    ACCESS: Words("触达", "access"),
    CHART: Words("汇报线", "superiors"),
    SIGNED: Words("亲疏", "signed"),
}
"""What each projection is called; `superiors` is the reporting lines, `signed` the ties of both signs."""
TWO_PEOPLE = Words("声望，两人", "standing, two people")
DIMENSIONS = {
    "connectedness": Words("连通度", "connectedness"),
    "hierarchy": Words("层级度", "hierarchy"),
    "efficiency": Words("效率", "efficiency"),
    "least upper bound": Words("最小上界", "least upper bound"),
    "against": Words("站错边的关系", "ties against the camps"),
    "ties": Words("关系总数", "ties in all"),
    "share": Words("占比", "share"),
    "votes": Words("预计赞成票", "yes votes expected"),
    "voters": Words("投票人数", "voters"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A raw measure: its projection, what it says, and how it is computed (person -> number, or name -> number).

    `sets` is F, D_F or D_R for a measure of sets of people, which needs no `compute`.
    """

    name: str
    projection: str
    words: Words
    compute: Callable[[Lens, nx.DiGraph], Values | Noted] = lambda _, __: {}
    people: bool = True
    sets: str = ""


_BROKERS = tuple(zip(brokerage.ROLES, ("协调者", "巡回者", "代表者", "守门人", "联络者"), strict=True))
_BETWEEN = {
    "coordinator": Words("同部门的人之间", "between two of the own department"),
    "itinerant": Words("另一个部门的两人之间", "between two of one other department"),
    "representative": Words("本部门的人与外面之间（由内向外）", "from the own department outwards"),
    "gatekeeper": Words("外面与本部门的人之间（由外向内）", "from outside into the own department"),
    "liaison": Words("两个不同部门之间", "between two other departments"),
}
ALL = (
    Measure(
        "in-degree",
        STANDING,
        Words("被多少人听取或告知", "how many listen to the person, or tell them"),
        lambda _, g: dict(g.in_degree()),
    ),
    Measure(
        "in-strength",
        STANDING,
        Words("被听取、被告知的强度之和", "sum of the strengths of those who listen or tell"),
        lambda _, g: dict(g.in_degree(weight="strength")),
    ),
    Measure(
        "out-degree",
        STANDING,
        Words("听取或告知多少人", "how many the person listens to, or tells"),
        lambda _, g: dict(g.out_degree()),
    ),
    Measure(
        "out-strength",
        STANDING,
        Words("听取、告知他人的强度之和", "sum of the strengths with which the person listens or tells"),
        lambda _, g: dict(g.out_degree(weight="strength")),
    ),
    Measure(
        "pagerank",
        STANDING,
        Words("被有分量的人听取（PageRank）", "listened to by those who are listened to (PageRank)"),
        lambda lens, g: pagerank_of(g, lens.pack.default("damping")),
    ),
    Measure(
        "katz",
        STANDING,
        Words(
            "直接和间接有多少人听取，越远越轻（Katz）",
            "all who listen, directly or not, the farther the less (Katz)",
        ),
        scores.katz,
    ),
    Measure(
        "leaderrank",
        STANDING,
        Words(
            "被有分量的人听取，无需参数（LeaderRank）",
            "listened to by those who are listened to, without a parameter (LeaderRank)",
        ),
        scores.leaderrank,
    ),
    Measure(
        "eigenvector",
        STANDING,
        Words(
            "与联系多的人有联系（特征向量，无向）",
            "tied to those who are well tied (eigenvector, undirected)",
        ),
        lambda _, g: spectra.eigenvector(scores.undirected(g)),
    ),
    Measure(
        "authority",
        STANDING,
        Words(
            "被善于听取的人听取（HITS 权威）",
            "listened to by those who listen to the right people (HITS authority)",
        ),
        lambda _, g: spectra.authorities(g),
    ),
    Measure(
        "hub",
        STANDING,
        Words("听取有分量的人（HITS 枢纽）", "listens to those who are listened to (HITS hub)"),
        lambda _, g: spectra.hubs(g),
    ),
    Measure(
        "closeness-in",
        STANDING,
        Words("离所有听者有多近", "how near all listeners are"),
        lambda _, g: dict(nx.closeness_centrality(g)),
    ),
    Measure(
        "betweenness",
        STANDING,
        Words(
            "介于他人之间（有向）：谁在连接，不是谁有权",
            "between others (directed): who connects, not who has power",
        ),
        lambda _, g: dict(nx.betweenness_centrality(g)),
    ),
    Measure(
        "betweenness-raw",
        STANDING,
        Words("介于他人之间（有向），不归一", "between others (directed), unnormalised"),
        lambda _, g: dict(nx.betweenness_centrality(g, normalized=False)),
    ),
    Measure(
        "betweenness-undirected",
        STANDING,
        Words("介于他人之间（无向）", "between others (undirected)"),
        lambda _, g: dict(nx.betweenness_centrality(scores.undirected(g))),
    ),
    Measure(
        "constraint",
        STANDING,
        Words(
            "联系都在同一圈人里的程度，越小越自由（Burt 约束，无向，不计强度）",
            "how far all ties lead to the same people: the less, the freer (Burt's constraint, undirected, strengths not counted)",
        ),
        scores.constraint,
    ),
    Measure(
        "effective-size",
        STANDING,
        Words(
            "互不相识的联系人有多少（Burt 有效规模）",
            "contacts that don't know each other (Burt's effective size)",
        ),
        scores.effective_size,
    ),
    Measure(
        "k-core",
        STANDING,
        Words(
            "处在彼此至少有 k 个联系的一群人中（k 核）",
            "in a group whose members have at least k ties with each other (k-core)",
        ),
        lambda _, g: dict(nx.core_number(scores.undirected(g))),
    ),
    *(
        Measure(
            role,
            STANDING,
            Words(
                f"在{_BETWEEN[role].zh}牵线的次数（Gould-Fernandez {zh}）",
                f"how often they stand {_BETWEEN[role].en} (Gould-Fernandez {role})",
            ),
            scores.role(role),
        )
        for role, zh in _BROKERS
    ),
    *(
        Measure(
            f"{role}-z",
            STANDING,
            Words(
                f"{zh}比随机多几个标准差（部门重新分派）",
                f"{role}: standard deviations above chance (departments dealt anew)",
            ),
            scores.surprise(role),
        )
        for role, zh in _BROKERS
    ),
    Measure(
        "articulation",
        STANDING,
        Words(
            "离开后网络就断开（割点，无向）",
            "without the person the network falls apart (articulation point, undirected)",
        ),
        scores.articulation,
    ),
    Measure(
        "bridges",
        STANDING,
        Words(
            "断开后网络就断开的关系（桥，无向）",
            "ties without which the network falls apart (bridges, undirected)",
        ),
        scores.bridges,
        people=False,
    ),
    Measure(
        "kpp-neg",
        STANDING,
        Words("去掉哪几人最能使网络破碎（F）", "the people whose loss fragments the network most (F)"),
        people=False,
        sets="F",
    ),
    Measure(
        "kpp-neg-distance",
        STANDING,
        Words(
            "去掉哪几人最能使其余的人彼此变远（D_F）",
            "the people whose loss puts the others farthest apart (D_F)",
        ),
        people=False,
        sets="D_F",
    ),
    Measure(
        "kpp-pos",
        STANDING,
        Words("哪几人合起来最能触达所有人（D_R）", "the people who together reach everybody best (D_R)"),
        people=False,
        sets="D_R",
    ),
    Measure(
        "hierarchy",
        STANDING,
        Words(
            "听取网络像不像层级（Krackhardt 四维）",
            "how far who listens to whom is a hierarchy (Krackhardt's dimensions)",
        ),
        scores.hierarchy,
        people=False,
    ),
    Measure(
        "hierarchy-chart",
        CHART,
        Words(
            "汇报线像不像层级（Krackhardt 四维）",
            "how far the reporting lines are a hierarchy (Krackhardt's dimensions)",
        ),
        scores.hierarchy_chart,
        people=False,
    ),
    Measure(
        "total-influence",
        INFLUENCE,
        Words(
            "各人最终看法中来自谁（Friedkin-Johnsen）", "whose view ends up in everybody's (Friedkin-Johnsen)"
        ),
        lambda lens, _: total_influence(lens),
    ),
    Measure(
        "susceptibility",
        INFLUENCE,
        Words("被他人影响的程度", "how far others move them"),
        lambda lens, _: dict(zip(lens.seats, map(float, projection.influence(lens)[2]), strict=True)),
    ),
    Measure(
        "yes-chance",
        INFLUENCE,
        Words(
            "听取他人之后投该供应商赞成票的概率（模型估计）",
            "chance of voting for the supplier after hearing the others, by the model",
        ),
        lambda lens, _: dict(scores.yes_chances(lens)),
    ),
    Measure(
        "expected-votes",
        INFLUENCE,
        Words(
            "决策规则中预计有几票赞成（按人头，模型估计）",
            "yes votes expected among those whom the rule asks, heads counted, by the model",
        ),
        scores.expected_votes,
        people=False,
    ),
    Measure(
        "signed-camps",
        SIGNED,
        Words(
            "按正负关系分成的两个阵营（带符号特征向量）",
            "the two camps of ties and conflicts (signed eigenvector)",
        ),
        scores.signed_camps,
    ),
    Measure(
        "frustration",
        SIGNED,
        Words(
            "分成两个阵营后站错边的关系（受挫指数）",
            "ties that stand against the best two camps (frustration index)",
        ),
        scores.frustration,
        people=False,
    ),
    Measure(
        "lost",
        ACCESS,
        Words("离开后够不着的人数（支配树）", "people out of reach without the person (dominator tree)"),
        scores.lost,
    ),
    Measure("disjoint-ways", ACCESS, Words("互不共用一人的路数", "ways that share nobody"), scores.ways),
    Measure(
        "chance",
        ACCESS,
        Words("至少一路走通的概率", "probability that some way of introductions works"),
        scores.chance,
    ),
)
PAIRS: dict[str, tuple[Words, Callable[[nx.Graph, str, str, float | None], Reliability]]] = {
    "distance": (Words("两人之间隔几条关系", "ties between two people"), scores.distance(lambda _: 1.0)),
    "distance-strength": (
        Words(
            "两人之间的距离，关系越强越近（1/强度之和）",
            "distance of two people, the stronger the ties the nearer (sum of 1/strength)",
        ),
        scores.distance(lambda strength: 1 / strength),
    ),
    "reliability": (
        Words(
            "两人之间仍有路相通的概率（各关系独立）",
            "probability that a way is left between two people, ties independent",
        ),
        scores.connection,
    ),
    "min-cut": (
        Words("断开两人所需断开的关系，强度之和最小", "least total strength of ties that part two people"),
        scores.min_cut,
    ),
    "paths": (Words("两人之间互不共用一人的路数", "ways between two people that share nobody"), scores.paths),
}
"""Measures of two people, on the ties of standing without direction."""
REGISTRY = {m.name: m for m in ALL}
