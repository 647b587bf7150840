"""Two check lists of a deal, C139 and MEDDPICC: what the records answer, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from powermap.analysis.deciders import deciders
from powermap.analysis.judged import unproven
from powermap.analysis.layer_levels import organizational, scores
from powermap.analysis.moves import next_moves
from powermap.analysis.shares import shares
from powermap.analysis.text import ESTIMATE, answer, join, money, names, percent
from powermap.analysis.ways import best_ways
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words, both, by_language

RULE = Rule(
    "qualification",
    Words(
        "C139：九件必清事项、三个领先、趋赢与否；MEDDPICC：八项。记录能回答的就算出来，回答不了的说明缺什么",
        "C139: nine things clear, three leads, and whether it tends to be won; MEDDPICC: eight. Computed where the records can tell; "
        "else what is missing is said",
    ),
)
COLUMNS = (
    ("list", "清单", "List"),
    ("item", "项", "Item"),
    ("state", "状态", "State"),
    ("what", "依据或所缺", "Ground, or what is missing"),
)
MISSING: Mapping[str, Words] = {
    "need": Words("项目没有金额", "the deal has no value"),
    "timetable": Words("项目没有截止日期", "the deal has no closing date"),
    "rule": Words("不知道怎么决定", "how it is decided isn't known"),
    "people": Words("决策链里没有人", "nobody is down on the committee"),
    "attitudes": Words("决策人态度未知", "attitudes of decision-makers are unknown"),
    "rivals": Words("没有对手的记录", "no rival is on record"),
    "stages": Words("不知道参与了哪些采购环节", "which stages we joined isn't known"),
    "coach": Words("没有已证实的教练", "no proven coach"),
    "pain": Words("没有记下的痛点", "no pain on record"),
    "metrics": Words("没有客户收益的数字", "no number of what they gain"),
    "economic": Words("没有标明决策者", "no decision-maker is named"),
    "criteria": Words("没有决策标准", "no criteria on record"),
    "process": Words("没有决策规则", "no decision rule"),
    "paper": Words("标前和合同项没有评", "tender gates and contract are not judged"),
    "champion": Words("没有已证实的支持者", "no proven supporter"),
    "competition": Words("没有对手的记录", "no rival is on record"),
}
C139, MEDDPICC = both("C139"), both("MEDDPICC")


class Lead(NamedTuple):
    """Whether we are ahead of every rival, and by which measure: ours beside that of the best of them."""

    ahead: bool
    words: Words


def known(lens: Lens) -> dict[str, Words | None]:
    """Return what the records say of each item of both lists; None where they say nothing."""
    deal, found = lens.deal, deciders(lens)
    rule = both(deal.rule) if deal and found.rule is not None else None
    unknown = [p for p in found.shares if lens.attitude(p) is None]
    proven = [p for p in lens.seats if (lens.attitude(p) or 0) >= 2 and p not in unproven(lens)]
    coaches = [p for p in proven if (lens.attitude(p) or 0) >= 3]
    rivals = [s for s in lens.suppliers if s.id != lens.supplier.id]
    joined = organizational(lens)
    stages, every = joined.stages, len(joined.stages) + len(joined.left)
    pains = [v for v in lens.voices if v.triage == "pain"]
    gains = {**scores(lens, "benefit")}
    gates = scores(lens, "contract", deal.id) if deal else {}
    value = money(deal.value, deal.currency) if deal and deal.value else None
    wants = _criteria(lens)
    house = [by_language(s.organization.name, s.organization.name_alt) for s in rivals]
    said: dict[str, Words | None] = {
        "need": value,
        "timetable": both(str(deal.close_on)) if deal and deal.close_on else None,
        "rule": rule,
        "people": names(lens, [s.id for s in lens.committee]) if lens.committee else None,
        "attitudes": names(lens, list(found.shares)) if found.shares and not unknown else None,
        "rivals": join(house) if house else None,
        "stages": Words(f"参与 {len(stages)}/{every} 个环节", f"{len(stages)} of {every} joined")
        if stages
        else None,
        "coach": names(lens, coaches) if coaches else None,
        "pain": both(pains[-1].words) if pains else None,
        "metrics": money(sum(a.score or 0 for a in gains.values()))
        if gains
        else both(deal.serves)
        if deal and deal.serves
        else None,
        "economic": names(lens, list(found.shares)) if found.ground != "rank" and found.shares else None,
        "criteria": join(wants) if wants else None,
        "process": rule,
        "paper": join([lens.pack.items[k].words for k in gates]) if gates else None,
        "champion": names(lens, proven) if proven else None,
        "competition": join(house) if house else None,
    }
    return said


def _criteria(lens: Lens) -> list[Words]:
    """Name the wants of theirs by which they decide, with how much each weighs: those of the account, and of anybody there."""
    found = []
    for key in lens.pack.topic("qualification")["criteria"]:
        told = [a for a in lens.assessments if a.item == key and a.score and not a.supplier]
        item = lens.pack.items.get(key)
        if told and item is not None:
            step = item.named(max(a.score or 0 for a in told))
            found.append(Words(f"{item.words.zh} {step.zh}", f"{item.words.en} {step.en}"))
    return found


def _missing(lens: Lens, key: str) -> Words:
    """Say what an item lacks; of a rule that can't be read, why it can't."""
    fault = deciders(lens).fault
    if fault is not None and key in ("rule", "process"):
        return Words(
            f"决策规则读不懂：{fault.reason.zh}", f"the decision rule can't be read: {fault.reason.en}"
        )
    return MISSING[key]


def leads(lens: Lens) -> dict[str, Lead]:
    """Return in which of the three we lead every rival, each by its measure."""
    part, rivals = deciders(lens).shares, [s for s in lens.suppliers if s.id != lens.supplier.id]
    if not rivals or not part:
        why = MISSING["rivals"] if part else Words("不知道谁决策", "nobody is known to decide")
        return dict.fromkeys(("deciders", "influence", "access"), Lead(False, why))

    def reached(view: Lens) -> float:
        ways = best_ways(view)
        return sum(w * (ways[p].probability if p in ways else 0.0) for p, w in part.items())

    ids = [s.id for s in lens.suppliers]
    found = shares(lens).suppliers
    support = {s: sum(w * (lens.attitude(p, s) or 0) for p, w in part.items()) for s in ids}
    access = {s: reached(lens if s == lens.supplier.id else lens.with_supplier(s)) for s in ids}

    def lead(name: Words, values: Mapping[str, float], said: Callable[[float], str]) -> Lead:
        best = max(rivals, key=lambda s: values[s.id])
        house = by_language(best.organization.name, best.organization.name_alt)
        mine, theirs = values[lens.supplier.id], values[best.id]
        zh = f"{name.zh}：我方 {said(mine)}，{house.zh} {said(theirs)}"
        return Lead(mine > theirs, Words(zh, f"{name.en}: we {said(mine)}, {house.en} {said(theirs)}"))

    return {
        "deciders": lead(
            Words("决策人的态度，按决策权重平均", "attitude of the decision-makers, by weight"),
            support,
            lambda v: f"{v:+.1f}",
        ),
        "influence": lead(Words("决策链影响力", "influence on the decision"), found, percent),
        "access": lead(
            Words("够得着的决策权重（估计）", "weight of the decision within reach (estimate)"),
            access,
            percent,
        ),
    }


def qualify(lens: Lens) -> Answer:
    """Answer the two check lists."""
    topic, said, ahead = lens.pack.topic("qualification"), known(lens), leads(lens)
    yes, no = Words("清楚", "clear"), Words("缺", "missing")
    rows = []

    def row(name: Words, entry: dict[str, str], told: Words | None, state: Words | None = None) -> None:
        rows.append(
            {
                "id": f"{name.en}-{entry['key']}",
                "list": name._asdict(),
                "item": {"zh": entry["zh"], "en": entry["en"]},
                "state": (state or (no if told is None else yes))._asdict(),
                "what": (told if told is not None else _missing(lens, entry["key"]))._asdict(),
            }
        )

    for entry in topic["clear"]:
        row(C139, entry, said.get(entry["key"]))
    for entry in topic["lead"]:
        lead = ahead[entry["key"]]
        row(C139, entry, lead.words, Words("领先", "ahead") if lead.ahead else Words("不领先", "not ahead"))
    for entry in topic["meddpicc"]:
        row(MEDDPICC, entry, said.get(entry["key"]))
    clear = sum(said.get(e["key"]) is not None for e in topic["clear"])
    front = sum(ahead[e["key"]].ahead for e in topic["lead"])
    eight = sum(said.get(e["key"]) is not None for e in topic["meddpicc"])
    chance, _ = next_moves(lens, quick=True)
    tends = "?" if chance != chance else str(int(chance >= topic["even"]))
    words = Words(
        f"C139：必清 {clear}/{len(topic['clear'])}，领先 {front}/{len(topic['lead'])}，趋赢 {tends}；MEDDPICC {eight}/{len(topic['meddpicc'])}。",
        f"C139: clear {clear} of {len(topic['clear'])}, ahead {front} of {len(topic['lead'])}, tends to win {tends}; "
        f"MEDDPICC {eight} of {len(topic['meddpicc'])}.",
    )
    who = names(lens, list(deciders(lens).shares)) if deciders(lens).shares else both("?")
    finding = Finding(
        kind="qualification", subjects=(lens.deal.id if lens.deal else lens.account.id,), value=clear + front + eight,
        rule=RULE, sentence=words, certainty=ESTIMATE,
    )  # fmt: skip
    note = Words(f"决策者：{who.zh}", f"decision-makers: {who.en}")
    return answer(lens, "qualify", COLUMNS, rows, [finding], [note])
