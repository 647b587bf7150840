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
    from powermap.analysis.group_tree import group
    from powermap.analysis.reciprocity import firm

    with here.open() as ws:
        view = eyes.at(ws, account)
        with ws.records() as records:
            if tree:
                answer = group(records, view.lens.account.id, eyes.as_of or ws.today, ws.pack)
            else:
                answer = view.ask("value", firm(records, view.lens.as_of))
        title = view.title
    hand_out([answer], output, force, printed, here, title)


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
