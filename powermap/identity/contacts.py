"""What identifies a person beside the name: e-mail addresses, profile pages, phone numbers, ids of other systems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SHARED = (
    "info sales contact office admin hello mail email team support service services help helpdesk hr jobs career careers "
    "press media marketing purchasing procurement einkauf vertrieb accounts accounting finance billing invoice invoices "
    "reception secretary secretariat enquiries inquiries enquiry inquiry feedback general post postmaster webmaster "
    "noreply no-reply donotreply legal privacy security abuse it ops order orders reservations booking kontakt buero "
    "zentrale company group all everyone board management kefu shichang caigou xiaoshou bangongshi zhaopin public"
)
SHARED = frozenset(_SHARED.split())
"""Local parts of addresses that several people read."""
_FREE = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk yahoo.de ymail.com icloud.com "
    "me.com mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de orange.fr free.fr laposte.net libero.it "
    "proton.me protonmail.com mail.com mail.ru yandex.ru zoho.com fastmail.com qq.com foxmail.com 163.com 126.com yeah.net "
    "sina.com sina.cn sohu.com 139.com 189.cn wo.cn aliyun.com naver.com hanmail.net daum.net yahoo.co.jp yahoo.com.cn "
    "hotmail.co.uk live.cn vip.qq.com vip.163.com vip.sina.com tom.com 21cn.com 88.com"
)
FREE = frozenset(_FREE.split())
"""Domains where anybody may have an address: they say nothing about the company."""
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
