"""Options that several commands share, and what they become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.completion import offers
from powermap.cli.language import spoken, told
from powermap.words import Words

if TYPE_CHECKING:
    from powermap.stores.base import Store
    from powermap.view import View
    from powermap.workspace import Workspace


class Language(StrEnum):
    zh = "zh"
    en = "en"


class Shape(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            told(f"“{text}”不是 2026-09-30 这样的日期", f"{text!r} is not a day like 2026-09-30")
        ) from None


OneOrAll = Annotated[
    str | None,
    typer.Argument(
        metavar="ACCOUNT",
        autocompletion=offers("accounts"),
        help=told("只看一个客户；不写则看全部。", "One customer; none: all that are managed."),
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=told(
            "写成文件：.txt 文字、.html 网页、.xlsx 工作簿、.pptx 幻灯片。",
            "Write a file: .txt text, .html page, .xlsx workbook, .pptx slides.",
        ),
    ),
]
AccountName = Annotated[
    str,
    typer.Argument(
        metavar="ACCOUNT",
        autocompletion=offers("accounts"),
        help=told("客户：名称、名称的一部分、拼音或编号。", "The customer: name, part of it, pinyin or id."),
    ),
]
StoreAt = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="PATH-or-URL",
        help=told(
            "数据在哪里：文件，或 neo4j+s://主机。默认按设置，否则用这里的 powermap.db。",
            "Where the data is: a file, or neo4j+s://host. Default: settings, else powermap.db here.",
        ),
    ),
]
Insecure = Annotated[
    bool,
    typer.Option(
        "--insecure",
        help=told(
            "允许用不加密的 bolt:// 连别的机器。", "Allow an unencrypted bolt:// link to another machine."
        ),
    ),
]
Lang = Annotated[
    Language | None, typer.Option("--lang", help=told("回答用的语言。", "Language of the answer."))
]
SupplierName = Annotated[
    str | None,
    typer.Option(
        "--supplier",
        metavar="NAME",
        help=told(
            "从谁的角度看：我方（默认）、对手名称或其一部分，或其字母 A、B……",
            "Through whose eyes: us (default), a competitor's name or part of it, or its letter A, B, …",
        ),
    ),
]
DealName = Annotated[
    str | None,
    typer.Option(
        "--deal",
        metavar="NAME",
        help=told(
            "哪个项目，名称或其一部分；默认是当天未结项目中最先截止的。",
            "Which deal, by its name or part of it; default: of those open on the day, the one that closes first.",
        ),
    ),
]


def instant(text: str) -> datetime:
    """Read an instant given on the command line; a bare day means its end (UTC)."""
    from datetime import UTC, time

    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise typer.BadParameter(
            told(
                f"“{text}”不是日期，也不是 2026-09-30T12:00 这样的时刻",
                f"{text!r} is neither a day nor an instant like 2026-09-30T12:00",
            )
        ) from None


KnownAt = Annotated[
    datetime | None,
    typer.Option(
        "--known-at",
        metavar="WHEN",
        parser=instant,
        help=told(
            "按那时已经记下的来看，如 2026-03-31；--as-of 默认也是那天。",
            "By what was on record then, 2026-03-31; that day is the default of --as-of, too.",
        ),
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=_day,
        help=told(
            "截至哪天的事实，如 2026-09-30。默认今天。", "The day the facts hold, 2026-09-30. Default: today."
        ),
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", help=told("输出 JSON，格式稳定、有文档。", "Print JSON of a stable, documented shape.")
    ),
]
AsShape = Annotated[Shape, typer.Option("--format", help=told("输出格式。", "How to print it."))]
Measures = Annotated[
    bool, typer.Option("--measures", help=told("也显示原始指标。", "Show the raw measures too."))
]
WhatIf = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        metavar="CHANGE",
        help=told(
            "假设一个变化，如“去掉 李伟”或“态度 李伟=2”；可写多次。",
            'Suppose a change, e.g. "remove Li Wei" or "attitude Li Wei=2"; may be given several times.',
        ),
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help=told(
            "覆盖已有的文件；powermap 自己写的网页（.html）不加也会替换。",
            "Overwrite a file that is there; only a page (.html) that powermap made is replaced without.",
        ),
    ),
]
Actor = Annotated[
    str,
    typer.Option(
        "--author", help=told("谁做的这次改动，记入日志。", "Who makes this change; kept in the log.")
    ),
]


def lang_of(choice: Language | None) -> str:
    """Return the language chosen, else that of the process."""
    return spoken() if choice is None else choice.value


@dataclass(frozen=True)
class Here:
    """Where the data is, and the language of the answer."""

    lang: Lang = None
    store: StoreAt = None
    insecure: Insecure = False

    @property
    def language(self) -> str:
        """The language chosen, else that of the process."""
        return lang_of(self.lang)

    @property
    def zh(self) -> bool:
        """Whether the answer is in Chinese."""
        return self.language == "zh"

    def open(self, *, create: bool = False, actor: str = "") -> Workspace:
        """Open the workspace; a store that isn't there is made only if `create`."""
        from powermap.workspace import open_workspace

        found = open_workspace(self.store, insecure=self.insecure, create=create, actor=actor)
        tell_of(found.store)
        return found


@dataclass(frozen=True)
class Known(Here):
    """Where the data is, and as it was known when."""

    known_at: KnownAt = None

    def open(self, *, create: bool = False, actor: str = "") -> Workspace:
        """Open the workspace; as it was known at an instant it can only be read."""
        found = super().open(create=create, actor=actor)
        return found if self.known_at is None else found.known_at(self.known_at)


@dataclass(frozen=True)
class Eyes:
    """Through whose eyes, at which deal, on which day."""

    supplier: SupplierName = None
    deal: DealName = None
    as_of: AsOf = None

    def at(self, ws: Workspace, account: str, *changes: str) -> View:
        """Look at an account, as if these changes were made."""
        return ws.account(account).lens(self.supplier, deal=self.deal, as_of=self.as_of, what_if=changes)


@dataclass(frozen=True)
class Look(Eyes):
    """Through whose eyes, at which deal, on which day, and what is supposed."""

    what_if: WhatIf = None

    def at(self, ws: Workspace, account: str, *changes: str) -> View:
        """Look at an account, as if these changes were made."""
        return super().at(ws, account, *(self.what_if or ()), *changes)


@dataclass(frozen=True)
class Printed:
    """How an answer is printed."""

    shape: AsShape = Shape.table
    as_json: AsJson = False

    @property
    def form(self) -> Shape:
        """The form chosen."""
        return Shape.json if self.as_json else self.shape


def is_page(path: Path) -> bool:
    """Say whether a file is a page that powermap made."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b" data-profile=" in file.read(200)


def out_path(path: Path, force: bool) -> Path:
    """Refuse to overwrite by accident what powermap can't make again: a page of its own it can."""
    from powermap.errors import RenderError
    from powermap.output import check_name

    check_name(path)
    if path.is_dir():
        raise RenderError(
            Words(f"{path} 是文件夹", f"{path} is a folder"), hint=Words("请给文件名", "give a file name")
        )
    if path.exists() and not force and not is_page(path):
        raise RenderError(
            Words(f"{path} 已存在", f"{path} is there already"),
            hint=Words("请换个名字，或加 --force", "choose another name, or add --force"),
        )
    if not path.parent.is_dir():
        raise RenderError(
            Words(f"没有文件夹 {path.parent}", f"the folder {path.parent} is not there"),
            hint=Words("请先建好", "make it first"),
        )
    return path


def tell_of(store: Store) -> None:
    """Say where a store lies as it was, if it was brought to a new format, what was turned round in it, and what
    holds of one on a network.
    """

    def tell(zh: str, en: str) -> None:
        from powermap.cli.language import spoken
        from powermap.cli.screen import console

        console(error=True).print(f"· {zh if spoken() == 'zh' else en}", markup=False, soft_wrap=True)

    if turned := store.turned:
        from powermap.stores.direction import BATCH

        tell(
            f"{turned} 条“告知”关系已掉转方向：现在甲告知乙就存为甲到乙。若有一条当初写的是“听取”或“影响”，"
            f"请用 powermap undo {BATCH} 撤销，或重新填写",
            f"{turned} ties of information were turned round: who informs now stands first. Where one had been written "
            f"with another word than informs, take it back by `powermap undo {BATCH}`, or write it anew",
        )
    if older := store.older:
        tell(
            f"存储已升级到新格式；原来的保存在 {older}",
            f"the store was brought to the new format; as it was before it is kept in {older}",
        )
    if service := store.synced:
        tell(
            f"{store.location} 在 {service} 同步的文件夹里：同步会把正在写入的文件拷走，可能损坏存储。请放到不同步的文件夹，"
            "只把备份（powermap store backup）放在那里",
            f"{store.location} lies in a folder that {service} copies, also while it is written, which can damage it. Move it "
            "to a folder that isn't synced, and put backups there (powermap store backup)",
        )
    if store.reading:
        tell(
            f"{store.location} 只读：可以查看，不能修改",
            f"{store.location} can only be read: answers and maps, no changes",
        )
    if store.remote:
        tell(
            f"{store.location} 在网络盘上，SQLite 的锁在那里靠不住：同一时间只能一个人用。最好放在本机硬盘；多人共用请用 Neo4j",
            f"{store.location} lies on a network drive, where SQLite's locks can't be relied on: only one person may "
            "use it at a time. Better keep it on a disk of this machine; for a team there is Neo4j",
        )
