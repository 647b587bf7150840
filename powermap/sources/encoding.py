"""Text files as bytes: which encoding are they in?

UTF-8 is told by its form. The old encodings aren't: a few Cyrillic bytes are rare Chinese characters as well. So a file
is read in each of them, and judged by what comes out: whether its letters are those that people write every day.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from powermap.errors import SourceError
from powermap.words import Words

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
"""Bytes that are judged."""
_PLAIN, _CLEAR = 0.8, 0.12
"""How much of a text must be letters of every day, and by how much more than in any other encoding."""
_STRAY = 4
"""Characters of several bytes for each stray byte of a file that is UTF-8 nevertheless."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and what the user should know of it."""

    text: str
    encoding: str
    notes: tuple[tuple[str, str], ...] = ()


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Read bytes as text.

    Parameters
    ----------
    encoding
        The encoding, if the user names one; else a byte-order mark decides, then UTF-8 if it fits, then what is plain.

    Raises
    ------
    SourceError
        If no encoding fits, or more than one does.
    """
    if encoding is not None:
        return Decoded(_as_named(data, name, encoding), encoding)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return Decoded(_as_marked(data, name, marked), marked)
    if b"\0" in data:
        return _zeros(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    return _stray(data, name) or _judged(data, name)


def _as_named(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise SourceError(
            Words(f"没有“{encoding}”这种编码", f"there is no encoding {encoding!r}"),
            hint=Words(
                "例如 utf-8、gb18030、big5、shift_jis、cp1251", "e.g. utf-8, gb18030, big5, shift_jis, cp1251"
            ),
        ) from None
    except UnicodeDecodeError as error:
        raise SourceError(
            Words(
                f"{name} 不是 {encoding}：第 {error.start + 1} 个字节读不出",
                f"{name} is not {encoding}: its byte {error.start + 1} can't be read so",
            ),
            hint=Words("请换一种编码，或另存为 CSV UTF-8", "name another one, or save the file as CSV UTF-8"),
        ) from error


def _as_marked(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            Words(f"{name} 自称是 {encoding}，其实不是", f"{name} says it is {encoding}, but isn't"),
            hint=Words("请另存为 CSV UTF-8", "save it as CSV UTF-8"),
        ) from error


def _zeros(data: bytes, name: str) -> Decoded:
    """Read UTF-16 without its mark: the zeros of separators and line ends stand at even or at odd places."""
    encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    if not text or any(unicodedata.category(c) in ("Cc", "Co", "Cn") and c not in "\t\r\n" for c in text):
        raise SourceError(
            Words(f"{name} 不是文本文件", f"{name} is not a text file"),
            hint=Words("请另存为 CSV UTF-8 或 .xlsx", "save it as CSV UTF-8 or .xlsx"),
        )
    return Decoded(text, encoding)


def _stray(data: bytes, name: str) -> Decoded | None:
    """Read a file that is UTF-8 but for a few bytes, and tell where they stand and as what they are read."""
    found: list[tuple[int, int, str]] = []

    def one(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        byte = data[error.start]
        read = bytes([byte]).decode("cp1252", "replace")
        found.append((data.count(b"\n", 0, error.start) + 1, byte, read))
        return read, error.start + 1

    codecs.register_error("powermap-stray", one)
    text = data.decode("utf-8", "powermap-stray")
    whole = sum(byte >= 0xC2 for byte in data) - sum(byte >= 0xC2 for _, byte, _ in found)
    if whole < _STRAY * len(found):
        return None
    told = ", ".join(f"{row} (0x{byte:02X} → {read})" for row, byte, read in found[:5])
    more = len(found) - 5
    return Decoded(
        text,
        "utf-8",
        (
            (
                f"{name}：有 {len(found)} 个字节不是 UTF-8，按 cp1252 读出，请核对第 {told} 行"
                + (f"，另有 {more} 处" if more > 0 else ""),
                f"{name}: {len(found)} byte{'s are' if len(found) > 1 else ' is'} no UTF-8 and read as cp1252; look at row {told}"
                + (f", and {more} more" if more > 0 else ""),
            ),
        ),
    )


def _judged(data: bytes, name: str) -> Decoded:
    """Read a file in the one old encoding in which it is plain text."""
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    scores: dict[str, float] = {}
    for encoding, judge in _JUDGES.items():
        try:
            text = sample.decode(encoding)
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores[encoding] = judge(text)
    # Of two that say the same, the first will do.
    alike: dict[str, str] = {}
    ranked = [
        e for e in sorted(scores, key=lambda e: -scores[e]) if alike.setdefault(sample.decode(e), e) == e
    ]
    best = ranked[0] if ranked else ""
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    if best and scores[best] >= _PLAIN and scores[best] - second >= _CLEAR:
        said = (
            f"{name} 按 {best} 编码读出；名字若是乱码，请加 --encoding 指明",
            f"{name} was read as {best}; if names look garbled, name the encoding with --encoding",
        )
        return Decoded(data.decode(best), best, (said,))
    fits = [e for e in ranked if scores[e] >= _PLAIN / 2][:4] or ranked[:4]
    raise SourceError(
        Words(
            f"认不出 {name} 的编码" + (f"，可能是 {'、'.join(fits)}" if fits else ""),
            f"{name} is in no encoding that can be told" + (f"; it may be {', '.join(fits)}" if fits else ""),
        ),
        hint=Words(
            "请加 --encoding 名称，或另存为 CSV UTF-8", "add --encoding NAME, or save it as CSV UTF-8"
        ),
    )


def _share(text: str, good: Callable[[str], float]) -> float:
    """Return how good the characters beyond ASCII are on average; 1 for none."""
    high = [c for c in text if c > "\x7f"]
    return sum(map(good, high)) / len(high) if high else 1.0


_SIGNS = frozenset("　、。，．·；：？！“”‘’（）《》〈〉「」『』【】…—～￥％＋－×÷°　｜／〇")


def _of_rows(encoding: str, common: tuple[int, int], known: tuple[int, int]) -> Callable[[str], float]:
    """Judge by the first byte in a national standard: its first rows are the characters of every day."""

    def good(char: str) -> float:
        if char in _SIGNS or "\uff10" <= char <= "\uff5a" or (char < "\u0250" and char.isalpha()):
            return 1.0
        try:
            written = char.encode(encoding)
        except UnicodeEncodeError:
            return 0.0
        if len(written) != 2:
            return 0.0
        lead = written[0]
        return 1.0 if common[0] <= lead <= common[1] else 0.5 if known[0] <= lead <= known[1] else 0.0

    return lambda text: _share(text, good)


def _japanese(text: str) -> float:
    def good(char: str) -> float:
        if char in _SIGNS or "\u3040" <= char <= "\u30ff":
            return 1.0
        if "\uff61" <= char <= "\uff9f":
            return 0.1
        try:
            lead = char.encode("shift_jis")[0]
        except UnicodeEncodeError:
            return 0.0
        return 1.0 if 0x88 <= lead <= 0x97 else 0.5 if 0x98 <= lead <= 0xEA else 0.0

    return _share(text, good)


_WORD = re.compile(r"[^\W\d_]+")


def _cyrillic(text: str) -> float:
    """Judge words: all of them Cyrillic, small letters after the first."""
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    if not words:
        return 0.0
    good: list[bool] = [
        all("\u0400" <= c <= "\u045f" or c in "Ґґ" for c in w)
        and (w[1:].islower() or w.isupper() or len(w) == 1)
        for w in words
    ]
    return sum(good) / len(words) * _share(text, lambda c: float(c.isalpha() or c in "«»№–—“”„…’"))


def _latin(*alphabets: str) -> Callable[[str], float]:
    """Judge words: a few accented letters among plain ones, all of one language, small after the first."""
    letters = [frozenset(alphabet + alphabet.upper()) for alphabet in alphabets]

    def good(word: str) -> float:
        accented = {c for c in word if not c.isascii()}
        small = word[1:].islower() or word.isupper() or len(word) == 1
        few = 2 * sum(not c.isascii() for c in word) <= len(word)
        return float(few and small and any(accented <= known for known in letters))

    def judge(text: str) -> float:
        words = [w for w in _WORD.findall(text) if not w.isascii()]
        signs = _share(text, lambda c: float(c.isalpha() or c in "\xa0–—‘’“”„…€£«»°·´§©®™ªº¿¡"))
        # A sign of money or a fraction within a word is a letter of another encoding.
        broken = len(re.findall(r"(?<=[^\W\d_])[¢£¥¹²³¼½¾¿¯](?=[^\W\d_])|[£¥¼¾¯](?=[a-z])", text))
        whole = len(words) + broken
        share: float = sum(good(word) for word in words) / whole if whole else 1.0
        return share * signs

    return judge


_WEST = _latin(
    "áéíóúüñ", "áâãàéêíóôõúç", "àâäéèêëîïôöùûüÿçœæ", "äöüß", "åäöæøéü", "àèéìíòóù", "áéëïíóöúü", "áéíóúýðþæö"
)
_EAST = _latin("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")
_JUDGES: dict[str, Callable[[str], float]] = {
    "gb18030": _of_rows("gb2312", (0xB0, 0xD7), (0xD8, 0xF7)),
    "big5": _of_rows("big5", (0xA4, 0xC6), (0xC9, 0xF9)),
    "shift_jis": _japanese,
    "cp1251": _cyrillic,
    "cp1252": _WEST,
    "cp1250": _EAST,
}
"""The old encodings, and how plain a text is in each, 0 to 1.

The first rows of GB 2312, Big5 and JIS X 0208 hold the characters of every day, as these standards say themselves.
"""
