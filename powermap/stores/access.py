"""Who may read and write a store, and who sees to it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from powermap.words import Words


@dataclass(frozen=True, slots=True)
class Access:
    """Who a store takes us for, and what is enforced.

    `user` is what stands in the history of what we write; `roles` are those that the database gives us, None where it knows
    none; `rights` are (what, by whom it is enforced).
    """

    user: str
    roles: tuple[str, ...] | None
    rights: tuple[tuple[Words, Words], ...]


def system_user() -> str:
    """Return the name of the user of this machine; a process may have a number and no name."""
    with suppress(OSError, KeyError, ImportError):
        return getuser()
    return ""


def of_file(path: Path) -> Access:
    """Say who may do what with a store that is a file."""
    mode, whose = _permissions(path)
    return Access(
        system_user(),
        None,
        (
            (
                Words("读：谁能读文件，谁就能读全部", "to read: whoever can read the file reads all of it"),
                Words(
                    f"操作系统：{path.name} {mode}{whose}", f"the operating system: {path.name} {mode}{whose}"
                ),
            ),
            (
                Words(
                    "写：谁能写文件，谁就能改全部", "to write: whoever can write the file changes anything"
                ),
                Words("操作系统，同上", "the operating system, as above"),
            ),
            (
                Words(
                    "历史里的作者：本机登录的用户名，或 --author 所写",
                    "the author in the history: the user of this machine, or --author",
                ),
                Words(
                    "没有人核对：写文件的人可以写任何名字",
                    "nobody: whoever writes the file may write any name",
                ),
            ),
            (
                Words("看什么：导出、地图用 --profile 选", "what is seen: exports and maps take --profile"),
                Words("powermap，只管它写出的文件", "powermap, for the files it writes"),
            ),
        ),
    )


def _permissions(path: Path) -> tuple[str, str]:
    import stat

    try:
        found = path.stat()
    except OSError:
        return "", ""
    owner = ""
    with suppress(ImportError, KeyError, NotImplementedError, OSError):
        owner = f" ({path.owner()})"
    return stat.filemode(found.st_mode), owner


def of_server(user: str, roles: tuple[str, ...] | None) -> Access:
    """Say who may do what with a store on a Neo4j server; `roles` is None where its edition knows none."""
    by = (
        Words(f"Neo4j 的角色：{'、'.join(roles)}", f"Neo4j's roles: {', '.join(roles)}")
        if roles
        else Words(
            "没有人：这一版 Neo4j 没有角色，能登录就能读写全部",
            "nobody: this edition of Neo4j has no roles, who can log in reads and writes all",
        )
    )
    return Access(
        user,
        roles,
        (
            (Words("登录：用户名和密码", "to log in: user and password"), Words("Neo4j", "Neo4j")),
            (Words("读、写、改结构", "to read, to write, to change the schema"), by),
            (
                Words(
                    "历史里的作者：数据库用户；--author 写在前面",
                    "the author in the history: the database user, after --author",
                ),
                Words("powermap，按登录的用户", "powermap, by who is logged in"),
            ),
            (
                Words("看什么：导出、地图用 --profile 选", "what is seen: exports and maps take --profile"),
                Words("powermap，只管它写出的文件", "powermap, for the files it writes"),
            ),
        ),
    )
