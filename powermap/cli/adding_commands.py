"""New people, organizations and deals in a line: powermap add."""

from __future__ import annotations

from typing import Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.edit_result import Said, carry_out
from powermap.cli.everyday_commands import Because, DryRun, On
from powermap.cli.language import offer, told
from powermap.cli.options import Actor, AsJson, Here

AtAccount = Annotated[
    str,
    typer.Option(
        "--account",
        metavar="NAME",
        autocompletion=offers("houses"),
        help=told("哪家公司或单位。", "At which company or unit."),
    ),
]


def person(
    name: Annotated[str, typer.Argument(metavar="NAME", help=told("姓名。", "The name."))],
    account: AtAccount,
    title: Annotated[str, typer.Option("--title", help=told("职务。", "The title."))] = "",
    department: Annotated[str, typer.Option("--department", help=told("部门。", "The department."))] = "",
    level: Annotated[
        str, typer.Option("--level", help=told("层级，1 最高，到 5。", "The level, 1 (top) to 5."))
    ] = "",
    boss: Annotated[
        str,
        typer.Option(
            "--boss",
            metavar="NAME",
            autocompletion=offers("people"),
            help=told("上级。", "The boss."),
        ),
    ] = "",
    owner: Annotated[
        str,
        typer.Option(
            "--owner",
            metavar="NAME",
            autocompletion=offers("people"),
            help=told("我方谁负责。", "Who of ours looks after them."),
        ),
    ] = "",
    attitude: Annotated[
        str, typer.Option("--attitude", help=told("对我方的态度，-2 到 3。", "The attitude to us, -2 to 3."))
    ] = "",
    email: Annotated[str, typer.Option("--email", help=told("邮箱。", "The e-mail address."))] = "",
    phone: Annotated[str, typer.Option("--phone", help=told("电话。", "The phone number."))] = "",
    other_name: Annotated[
        str,
        typer.Option("--other-name", help=told("另一种语言的姓名。", "The name in the other language.")),
    ] = "",
    note: Annotated[str, typer.Option("--note", help=told("备注。", "A note."))] = "",
    because: Because = "",
    on: On = None,
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Add a person: powermap add person "Ada Park" --account Acme --title CTO --boss "Ben Stone"."""
    from powermap.editing.adding import add_person

    columns = {
        "title": title, "department": department, "level": level, "boss": boss, "owner": owner, "attitude": attitude,
        "email": email, "phone": phone, "name_alt": other_name, "note": note,
    }  # fmt: skip
    written = {column: text for column, text in columns.items() if text}
    said = Said(
        on=on, because=because, dry_run=dry_run, author=author, here=here, as_json=as_json
    )  # fmt: skip
    carry_out(lambda occasion: add_person(occasion, name, account, written, since=on is not None), said)


def organization(
    name: Annotated[str, typer.Argument(metavar="NAME", help=told("名称。", "The name."))],
    type_: Annotated[
        str,
        typer.Option(
            "--type",
            help=told(
                "客户（默认）、供应商、伙伴、单位、圈子。",
                "customer (default), supplier, partner, unit or circle.",
            ),
        ),
    ] = "",
    part_of: Annotated[
        str,
        typer.Option(
            "--part-of",
            metavar="NAME",
            autocompletion=offers("houses"),
            help=told("上级组织。", "The organization above it."),
        ),
    ] = "",
    grade: Annotated[
        str, typer.Option("--grade", help=told("等级，S、A、B、C。", "The grade: S, A, B or C."))
    ] = "",
    us: Annotated[bool, typer.Option("--us", help=told("这就是我方。", "This is our own company."))] = False,
    other_name: Annotated[
        str,
        typer.Option("--other-name", help=told("另一种语言的名称。", "The name in the other language.")),
    ] = "",
    note: Annotated[str, typer.Option("--note", help=told("备注。", "A note."))] = "",
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Add an organization: powermap add organization Acme --grade A."""
    from powermap.editing.adding import add_organization

    columns = {
        "type": type_, "part_of": part_of, "grade": grade, "us": "yes" if us else "", "name_alt": other_name, "note": note,
    }  # fmt: skip
    written = {column: text for column, text in columns.items() if text}
    said = Said(dry_run=dry_run, author=author, here=here, as_json=as_json)
    carry_out(lambda occasion: add_organization(occasion, name, written), said, create=True)


def deal(
    name: Annotated[str, typer.Argument(metavar="NAME", help=told("名称。", "The name."))],
    account: AtAccount,
    value: Annotated[str, typer.Option("--value", help=told("金额，如 400万。", "The amount, as 4m."))] = "",
    currency: Annotated[str, typer.Option("--currency", help=told("币种。", "The currency."))] = "",
    close: Annotated[
        str, typer.Option("--close", metavar="DATE", help=told("预计截止日期。", "The day it closes."))
    ] = "",
    stage: Annotated[str, typer.Option("--stage", help=told("阶段。", "The stage."))] = "",
    rule: Annotated[
        str,
        typer.Option("--rule", help=told("决策规则，如 CEO and CFO。", "Who decides, as CEO and CFO.")),
    ] = "",
    note: Annotated[str, typer.Option("--note", help=told("备注。", "A note."))] = "",
    because: Because = "",
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Add a deal: powermap add deal "Line 3" --account Acme --value 4m --close 2026-12-31."""
    from powermap.editing.adding import add_deal

    columns = {
        "value": value, "currency": currency, "close_on": close, "stage": stage, "rule": rule, "note": note,
    }  # fmt: skip
    written = {column: text for column, text in columns.items() if text}
    said = Said(
        because=because, dry_run=dry_run, author=author, here=here, as_json=as_json
    )  # fmt: skip
    carry_out(lambda occasion: add_deal(occasion, name, account, written), said)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    adding = typer.Typer(
        no_args_is_help=True, help=told("新增人员、组织或项目。", "Add a person, organization or deal.")
    )
    offer(
        adding,
        "person",
        person,
        '新增人员：powermap add person "李伟" --account 星河 --title 总经理 --boss "王芳"。',
    )
    offer(adding, "organization", organization, "新增组织：powermap add organization 星河 --grade A。")
    offer(
        adding,
        "deal",
        deal,
        '新增项目：powermap add deal "三期" --account 星河 --value 400万 --close 2026-12-31。',
    )
    app.add_typer(adding, name="add", rich_help_panel=told("日常改动", "Everyday changes"))
