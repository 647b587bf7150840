"""Directories of DingTalk, WeCom and Feishu: the heads of departments give the reporting lines."""

from __future__ import annotations

import re
from typing import Any

from powermap.model.naming import fold
from powermap.sources.formats.exports import is_yes
from powermap.sources.formats.made import Sheet

DIRECTORIES = frozenset(("dingtalk", "wecom", "feishu"))
_HEADS = frozenset(("负责人", "部门负责人", "上级", "主管", "部门主管", "head", "manager"))
_COMPANY = re.compile(
    r"(?:公司|集团|企业|银行|医院|大学|\b(?:ltd|inc|gmbh|corp|co|ag|llc|plc)\.?)$", re.IGNORECASE
)
_SEVERAL = re.compile(r"[;；,，\n|]")

Path = tuple[str, ...]


def find_heads(sheet: Sheet) -> None:
    """Give everybody without a boss the head of their department, and heads the one of the department above."""
    mark = _mark(sheet)
    paths = [_paths(values, mark) for values in sheet.values()]
    root = _company(paths)
    heads: dict[Path, dict[str, Any]] = {}
    for values, own in zip(sheet.values(), paths, strict=True):
        flags = _SEVERAL.split(str(values.get("_head", "")))
        for place, path in enumerate(own):
            if _is_head(flags[place] if len(flags) == len(own) else flags[0]):
                heads.setdefault(path, values)
    known = {fold(str(values[f])) for values in sheet.values() for f in ("id", "name") if values.get(f)}
    lines = 0
    for values, own in zip(sheet.values(), paths, strict=True):
        boss = values.get("boss")
        if boss and fold(str(boss)) not in known:
            sheet.leave("不在名单里的上级", "bosses who aren't in the directory")
            boss = values.pop("boss") and None
        if not boss and own and (head := _above(values, own[0], heads)) is not None:
            values["boss"] = head.get("id") or head.get("name", "")
            lines += 1
        if own:
            values["department"] = mark.join(own[0][1:] if root else own[0])
        if root:
            values.setdefault("company", root)
    if lines:
        sheet.notes.append(
            (
                f"{sheet.file}：按部门主管得出 {lines} 条汇报关系",
                f"{sheet.file}: {lines} reporting lines by heads of departments",
            )
        )


def _mark(sheet: Sheet) -> str:
    """Return the sign between a department and the one above."""
    written = [str(values.get("department", "")) for values in sheet.values()]
    marks = ("/", "\\", ">", "-") if sheet.export == "dingtalk" else ("/", "\\", ">")
    return next((mark for mark in marks if any(mark in text for text in written)), "/")


def _paths(values: dict[str, Any], mark: str) -> list[Path]:
    """Return the departments of a row, each with those above it; the first is the main one."""
    found = []
    for one in _SEVERAL.split(str(values.get("department", ""))):
        path = tuple(part.strip() for part in one.split(mark) if part.strip())
        if path:
            found.append(path)
    return found


def _company(paths: list[list[Path]]) -> str:
    """Return the company that all departments are of, if the directory says it."""
    firsts = {path[0] for own in paths for path in own}
    name = next(iter(firsts), "")
    return name if len(firsts) == 1 and _COMPANY.search(name) else ""


def _is_head(flag: str) -> bool:
    return is_yes(flag.strip()) or flag.strip().lower() in _HEADS


def _above(values: dict[str, Any], path: Path, heads: dict[Path, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the head of the department, or of the nearest one above that has one; nobody is above themselves."""
    start = len(path) - 1 if heads.get(path) is values or _leads(values, path, heads) else len(path)
    for length in range(start, 0, -1):
        head = heads.get(path[:length])
        if head is not None and head is not values:
            return head
    return None


def _leads(values: dict[str, Any], path: Path, heads: dict[Path, dict[str, Any]]) -> bool:
    """Tell whether somebody heads a department beside another head."""
    return path in heads and _is_head(_SEVERAL.split(str(values.get("_head", "")))[0])
