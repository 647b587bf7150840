"""What identifies a person beside the name: e-mail addresses, profile pages, phone numbers, ids of other systems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from powermap.model.mailboxes import FREE, SHARED

_ADDRESS = re.compile(r"[^\s<>,;:，；、\"'()]+@[^\s<>,;，；、\"'()]+\.[^\s<>,;，；、\"'()]+")
_PROFILES = ("linkedin.com/", "xing.com/", "maimai.cn/", "facebook.com/", "x.com/", "twitter.com/")


@lru_cache(maxsize=262_144)
def addresses(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses of a cell: in small letters, a plus-tag kept, as it may tell people apart."""
    if "@" not in text:
        return ()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(dict.fromkeys(a.removeprefix("mailto:").rstrip(".") for a in _ADDRESS.findall(folded)))


def is_shared(address: str) -> bool:
    """Tell whether an address is a mailbox of many, by its name: info@, sales@."""
    local = address.partition("@")[0].partition("+")[0]
    return local in SHARED or re.split(r"[._\-\d]", local, maxsplit=1)[0] in SHARED


def domain(address: str) -> str:
    """Return the company's domain of an address, empty where everybody may have one."""
    found = address.rpartition("@")[2]
    return "" if found in FREE else found


@lru_cache(maxsize=65_536)
def profile(text: str) -> str:
    """Return a profile page's address without what may differ: scheme, country, query; empty if it is none."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    match = re.fullmatch(r"(?:https?://)?(?:www\.|[a-z]{2}\.)?([^?#\s]+?)/?(?:[?#].*)?", folded)
    return match[1] if match and match[1].startswith(_PROFILES) else ""


@lru_cache(maxsize=262_144)
def phones(text: str) -> tuple[str, ...]:
    """Return the phone numbers of a cell by their last nine digits, so that a country's prefix doesn't matter."""
    found = []
    for part in re.split(
        r"[,;/、，；|\n]|(?:ext|x|分机|转)\.?\s*\d+", unicodedata.normalize("NFKC", text).casefold()
    ):
        digits = re.sub(r"\D", "", part.replace("(0)", ""))
        if len(digits) >= 7:
            found.append(digits.removeprefix("00").removeprefix("86")[-9:])
    return tuple(dict.fromkeys(found))
