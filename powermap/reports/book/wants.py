"""What they need as cards, short, mid and long: how clear it is, what of it our roadmap answers, what to prepare ahead."""

from __future__ import annotations

from datetime import date

from powermap.analysis.needs import Need, ahead_words, by_whom, named, needs, pool
from powermap.analysis.text import money, percent
from powermap.lens import Lens
from powermap.reports.book.marks import chip, plain, say
from powermap.reports.book.panel import Panel, sentences
from powermap.words import Words


def needs_panel(lens: Lens, since: date | None = None) -> Panel:
    """Draw the open needs in a column for each horizon, the largest value × clarity first."""
    answer, found = needs(lens, since), pool(lens)
    changes = {r["id"]: Words(**r["since"]) for r in answer.rows if r.get("since")}
    horizons = lens.pack.choices["horizon"]
    columns = ""
    for key, words in [*horizons.items(), ("", Words("期限未写", "no horizon"))]:
        here = [n for n in found if n.deal.horizon == key]
        if not here and not key:
            continue
        cards = "".join(_card(lens, n, changes.get(n.deal.id)) for n in here)
        empty = f"<p class=dashed>{say(Words('没有记下', 'none on record'))}</p>"
        columns += f"<div class=gate><h3>{say(words)} <b>{len(here)}</b></h3>{cards or empty}</div>"
    return Panel(
        "needs",
        Words("需求与路标", "Needs and roadmap"),
        answer.findings[0].sentence,
        f"<div class='board lanes'>{columns}</div>{sentences(answer.findings[1:])}",
        answer.findings,
        True,
    )


def _card(lens: Lens, need: Need, change: Words | None) -> str:
    deal = need.deal
    value = money(deal.value, deal.currency) if deal.value else Words("金额未知", "value unknown")
    state = lens.pack.say("need_state", deal.state or "found")
    part = f"{100 * need.clarity:.0f}"
    clear = Words(f"清晰度 {percent(need.clarity)}", f"clarity {percent(need.clarity)}")
    lacks = Words("、".join(w.zh for w in need.missing), ", ".join(w.en for w in need.missing))
    lines = [
        f"<p><b>{say(value)}</b> · {say(state)}</p>",
        f'<svg class="clear" viewBox="0 0 100 6" role="img" aria-label="{clear.zh} / {clear.en}" preserveAspectRatio="none">'
        f'<rect width="100" height="6" class="empty"/><rect width="{part}" height="6" class="bar"/></svg>'
        f"<p>{say(clear)}"
        + (
            f" · <span class=faint>{say(Words('还不清楚：', 'not clear: '))}{say(lacks)}</span>"
            if lacks.zh
            else ""
        )
        + "</p>",
    ]
    if deal.serves:
        lines.append(f"<p>{say(Words('服务于：', 'serves: '))}{plain(deal.serves)}</p>")
    answers = [named(d) for d in need.answered]
    lines.append(
        f"<p class=answered>{say(Words('路标：', 'roadmap: '))}{''.join(say(a, name='chip') for a in answers)}</p>"
        if answers
        else f"<p>{chip(Words('路标没有回应', 'no roadmap item answers it'))}</p>"
    )
    finder, ahead = by_whom(lens, need), ahead_words(lens, need)
    if finder:
        lines.append(f"<p class=faint>{say(finder)}</p>")
    if ahead:
        lines.append(f"<p class=late>{say(Words('提前铺垫：', 'prepare ahead: '))}{say(ahead)}</p>")
    if change and change.zh:
        lines.append(f"<p>{chip(change)}</p>")
    return (
        f"<blockquote class='voice need'><p class=words>{say(named(deal))}</p>{''.join(lines)}</blockquote>"
    )
