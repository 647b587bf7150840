"""The everyday change without a spreadsheet: set, done, tie, end, handover."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.edit_result import Said, carry_out
from powermap.cli.language import offer, told
from powermap.cli.options import Actor, AsJson, Here, _day

On = Annotated[
    date | None,
    typer.Option(
        "--on",
        metavar="DATE",
        parser=_day,
        help=told("从哪天起，如 2026-09-30。默认今天。", "The day from which on it holds. Default: today."),
    ),
]
Because = Annotated[
    str,
    typer.Option(
        "--because", metavar="TEXT", help=told("凭什么这样说，记作依据。", "The ground; kept as evidence.")
    ),
]
Correct = Annotated[
    bool,
    typer.Option(
        "--correct",
        help=told(
            "原来记错了：改正，不算从那天起的变化。",
            "What was known is wrong: correct it, in place of a change as of that day.",
        ),
    ),
]
OfAccount = Annotated[
    str | None,
    typer.Option(
        "--account",
        metavar="NAME",
        autocompletion=offers("accounts"),
        help=told("同名时，是哪家客户的。", "Of which account, where a name fits several."),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help=told("只看会写入什么，不写入。", "Show what would be written, and write nothing.")
    ),
]


def set_(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            autocompletion=offers("things"),
            help=told(
                "人员、组织、项目：名称、其一部分、拼音或编号；目标、行动、客户声音：编号或内容。",
                "A person, organization or deal: name, part of it, pinyin or id; a goal, action or voice: its number.",
            ),
        ),
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            help=told(
                "字段，写表头的任何一种写法：态度、上级、职务、结果……",
                "The field, by any header of its column: attitude, boss, title, outcome, …",
            ),
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help=told(
                "值，照表格里的写法；- 表示清空。", "The value, as a cell would hold it; - takes it back."
            ),
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="SUPPLIER",
            autocompletion=offers("houses"),
            help=told(
                "态度或关系是对谁的，默认我方；项目输赢给了谁。",
                "Towards whom the attitude or relation is, default us; for a deal, who won it.",
            ),
        ),
    ] = "",
    deal: Annotated[
        str,
        typer.Option(
            "--deal",
            metavar="NAME",
            autocompletion=offers("deals"),
            help=told("哪个项目里的角色或态度。", "In which deal the role is, or for which the attitude."),
        ),
    ] = "",
    because: Because = "",
    on: On = None,
    correct: Correct = False,
    account: OfAccount = None,
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Set one value: powermap set "Ada Park" attitude 2 --because "said so at lunch".

    What can change in the world (attitude, boss, post, coverage, level) is a change as of the day, and what was before
    stays in the history; spelling and contact data are corrected.
    """
    from powermap.editing.setting import set_value

    said = Said(
        account=account, on=on, because=because, correct=correct, dry_run=dry_run, author=author, here=here, as_json=as_json,
    )  # fmt: skip
    carry_out(lambda occasion: set_value(occasion, name, field, value, supplier=to, deal=deal), said)


def done(
    name: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help=told(
                "行动、承诺或客户声音：`todo` 里的编号，或其内容的一部分。",
                "An action, promise or voice: its number in `todo`, or part of what it says.",
            ),
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--form",
            metavar="WORD",
            help=told("行动是怎么做的，如 电话沟通。", "How the action was done, as phone call."),
        ),
    ] = "",
    quality: Annotated[
        str,
        typer.Option("--quality", metavar="1-5", help=told("行动的质量。", "How well the action was done.")),
    ] = "",
    verdict: Annotated[
        str,
        typer.Option(
            "--verdict",
            metavar="1-5",
            help=told(
                "客户对答复的评价；有评价才闭环。",
                "The customer's verdict; without one a voice isn't closed.",
            ),
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="NAME",
            autocompletion=offers("people"),
            help=told("谁评价的；默认说这话的人。", "Whose verdict; default: who said it."),
        ),
    ] = "",
    because: Because = "",
    on: Annotated[
        date | None,
        typer.Option(
            "--on",
            metavar="DATE",
            parser=_day,
            help=told("哪天做的。默认今天。", "On which day. Default: today."),
        ),
    ] = None,
    account: OfAccount = None,
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Say that an action, a promise or a voice is done: powermap done a9 --on 2026-09-25.

    An action is done by the meeting, mail or delivery that did it: that is written. A voice is closed by the verdict.
    """
    from powermap.editing.closing import close

    said = Said(
        account=account, on=on, because=because, dry_run=dry_run, author=author, here=here, as_json=as_json,
    )  # fmt: skip
    carry_out(
        lambda occasion: close(occasion, name, form=form, quality=quality, verdict=verdict, by=by), said
    )


def tie(
    one: Annotated[
        str,
        typer.Argument(
            metavar="A",
            autocompletion=offers("things"),
            help=told("从谁：姓名或编号。", "From whom: a name or an id."),
        ),
    ],
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=told(
                "哪种关系：影响、听取、汇报、覆盖、冲突、属于、隶属……",
                "Which tie: sways, listens to, reports to, covers, conflicts with, member of, part of, …",
            ),
        ),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="B",
            autocompletion=offers("things"),
            help=told("到谁：姓名或编号。", "To whom: a name or an id."),
        ),
    ],
    strength: Annotated[
        str,
        typer.Argument(
            metavar="[STRENGTH]", help=told("强度，如 0.6 或 60%。", "The strength, as 0.6 or 60%.")
        ),
    ] = "",
    channel: Annotated[
        str,
        typer.Option(
            "--channel",
            metavar="WORD",
            help=told("影响的渠道，如建议。", "By what an influence runs, as advice."),
        ),
    ] = "",
    duty: Annotated[
        str,
        typer.Option(
            "--duty",
            metavar="WORD",
            help=told(
                "覆盖的职责：负责人、副手、联系人、赞助人。",
                "Of coverage: owner, deputy, contact or sponsor.",
            ),
        ),
    ] = "",
    because: Because = "",
    on: On = None,
    correct: Correct = False,
    account: OfAccount = None,
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Say how two stand to each other: powermap tie "Ada Park" sways "Ben Stone" 0.6."""
    from powermap.editing.tying import tie as make

    said = Said(
        account=account, on=on, because=because, correct=correct, dry_run=dry_run, author=author, here=here, as_json=as_json,
    )  # fmt: skip
    carry_out(lambda occasion: make(occasion, one, kind, other, strength, channel=channel, duty=duty), said)


def end(
    one: Annotated[
        str,
        typer.Argument(
            metavar="A",
            autocompletion=offers("things"),
            help=told("谁的工作，或关系从谁。", "Whose job, or from whom the tie runs."),
        ),
    ],
    kind: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help=told(
                "工作，或关系的种类：覆盖、影响、汇报……",
                "job, or the kind of tie: covers, sways, reports to, …",
            ),
        ),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="[B]",
            autocompletion=offers("things"),
            help=told(
                "到谁，或在哪家公司；只有一个时可不写。",
                "To whom, or where the job is; left out where there is only one.",
            ),
        ),
    ] = "",
    because: Because = "",
    on: On = None,
    account: OfAccount = None,
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """End a job, coverage or any other tie as of a day; it stays in the history: powermap end "Ada Park" job."""
    from powermap.editing.tying import end as make

    said = Said(
        account=account, on=on, because=because, dry_run=dry_run, author=author, here=here, as_json=as_json,
    )  # fmt: skip
    carry_out(lambda occasion: make(occasion, one, kind, other), said)


def handover(
    one: Annotated[
        str,
        typer.Argument(
            metavar="A",
            autocompletion=offers("people"),
            help=told("谁移交（我方的人）。", "Who of ours hands over."),
        ),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="B", autocompletion=offers("people"), help=told("谁接手。", "Who takes over.")
        ),
    ],
    because: Because = "",
    on: On = None,
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="NAME",
            autocompletion=offers("accounts"),
            help=told("只移交这家客户的；默认全部。", "Only what is at this account; default: everything."),
        ),
    ] = None,
    dry_run: DryRun = False,
    author: Actor = "",
    here: Here = Here(),
    as_json: AsJson = False,
) -> None:
    """Let B look after whom A of ours looks after, of one account or of all, in one batch."""
    from powermap.editing.handover import handover as make

    said = Said(
        account=account, on=on, because=because, dry_run=dry_run, author=author, here=here, as_json=as_json,
    )  # fmt: skip
    carry_out(lambda occasion: make(occasion, one, other), said)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("日常改动", "Everyday changes")
    # An attitude of -2 is a value and no option.
    values = {"ignore_unknown_options": True}
    offer(
        app,
        "set",
        set_,
        '改一个值：powermap set "李伟" 态度 2 --because "午饭时说的"。\n\n'
        "世上会变的（态度、上级、岗位、覆盖、层级）记作那天起的变化，原来的留在历史里；写法和联系方式则直接改正。",
        panel,
        context_settings=values,
    )
    offer(
        app,
        "done",
        done,
        "行动、承诺或客户声音做完了：powermap done a9 --on 2026-09-25。\n\n"
        "行动由完成它的会面、邮件或交付来证明，会一并写入；客户声音有了评价才闭环。",
        panel,
    )
    offer(app, "tie", tie, '记一条关系：powermap tie "李伟" 影响 "王芳" 0.6。', panel)
    offer(app, "end", end, '结束一份工作、覆盖或别的关系，历史里仍在：powermap end "李伟" 工作。', panel)
    offer(app, "handover", handover, "把我方甲负责的人交给乙，可只限一家客户，一个批次完成。", panel)
