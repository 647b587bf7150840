"""Whether a clause is a promise of ours, and what it promises."""

from __future__ import annotations

import re
from datetime import date

from powermap.editing.attendance import People
from powermap.editing.phrasing import Phrasing
from powermap.sources import spoken_days
from powermap.sources.spoken_days import Spoken
from powermap.words import is_chinese

_END = re.compile(r"^\s*(?:之前|以前|前)?[，,\s]*")
_BY = re.compile(
    r"(?:\b(?:by|before|until|till|no later than|on|at|due)(?:\s+the)?\s*|在|于|到|最晚|最迟)$", re.I
)
_TO = ("向", "跟", "对", "和", "与", "同", "给")
_COMING = ("来", "去")
_WITH = ("把", "将")
_DONE = re.compile(r"^(?:[了过]|会|要|将)+")
_MOVED = re.compile(r"[到达出来去过上下齐好完]*")
_OBJECTS = re.compile(r"(?:一下|给?(?:他们|她们|他|她|客户|对方|过去|them|him|her|it|that|this))*", re.I)


class Promises:
    """Tells promises of ours from other clauses; days are counted from `on`."""

    def __init__(self, people: People, phrasing: Phrasing, on: date) -> None:
        self.people, self.phrasing, self.on = people, phrasing, on

    def of(self, text: str, due: Spoken | None, *, named: bool) -> str | None:
        """Return what is promised by a piece, None if nothing is.

        It says so by itself (答应), or one of ours (我们, a name, or nobody who is named) does something until a day.
        """
        says, (before, after) = self.phrasing, around(text, due)
        theirs = self.people.at(text, 0)
        if (theirs is not None and not theirs.ours) or self.people.houses.match(text):
            return None
        if match := says.promise.search(text):
            if says.asks.search(text[: match.start()]) or says.denies.search(text[: match.start()]):
                return None
            return self._plain(text, match, due)
        if due is None or says.asks.match(text):
            return None
        lead, ours = says.stripped(before)
        rest, ours_too = says.stripped(after)
        ours, until = ours or ours_too or named, _is_until(text, due)
        if says.does.match(lead) and not says.asks.match(lead):
            # 安排顾总12月5日来访, but not 交付12月5日开始.
            goes_on = not is_chinese(after) or until or says.does.match(rest) or after.startswith(_COMING)
            return _joined(lead, after) if goes_on else None
        doing = says.does.match(rest) or (rest.startswith(_WITH) and says.does.search(rest))
        if doing and (not lead.strip(" ，,") or lead.startswith(_WITH)):
            return _joined(lead, rest)
        # 参数表12月3日前送到江涛那里; 采购部12月3日前回复 says who does it, and that's none of ours.
        if doing and self.is_complete(rest[doing.end() :]) and not says.alone.match(rest):
            return None if says.asks.search(lead) or says.denies.search(lead) else _joined(lead, rest)
        if ours and until and not says.denies.match(rest) and not says.asks.match(rest) and not lead.strip():
            return rest or None
        return None

    def is_complete(self, rest: str) -> bool:
        """Tell whether behind a verb stands no more than to whom, so that what stands before it is what it is about."""
        rest = _OBJECTS.sub("", _MOVED.sub("", rest, count=1).strip(), count=1).strip()
        named = self.people.at(rest, 0) if rest else None
        end = named.end if named else len(rest) if self.phrasing.called.fullmatch(rest) else 0
        return not rest[end:].strip()

    def _plain(self, text: str, match: re.Match[str], due: Spoken | None) -> str:
        """Say what was promised without that it was, by whom and to whom: 向李总承诺12月底前供货."""
        ahead = around(text[: match.start()], due if due and due.end <= match.start() else None)
        lead = self.phrasing.stripped(_joined(*ahead))[0]
        if lead.startswith(_TO) and (named := self.people.at(lead, 1)):
            lead = self.phrasing.stripped(lead[named.end :])[0]
        later = (
            spoken_days.find(text[match.end() :], self.on, ahead=True)
            if due and due.start >= match.end()
            else None
        )
        before, after = around(text[match.end() :], later)
        before = self.phrasing.stripped(_DONE.sub("", before))[0]
        if (named := self.people.at(before, 0)) and not named.ours:
            before = before[named.end :]  # 答应韩总周五去看他
        return _joined(lead, _joined(before, after))


def around(text: str, due: Spoken | None) -> tuple[str, str]:
    """Return what stands before a day and behind it, without the words that make it a deadline."""
    if due is None:
        return text, ""
    return _BY.sub("", text[: due.start].rstrip()).rstrip(" ，,"), _END.sub("", text[due.end :])


def _is_until(text: str, due: Spoken) -> bool:
    """Tell whether a day is a deadline."""
    said = text[due.start : due.end]
    return bool(
        re.match(r"\s*(?:之前|以前|前)", text[due.end :])
        or said.endswith("内")
        or said.lower().startswith(("within", "in "))
        or re.search(r"\b(?:by|before|until)\s+(?:the\s+)?$", text[: due.start], re.I)
    )


def _joined(before: str, after: str) -> str:
    """Put two ends together: Chinese ones without a space."""
    before, after = before.strip(" ，,"), after.strip(" ，,")
    space = "" if before and after and is_chinese(before[-1]) and is_chinese(after[0]) else " "
    return f"{before}{space}{after}".strip()
