"""Numbers as they are written: separators, units, currencies, percentages, scales."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from powermap.sources.cells import CellFault
from powermap.sources.table import Cell

_UNITS = {
    unit: Decimal(times)
    for unit, times in {
        "万": "1e4", "百万": "1e6", "千万": "1e7", "亿": "1e8", "w": "1e4", "k": "1e3", "m": "1e6", "bn": "1e9", "b": "1e9", "%": "0.01",
    }.items()
}  # fmt: skip


MAX_NUMBER = 1e18
"""The largest number of a cell, in whatever currency."""


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
        r"([+-]?)(\d{1,3}(?:[, ']\d{3})+|\d+)?(\.\d+)?\s*(百万|千万|万|亿|bn|w|k|m|b|%)?元?",
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
