"""Customers chosen and valued: what they are worth to us, and we to them."""

from __future__ import annotations

import typer

from powermap.cli.handing_out import hand_out
from powermap.cli.language import offer, told
from powermap.cli.options import AccountName, Eyes, Force, Known, Out, Printed


def value(
    account: AccountName,
    tree: bool = typer.Option(
        False,
        "--tree",
        help=told(
            "集团客户：下属各级公司一棵树，份额、覆盖、关系高度、单点，逐级合计不重复。",
            "A group: the tree of its companies, with share, coverage, altitude and single points, summed without counting twice.",
        ),
    ),
    output: Out = None,
    force: Force = False,
    eyes: Eyes = Eyes(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """What a customer is worth to us and we to them: share by category, white space, the curve, dependence, bond, cost of leaving."""
    from powermap.analysis.beyond import beyond
    from powermap.analysis.group_tree import answer_of, companies
    from powermap.analysis.reciprocity import firm
    from powermap.analysis.value import value as ask_value
    from powermap.reports.book.companies import companies_panel
    from powermap.reports.book.page import allowed
    from powermap.reports.book.value import value_panels
    from powermap.reports.value_slides import value_slides
    from powermap.words import Words, by_language

    panels, slides = [], b""
    form = output.suffix.lower() if output is not None else ""
    drawn = form == ".html"
    with here.open() as ws:
        view = eyes.at(ws, account)
        lens, title = view.lens, view.title
        with ws.records() as records:
            if tree:
                day = eyes.as_of or ws.today
                group = companies(records, lens.account.id, day)
                answer = answer_of(group, day, ws.pack)
                panels = [companies_panel(group, day, ws.pack)] if drawn else []
            elif form in (".html", ".pptx"):
                # Pictures go from hand to hand: they hold what the team may see.
                lens = allowed(lens, "team")
                around = beyond(records, lens)
                answer = ask_value(lens, around.house)
                if drawn:
                    panels = value_panels(lens, around, answer)
                else:
                    slides = value_slides(lens, around, "zh" if here.zh else "en")
            else:
                answer = view.ask("value", firm(records, lens.as_of))
    name = by_language(lens.account.name, lens.account.name_alt)
    shown = Words(f"{name.zh} · 客户价值", f"{name.en} · value") if panels else title
    hand_out([answer], output, force, printed, here, shown, panels, slides=slides)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("客户价值", "What customers want and are worth")
    offer(
        app,
        "value",
        value,
        "客户对我方值多少、我方对客户值多少：分品类的份额与空白、价值回报曲线、谁离不开谁、他给我与我给他、合作深度、离开成本。",
        panel,
    )
