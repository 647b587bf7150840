"""Four dials of an account's relations (M8): safe, stable, complete, lasting; and what the judgements say beside them."""

from __future__ import annotations

from dataclasses import dataclass

from powermap.analysis.age import relations
from powermap.analysis.brief import wallet
from powermap.analysis.fragility import reach
from powermap.analysis.house import built
from powermap.analysis.layer_levels import coverage
from powermap.analysis.satisfaction import HOUSE, fallen, latest, marks, mean
from powermap.analysis.text import CERTAIN, OPEN, answer, call
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "health",
    Words(
        "安全=没有单点；稳定=关系没有变冷；全面=部门与三大关系都有；可持续=份额与满意度不降。总的看四项里最差的",
        "safe = no single point; stable = nothing has gone cold; complete = departments and all three relations; lasting = share "
        "and satisfaction don't fall. The worst of the four counts",
    ),
)
DIALS = {
    "safe": Words("安全", "safe"),
    "stable": Words("稳定", "stable"),
    "complete": Words("全面", "complete"),
    "lasting": Words("可持续", "lasting"),
}
STATES = {
    "good": Words("好", "good"),
    "watch": Words("留意", "watch"),
    "bad": Words("差", "bad"),
    "unknown": Words("未知", "unknown"),
}
BANDS = {
    "critical": Words("危险", "critical"),
    "weak": Words("弱", "weak"),
    "fair": Words("尚可", "fair"),
    "unknown": Words("不清楚", "not known"),
    "sound": Words("稳健", "sound"),
}
"""The ground an account stands on, the worst first."""
ORDER = ("bad", "watch", "unknown", "good")
COLUMNS = (("dial", "方面", "Dial"), ("state", "状态", "State"), ("why", "依据", "Why"))


@dataclass(frozen=True, slots=True)
class Dial:
    """One dial: good, watch, bad or unknown, and why."""

    key: str
    state: str
    why: Words


def dials(lens: Lens) -> tuple[Dial, ...]:
    """Return the four dials."""
    return lens.once(_dials)


def _dials(lens: Lens) -> tuple[Dial, ...]:
    return (_safe(lens), _stable(lens), _complete(lens), _lasting(lens))


def worst(lens: Lens) -> str:
    """Return the worst of the four; what isn't known is worse than good."""
    return min((d.state for d in dials(lens)), key=ORDER.index)


def band(lens: Lens) -> str:
    """Return the ground that the account stands on, a key of :data:`BANDS`: sound only if all four dials are good."""
    state = worst(lens)
    if state == "watch":
        least = lens.pack.topic("portfolio")["bands"]["weak"]
        return "weak" if sum(d.state == state for d in dials(lens)) >= least else "fair"
    return {"bad": "critical", "good": "sound"}.get(state, state)


def _safe(lens: Lens) -> Dial:
    found = reach(lens)
    least = lens.pack.topic("portfolio")["duty"]["ways"]
    ways = {t: found.ways(t) for t in found.targets}
    if not ways:
        return Dial("safe", "unknown", Words("不知道谁决策", "nobody is known to decide"))
    person = min(ways, key=lambda t: ways[t])
    who = call(lens, person)
    words = Words(
        f"到 {who.zh} 有 {ways[person]} 条互不相交的路", f"{ways[person]} disjoint ways to {who.en}"
    )
    return Dial("safe", "bad" if not ways[person] else "watch" if ways[person] < least else "good", words)


def _stable(lens: Lens) -> Dial:
    found = relations(lens)
    if not found:
        return Dial("stable", "unknown", Words("没有可以计时的关系", "no relation with a day to count from"))
    cold = sum(r.contact.key == "cold" for r in found)
    words = Words(f"{len(found)} 条关系中 {cold} 条变冷", f"{cold} of {len(found)} relations have gone cold")
    return Dial("stable", "good" if not cold else "bad" if 2 * cold > len(found) else "watch", words)


def _complete(lens: Lens) -> Dial:
    part, parts = coverage(lens), built(lens).parts
    bare = sum(not p.owners for p in parts)
    share = part.departments
    if share is None:
        return Dial("complete", "unknown", Words("不知道部门", "departments are not known"))
    words = Words(
        f"接触到 {share:.0%} 的部门；房子 {len(parts)} 处里 {bare} 处没有负责人",
        f"{share:.0%} of departments touched; {bare} of {len(parts)} parts of the house without an owner",
    )
    return Dial(
        "complete",
        "good" if share == 1 and not bare else "bad" if share < 0.5 or 2 * bare > len(parts) else "watch",
        words,
    )


def _lasting(lens: Lens) -> Dial:
    points = lens.pack.topic("portfolio")["wallet"]["points"]
    told = [series for series in wallet(lens) if len(series.years) > 1]
    falling = [series for series in told if series.verdict(points) in ("erosion", "both")]
    happy = mean(latest(marks(lens), HOUSE))
    trend = _trend(lens)
    if not told and happy is None:
        return Dial(
            "lasting", "unknown", Words("没有份额，也没有满意度", "neither share nor satisfaction is known")
        )
    parts = []
    if told:
        parts.append(
            Words(
                f"{len(told)} 个品类中 {len(falling)} 个份额下降",
                f"the share falls in {len(falling)} of {len(told)} categories",
            )
        )
    if happy is not None:
        parts.append(
            Words(f"满意度平均 {happy:.1f}{trend.zh}", f"satisfaction {happy:.1f} on average{trend.en}")
        )
    bad = bool(falling) + (trend.en != "")
    words = Words("；".join(w.zh for w in parts), "; ".join(w.en for w in parts))
    return Dial("lasting", "good" if not bad else "watch" if bad == 1 else "bad", words)


def _trend(lens: Lens) -> Words:
    """Say that satisfaction of the organization has fallen since the verdict before the last, if it has."""
    for m in fallen(lens, HOUSE):
        now, then = m.verdict.score or 0, (m.verdict.score or 0) - (m.change or 0)
        verb = Words("升" if now > then else "降", "rose" if now > then else "fell")
        return Words(
            f"，{m.item.words.zh}由 {then:g} {verb.zh}到 {now:g}",
            f", {m.item.words.en} {verb.en} from {then:g} to {now:g}",
        )
    return Words("", "")


def health(lens: Lens) -> Answer:
    """Answer how safe, stable, complete and lasting the relations are, and what was judged of satisfaction, trust and maturity."""
    found = dials(lens)
    rows = [
        {
            "id": d.key,
            "dial": DIALS[d.key]._asdict(),
            "state": STATES[d.state]._asdict(),
            "why": d.why._asdict(),
        }
        for d in found
    ]
    for a in lens.assessments:
        item = lens.pack.items.get(a.item)
        if (
            item is not None
            and item.read_by in ("health", "maturity")
            and not a.supplier
            and a.subject not in lens.seats
        ):
            said = item.named(a.score)
            rows.append(
                {
                    "id": a.id,
                    "dial": item.words._asdict(),
                    "state": said._asdict(),
                    "why": {
                        "zh": " ".join(filter(None, (str(a.on), a.words))),
                        "en": " ".join(filter(None, (str(a.on), a.words))),
                    },
                }
            )
    state = worst(lens)
    groups = {s: [DIALS[d.key] for d in found if d.state == s] for s in ORDER}
    zh = "；".join(
        f"{STATES[s].zh}的：{'、'.join(w.zh for w in group)}" for s, group in groups.items() if group
    )
    en = "; ".join(
        f"{STATES[s].en}: {', '.join(w.en for w in group)}" for s, group in groups.items() if group
    )
    finding = Finding(
        kind="health",
        subjects=(lens.account.id,),
        value=state,
        rule=RULE,
        sentence=Words(
            f"关系健康总的看是“{STATES[state].zh}”。{zh}。",
            f"On the whole {STATES[state].en}. {en[0].upper()}{en[1:]}.",
        ),
        certainty=OPEN if state == "unknown" else CERTAIN,
        urgency={"bad": 2, "watch": 1}.get(state, 0),
    )
    return answer(lens, "health", COLUMNS, rows, [finding])
