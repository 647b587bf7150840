"""The example that ships with powermap: a maker of chargers, its one great customer, and three smaller ones.

Every name is invented. The sheets under ``zh/`` and ``en/`` tell the same facts in two languages, and are of the
same kind that a user brings. Their dates are fixed, so look at them as of :data:`AS_OF`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

AS_OF = date(2026, 9, 30)
"""Today, in the story."""
LAST_REVIEW = date(2026, 3, 31)
"""The day of the last account review."""

US = {"zh": "拓岚电源", "en": "Tolan Power"}
RIVALS = {"zh": ("百澜能源", "驰源电子"), "en": ("Bailan Energy", "Chiyuan Electronics")}
GREAT_ACCOUNT = {"zh": "望川手机", "en": "Wangchuan Mobile"}
"""A third of our revenue, in the hands of one salesperson."""
HEALTHY_ACCOUNT = {"zh": "青禾家电", "en": "Qinghe Appliances"}
COLD_ACCOUNT = {"zh": "远帆平板", "en": "Yuanfan Tablets"}
UNDECIDED_ACCOUNT = {"zh": "云岭穿戴", "en": "Yunling Wearables"}
"""Nobody knows who decides there."""


def files(lang: Literal["zh", "en"] | str) -> list[Path]:
    """Return the sheets in one language, by name.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    """
    return sorted((Path(__file__).parent / ("zh" if lang == "zh" else "en")).glob("*.csv"))


def slug(name: str, name_alt: str = "") -> str:
    """Make a short file name out of a company's names: Latin if one of them is, else the name as it is.

    >>> slug("望川手机", "Wangchuan Mobile")
    'wangchuan-mobile'
    """
    latin = next((n for n in (name, name_alt) if n.isascii()), name)
    kept = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", latin).lower()).strip("-")
    return kept or "account"
