"""The voice of the customer as a board: five gates, who waits at each and how long, where it was heard, where it is stuck."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from powermap.analysis.text import call, person_name
from powermap.analysis.voice_report import for_customer
from powermap.analysis.voices import (
    CONFIRMED,
    HEARD,
    ROUTED,
    SCREENED,
    SOLVED,
    Gate,
    Heard,
    gates,
    heard,
    medians,
    strongest_rival,
    told,
)
from powermap.lens import Lens
from powermap.model import Organization
from powermap.pages import bundle, colours, embedding
from powermap.reports.book.marks import chip, day, dot, nobody, plain, say, svg_text, table
from powermap.reports.book.panel import Panel
from powermap.words import Lang, Words, both, by_language

CARDS = 5
"""Cards of a gate that stand open; the others open by a click."""
DUTY = (
    Words("一线记下", "the front line notes it"),
    Words("一线看立场", "the front line weighs who speaks"),
    Words("主管部门定", "the department in charge decides"),
    Words("等客户评", "the customer is to judge"),
    Words("只凭客户评分", "by the customer's verdict alone"),
)
"""Who passes a voice on, gate by gate."""
WIDE, TALL = 300, 40
LEANS = {
    "us": Words("偏我方", "lean to us"),
    "rival": Words("偏对手", "lean to a rival"),
    "none": Words("无偏向", "lean to nobody"),
    "unknown": Words("立场未知", "stand unknown"),
}


def voice_panels(lenses: Sequence[Lens], shown: Collection[tuple[str, str]] | None = None) -> list[Panel]:
    """Draw the voices of one account, or of several: the board, and what it comes to.

    Parameters
    ----------
    shown
        (account, voice) by id of those to draw; default: all.
    """
    every = [
        (lens, h)
        for lens in lenses
        for h in heard(lens)
        if shown is None or (lens.account.id, h.voice.id) in shown
    ]
    if not lenses:
        return []
    pack = lenses[0].pack
    every.sort(key=lambda pair: (not pair[1].red, -pair[1].days))
    findings = told([h for _, h in every], pack)
    named = len(lenses) > 1
    limits = gates(pack)
    columns = "".join(
        _column(gate, [p for p in every if p[1].gate == place], place, named)
        for place, gate in enumerate(limits)
    )
    below = [_channels(every), _stuck(every, limits), _speakers(every)]
    if not named:
        below.append(_summit(lenses[0]))
    return [
        Panel(
            "voices",
            Words("客户声音", "Voice of the customer"),
            findings[0].sentence,
            f"<div class=board>{columns}</div><div class=digest>{''.join(below)}</div>",
            tuple(findings),
            True,
        )
    ]


def _column(gate: Gate, here: Sequence[tuple[Lens, Heard]], place: int, named: bool) -> str:
    cards = [_card(lens, h, named) for lens, h in here]
    rest = len(cards) - CARDS
    more = ""
    if rest > 0:
        label = say(Words(f"另 {rest} 条", f"{rest} more"))
        more = f"<details class=more><summary>{label}</summary>{''.join(cards[CARDS:])}</details>"
    ages = _verdicts(here) if place == CONFIRMED else _ages(gate, [h for _, h in here])
    return (
        f"<div class=gate><h3>{say(gate.words)} <small>{say(DUTY[place])}</small> <b>{len(here)}</b></h3>"
        f"{ages}{''.join(cards[:CARDS])}{more}</div>"
    )


def _ages(gate: Gate, here: Sequence[Heard]) -> str:
    """Draw how long each voice has waited at a gate, with the limit as a line; a dot beyond it is red."""
    if not here or gate.days is None:
        return ""
    oldest = max(h.days for h in here)
    scale = (WIDE - 110) / max(oldest, 1.6 * gate.days)
    limit = 8 + gate.days * scale
    dots = "".join(
        f'<circle cx="{8 + h.days * scale:.1f}" cy="12" r="5" class="{"late" if h.late else "soon"}"/>'
        for h in here
    )
    words = (
        Words(f"最久 {oldest} 天", f"oldest {oldest} d"),
        Words(f"限 {gate.days} 天", f"limit {gate.days} d"),
    )
    late = "late" if any(h.late for h in here) else "faint"
    return (
        f'<svg class="ages" viewBox="0 0 {WIDE} {TALL}" role="img" aria-label="{words[0].zh} / {words[0].en}">'
        f'<line x1="4" y1="12" x2="{WIDE - 96}" y2="12" class="rule"/><line x1="{limit:.1f}" y1="3" x2="{limit:.1f}" y2="24" class="limit"/>'
        f"{dots}{svg_text(limit + 3, 34, words[1], 'late', 'start', 11)}{svg_text(WIDE - 4, 16, words[0], late, 'end', 12)}</svg>"
    )


def _verdicts(here: Sequence[tuple[Lens, Heard]]) -> str:
    """Draw the verdicts as bars, 1 to 5, and their mean."""
    scores = [
        h.voice.verdict
        for _, h in sorted(here, key=lambda p: p[1].voice.verdict_on or date.min)
        if h.voice.verdict
    ]
    if not scores:
        return ""
    shown = scores[-12:]
    bars = "".join(
        f'<rect x="{6 + 16 * n}" y="{24 - 4 * s:.1f}" width="12" height="{4 * s:.1f}" class="bar"/>'
        for n, s in enumerate(shown)
    )
    mean = sum(scores) / len(scores)
    words = Words(f"平均 {mean:.1f}", f"mean {mean:.1f}")
    return (
        f'<svg class="ages" viewBox="0 0 {WIDE} {TALL}" role="img" aria-label="{words.zh} / {words.en}">{bars}'
        f"{svg_text(WIDE - 4, 16, words, 'faint', 'end', 12)}</svg>"
    )


def _card(lens: Lens, h: Heard, named: bool) -> str:
    v, pack = h.voice, lens.pack
    unit = lens.seats.get(v.said_by)
    who = say(call(lens, v.said_by), name="name") if v.said_by in lens.seats else ""
    place = say(by_language(unit.unit, unit.unit_alt), name="faint") if unit and unit.unit else ""
    rival = lens.snapshot.get(Organization, strongest_rival(lens))
    stands = f"<span class=stand>{say(Words('我', 'us'))} {dot(h.bias.us)}"
    if rival is not None and unit:
        stands += f" {say(by_language(rival.name, rival.name_alt))} {dot(h.bias.rival)}"
    stands = stands + "</span>" if unit else ""
    lean = say(LEANS[h.bias.leans], name="faint") if unit else ""
    owner = plain(person_name(lens, v.owner)) if v.owner else nobody() if h.gate >= ROUTED else ""
    facts = [
        say(pack.say("voice_channel", v.channel)) if v.channel else "",
        say(pack.say("triage", v.triage), "b") if v.triage else "",
        f"<b>{plain(v.route)}</b>" if v.route else "",
        _votes(lens, h),
    ]
    days = say(Words(f"{h.days} 天", f"{h.days} d"), name="late" if h.late else "faint")
    state = ""
    if h.reopened and not h.closed:
        state = chip(
            Words(
                f"客户评 {v.verdict:g}，{v.verdict_on} 重开",
                f"verdict {v.verdict:g}, reopened {v.verdict_on}",
            ),
            red=True,
        )
    elif h.closed:
        judge = call(lens, v.verdict_by) if v.verdict_by in lens.seats else both("")
        state = (
            say(Words(f"{judge.zh} 评 {v.verdict:g}/5", f"{judge.en}: {v.verdict:g} of 5"))
            + " "
            + day(v.verdict_on)
        )
    elif v.due:
        state = say(Words("截止 ", "due ")) + day(v.due)
    answer = f"<p>{plain(v.answer)}</p>" if v.answer and h.gate >= SOLVED else ""
    criteria = f"<p class=faint>{plain(v.criteria)}</p>" if v.criteria else ""
    account = (
        f"<p class=faint>{say(by_language(lens.account.name, lens.account.name_alt))}</p>" if named else ""
    )
    return (
        f'<blockquote class="voice{" red" if h.red else ""}">{account}<p class=words>“{plain(v.words)}”</p>'
        f"<p>{stands} {who} {place} {lean}</p><p>{' · '.join(filter(None, facts))}</p>{criteria}{answer}"
        f"<footer>{owner}<span>{state}</span>{days}</footer></blockquote>"
    )


def _votes(lens: Lens, h: Heard) -> str:
    if not h.voice.votes:
        return ""
    marks = [
        Words(f"{w.zh}{'✓' if k in h.voice.votes else '–'}", f"{w.en}{' ✓' if k in h.voice.votes else ' –'}")
        for k, w in lens.pack.choices["vote"].items()
    ]
    return say(Words(" ".join(m.zh for m in marks), " ".join(m.en for m in marks)))


def _block(title: Words, body: str) -> str:
    return f"<div class=block><h4>{say(title)}</h4>{body}</div>"


def _bars(rows: Sequence[tuple[Words, float, Words, str, float | None]], size: float) -> str:
    """Draw bars: name, length, what is written behind, class, and where a limit stands."""
    scale, step = 150 / (size or 1), 26
    drawn = "".join(
        svg_text(96, 17 + step * n, name, "", "end", 12)
        + f'<rect x="104" y="{6 + step * n}" width="{max(2.0, length * scale):.1f}" height="14" rx="2" class="{kind}"/>'
        + (
            f'<line x1="{104 + at * scale:.1f}" y1="{2 + step * n}" x2="{104 + at * scale:.1f}" y2="{24 + step * n}" class="limit"/>'
            if at
            else ""
        )
        + svg_text(
            112 + max(length, at or 0) * scale,
            17 + step * n,
            behind,
            "late" if kind == "late" else "",
            "start",
            12,
        )
        for n, (name, length, behind, kind, at) in enumerate(rows)
    )
    return f'<svg class="bars" viewBox="0 0 330 {step * len(rows) + 4}" role="img">{drawn}</svg>'


def _channels(every: Sequence[tuple[Lens, Heard]]) -> str:
    counts = Counter(h.voice.channel for _, h in every if h.voice.channel).most_common()
    if not counts:
        return ""
    pack = every[0][0].pack
    rows = [(pack.say("voice_channel", key), float(n), both(str(n)), "bar", None) for key, n in counts]
    return _block(Words("从哪里听来", "Where heard"), _bars(rows, counts[0][1]))


def _stuck(every: Sequence[tuple[Lens, Heard]], limits: Sequence[Gate]) -> str:
    middle = medians([h for _, h in every])
    if not middle:
        return ""
    names = {
        HEARD: Words("等一线筛", "to be screened"),
        SCREENED: Words("等分发", "to be routed"),
        ROUTED: Words("处理", "to be solved"),
        SOLVED: Words("等评分", "for a verdict"),
    }
    rows = []
    for gate, days in middle.items():
        limit = limits[gate].days
        kind = "late" if limit is not None and days > limit else "bar"
        rows.append(
            (names[gate], days, Words(f"{days:g} 天", f"{days:g} d"), kind, float(limit) if limit else None)
        )
    size = max(max(r[1], r[4] or 0) for r in rows)
    note = f"<p class=faint>{say(Words('条为中位天数，竖线为限', 'bars are median days, the line is the limit'))}</p>"
    return _block(Words("卡在哪里", "Where it is stuck"), _bars(rows, size) + note)


def _speakers(every: Sequence[tuple[Lens, Heard]]) -> str:
    """Tell who speaks, by department: how many voices, how they lean, how many are closed."""
    by: dict[Words, list[Heard]] = defaultdict(list)
    for lens, h in every:
        seat = lens.seats.get(h.voice.said_by)
        by[
            by_language(seat.unit, seat.unit_alt) if seat and seat.unit else Words("不知道", "not known")
        ].append(h)
    rows = []
    for unit, these in sorted(by.items(), key=lambda item: -len(item[1])):
        leans = Counter(h.bias.leans for h in these)
        said = [Words(f"{LEANS[k].zh} {n}", f"{n} {LEANS[k].en}") for k, n in leans.most_common()]
        leaning = Words("、".join(w.zh for w in said), ", ".join(w.en for w in said))
        closed = sum(h.closed for h in these)
        rows.append(([say(unit), plain(str(len(these))), say(leaning), plain(str(closed))], False))
    heads = (
        Words("谁在说", "Who speaks"),
        Words("条", "Voices"),
        Words("立场", "Stand"),
        Words("确认", "Closed"),
    )
    return _block(Words("哪个部门在说", "Which departments speak"), table(heads, rows))


def _summit(lens: Lens) -> str:
    """Show in small what the customer is to see at the summit."""
    answer = for_customer(lens)
    if not answer.rows:
        return ""
    rows = [
        (
            [
                plain(r["words"]),
                plain(r["answer"] or ""),
                f"<span class=day>{plain(r['solved_on'])}</span>" if r["solved_on"] else "",
            ],
            False,
        )
        for r in answer.rows
    ]
    return _block(
        Words("峰会上给客户看的一页", "The page for the customer's summit"),
        f"<p class=say>{say(answer.findings[0].sentence)}</p>{_steps(answer.findings[0].value, len(rows))}"
        + table((c.words for c in answer.columns), rows[:4])
        + f"<p class=faint>{say(Words('对外只有原话、答复、办成日期：voices --for outside', 'outside: words, answer and day alone: voices --for outside'))}</p>",
    )


def _steps(done: int, of: int) -> str:
    """Draw what was asked for as blocks, those that are done filled."""
    blocks = "".join(f"<i class={'done' if n < done else 'open'}></i>" for n in range(of))
    return f'<p class=steps aria-hidden="true">{blocks}</p>'


def summit_page(lens: Lens, lang: Lang) -> str:
    """Write the page for the customer's summit: of what they asked for how much is done; words, answer and day, nothing else."""
    answer = for_customer(lens)
    name, done = answer.heading[0], int(answer.findings[0].value)
    rows = [
        (
            [
                plain(r["words"]),
                plain(r["answer"] or ""),
                f"<span class=day>{plain(r['solved_on'])}</span>" if r["solved_on"] else "",
            ],
            False,
        )
        for r in answer.rows
    ]
    style = colours.variables("map", switched=False) + bundle.style("summit/page.css")
    title = Words("您提的，我们做的", "You asked, we did")
    return (
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}" data-lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<meta http-equiv="Content-Security-Policy" content="{embedding.policy([], embedding.digest(style), "data:")}">'
        f'<title>{plain(name[lang])[6:-7] or ""}</title><link rel="icon" href="data:,"><style>{style}</style></head><body>'
        f"<header><p class=who>{say(name)}</p><h1>{say(title)}</h1></header><main><p class=say>{say(answer.findings[0].sentence)}</p>"
        f"{_steps(done, len(rows))}{table((c.words for c in answer.columns), rows)}</main>"
        f"<footer>{say(Words(f'截至 {lens.as_of}', f'as of {lens.as_of}'))} · {say(answer.findings[0].rule.words)}</footer></body></html>"
    )
