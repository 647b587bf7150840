"""The ten panels of the book, in the order in which a manager expects them (the method's own list)."""

from __future__ import annotations

from datetime import date, timedelta

from powermap.analysis.agenda import calendar, meetings
from powermap.analysis.attitudes import attitudes, dimensions
from powermap.analysis.beyond import Beyond
from powermap.analysis.competition import compare
from powermap.analysis.deciders import deciders
from powermap.analysis.decision import decides
from powermap.analysis.dials import DIALS, STATES, dials, health
from powermap.analysis.fragility import fragile
from powermap.analysis.house import built, goal_of
from powermap.analysis.house import house as house_answer
from powermap.analysis.key_people import key_people
from powermap.analysis.layer_levels import KEY, scores
from powermap.analysis.matrix import matrix
from powermap.analysis.needs import clarity
from powermap.analysis.plan import CHAPTERS, lines, plan
from powermap.analysis.review import review
from powermap.analysis.scorecard import scorecard
from powermap.analysis.text import call, percent, person_name
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.reports.book import pictures
from powermap.reports.book.demands import checklist
from powermap.reports.book.dossier import dossier_panel
from powermap.reports.book.marks import chip, day, dot, nobody, plain, say, table
from powermap.reports.book.outlook import insight_panel
from powermap.reports.book.panel import Panel, first, sentences
from powermap.reports.book.rivals import maps
from powermap.reports.book.satisfaction import satisfaction_panel
from powermap.reports.book.value import value_panels
from powermap.reports.book.voice import voice_panels
from powermap.reports.book.wants import needs_panel
from powermap.words import Words, both

ROWS = 40
"""Rows of a table in the book."""


def panels(
    lens: Lens, map_svg: str, rival: tuple[str, str] | None = None, beyond: Beyond | None = None
) -> list[Panel]:
    """Return the panels.

    Parameters
    ----------
    map_svg
        The power map as a picture.
    rival
        A supplier's id, and the map in their eyes.
    beyond
        What lies beyond the account: the other customers, the companies below.
    """
    return [
        _map(lens, map_svg, rival), _grade(lens), _single(lens), _house(lens), _attitudes(lens),
        *value_panels(lens, beyond), _review(lens), _plan(lens), _decision(lens), needs_panel(lens), insight_panel(lens), dossier_panel(lens), *voice_panels([lens]), satisfaction_panel(lens), _organization(lens), _value(lens),
    ]  # fmt: skip


def _map(lens: Lens, svg: str, rival: tuple[str, str] | None) -> Panel:
    answer = compare(lens)
    title = Words("权力地图：我方与友商", "Power map: us and the rivals")
    return Panel("map", title, first(answer), maps(lens, svg, rival), answer.findings[:4], True)


def _grade(lens: Lens) -> Panel:
    answer = scorecard(lens)
    grade = lens.pack.grades.get(lens.account.grade)
    letter = f'<b class="grade">{plain(lens.account.grade or "?")}</b>' + (say(grade.words) if grade else "")
    cells = [
        (
            [
                say(Words(**r["item"])),
                plain("" if r["score"] is None else f"{r['score']:g}"),
                plain("、".join(r["by"])),
                plain(r["words"] or ""),
            ],
            False,
        )
        for r in answer.rows
    ]
    heads = (Words("评估项", "Item"), Words("分", "Score"), Words("谁定", "By"), Words("依据", "Ground"))
    body = f"<p>{letter}</p>{checklist(lens)}{table(heads, cells)}" + sentences(answer.findings[1:])
    return Panel("grade", Words("等级与要求", "Grade and its demands"), first(answer), body, answer.findings)


def _single(lens: Lens) -> Panel:
    answer = fragile(lens)
    return Panel(
        "single",
        Words("单点支撑", "Single points"),
        first(answer),
        sentences(answer.findings[1:6]),
        answer.findings[:6],
        pictures=tuple(filter(None, (pictures.single(lens),))),
    )


def _house(lens: Lens) -> Panel:
    found, answer, levels = built(lens), house_answer(lens), matrix(lens)
    rows = []
    for part in found.parts:
        owner = plain("、".join(person_name(lens, o) for o in part.owners)) if part.owners else nobody()
        rows.append(([say(part.name), say(part.level), owner, say(part.why)], not part.owners))
    heads = (Words("部分", "Part"), Words("现状", "Today"), Words("负责人", "Owner"), Words("依据", "Why"))
    cores = _cores(lens)
    body = (
        f"<details class=more><summary>{say(Words('每一部分', 'part by part'))}</summary>{table(heads, rows)}</details>"
        f"{cores}<p>{say(first(levels))}</p>{_grid(levels)}"
    )
    return Panel(
        "house",
        Words("三大关系的房子", "The house of three relations"),
        first(answer),
        body,
        (*answer.findings, *levels.findings),
        True,
        (pictures.house(lens, found),),
    )


def _grid(levels: Answer) -> str:
    """Write the matrix of ranks: theirs down, ours across."""
    rows = [
        (
            [
                say(Words(**value))
                if isinstance(value, dict)
                else plain(
                    "、".join(value) if isinstance(value, list) else "" if value is None else str(value)
                )
                for value in (row.get(c.key) for c in levels.columns)
            ],
            bool(row["state"]["en"]),
        )
        for row in levels.rows
    ]
    return table((c.words for c in levels.columns), rows, "grid")


def _cores(lens: Lens) -> str:
    told = scores(lens, "core")
    tier = lens.pack.grades[lens.account.grade].tier if lens.account.grade in lens.pack.grades else ""
    items = [i for i in lens.pack.items.values() if i.family == "core" and tier in i.more.get("tiers", ())]
    if not items:
        return ""
    done = sum(told[i.key].score == 2 for i in items if i.key in told)
    chips = "".join(
        f'<span class="core s{int(told[i.key].score or 0) if i.key in told else 0}">{say(i.words)}</span>'
        for i in items
    )
    head = Words(f"四个核心：{len(items)} 项已做 {done} 项", f"four cores: {done} of {len(items)} done")
    return f"<p class=sub>{say(head)}</p><p class=cores>{chips}</p>"


def _attitudes(lens: Lens) -> Panel:
    answer, cells = attitudes(lens), dimensions(lens)
    quarter = lens.back_to(lens.as_of - timedelta(days=91))
    rows = []
    shares = deciders(lens).shares
    people = sorted(key_people(lens), key=lambda k: k.id not in shares)
    for k in people:
        g = lens.grounds(k.id)
        marks = chip(Words("待证实", "unproven"), red=True) if g.unproven else ""
        marks += chip(Words("两说", "contradicts"), red=True) if g.contradicts else ""
        told = [
            _cell(lens, g.cells[key].value, g.cells[key].on) if key in g.cells else dot(None)
            for key, _ in cells
        ]
        goal = goal_of(lens, KEY, k.id)
        target = dot(int(goal.target), target=True) if goal and goal.target is not None else ""
        before = dot(quarter.attitude(k.id)) if k.id in quarter.seats else ""
        words = "；".join(
            f"{lens.pack.items[c.item].words.zh}：{c.words}" for c in g.cells.values() if c.words
        )
        name = say(call(lens, k.id), name="name")
        more = (
            f"<details class=ev><summary>{name}</summary><div>{plain(words)}{pictures.radar(lens, g, quarter.grounds(k.id) if k.id in quarter.seats else g)}</div></details>"
            if g.cells
            else name
        )
        rows.append(([more, *told, f"{dot(lens.attitude(k.id))}{marks}", target, before], False))
    heads = (
        Words("姓名", "Name"), *(words for _, words in cells), Words("合计", "Total"), Words("目标", "Target"), Words("上季", "Last quarter"),
    )  # fmt: skip
    return Panel(
        "attitudes",
        Words("态度有据", "Attitudes with grounds"),
        first(answer),
        table(heads, rows, "grid"),
        answer.findings,
        True,
    )


def _cell(lens: Lens, value: int, on: object) -> str:

    days = (lens.as_of - on).days if isinstance(on, date) else None
    age = (
        ""
        if days is None
        else f'<small class="{"old" if days > 180 else ""}">{say(Words(f"{days} 天", f"{days} d"))}</small>'
    )
    return dot(value) + age


def _plan(lens: Lens) -> Panel:
    answer = plan(lens)
    body = []
    heads = (
        Words("内容", "What"),
        Words("说明", "Detail"),
        Words("负责人", "Owner"),
        Words("截止", "By"),
        Words("状态", "State"),
    )
    for n, chapter in enumerate(CHAPTERS, 1):
        rows = []
        for line in [x for x in lines(lens) if x.chapter == n][:ROWS]:
            owner = plain(line.owner) if line.owner else nobody() if line.red and n == 3 else ""
            rows.append(
                (
                    [
                        say(line.what),
                        say(line.detail),
                        owner,
                        f"<span class=day>{plain(line.by)}</span>" if line.by else "",
                        say(line.state),
                    ],
                    line.red,
                )
            )
        opened = " open" if n == 3 else ""
        body.append(
            f"<details class=more{opened}><summary>{say(chapter)}</summary>{table(heads, rows)}</details>"
        )
    return Panel(
        "plan",
        Words("规划", "Plan"),
        first(answer),
        "".join(body),
        answer.findings,
        True,
        (pictures.weak_fishbone(lens),),
    )


def _decision(lens: Lens) -> Panel:
    answer = decides(lens)
    rows = []
    for deal in lens.deals:
        if deal.outcome:
            continue
        view = lens if lens.deal and deal.id == lens.deal.id else None
        horizon = lens.pack.say("horizon", deal.horizon)
        people = (
            "".join(
                f"<span class=person>{dot(lens.attitude(s.id))}{say(call(lens, s.id))}</span>"
                for s in lens.committee[:9]
            )
            if view
            else ""
        )
        clear = (
            plain(percent(clarity(lens, deal)[0]))
            if view
            else (
                ""
                if deal.rule
                else chip(Words("谁决定不清楚：提前铺垫", "who decides isn't known: begin now"), red=True)
            )
        )
        rows.append(
            (
                [
                    plain(deal.name),
                    say(horizon),
                    day(deal.close_on),
                    people or clear,
                    clear if people else "",
                ],
                False,
            )
        )
    heads = (
        Words("需求", "Need"),
        Words("期限", "Horizon"),
        Words("截止", "By"),
        Words("决策链", "Decision chain"),
        Words("清晰度", "Clear"),
    )
    return Panel(
        "decision",
        Words("决策链", "Decision chain"),
        first(answer),
        table(heads, rows),
        answer.findings,
        True,
        (pictures.fishbone(lens),),
    )


def _organization(lens: Lens) -> Panel:
    answer, today = calendar(lens), lens.as_of
    rows = []
    for m in sorted(meetings(lens), key=lambda m: m.due):
        late = m.overdue(today)
        state = chip(Words(f"逾期 {late} 天", f"{late} days overdue"), red=True) if late else ""
        rows.append(([say(m.name), day(m.last) or plain("—"), day(m.due), state, say(m.agenda)], bool(late)))
    heads = (
        Words("会面", "Meeting"),
        Words("上次", "Last"),
        Words("应在", "Due"),
        both(""),
        Words("议题", "Agenda"),
    )
    return Panel(
        "organization",
        Words("组织关系与会面", "Organization and meetings"),
        first(answer),
        table(heads, rows),
        answer.findings,
        pictures=tuple(filter(None, (pictures.timeline(lens),))),
    )


def _value(lens: Lens) -> Panel:
    answer = health(lens)
    tiles = "".join(
        f'<div class="dial {d.state}"><b>{say(DIALS[d.key])}</b><span>{say(STATES[d.state])}</span><small>{say(d.why)}</small></div>'
        for d in dials(lens)
    )
    rows = [
        ([say(Words(**r["dial"])), say(Words(**r["state"])), say(Words(**r["why"]))], False)
        for r in answer.rows[4:]
    ]
    heads = (Words("评估项", "Item"), Words("判断", "Verdict"), Words("依据", "Ground"))
    return Panel(
        "value",
        Words("健康、黏性与依存", "Health, stickiness, dependence"),
        first(answer),
        f"<div class=dials>{tiles}</div>{table(heads, rows) if rows else ''}",
        answer.findings,
    )


def _review(lens: Lens) -> Panel:
    answer = review(lens)
    rows = [
        (
            [
                say(Words(**r["section"])),
                say(Words(**r["what"])),
                say(Words(**r["detail"])),
                say(Words(**r["state"])),
            ],
            False,
        )
        for r in answer.rows
        if r["section"]["en"] in ("What has changed", "After actions", "Watch", "Actions")
    ]
    heads = (Words("部分", "Section"), Words("内容", "What"), Words("说明", "Detail"), Words("状态", "State"))
    body = f"<details class=more><summary>{say(Words('逐条', 'line by line'))}</summary>{table(heads, rows[:ROWS])}</details>"
    sentence = first(answer)
    return Panel("review", Words("回顾", "Review"), sentence, body, answer.findings)
