"""The manager's page: one self-contained file for ten thousand accounts; no request leaves it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from powermap import resources
from powermap.analysis.dials import BANDS, DIALS
from powermap.analysis.dials import STATES as DIAL_STATES
from powermap.analysis.rules.health import GRAVITY, TROUBLES, gravity, troubles
from powermap.analysis.rules.single import STATES
from powermap.analysis.text import CURRENCIES
from powermap.findings import Answer, written
from powermap.pages import bundle, colours, embedding
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.columns import OURS
from powermap.portfolio.export.profiles import banner
from powermap.portfolio.questions.findings import ACCOUNTS, NOTICE, OWNERS, account_rows, answer, owner_rows
from powermap.portfolio.questions.findings_table import NAMES
from powermap.stores.names import search_lines
from powermap.words import Lang, Words

FIELDS = (
    "name",
    "grade",
    "revenue",
    "at_risk",
    "owner",
    "contact",
    "ways",
    "owners",
    "state",
    "singles",
    "currency",
    "map",
    "gravity",
    "reasons",
    "band",
    "dials",
)
TABLE_ROWS = 300
"""Rows of a further question on the page; the rest is in the workbook."""
WORDS = {
    "title": ("客户组合：什么系于一人", "Portfolio: what hangs on one person"),
    "accounts": ("客户", "Accounts"),
    "owners": ("我方人员", "Our people"),
    "value_title": (
        "客户组合：钱在哪里，站得稳不稳",
        "Portfolio: where the money is, and how well it stands",
    ),
    "value_caption": (
        "价值 × 健康：每个点是一个客户，健康取四项里最差的",
        "Value × health: each dot an account, health the worst of its four dials",
    ),
    "value_axis": ("一年的销售额，{coin}（对数）", "revenue a year, {coin} (log)"),
    "key_colour": ("颜色 = 最差的一项", "Colour = the worst dial"),
    "key_sound": ("四项都好", "all four good"),
    "key_rest": (
        "字母 = 等级 · 面积 = 销售额 · 点击看这个客户",
        "letter = grade · area = revenue · click a dot for its account",
    ),
    "band_count": ("{n} 个客户", "accounts: {n}"),
    "not_known": ("不清楚", "not known"),
    "no_value": ("没有可比的销售额：{n}", "no comparable revenue: {n}"),
    "no_dial": ("没有已知的一项：{n}", "dials not known: {n}"),
    "not_seen": ("没有看：{n}", "not looked at: {n}"),
    "largest": ("最大的 {n} 个：{part} / {whole}", "Largest {n}: {part} of {whole}"),
    "box": ("框 = 最差的一项", "box = worst dial"),
    "repairs": ("修复：把单点补上", "Repairs: what a second pair of hands holds"),
    "no_accounts": ("还没有客户", "No accounts yet"),
    "count": ("{a} 个客户 · {o} 位我方人员", "accounts: {a} · people of ours: {o}"),
    "lang": ("English", "中文"),
    "theme": ("深色 / 浅色", "Dark / light"),
    "search": ("搜索客户、人员", "Search accounts and people"),
    "nobody": ("没有找到", "nothing found"),
    "close": ("关闭", "Close"),
    "caption": (
        "每个点是一个客户：越靠右销售额越大，圆点越大风险收入越多，颜色取已知问题中最重的一项；点击查看",
        "Each dot is an account: further right more revenue, larger more revenue at risk; its colour is the worst of what is known; click one",
    ),
    "caption_owners": (
        "若此人离开：风险收入 · 系于此人的客户 / 全部客户",
        "If this person leaves: revenue at risk · accounts that hang on them / all",
    ),
    "what_if": ("如果离开", "What if"),
    "if_leaves": (
        "{who} 离开：失去 {part} 的决策份额，{lost} 位决策者够不着，共失去 {people} 人。",
        "Without {who}: {part} of the decision lost, decision-makers out of reach: {lost}, people lost: {people}.",
    ),
    "heir": ("最合适的接手人：{who}。", "Best placed to inherit: {who}."),
    "map": ("打开关系地图", "Open the map"),
    "also": ("还有", "Also"),
    "rest": ("另有 {n} 行，见表格文件", "{n} more rows: see the workbook"),
    "no_heir": ("目前无人能接手：先安排第二人。", "Nobody can inherit yet: bring in a second person."),
}


def render(
    scan: Scan,
    lang: Lang = "zh",
    more: Sequence[Answer] = (),
    maps: Mapping[str, str] | None = None,
    profile: str = "team",
    generated: str = "",
) -> str:
    """Draw the page.

    Parameters
    ----------
    scan
        What :func:`powermap.portfolio.scan` returned, of columns reduced to the profile.
    lang
        The language it opens in; it holds both.
    more
        Answers to further questions, each a view of its own.
    maps
        Account's id -> address of its map, relative to the page.
    profile
        Who may see it: the banner says so.
    generated
        The day it was made, which ``full`` bears beside the banner.

    Returns
    -------
    str
        HTML, the same bytes for the same scan.
    """
    script = bundle.script("portfolio/page.js")
    style = colours.variables("portfolio") + bundle.style("portfolio/page.css")
    data = _data(scan, more, maps or {})
    data["sounds"] = _sounds(
        row["name"]["zh"] for rows in (account_rows(scan), owner_rows(scan)) for row in rows
    )
    data["banner"] = list(banner(profile))
    data["generated"] = generated if profile == "full" else ""
    page = resources.text("viz", "portfolio.html")
    for name, value in (
        ("LANG", "zh-CN" if lang == "zh" else "en"),
        ("PROFILE", profile),
        ("POLICY", embedding.policy([script], embedding.digest(style), "data:")),
        ("TITLE", Words(*WORDS["title"])[lang]),
        ("STYLE", style),
        ("SCRIPT", script),
        # Last: a name in the data may look like one of these marks.
        ("DATA", embedding.safe_json(data)),
    ):
        page = page.replace(f"@@{name}@@", value)
    return page


def _sounds(names: Iterable[str]) -> dict[str, str]:
    """Return, by Chinese name, its pinyin, whole and initials, as `search` knows it."""
    lines = {name: search_lines(name, "").split("\n")[1:] for name in names}
    return {name: " ".join(sounds) for name, sounds in lines.items() if sounds}


def _pair(words: Any) -> Any:
    """Shorten a name that is the same in both languages."""
    if words is None:
        return ""
    return words["zh"] if words["zh"] == words["en"] else [words["zh"], words["en"]]


def _amount(value: float | None) -> float | int | None:
    """Keep four digits: more is neither shown nor true."""
    if value is None:
        return None
    short = float(f"{value:.4g}")
    return int(short) if short.is_integer() else short


def _data(scan: Scan, more: Sequence[Answer], maps: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page's script draws from; ``viz/src/portfolio/types.d.ts`` says the same to the script."""
    owners = owner_rows(scan)
    place = {row["id"]: i for i, row in enumerate(owners)}
    singles = _singles(scan, place)
    c = scan.columns
    held: dict[str, list[str]] = defaultdict(list)
    for node in scan.singles(OURS).tolist():
        held[c.accounts[c.block[node]].id].append(c.people[c.person[node]][0])
    known = {r["id"]: r for a in more if a.question == "portfolio-health" for r in a.rows}
    valued = {r["id"]: r for a in more if a.question == "portfolio-value" for r in a.rows}
    keys = list(STATES)
    rows = account_rows(scan)
    accounts = [
        [
            _pair(row["name"]),
            row["grade"],
            _amount(row["revenue"]),
            _amount(row["at_risk"]),
            [place[person] for person in held.get(row["id"], ())],
            [_pair(words) for words in row["contact"]],
            -1 if row["ways"] is None else row["ways"],
            round(row["owners"], 1),
            keys.index(row["key"]),
            singles.get(row["id"], []),
            row["currency"],
            maps.get(row["id"], ""),
            *_health(row, known),
            *_ground(valued.get(row["id"])),
        ]
        for row in rows
    ]
    number = {row["id"]: i for i, row in enumerate(rows)}
    told = answer(scan, "owners")
    heads = {key: [zh, en] for key, zh, en in ACCOUNTS}
    return {
        "as_of": c.as_of.isoformat(),
        "currency": scan.currency,
        "coins": CURRENCIES,
        "fields": FIELDS,
        "accounts": accounts,
        "owners": [
            [_pair(r["name"]), r["accounts"], r["single"], _amount(r["at_risk"]), r["lost"], r["people"]]
            for r in owners
        ],
        "states": [[key, list(words)] for key, words in STATES.items()],
        "bands": [[key, list(words)] for key, words in BANDS.items()],
        "dials": [[key, list(words)] for key, words in DIALS.items()],
        "dial_states": [[key, list(words)] for key, words in DIAL_STATES.items()],
        "troubles": [list(words) for _, words in TROUBLES.values()],
        "gravity": {grave: list(words) for grave, words in GRAVITY.items()},
        "heads": {
            "accounts": [heads.get(key, [key, key]) for key in FIELDS],
            "owners": [[zh, en] for _, zh, en in OWNERS],
        },
        "findings": [[f.urgency, list(f.sentence)] for f in told.findings],
        "notes": [list(n) for n in told.notes if n != NOTICE],
        "notice": list(NOTICE),
        "words": WORDS,
        "tables": [_table(a, number) for a in more],
    }


def _health(row: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> tuple[int, list[int]]:
    """Return how grave the worst trouble of an account is, and its troubles but its state, as places in :data:`TROUBLES`.

    Where the health wasn't asked for, the state of the access is all that is known.
    """
    keys = known[row["id"]]["key"] if row["id"] in known else troubles([row["key"]])
    return gravity(keys), [list(TROUBLES).index(key) for key in keys if key not in STATES]


def _ground(row: Mapping[str, Any] | None) -> tuple[int, str]:
    """Return the place of an account's band in :data:`BANDS` and of its dials' states, a digit each; -1 where it wasn't looked at."""
    if row is None:
        return -1, ""
    states = list(DIAL_STATES)
    return list(BANDS).index(row["band"]), "".join(str(states.index(row["dials"][key])) for key in DIALS)


def _table(found: Answer, number: Mapping[str, int]) -> dict[str, Any]:
    """Return an answer as a view: heads, sentences, and its first rows, each with the place of its account or -1."""
    return {
        "key": found.question,
        "name": list(NAMES[found.question]),
        "heads": [[*c.words, c.unit] for c in found.columns],
        "findings": [[f.urgency, list(f.sentence)] for f in found.findings],
        "rows": [
            [*(_cell(row.get(c.key)) for c in found.columns), number.get(str(row.get("account_id", "")), -1)]
            for row in found.rows[:TABLE_ROWS]
        ],
        "rest": max(0, len(found.rows) - TABLE_ROWS),
        "notes": [list(n) for n in found.notes if n != NOTICE],
    }


def _cell(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return "" if value is None else [written(value, "zh"), written(value, "en")]
    if isinstance(value, (int, float)):
        return _amount(value)
    zh, en = written(value, "zh"), written(value, "en")
    return zh if zh == en else [zh, en]


def _singles(scan: Scan, place: dict[str, int]) -> dict[str, list[list[Any]]]:
    """Return, by account, its single owners: who, part of the decision lost, deciders, people, likeliest heir."""
    c = scan.columns
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for node in np.flatnonzero(scan.single & (c.side == OURS)).tolist():
        heirs = Counter(heir for _, heir in scan.heirs(node) if heir >= 0)
        best = min(heirs, key=lambda h: (-heirs[h], h)) if heirs else -1
        found[c.accounts[c.block[node]].id].append(
            [
                place[c.people[c.person[node]][0]],
                round(float(scan.part_lost[node]), 2),
                int(scan.targets_lost[node]),
                int(scan.people_lost[node]),
                place[c.people[c.person[best]][0]] if best >= 0 else -1,
            ]
        )
    return found
