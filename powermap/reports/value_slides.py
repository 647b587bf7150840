"""The value of a customer as slides: one message a slide, in tables and charts that stay editable."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import fsum
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from powermap.analysis.beyond import Beyond
from powermap.analysis.grid import Grid, Line, grid
from powermap.analysis.group_tree import answer_of
from powermap.analysis.reciprocity import exchange
from powermap.analysis.text import percentage
from powermap.analysis.value import value
from powermap.analysis.value_curve import Curve, curve
from powermap.analysis.value_words import category_name, state_words, supplier_name
from powermap.findings import Answer, Column
from powermap.lens import Lens
from powermap.maps.layout.text_metrics import fit, width_of
from powermap.maps.slides import document
from powermap.maps.slides.document import HEIGHT, WIDTH
from powermap.maps.slides.paint import colour
from powermap.maps.slides.shapes import CHINESE, LATIN, Pen, Run, Setting, plain
from powermap.maps.slides.tables import table
from powermap.maps.zips import zipped
from powermap.reports.book.amounts import Amounts
from powermap.reports.book.dependence import verdict
from powermap.reports.book.exchange import give, take
from powermap.reports.book.ledger import ALL, named, summary
from powermap.reports.book.page import BANNERS
from powermap.sources.formulas import guard
from powermap.words import Lang, Words, both, by_language

MARGIN, TOP = 24.0, 84.0
BOX = (MARGIN, TOP, WIDTH - MARGIN, HEIGHT - MARGIN)
LEFT = Setting(PP_ALIGN.LEFT, MSO_ANCHOR.TOP, wrap=True)
PEERS = 12
"""Customers that a scatter names; the others are dots."""
ABOUT = "docProps/core.xml"
Box = tuple[float, float, float, float]
Draw = Callable[[Pen], None]


def value_slides(lens: Lens, beyond: Beyond, lang: Lang) -> bytes:
    """Make the slides of what is known: each has its message as its title and says nothing that the answer doesn't."""
    show = document.blank()
    pen = Pen(lang)
    answer = value(lens, beyond.house)
    pages = list(_pages(lens, beyond, answer, lang)) or [_nothing(answer)]
    for title, draw in pages:
        _add(show, pen, lens, title[lang], draw)
    name = by_language(lens.account.name, lens.account.name_alt)[lang]
    return document.written(show, f"{name} · {Words('客户价值', 'value')[lang]}", lens.as_of)


def _pages(lens: Lens, beyond: Beyond, answer: Answer, lang: Lang) -> Iterator[tuple[Words, Draw]]:
    said = {f.kind: f.sentence for f in reversed(answer.findings)}
    found, line, e = grid(lens), curve(lens), exchange(lens)
    if found is not None:
        rows, more = _ledger(lens, found), summary(found)
        head = next(f.sentence for f in answer.findings if f.kind == "value" or f.kind.startswith("wallet"))
        yield (
            head,
            lambda pen: _table(pen, rows, lang, more if any(n.category for n in found.lines) else None),
        )
    if line is not None:
        yield said["curve"], lambda pen: _curve(pen, line, lang)
    if any(p.id == lens.account.id for p in beyond.peers):
        whole = said["dependence"]
        head = verdict(whole)
        asked = Words(*(whole[k].removeprefix(head[k]).strip() for k in ("zh", "en")))
        yield head, lambda pen: _scatter(pen, lens, beyond, _line(pen, asked[lang]))
    if e.revenue is not None or e.benefit is not None:
        yield (
            said.get("give-and-take", Words("他给我、我给他", "Give and take")),
            lambda pen: _bars(pen, lens, lang),
        )
    if beyond.companies is not None:
        group = answer_of(beyond.companies, lens.as_of, lens.pack)
        yield group.findings[0].sentence, lambda pen: table(pen, group, lang, BOX)


def _nothing(answer: Answer) -> tuple[Words, Draw]:
    """Return the slide of a customer without figures: what is missing."""
    return answer.findings[0].sentence, lambda pen: pen.text(
        BOX,
        [
            Run(fit(f.sentence[pen.lang], 1.8 * (WIDTH - 2 * MARGIN), 14), 14, "ink")
            for f in answer.findings[1:]
        ],
        LEFT,
        name="findings",
    )


def _add(show: Any, pen: Pen, lens: Lens, title: str, draw: Draw) -> None:
    shapes = show.slides.add_slide(show.slide_layouts[5]).shapes
    pen = pen.on(shapes)
    note = BANNERS["team"][pen.lang]
    name = by_language(lens.account.name, lens.account.name_alt)[pen.lang]
    wide = WIDTH - 2 * MARGIN
    head = shapes.title
    head.left, head.top, head.width, head.height = Pt(MARGIN), Pt(24), pen.emu(wide), Pt(52)
    # Two lines at most.
    pen.write(head, [Run(fit(plain(title), 1.85 * wide, 18), 18, "ink", True)], LEFT)
    half = MARGIN + wide / 2
    under = Run(fit(f"{name} · {lens.as_of}", wide / 2, 10.5), 10.5, "muted")
    pen.text((MARGIN, 8, half, 22), [under], Setting(PP_ALIGN.LEFT), name="date")
    pen.text(
        (half, 8, WIDTH - MARGIN, 22), [Run(note, 10.5, "ink", True)], Setting(PP_ALIGN.RIGHT), name="banner"
    )
    draw(pen)


def _table(pen: Pen, answer: Answer, lang: Lang, more: Words | None) -> None:
    table(pen, answer, lang, _line(pen, more[lang]) if more is not None else BOX)


def _line(pen: Pen, text: str) -> Box:
    """Write a line below the title, and return the box that is left."""
    left, top, right, foot = BOX
    pen.text(
        (left, top, right, top + 18),
        [Run(fit(plain(text), right - left, 13), 13, "ink", True)],
        LEFT,
        name="summary",
    )
    return left, top + 26, right, foot


def _ledger(lens: Lens, found: Grid) -> Answer:
    """Return the grid as a table: what is ours, each rival's, others', not known, with shares."""
    kept = named(found)
    scale = Amounts.of(
        [v for n in found.lines for v in (n.ours, n.spend, *n.sold.values(), n.unknown)], found.currency
    )
    unit = scale.unit
    columns = [
        Column("name", Words(f"{unit.zh}，{found.year}", f"{unit.en}, {found.year}")),
        Column("ours", Words("我方", "Ours")),
        *(Column(f"r{n}", supplier_name(lens, r)) for n, r in enumerate(kept)),
        Column("others", Words("其他", "Others")),
        Column("unknown", Words("不知道是谁", "Not known")),
        Column("spend", Words("客户采购", "They buy")),
        Column("white", Words("空白", "White space")),
    ]

    def part(line: Line, amount: float | None) -> Words:
        if not amount:
            return both("")
        said, share = scale.say(amount), line.share(amount)
        tail = f" ({percentage(share):g}%)" if share is not None else ""
        return Words(said.zh + tail, said.en + tail)

    rows = []
    for line in found.lines:
        others = fsum(v for s, v in line.sold.items() if s not in kept)
        unknown = both("?") if line.unknown is None else part(line, line.unknown)
        row = {"name": category_name(line), "others": part(line, others), "unknown": unknown}
        row |= {f"r{n}": part(line, line.sold.get(r)) for n, r in enumerate(kept)}
        row["ours"] = part(line, line.ours) if line.state == "ours" else state_words(lens, line)
        row["spend"] = both("?") if line.spend is None else scale.say(line.spend)
        row["white"] = both("") if line.white is None else scale.say(line.white)
        if line.white is not None and line.spend is None:
            row["white"] = Words(f"≥ {row['white'].zh}", f"≥ {row['white'].en}")
        rows.append({k: w._asdict() for k, w in row.items()})
    total = {
        "name": ALL,
        "ours": scale.say(fsum(n.ours or 0.0 for n in found.lines)),
        **{f"r{n}": scale.say(fsum(x.sold.get(r, 0.0) for x in found.lines)) for n, r in enumerate(kept)},
        "others": scale.say(fsum(v for x in found.lines for s, v in x.sold.items() if s not in kept)),
        "unknown": scale.say(fsum(n.unknown or 0.0 for n in found.lines)),
        "spend": scale.say(fsum(n.spend or 0.0 for n in found.lines)),
        "white": scale.say(found.white),
    }
    if len(rows) > 1:
        # The sums come first: a table that is cut says how many rows, and loses none of the money.
        rows.insert(0, {k: w._asdict() for k, w in total.items()})
    return replace(_blank(lens), columns=tuple(columns), rows=tuple(rows))


def _blank(lens: Lens) -> Answer:
    return Answer("ledger", (lens.account.id, lens.account.name), None, None, lens.as_of)


def _chart(pen: Pen, kind: Any, data: Any, box: Box = BOX) -> Any:
    chart = pen.shapes.add_chart(kind, *pen.place(box), data).chart
    book = chart.part.chart_workbook.xlsx_part
    book._blob = _without_hour(book.blob)
    chart.font.size, chart.font.name = Pt(12), CHINESE if pen.lang == "zh" else LATIN
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    return chart


def _without_hour(book: bytes) -> bytes:
    """Take out of a chart's workbook when it was made: the same answer is the same file."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[ABOUT] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", files[ABOUT])
    return zipped(files.items())


def _format(values: Iterable[float]) -> str:
    """Return how a chart writes numbers: with as many decimals as they need, two at most."""
    told = tuple(values)
    return next(
        (f for n, f in enumerate(("#,##0", "#,##0.0")) if all(abs(v - round(v, n)) < 1e-9 for v in told)),
        "#,##0.00",
    )


def _label(text: str, room: float = 200.0) -> str:
    """Return a text for a chart, whose workbook would read one that begins as a formula does as one."""
    return str(guard(fit(plain(text), room, 12)))


def _curve(pen: Pen, found: Curve, lang: Lang) -> None:
    """Draw expected and actual as lines; a year that isn't known is a gap in the line, not zero."""
    scale = Amounts.of([v for y in found.years for v in (y.expected, y.actual)], found.currency)
    size = scale.zh[0] if lang == "zh" else scale.en[0]
    data = CategoryChartData(
        number_format=_format(v / size for y in found.years for v in (y.expected, y.actual) if v is not None)
    )
    data.categories = [str(y.year) for y in found.years]
    unit = scale.unit[lang]
    data.add_series(f"{Words('预期', 'expected')[lang]}, {unit}", [y.expected / size for y in found.years])
    data.add_series(
        f"{Words('实际', 'actual')[lang]}, {unit}",
        [None if y.actual is None else y.actual / size for y in found.years],
    )
    chart = _chart(pen, XL_CHART_TYPE.LINE_MARKERS, data)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for series, tone in zip(chart.plots[0].series, ("outline", "us"), strict=True):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour(tone), Pt(2.5)
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour("paper" if tone == "outline" else tone)
        if tone == "outline":
            series.format.line.dash_style = MSO_LINE.DASH
        labels = series.data_labels
        labels.show_value, labels.font.size = True, Pt(12)


def _scatter(pen: Pen, lens: Lens, beyond: Beyond, box: Box) -> None:
    """Draw this customer, the others, and the line on which both need each other alike."""
    lang = pen.lang
    data = XyChartData(number_format="0.0")
    peers = [p for p in beyond.peers if p.id != lens.account.id]
    own = next(p for p in beyond.peers if p.id == lens.account.id)
    for name, held in ((own.name[lang], [own]), (Words("其他客户", "other customers")[lang], peers)):
        series = data.add_series(_label(name))
        for p in held:
            series.add_data_point(100 * (p.dependence.share or 0.0), 100 * (p.dependence.part or 0.0))
    most = max((p.dependence.part or 0.0) for p in beyond.peers)
    even = data.add_series(Words("彼此一样", "equal")[lang])
    for end in (0.0, 100 * most):
        even.add_data_point(end, end)
    chart = _chart(pen, XL_CHART_TYPE.XY_SCATTER, data, box)
    titles = (
        (
            chart.category_axis,
            Words("我方占客户采购（已进入的品类），%", "our share of what they buy where we are in, %"),
        ),
        (chart.value_axis, Words("客户占我方销售额，%", "their share of our sales, %")),
    )
    for axis, words in titles:
        axis.has_title = True
        axis.axis_title.text_frame.text = words[lang]
        axis.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
        axis.minimum_scale = 0
        axis.has_major_gridlines = False
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    for series, tone in zip(chart.plots[0].series, ("us", "line", "outline"), strict=True):
        series.marker.style = XL_MARKER_STYLE.NONE if tone == "outline" else XL_MARKER_STYLE.CIRCLE
        series.marker.size = 14 if tone == "us" else 9
        if tone == "outline":
            series.format.line.dash_style, series.format.line.color.rgb = MSO_LINE.DASH, colour(tone)
            continue
        series.format.line.fill.background()
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(tone)
    for n, p in enumerate(peers[:PEERS]):
        frame = chart.plots[0].series[1].points[n].data_label.text_frame
        frame.text = fit(plain(p.name[lang]), 120, 10.5)
        frame.paragraphs[0].font.size = Pt(10.5)


def _bars(pen: Pen, lens: Lens, lang: Lang) -> None:
    """Draw what each gives the other as bars on one scale, what they give us to the left."""
    e = exchange(lens)
    left, right = take(e), give(lens, e)
    scale = Amounts.of([b.amount for b in (*left, *right)], e.currency)
    size = scale.zh[0] if lang == "zh" else scale.en[0]
    form = _format(b.amount / size for b in (*left, *right))
    # The side says who gives: no minus.
    data = CategoryChartData(number_format=f"{form};{form}")
    bars = [*((b, -1) for b in left), *((b, 1) for b in right)]
    # A bar chart counts from the foot.
    bars.reverse()
    data.categories = [_label(b.name[lang]) for b, _ in bars]
    for name, side in ((Words("他给我", "they give us"), -1), (Words("我给他", "we give them"), 1)):
        data.add_series(
            f"{name[lang]}, {scale.unit[lang]}", [s * b.amount / size if s == side else None for b, s in bars]
        )
    chart = _chart(pen, XL_CHART_TYPE.BAR_STACKED, data)
    chart.plots[0].gap_width = 60
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    for series, tone in zip(chart.plots[0].series, ("line", "us"), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(tone)
        series.data_labels.show_value = True
        series.data_labels.font.size = Pt(12)
    if e.benefit is None:
        words = Words("我给他：没有记录", "What we give them isn't on record")
        wide = width_of(words[lang], 12) + 20
        pen.text(
            (WIDTH - MARGIN - wide, HEIGHT - MARGIN - 20, WIDTH - MARGIN, HEIGHT - MARGIN),
            [Run(words[lang], 12, "risk")],
            Setting(PP_ALIGN.RIGHT),
            name="unknown",
        )
