"""Text files as bytes: which encoding are they in?"""

from __future__ import annotations

import codecs
import unicodedata

from powermap.errors import SourceError
from powermap.words import Words

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding's name.

    A byte-order mark decides; then UTF-8 if it fits. Else GB18030 and cp1252 compete: charset-normalizer, limited to
    these two, decides (alone, over all its encodings, it guesses small files wrong).

    Raises
    ------
    SourceError
        If no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise SourceError(
                    Words(f"{name} 自称是 {encoding}，其实不是", f"{name} says it is {encoding}, but isn't"),
                    hint=Words("请另存为 CSV UTF-8", "save it as CSV UTF-8"),
                ) from error
    if b"\0" in data:
        # UTF-16 without its mark: the zeros of separators and line ends stand at even or at odd places.
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
        return text, encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["gb18030", "cp1252"]).best()
    for encoding in ([best.encoding] if best else []) + ["gb18030", "cp1252"]:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise SourceError(
        Words(f"认不出 {name} 的编码", f"{name} is in no encoding that powermap reads"),
        hint=Words("请另存为 CSV UTF-8", "save it as CSV UTF-8"),
    )
