"""Lines of vCard, iCalendar and the like: ``NAME;PARAMETER=value:value``, folded over several lines of a file."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST = 20_000
"""Characters of a line that is read; a longer one is a picture or a key."""
_LINE = re.compile(r'(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)((?:;[^:;"]*(?:"[^"]*"[^:;"]*)*)*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([^:;"]*(?:"[^"]*"[^:;"]*)*)')
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property: its number in the file, group, name and parameters in capitals, and the value as it is written."""

    number: int
    group: str
    name: str
    parameters: Mapping[str, tuple[str, ...]]
    value: str

    def types(self) -> frozenset[str]:
        """Return what kinds the property says it is of, such as WORK or CELL."""
        return frozenset(t.upper() for t in self.parameters.get("TYPE", ()))

    @property
    def text(self) -> str:
        """Return the value without its escapes."""
        return unescape(self.value).strip()

    @property
    def parts(self) -> list[str]:
        """Return the parts of a value that has several, such as the parts of a name."""
        return [unescape(part).strip() for part in split_at(self.value, ";")]


def read_lines(text: str) -> Iterator[ContentLine]:
    """Return the properties of a text one by one; what is no property is passed over."""
    for number, line in _unfolded(text):
        if len(line) > LONGEST:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        parameters = _parameters(match[3])
        value = match[4]
        if "QUOTED-PRINTABLE" in {e.upper() for e in parameters.get("ENCODING", ())}:
            value = _plain(value, (*parameters.get("CHARSET", ()), "utf-8")[0])
        yield ContentLine(number, (match[1] or "").upper(), match[2].upper(), parameters, value)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Join the lines that are one: those that begin with a space, and those of which the one before ends with =."""
    number, held = 0, [""]
    for place, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        soft = held[-1].endswith("=") and "QUOTED-PRINTABLE" in held[0][:200].upper()
        if soft:
            held[-1] = held[-1][:-1]
            held.append(line.removeprefix(" ") if line[:1] == " " else line)
        elif line[:1] in (" ", "\t") and held[0]:
            held.append(line[1:])
        else:
            if held[0]:
                yield number, "".join(held)
            number, held = place, [line]
    if held[0]:
        yield number, "".join(held)


def _parameters(written: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for part in _PARAMETER.findall(written):
        name, sign, value = part.partition("=")
        if not sign:
            # vCard 2.1 writes TEL;WORK for TEL;TYPE=WORK, and ;QUOTED-PRINTABLE alone.
            name, value = ("ENCODING" if part.upper() == "QUOTED-PRINTABLE" else "TYPE"), part
        for one in re.findall(r'"[^"]*"|[^,"]+', value):
            plain = re.sub(r"\^[n'^]", lambda m: _CARET[m[0]], one.strip().strip('"'))
            found.setdefault(name.strip().upper(), []).extend(
                plain.split(",") if name.strip().upper() == "TYPE" else [plain]
            )
    return {name: tuple(values) for name, values in found.items()}


def _plain(value: str, charset: str) -> str:
    try:
        # Of a text that was decoded before, what is no ASCII stands for itself.
        data = quopri.decodestring(value.encode("ascii", "replace"))
        return data.decode(charset, "replace") if value.isascii() else value
    except LookupError:
        return data.decode("utf-8", "replace")


def unescape(value: str) -> str:
    """Return a value without its backslashes."""
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def split_at(value: str, mark: str) -> list[str]:
    """Split a value at a mark that no backslash escapes."""
    parts, start, place = [], 0, 0
    while place < len(value):
        if value[place] == "\\":
            place += 2
            continue
        if value[place] == mark:
            parts.append(value[start:place])
            start = place + 1
        place += 1
    parts.append(value[start:])
    return parts
