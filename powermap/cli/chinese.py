"""What typer says by itself, in Chinese: the headings of its help, and what it says of a wrong call."""

from __future__ import annotations

import re
from typing import Any

_CALLS = (
    (r"Missing argument '(.+)'\.", "缺少参数 {0}"),
    (r"Missing option '(.+)'\..*", "缺少选项 {0}"),
    (r"Missing command\.", "缺少命令"),
    (r"No such command '(.+?)'\. ?Did you mean (.+)\?", "没有命令 {0}；是不是 {1}？"),
    (r"No such command '(.+?)'\.?", "没有命令 {0}"),
    (r"No such option:? '?(-[^\s']*)'?\.? \(Possible options: (.+)\)", "没有选项 {0}；是不是 {1}？"),
    (r"No such option:? '?(-[^\s']*)'?\.? Did you mean (.+)\?", "没有选项 {0}；是不是 {1}？"),
    (r"No such option:? '?(-[^\s']*)'?\.?", "没有选项 {0}"),
    (r"Option '(.+)' requires .*", "选项 {0} 后面要写值"),
    (r"Option '(.+)' does not take a value\.", "选项 {0} 不带值"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)\.?", "多写了：{0}"),
    (r"Invalid value for (.+?): (.+)", "{0} 的值不对：{1}"),
    (r"Invalid value: (.+)", "值不对：{0}"),
)
_VALUES = (
    (r"(?:Value error, )?'(.*)' is not one of (.+?)\.?", "“{0}”不在可选值之内：{1}"),
    (r"Input should be a valid (?:integer|number).*|.* is not a valid (?:integer|float).*", "应是数字"),
    (r"Input should be greater than or equal to (.+)", "不能小于 {0}"),
    (r"Input should be less than or equal to (.+)", "不能大于 {0}"),
    (r".* is not in the range (.+?)\.?", "应在 {0} 之内"),
    (r"Input should be a valid boolean.*|.* is not a valid boolean.*", "应是 true 或 false"),
)
_PARAMETERS = {
    "Show this message and exit.": "显示这份帮助。",
    "Install completion for the current shell.": "为当前 shell 安装补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前 shell 的补全脚本，供复制或另行安装。"
    ),
}
_HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "ENVVAR_STRING": "[环境变量：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEPRECATED_STRING": "（已弃用）",
}


def misuse(said: str) -> str:
    """Say in Chinese what typer says of a wrong call; what isn't known is kept as it is, after a Chinese word."""
    found = _put(said, _CALLS)
    return f"用法不对：{said}" if found is None else found


def _put(said: str, forms: tuple[tuple[str, str], ...]) -> str | None:
    for form, zh in forms:
        match = re.fullmatch(form, said, re.DOTALL)
        if match:
            parts = [_put(part, _VALUES) or part.replace("', '", "、").strip("'") for part in match.groups()]
            return zh.format(*(part.replace("' / '", " / ") for part in parts))
    return None


def dress(command: Any) -> None:
    """Put Chinese into what typer adds to the help of a command and of those below it."""
    from typer import Context, rich_utils

    for name, zh in _HEADINGS.items():
        setattr(rich_utils, name, zh)
    shown = command.get_usage
    command.get_usage = lambda context: shown(context).replace("Usage:", "用法：", 1)
    context = Context(command, help_option_names=["-h", "--help"])
    for parameter in command.get_params(context):
        text = getattr(parameter, "help", None)
        if text in _PARAMETERS:
            parameter.help = _PARAMETERS[text]
    for below in getattr(command, "commands", {}).values():
        dress(below)
