"""Cells: what a written value means. Every reader returns a value or raises :class:`CellFault`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from powermap.method import Pack
from powermap.model.fields import Field
from powermap.sources.columns import closest, fold
from powermap.sources.table import Cell

ERRORS = frozenset(("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"))
"""What a spreadsheet writes for a formula that fails."""


class CellFault(Exception):
    """A value that can't be read: reason and suggestion in English and Chinese, and a code."""

    def __init__(
        self, code: str, en: str, zh: str, hint_en: str = "", hint_zh: str = "", *, foreign: bool = False
    ) -> None:
        super().__init__(en)
        self.code, self.en, self.zh, self.hint_en, self.hint_zh = code, en, zh, hint_en, hint_zh
        self.foreign = foreign
        """Whether it is a word that is neither known nor near to a known one."""


class Vocabulary:
    """The words of a rule pack: choices, attitude ladders, roles, levels."""

    def __init__(self, pack: Pack) -> None:
        topic, self.shown = pack.topic("words"), pack.choices
        self.role_words = {key: role.words for key, role in pack.roles.items()}
        self.choices: dict[str, dict[str, str]] = {
            name: {fold(alias): key for key, aliases in table.items() for alias in (key, *aliases)}
            for name, table in topic.items()
        }
        ladder = pack.topic("ladders")
        self.attitudes = {fold(word): int(value) for word, value in ladder["words"].items()}
        self.contacted = {fold(word) for word in ladder["contacted"]["words"]}
        self.roles = {
            fold(alias): role.key
            for role in pack.roles.values()
            for alias in (role.key, role.words.zh, role.words.en, role.badge.zh, *role.aliases)
        }
        self.levels: dict[str, int] = {}
        for row in pack.topic("levels")["level"]:
            for name in (row["zh"], row["en"], *row.get("aliases", ())):
                for part in [name, *name.split("/")]:
                    self.levels[fold(part)] = row["value"]
        self.unknown = set(self.choices["unknown"])
        self.clear = set(self.choices["clear"])

    def choice(self, name: str, value: Cell) -> str:
        """Read one of a closed list of words."""
        known = self.choices[name]
        found = known.get(fold(str(value)))
        if found is None:
            options = list(self.shown[name].values())
            zh, en = "、".join(o.zh for o in options), ", ".join(o.en for o in options)
            key = closest(str(value), known, 70)
            near = self.shown[name][key] if key else None
            raise CellFault(
                f"unknown-{name}",
                f"{value!r} is not one of: {en}",
                f"“{value}”不在可选值之内：{zh}",
                f"did you mean {near.en!r}?" if near else f"write one of: {en}",
                f"是不是“{near.zh}”？" if near else f"请写其中之一：{zh}",
                foreign=near is None,
            )
        return found

    def yes(self, value: Cell) -> bool:
        """Read yes or no."""
        if isinstance(value, bool):
            return value
        return self.choice("yes", value) == "yes"

    def attitude(self, value: Cell) -> tuple[int | None, str]:
        """Read an attitude, -2 to 3, or None (unknown); the second is a note for the evidence, or empty."""
        key = fold(str(value)) if isinstance(value, str) else ""
        if isinstance(value, str):
            if key in self.unknown or value.strip() in ("?", "？"):
                return None, ""
            if key in self.contacted:
                return None, f"{value}"
            if key in self.attitudes:
                return self.attitudes[key], ""
            text = (
                unicodedata.normalize("NFKC", value)
                .replace("−", "-")
                .replace("－", "-")
                .replace("—", "-")
                .strip()
            )
            # "+1 支持", "-2（反对）": the number counts, if the word agrees.
            match = re.fullmatch(r"([+-]?\d+(?:\.0+)?)\s*[(（:：]?\s*(.*?)\s*[)）]?", text)
            if match:
                word = fold(match[2]) if match[2] else ""
                number = float(match[1])
                if not word or self.attitudes.get(word) == number:
                    return self._step(number, value), ""
            near = closest(value, {w: w for w in self.attitudes}, 70)
            raise CellFault(
                "unknown-attitude",
                f"{value!r} is not an attitude",
                f"“{value}”不是一种态度",
                (f"did you mean {near!r}? " if near else "")
                + "write -2 to 3, a word of the ladder, or ? if it is unknown",
                (f"是不是“{near}”？" if near else "") + "请写 -2 到 3、态度名称，或用 ? 表示未知",
                foreign=near is None and not match,
            )
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._step(float(value), value), ""
        raise CellFault(
            "unknown-attitude",
            f"{value!r} is not an attitude",
            f"“{value}”不是一种态度",
            "write -2 to 3",
            "请写 -2 到 3",
        )

    @staticmethod
    def _step(number: float, value: Cell) -> int:
        if number not in (-2, -1, 0, 1, 2, 3):
            raise CellFault(
                "attitude-range", f"an attitude is a whole number from -2 to 3, not {value}", f"态度是 -2 到 3 的整数，不是 {value}",
                "write -2, -1, 0, 1, 2, 3 or ?", "请写 -2、-1、0、1、2、3 或 ?",
            )  # fmt: skip
        return int(number)

    def rung(self, field: Field, value: Cell) -> int:
        """Read a step of a ladder of organizations, as a number or by its name."""
        name = field.choices
        steps = self.choices[name]
        # A spreadsheet gives 3 as 3.0.
        found = steps.get(fold(f"{value:g}" if isinstance(value, float) else str(value)))
        if found is None:
            zh = "、".join(f"{step} {w.zh}" for step, w in self.shown[name].items())
            en = ", ".join(f"{step} {w.en}" for step, w in self.shown[name].items())
            raise CellFault(
                f"{field.name}-range",
                f"{value!r} is none of its levels",
                f"“{value}”不是其中一级",
                f"write one of: {en}",
                f"请写：{zh}",
            )
        return int(found)

    def level(self, value: Cell) -> int:
        """Read a level, 1 (top) to 5, as a number or by name."""
        if isinstance(value, str):
            if fold(value) in self.levels:
                return self.levels[fold(value)]
            match = re.fullmatch(
                r"(?:l|level|第)?\s*([1-5])\s*(?:级|层)?",
                unicodedata.normalize("NFKC", value).strip().lower().translate(_DIGITS),
            )
            if match:
                return int(match[1])
        number = None if isinstance(value, str) else value
        if isinstance(number, (int, float)) and number in (1, 2, 3, 4, 5):
            return int(number)
        raise CellFault(
            "level-range",
            f"a level is 1 (top) to 5, not {value!r}",
            f"层级是 1（最高）到 5，不是“{value}”",
            "write 1 to 5",
            "请写 1 到 5",
            foreign=isinstance(value, str) and not any(c.isdigit() for c in value),
        )

    def roles_of(self, value: Cell) -> tuple[str, ...]:
        """Read several roles."""
        found = []
        for part in split(value):
            role = self.roles.get(fold(part))
            if role is None:
                if self.choices["duty"].get(fold(part)) == "sponsor":
                    raise CellFault(
                        "unknown-role", f"{part!r} is not a role", f"“{part}”不是决策链里的角色",
                        "a sponsor is one of ours: a tie that covers, with the duty sponsor",
                        "赞助人是我方的人：请在关系表写“覆盖”，职责写“赞助人”",
                    )  # fmt: skip
                key = closest(part, self.roles, 70)
                near, options = self.role_words.get(key or ""), self.role_words.values()
                raise CellFault(
                    "unknown-role",
                    f"{part!r} is not a role",
                    f"“{part}”不是一种角色",
                    f"did you mean {near.en!r}?" if near else f"roles: {'; '.join(o.en for o in options)}",
                    f"是不是“{near.zh}”？" if near else f"角色：{'、'.join(o.zh for o in options)}",
                    foreign=near is None,
                )
            found.append(role)
        return tuple(dict.fromkeys(found))


def split(value: Cell) -> list[str]:
    """Split a cell of several values at ; ； 、 | or line breaks."""
    return [part.strip() for part in re.split(r"[;；、|\n]+", str(value)) if part.strip()]


_INVISIBLE = frozenset(
    "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Signs that nobody sees, and that make two of one name: marks of zero width and of direction."""


def text(value: Cell) -> str:
    """Read text; control characters and signs that nobody sees go, and inner line breaks stay."""
    written = str(value)
    if written.startswith("#") and written.upper() in ERRORS:
        raise CellFault(
            "formula-error",
            f"{value} is the error of a formula",
            f"“{value}”是公式错误",
            "write the value itself, or empty the cell",
            "请直接写值，或清空这一格",
        )
    if written.isascii() and written.isprintable() and len(written) <= 200:
        return written.strip()
    clean = "".join(
        c
        for c in unicodedata.normalize("NFC", written)
        if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in _INVISIBLE)
    )
    if len(clean) > 4000:
        raise CellFault(
            "too-long",
            f"the text has {len(clean)} characters, more than 4000",
            f"文字有 {len(clean)} 个字符，超过 4000",
            "shorten it",
            "请缩短",
        )
    return clean.strip()


def name(value: Cell) -> str:
    """Read a name: one line, single spaces, 200 characters at most."""
    clean = " ".join(text(value).split())
    if len(clean) > 200:
        raise CellFault(
            "too-long",
            f"the name has {len(clean)} characters, more than 200",
            f"名称有 {len(clean)} 个字符，超过 200",
            "shorten it",
            "请缩短",
        )
    return clean


_HONORIFIC = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|herr|frau|mme|mlle|sr|sra|sig|sig\.ra)\b\.?\s+", re.IGNORECASE
)
_TITLE_AFTER = re.compile(r"(?<=..)\s*(?:先生|女士|小姐|太太)$")
_TURNED = re.compile(r"([^\W\d_][^\d,;/@]*),\s*([^\W\d_][^\d,;/@]*)")
_SUFFIXES = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "mba",
        "md",
        "cpa",
        "cfa",
        "esq",
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "co",
        "corp",
        "plc",
        "sa",
        "ag",
        "bv",
    ]
)
TITLED = r"(?i),|/|^(mr|mrs|ms|miss|mx|herr|frau|mme|mlle|sr|sra|sig)\b|先生$|女士$|小姐$|太太$"
"""Names that may not be what they look like, in the words of RE2 too."""


def person(value: Cell) -> str:
    """Read a person's name: without Mr or 先生, and "Park, Ada" as Ada Park."""
    written = _TITLE_AFTER.sub("", _HONORIFIC.sub("", name(value)))
    match = _TURNED.fullmatch(written)
    if match and not _HAN.search(written):
        last, first = match[1].strip(), match[2].strip()
        if len(last.split()) <= 3 and len(first.split()) <= 3 and first.strip(".").lower() not in _SUFFIXES:
            return f"{first} {last}"
    return written


_HAN = re.compile(r"[\u3400-\u9fff]")
_BETWEEN = re.compile(r"\s+(?:&|and|und|et|y|和)\s+|\s*[/，]\s*")


def people(value: Cell) -> tuple[str, ...]:
    """Read the names of several people."""
    return tuple(person(each) for part in split(value) for each in _BETWEEN.split(part) if each.strip())


def two_names(value: Cell) -> dict[str, str]:
    """Read the name of one person, perhaps in two scripts: "Li Wei / 李伟"; two people in one cell are a fault."""
    written = name(value)
    parts = [part.strip() for part in re.split(r"\s*/\s*", written) if part.strip()]
    if len(parts) == 2 and bool(_HAN.search(parts[0])) != bool(_HAN.search(parts[1])):
        return {"name": person(parts[0]), "name_alt": person(parts[1])}
    if len(parts) > 1 and all(len(part) > 1 for part in parts):
        raise CellFault(
            "two-people",
            f"{written!r} names more than one person",
            f"“{written}”写了不止一个人",
            "give each of them a row",
            "请每人一行",
        )
    return {"name": person(written)}


_UNITS = {
    unit: Decimal(times)
    for unit, times in {
        "万": "1e4", "百万": "1e6", "千万": "1e7", "亿": "1e8", "k": "1e3", "m": "1e6", "bn": "1e9", "b": "1e9", "%": "0.01",
    }.items()
}  # fmt: skip


MAX_NUMBER = 1e18
"""The largest number of a cell, in whatever currency."""
_DIGITS = str.maketrans("一二三四五", "12345")


AMOUNT = "write a number such as 4000000 or 400万", "请写数字，例如 4000000 或 400万"
"""What to write in place of an amount that is none."""


_MONEY = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "HK$": "HKD", "NT$": "TWD", "₹": "INR", "₩": "KRW",
    "RMB": "CNY", "CNY": "CNY", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "CHF": "CHF", "HKD": "HKD",
    "TWD": "TWD", "INR": "INR", "KRW": "KRW", "SGD": "SGD", "AUD": "AUD", "CAD": "CAD",
    "元": "CNY", "人民币": "CNY", "美元": "USD", "欧元": "EUR", "日元": "JPY", "港元": "HKD",
}  # fmt: skip
"""Signs and words of currencies."""
_SIGN = "|".join(sorted(map(re.escape, _MONEY), key=len, reverse=True))
_BEFORE = re.compile(rf"^([+-]?)\s*({_SIGN})\s*", re.IGNORECASE)
_AFTER = re.compile(rf"\s*({_SIGN})$", re.IGNORECASE)


def currency(value: Cell) -> str:
    """Return the currency that an amount names, or nothing."""
    written = unicodedata.normalize("NFKC", str(value)).replace("−", "-").strip()
    match = _BEFORE.match(written) or _AFTER.search(written)
    return _MONEY.get(match[match.lastindex or 1].upper(), "") if match else ""


def number(value: Cell, mend: tuple[str, str] = AMOUNT, *, comma: bool = False) -> float:
    """Read a number; thousands separators, currency signs, 万, 亿, k, m and % are understood.

    Parameters
    ----------
    mend
        What to write instead of what is no number.
    comma
        Whether the sheet writes a decimal comma; else it is understood where it can be nothing else.
    """
    if isinstance(value, (bool, date)):
        raise CellFault(
            "not-a-number", f"{value} is not a number", f"“{value}”不是数字", "write a number", "请写数字"
        )
    if isinstance(value, (int, float)):
        if value != value or value in (float("inf"), float("-inf")):
            raise CellFault(
                "not-a-number", f"{value} is not a number", f"“{value}”不是数字", "write a number", "请写数字"
            )
        return _sized(float(value), value)
    written = unicodedata.normalize("NFKC", str(value)).replace("−", "-").strip()
    clean = _AFTER.sub("", _BEFORE.sub(r"\1", written)).strip()
    clean = _with_point(clean, value, comma)
    match = re.fullmatch(
        r"([+-]?)(\d{1,3}(?:[, ']\d{3})+|\d+)?(\.\d+)?\s*(百万|千万|万|亿|bn|k|m|b|%)?元?",
        clean,
        re.IGNORECASE,
    )
    if not match or not (match[2] or match[3]):
        raise CellFault(
            "not-a-number",
            f"{value!r} is not a number",
            f"“{value}”不是数字",
            *mend,
        )
    # In decimals: 2.2亿 is 220000000, not 220000000.00000003.
    figure = Decimal(match[1] + re.sub(r"[, ']", "", match[2] or "0") + (match[3] or ""))
    return _sized(float(figure * _UNITS.get((match[4] or "").lower(), Decimal(1))), value)


def _with_point(written: str, value: Cell, comma: bool) -> str:
    """Write a number with a decimal point, whichever of the two marks is the decimal one; what may be both is a fault."""
    match = re.match(r"[+-]?[\d.,]+", written)
    digits = match[0] if match else ""
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d+", digits) or re.fullmatch(
        r"[+-]?[1-9]\d{0,2}(\.\d{3}){2,}", digits
    ):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", digits) and comma:
        digits = digits.replace(".", "")
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", digits) and comma:
        raise CellFault(
            "two-numbers",
            f"{value!r} may be {digits.replace(',', '')} or {digits.replace(',', '.')}",
            f"“{value}”可能是 {digits.replace(',', '')}，也可能是 {digits.replace(',', '.')}",
            "write it without the comma, or with a point",
            "请去掉逗号，或用小数点",
        )
    elif re.fullmatch(r"[+-]?\d+,\d+", digits) and not re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", digits):
        digits = digits.replace(",", ".")
    return digits + written[len(match[0]) :] if match else written


def amount(value: Cell, *, comma: bool = False) -> float:
    """Read an amount of money, or any large number: 250.000 may be two numbers, and is asked."""
    written = unicodedata.normalize("NFKC", str(value)).strip() if isinstance(value, str) else ""
    bare = _AFTER.sub("", _BEFORE.sub(r"\1", written)).strip()
    if not comma and re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", bare):
        raise CellFault(
            "two-numbers",
            f"{value!r} may be {bare.replace('.', '')} or {bare.rstrip('0').rstrip('.')}",
            f"“{value}”可能是 {bare.replace('.', '')}，也可能是 {bare.rstrip('0').rstrip('.')}",
            "write it without the point, or without the last zero",
            "请去掉点号，或少写一位小数",
        )
    return number(value, comma=comma)


def _sized(figure: float, value: Cell) -> float:
    """Refuse a number that counts nothing, and that a sum would make infinite."""
    if abs(figure) > MAX_NUMBER:
        shown = str(value)[:40]
        raise CellFault(
            "too-large",
            f"{shown} is larger than any amount: at most {MAX_NUMBER:g}",
            f"{shown} 大得不合理，最多 {MAX_NUMBER:g}",
            "correct the number",
            "请改正数字",
        )
    return figure


def strength(value: Cell, scale: str, *, comma: bool = False) -> float:
    """Read a strength in (0, 1] from a scale 0-1, 1-5 or 0-100; without a scale it must lie in (0, 1] or carry a %."""
    mend = (
        "write 0.1 to 1, or name the scale in the header: strength 1-5, strength 0-100",
        "请写 0.1 到 1，或在表头注明刻度：强度 1-5、强度 0-100",
    )
    figure = number(value, mend, comma=comma)
    top = {"1-5": 5.0, "0-100": 100.0}.get(scale, 1.0)
    if scale == "0-100" and isinstance(value, str) and "%" in value:
        top = 1.0
    if not 0 < figure <= top or (scale == "1-5" and figure < 1):
        raise CellFault(
            "strength-range",
            f"a strength lies in (0, {top:g}], not {value}",
            f"强度要大于 0、不超过 {top:g}，不是 {value}",
            *mend,
        )
    return round(figure / top, 6)


def within(value: Cell, low: float, high: float, code: str) -> float:
    """Read a number in [low, high]."""
    mend = f"write {low:g} to {high:g}", f"请写 {low:g} 到 {high:g}"
    figure = number(value, mend)
    if not low <= figure <= high:
        raise CellFault(
            code,
            f"{value} does not lie between {low:g} and {high:g}",
            f"{value} 不在 {low:g} 到 {high:g} 之间",
            *mend,
        )
    return figure


_MONTHS = {
    m: i
    for i, m in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?")
_YM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*[-/]?\s*(?:q|第)\s*([1-4])\s*(?:季度)?", re.IGNORECASE)
_DMY = re.compile(r"(\d{1,2})\.?[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{2}|\d{4})", re.IGNORECASE)
_MDY = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})")


def day(value: Cell, *, period: bool = False) -> date:
    """Read a day: 2026-09-30, 2026/9/30, 2026年9月30日, 30 Sep 2026, or a spreadsheet's serial number.

    With `period`, a year or a month means its first day.
    """
    if isinstance(value, date):
        return _plausible(value, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if period and 1000 <= value <= 9999 and float(value).is_integer():
            return _plausible(date(int(value), 1, 1), value)
        if 19_000_101 <= value <= 22_001_231 and float(value).is_integer():
            return _plausible(_day_of(str(int(value)), period), value)
        # Days since 1899-12-30, as spreadsheets count; 20,000 is 1954, 80,000 is 2119.
        if 20_000 <= value <= 80_000:
            return date(1899, 12, 30) + timedelta(days=int(value))
        raise _no_day(value)
    return _plausible(_day_of(str(value), period), value)


@lru_cache(maxsize=4096)
def _day_of(written: str, period: bool) -> date:
    clean = unicodedata.normalize("NFKC", written).strip()
    try:
        if match := _YMD.fullmatch(clean):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if re.fullmatch(r"\d{8}", clean):
            return date(int(clean[:4]), int(clean[4:6]), int(clean[6:]))
        if period:
            if match := re.fullmatch(r"(?:fy)?(\d{4})\s*年?(?:度)?", clean, re.IGNORECASE):
                return date(int(match[1]), 1, 1)
            if match := _YM.fullmatch(clean):
                return date(int(match[1]), int(match[2]), 1)
            if match := _QUARTER.fullmatch(clean):
                return date(int(match[1]), 3 * int(match[2]) - 2, 1)
        if (match := _DMY.fullmatch(clean)) and match[2].lower() in _MONTHS:
            return date(_year(match[3]), _MONTHS[match[2].lower()], int(match[1]))
        if (match := _MDY.fullmatch(clean)) and match[1].lower() in _MONTHS:
            return date(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
        if match := _AMBIGUOUS.fullmatch(clean):
            one, two = int(match[1]), int(match[2])
            # 25/12 can only be the 25th of December, and 7/7 is the same either way.
            if one > 12 or one == two:
                return date(_year(match[3]), two, one)
            if two > 12:
                return date(_year(match[3]), one, two)
    except ValueError:
        raise _no_day(written) from None
    if _AMBIGUOUS.fullmatch(clean):
        raise CellFault(
            "ambiguous-date",
            f"{written!r} may be read in two ways",
            f"“{written}”有两种读法",
            "write the year first: 2026-09-30",
            "请先写年：2026-09-30",
        )
    raise _no_day(written)


def _year(written: str) -> int:
    """Read a year; of two digits, one from 1970 to 2069."""
    year = int(written)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _no_day(value: object) -> CellFault:
    return CellFault(
        "not-a-date",
        f"{value!r} is not a date",
        f"“{value}”不是日期",
        "write it as 2026-09-30",
        "请写成 2026-09-30",
    )


def _plausible(found: date, value: Cell) -> date:
    if not 1900 <= found.year <= 2200:
        raise CellFault(
            "date-range",
            f"{value} is out of range: years from 1900 to 2200",
            f"{value} 超出范围：年份须在 1900 到 2200 之间",
            "correct the year",
            "请改正年份",
        )
    return found


def is_clear(value: Cell) -> bool:
    """Tell whether a cell says that what was known is taken back."""
    return isinstance(value, str) and value.strip() in ("-", "－", "—", "–")
