"""The dossier of each rival: what was judged of them beside us, their people and shares here, what has changed (M102-M104, M123)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from powermap.analysis.brief import wallet
from powermap.analysis.judgements import Judgement, firm_name, grounds, judgements
from powermap.analysis.rules.wallet import ALL
from powermap.analysis.text import CERTAIN, answer, join, names, percent, person_name, plural, signed
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.model import Organization
from powermap.words import Words, both

Verdict = Literal["better", "equal", "worse", "unknown"]
VERDICTS: dict[Verdict, Words] = {
    "better": Words("我方好", "we are better"),
    "equal": Words("一样", "equal"),
    "worse": Words("我方差", "we are worse"),
    "unknown": Words("不知道", "unknown"),
}
RULE = Rule(
    "rivals",
    Words(
        "同一项对我方和对友商的最近一次评分相比；只评了一方算不知道；“同价更好”说的是友商：是即我方差，否即一样",
        "the last scores of one item, ours and the rival's, are compared; where one is missing it is unknown; 'better at the same price' is "
        "said of the rival: yes is worse for us, no is equal",
    ),
)
COLUMNS = (
    ("section", "友商", "Rival"),
    ("what", "内容", "What"),
    ("theirs", "友商", "Theirs"),
    ("ours", "我方", "Ours"),
    ("verdict", "差异", "Difference"),
    ("before", "此前", "Before"),
    ("source", "来源", "Source"),
    ("author", "判断人", "Author"),
    ("on", "日期", "Date"),
    ("state", "状态", "State"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One item beside each other: the verdict about a rival and about us, who is better, and the rival's verdict on an earlier day."""

    key: str
    theirs: Judgement | None
    ours: Judgement | None
    verdict: Verdict
    before: Judgement | None = None


def rivals_of(lens: Lens) -> tuple[str, ...]:
    """Return the rivals at the account: suppliers other than us that are here, or of whom something was judged."""
    here = [s.id for s in lens.suppliers if not s.us]
    judged = [j.record.supplier for j in judgements(lens, "rivals") if j.record.supplier]
    return tuple(dict.fromkeys((*here, *(r for r in judged if _other(lens, r)))))


def _other(lens: Lens, supplier: str) -> bool:
    found = lens.snapshot.get(Organization, supplier)
    return found is not None and not found.us


def points(lens: Lens, rival: str, since: date | None = None) -> tuple[Point, ...]:
    """Set a rival beside us, item by item; with `since` also what was judged of them by that day."""
    told = judgements(lens, "rivals")
    past = judgements(lens.back_to(since), "rivals") if since is not None else ()
    us = next((s.id for s in lens.suppliers if s.us), "")
    theirs = {j.item.key: j for j in told if j.record.supplier == rival}
    ours = {j.item.key: j for j in told if j.record.supplier in ("", us)}
    before = {j.item.key: j for j in past if j.record.supplier == rival}
    return tuple(
        Point(item.key, theirs.get(item.key), ours.get(item.key), _verdict(theirs.get(item.key), ours.get(item.key)), before.get(item.key))
        for item in lens.pack.items.values()
        if item.read_by == "rivals"
    )  # fmt: skip


def _verdict(theirs: Judgement | None, ours: Judgement | None) -> Verdict:
    them, us = theirs.record.score if theirs else None, ours.record.score if ours else None
    if them is None:
        return "unknown"
    if theirs is not None and theirs.item.kind == "yes":
        return "worse" if them else "equal"
    if us is None:
        return "unknown"
    return "better" if us > them else "worse" if us < them else "equal"


def rivals(lens: Lens, since: date | None = None) -> Answer:
    """Answer what is known of each rival, where we differ from them, and what has changed since a day."""
    rows: list[dict[str, Any]] = []
    findings = []
    for rival in rivals_of(lens):
        name, found = firm_name(lens, rival), points(lens, rival, since)
        rows += [_row(lens, rival, name, p) for p in found]
        rows += _standing(lens, rival, name)
        findings.append(_told(rival, name, found))
        findings += _changed(lens, rival, name, found, since)
    if not findings:
        none = Words("没有友商的记录。", "No rival is on record.")
        findings = [
            Finding(
                kind="rivals",
                subjects=(lens.account.id,),
                value=0,
                rule=RULE,
                sentence=none,
                certainty=CERTAIN,
            )
        ]
    return answer(lens, "rivals", COLUMNS, rows, findings)


def _row(lens: Lens, rival: str, name: Words, p: Point) -> dict[str, Any]:
    source, author = grounds(lens, p.theirs.record) if p.theirs else (both(""), both(""))
    item = lens.pack.items[p.key]
    return {
        "id": p.theirs.record.id if p.theirs else f"{rival}-{p.key}",
        "section": name._asdict(),
        "what": item.words._asdict(),
        "theirs": p.theirs.said._asdict() if p.theirs else None,
        "ours": p.ours.said._asdict() if p.ours else None,
        "verdict": VERDICTS[p.verdict]._asdict() if item.kind != "text" else None,
        "key": p.verdict,
        "before": p.before.said._asdict()
        if p.before and p.before.record is not (p.theirs and p.theirs.record)
        else None,
        "source": source._asdict(),
        "author": author._asdict(),
        "on": p.theirs.record.on.isoformat() if p.theirs and p.theirs.record.on else None,
        "state": Words("过期", "out of date")._asdict() if p.theirs and p.theirs.stale else None,
    }


def _standing(lens: Lens, rival: str, name: Words) -> list[dict[str, Any]]:
    """Return where a rival stands on the ground: people for them, people of theirs, shares, what customers say."""
    us = next((s.id for s in lens.suppliers if s.us), "")
    rows: list[tuple[str, Words, Words, Words]] = []

    def supporters(supplier: str) -> Words:
        people = sorted(
            (p for p in lens.seats if (lens.attitude(p, supplier) or 0) > 0),
            key=lambda p: -(lens.attitude(p, supplier) or 0),
        )
        return Words(
            "、".join(f"{names(lens, [p]).zh} {signed(lens.attitude(p, supplier))}" for p in people),
            ", ".join(f"{names(lens, [p]).en} {signed(lens.attitude(p, supplier))}" for p in people),
        )  # fmt: skip

    rows.append(("people", Words("支持的人", "people for them"), supporters(rival), supporters(us)))

    def team(supplier: str) -> Words:
        covers = lens.covers(supplier)
        who = [person_name(lens, p.id) for p in lens.team(supplier)]
        reached = len({c.dst for c in covers})
        return Words(
            f"{len(who)} 人，覆盖 {reached} 人", f"{plural(len(who), 'person', 'people')}, {reached} covered"
        )

    rows.append(("team", Words("投入的人", "people on the ground"), team(rival), team(us)))
    for s in wallet(lens):
        sold = sum(v for r, v in s.rivals if r == rival)
        if sold and s.years[-1][2]:
            what = both(s.category) if s.category else ALL
            year = s.years[-1][0]
            rows.append(
                (f"share-{s.category}", Words(f"份额 · {what.zh} {year}", f"share · {what.en} {year}"), both(percent(sold / s.years[-1][2])), both(percent(s.shares[-1])))
            )  # fmt: skip
    heard = [both(v.words) for v in lens.voices if v.about == rival]
    if heard:
        rows.append(("voices", Words("客户怎么说", "customers say"), join(heard), both("")))
    return [
        {
            "id": f"{rival}-{key}", "section": name._asdict(), "what": what._asdict(), "theirs": theirs._asdict(), "ours": ours._asdict(),
            "verdict": None, "key": None, "before": None, "source": None, "author": None, "on": None, "state": None,
        }
        for key, what, theirs, ours in rows
    ]  # fmt: skip


def _told(rival: str, name: Words, found: tuple[Point, ...]) -> Finding:
    scored = [p for p in found if (told := p.theirs or p.ours) is not None and told.item.kind != "text"]
    count = {v: sum(p.verdict == v for p in scored) for v in VERDICTS}
    bare = not count["better"] and count["equal"] + count["worse"] > 0
    if not scored:
        words = Words(f"{name.zh}：还没有评。", f"{name.en}: nothing is judged yet.")
    else:
        words = Words(
            f"{name.zh}：我方好 {count['better']} 项，一样 {count['equal']}，差 {count['worse']}，不知道 {count['unknown']}。"
            + ("没有一项能说明客户凭什么选我方。" if bare else ""),
            f"{name.en}: we are better in {count['better']}, equal in {count['equal']}, worse in {count['worse']}, unknown {count['unknown']}."
            + (" No point says why they should choose us." if bare else ""),
        )
    return Finding(
        kind="rival",
        subjects=(rival,),
        value=count["better"],
        rule=RULE,
        sentence=words,
        certainty=CERTAIN,
        urgency=int(bare),
    )


def _changed(
    lens: Lens, rival: str, name: Words, found: tuple[Point, ...], since: date | None
) -> list[Finding]:
    moved = [
        p
        for p in found
        if since and p.theirs and (p.before is None or p.before.record.id != p.theirs.record.id)
    ]
    if not moved:
        return []
    zh = "、".join(
        f"{lens.pack.items[p.key].words.zh} {p.before.said.zh if p.before else '?'} → {p.theirs.said.zh}"
        for p in moved
        if p.theirs
    )
    en = ", ".join(
        f"{lens.pack.items[p.key].words.en} {p.before.said.en if p.before else '?'} → {p.theirs.said.en}"
        for p in moved
        if p.theirs
    )
    return [
        Finding(
            kind="rival-changed", subjects=(rival,), value=len(moved), rule=RULE, certainty=CERTAIN, urgency=1,
            sentence=Words(f"{name.zh} 自 {since} 以来：{zh}。", f"{name.en} since {since}: {en}."),
        )
    ]  # fmt: skip
