"""Two check lists of a deal, C139 and MEDDPICC: what the records answer, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from powermap.analysis.competition import power_shares
from powermap.analysis.deciders import deciders
from powermap.analysis.layer_levels import organizational, scores
from powermap.analysis.moves import next_moves
from powermap.analysis.text import ESTIMATE, answer, join, money, names, percent
from powermap.analysis.ways import best_ways
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words, both

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
_MISSING: Mapping[str, Words] = {
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


def known(lens: Lens) -> dict[str, Words | None]:
    """Return what the records say of each item of both lists; None where they say nothing."""
    deal, found = lens.deal, deciders(lens)
    unknown = [p for p in found.shares if lens.attitude(p) is None]
    proven = [p for p in lens.seats if (lens.attitude(p) or 0) >= 2 and not lens.grounds(p).unproven]
    coaches = [p for p in proven if (lens.attitude(p) or 0) >= 3]
    rivals = [s for s in lens.suppliers if s.id != lens.supplier.id]
    stages = organizational(lens).stages
    pains = [v for v in lens.voices if v.triage == "pain"]
    gains = {**scores(lens, "benefit")}
    gates = scores(lens, "contract", deal.id) if deal else {}
    value = money(deal.value, deal.currency) if deal and deal.value else None
    wants = [i.words for k, i in lens.pack.items.items() if i.family == "need" and k in scores(lens, "need")]
    house = [both(s.organization.name) for s in rivals]
    said: dict[str, Words | None] = {
        "need": value,
        "timetable": both(str(deal.close_on)) if deal and deal.close_on else None,
        "rule": both(deal.rule) if deal and deal.rule else None,
        "people": names(lens, [s.id for s in lens.committee]) if lens.committee else None,
        "attitudes": names(lens, list(found.shares)) if found.shares and not unknown else None,
        "rivals": join(house) if house else None,
        "stages": both(f"{len(stages)}") if stages else None,
        "coach": names(lens, coaches) if coaches else None,
        "pain": both(pains[-1].words) if pains else None,
        "metrics": money(sum(a.score or 0 for a in gains.values()))
        if gains
        else both(deal.serves)
        if deal and deal.serves
        else None,
        "economic": names(lens, list(found.shares)) if found.ground != "rank" and found.shares else None,
        "criteria": join(wants) if wants else None,
        "process": both(deal.rule) if deal and deal.rule else None,
        "paper": both(f"{len(gates)}") if gates else None,
        "champion": names(lens, proven) if proven else None,
        "competition": join(house) if house else None,
    }
    return said


def leads(lens: Lens) -> dict[str, Words | None]:
    """Return in which of the three we lead every rival; None where we don't, or where it can't be told."""
    shares, rivals = deciders(lens).shares, [s for s in lens.suppliers if s.id != lens.supplier.id]
    if not rivals or not shares:
        return {"deciders": None, "influence": None, "access": None}

    def support(supplier: str) -> float:
        return sum(w * (lens.attitude(p, supplier) or 0) for p, w in shares.items())

    mine, best = support(lens.supplier.id), max(support(s.id) for s in rivals)
    power = power_shares(lens)
    ours, theirs = power.get(lens.supplier.id, 0.0), max((power.get(s.id, 0.0) for s in rivals), default=0.0)

    def reached(view: Lens) -> float:
        ways = best_ways(view)
        return sum(w * (ways[p].probability if p in ways else 0.0) for p, w in shares.items())

    here, there = reached(lens), max(reached(lens.with_supplier(s.id)) for s in rivals)
    return {
        "deciders": both(f"{mine:+.1f} > {best:+.1f}") if mine > best else None,
        "influence": both(f"{percent(ours)} > {percent(theirs)}") if ours > theirs else None,
        "access": both(f"{percent(here)} > {percent(there)}") if here > there else None,
    }


def qualify(lens: Lens) -> Answer:
    """Answer the two check lists."""
    topic, said, ahead = lens.pack.topic("qualification"), known(lens), leads(lens)
    yes, no = Words("清楚", "clear"), Words("缺", "missing")
    rows = []

    def row(
        name: Words, entry: dict[str, str], told: Words | None, good: Words = yes, bad: Words = no
    ) -> None:
        missing = _MISSING.get(entry["key"], Words("没有领先", "no lead"))
        rows.append(
            {
                "id": f"{name.en}-{entry['key']}",
                "list": name._asdict(),
                "item": {"zh": entry["zh"], "en": entry["en"]},
                "state": (good if told is not None else bad)._asdict(),
                "what": (told if told is not None else missing)._asdict(),
            }
        )

    for entry in topic["clear"]:
        row(C139, entry, said.get(entry["key"]))
    for entry in topic["lead"]:
        row(C139, entry, ahead.get(entry["key"]), Words("领先", "ahead"), Words("不领先", "not ahead"))
    for entry in topic["meddpicc"]:
        row(MEDDPICC, entry, said.get(entry["key"]))
    clear = sum(said.get(e["key"]) is not None for e in topic["clear"])
    front = sum(ahead.get(e["key"]) is not None for e in topic["lead"])
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
