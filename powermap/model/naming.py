"""When two names are the same."""

from __future__ import annotations

import unicodedata

INVISIBLE = frozenset(
    "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Signs that nobody sees, and that make two of one name: marks of zero width and of direction."""
_GONE = dict.fromkeys(map(ord, INVISIBLE))


def fold(text: str) -> str:
    """Fold width, case and spaces, so that what looks the same is the same."""
    if text.isascii():
        return "".join(text.lower().split())
    return "".join(unicodedata.normalize("NFKC", text).translate(_GONE).casefold().split())


SURNAMES: dict[str, str] = {
    "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "令狐": "ling hu", "澹台": "tan tai", "宰父": "zai fu",
    "仇": "qiu", "单": "shan", "曾": "zeng", "解": "xie", "查": "zha", "盖": "ge", "朴": "piao", "任": "ren",
    "华": "hua", "乐": "yue", "区": "ou", "缪": "miao", "纪": "ji", "洗": "xian", "折": "she", "黑": "he",
    "秘": "bi", "种": "chong", "翟": "zhai", "覃": "qin", "员": "yun", "句": "gou", "召": "shao", "燕": "yan",
    "应": "ying", "宁": "ning", "那": "na", "过": "guo", "车": "che", "隗": "wei", "郇": "xun", "祭": "zhai",
    "幺": "yao", "么": "yao", "葛": "ge", "牟": "mu", "干": "gan", "行": "xing", "晟": "cheng", "藏": "zang",
    "盛": "sheng", "石": "shi", "沈": "shen", "尹": "yin", "卜": "bu", "省": "xing", "褚": "chu", "逄": "pang",
    "呙": "guo", "冼": "xian", "俞": "yu", "谌": "chen", "哈": "ha", "称": "cheng", "重": "chong", "繁": "po",
    "筰": "zuo", "訾": "zi", "柏": "bai", "贲": "ben", "费": "fei", "阚": "kan", "郄": "qie", "邰": "tai",
}  # fmt: skip
"""How characters are read as surnames, where that may differ from how they are read elsewhere."""


def readings(name: str) -> list[list[str]]:
    """Return the syllables of a Chinese name in pinyin: as a surname is read, and as its characters are read elsewhere."""
    from pypinyin import lazy_pinyin

    plain = lazy_pinyin(name)
    surname = next((s for s in (name[:2], name[:1]) if s in SURNAMES), "")
    if not surname:
        return [plain]
    own = [*SURNAMES[surname].split(), *lazy_pinyin(name[len(surname) :])]
    return [own, plain] if own != plain else [plain]
