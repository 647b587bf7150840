"""What state our access to an account is in: the gravest that applies, by covered people, ways and single points."""

from __future__ import annotations

from powermap.words import Words

STATES = {
    "unknown": Words("决策者未知", "nobody known to decide"),
    "none": Words("无人覆盖", "nobody covers it"),
    "blind": Words("够不着任何决策者", "no way to a decision-maker"),
    "both": Words("系于双方各一人", "hangs on one of ours and one of theirs"),
    "owner": Words("系于我方一人", "hangs on one of ours"),
    "contact": Words("系于对方一人", "hangs on one of theirs"),
    "part": Words("部分决策者够不着", "some decision-makers out of reach"),
    "free": Words("无单点", "no single point"),
}


def state(*, covered: bool, fewest: int, reached: bool, ours: bool, theirs: bool) -> str:
    """Name the state of an account, a key of :data:`STATES`.

    Parameters
    ----------
    covered
        Whether anybody of ours covers somebody there.
    fewest
        Ways that share nobody to the decision-maker with the fewest; -1 where nobody is known to decide.
    reached
        Whether any way leads to any decision-maker.
    ours, theirs
        Whether some decision-maker is out of reach without one person of ours, of theirs.
    """
    if not covered:
        return "none"
    if fewest < 0:
        return "unknown"
    if not reached:
        return "blind"
    if ours or theirs:
        return "both" if ours and theirs else "owner" if ours else "contact"
    return "part" if fewest == 0 else "free"
