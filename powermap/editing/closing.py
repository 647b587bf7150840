"""What is done: an action or promise by the meeting, mail or delivery that did it, a voice by the answer and the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

from powermap.analysis.voices import closes
from powermap.editing.jotting import mine
from powermap.editing.naming import called
from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.model import Action, Goal, Interaction, Person, Voice, number_of
from powermap.model.draft import Draft
from powermap.words import Words


def close(
    occasion: Occasion, name: str, *, form: str = "", quality: str = "", verdict: str = "", by: str = ""
) -> Edit:
    """Say that something is done on the day of the occasion.

    An action is done when an interaction names it, so one is written, of those it is for with its owner. A voice is
    solved on the day; with a verdict that closes it is closed, a lower one opens it again.

    Parameters
    ----------
    name
        The number of the action, promise or voice as `todo` shows it, or what it is about.
    form, quality
        How an action was done, in the words of the catalogue; how well, 1 to 5.
    verdict, by
        What the customer says of a solved voice, 1 to 5, and who of them; empty: who said it.

    Raises
    ------
    AnalysisError
        If nothing, or several, are meant; if it is done already; if an option doesn't go with it; if it is a goal,
        which nobody types as met.
    """
    record = occasion.register.one(name, Action, Voice, Goal, account=occasion.account)
    if isinstance(record, Action):
        if verdict or by:
            raise _misplaced(
                record, Words("--verdict 和 --by 只用于客户声音", "--verdict and --by go with a voice")
            )
        return Edit("done", tuple(_deed(occasion, record, form, quality)))
    if isinstance(record, Voice):
        if form or quality:
            raise _misplaced(
                record, Words("--form 和 --quality 只用于行动", "--form and --quality go with an action")
            )
        return Edit("done", (_answer(occasion, record, verdict, by),))
    raise AnalysisError(
        Words("目标达成由事实得出，不用填写", "that a goal is met follows from the facts; nobody types it"),
        hint=Words("改目标：powermap set 编号 目标值 3", "to change it: powermap set NUMBER target 3"),
    )


def _misplaced(record: Action | Voice, words: Words) -> AnalysisError:
    kind = Words("行动", "an action") if isinstance(record, Action) else Words("客户声音", "a voice")
    return AnalysisError(
        words, hint=Words(f"“{called(record)}”是{kind.zh}", f"{called(record)!r} is {kind.en}")
    )


def _deed(occasion: Occasion, action: Action, form: str, quality: str) -> list[Draft]:
    """Make the interaction that did an action; its day is never before the action was set."""
    snapshot = occasion.register.snapshot
    done = next((i for i in snapshot.all(Interaction) if i.action == action.id), None)
    if done is not None:
        raise AnalysisError(
            Words(f"“{action.what}”已于 {done.on} 完成", f"{action.what!r} was done on {done.on}"),
            hint=Words("`powermap undo` 可撤销写入", "`powermap undo` takes back what was written"),
        )
    me = mine(occasion.register, occasion.author)
    ours = action.owner or (me.id if me else "")
    theirs = tuple(t for t in action.targets if snapshot.get(Person, t) is not None)
    if not ours and not theirs:
        raise AnalysisError(
            Words("不知道是谁做的、为谁做的", "it isn't known who did it, and for whom"),
            hint=Words(
                f"先写负责人：powermap set {number_of(action)} 负责人 姓名",
                f"say who owns it: powermap set {number_of(action)} owner NAME",
            ),
        )
    catalogue = occasion.pack.catalogue
    how = action.what if action.what in catalogue else str(occasion.pack.topic("catalogue").get("keeps", ""))
    row: dict[str, Any] = {
        "company": action.account,
        "on": occasion.day,
        "action": action.id,
        **({"form": how} if how in catalogue else {}),
        **({"purpose": action.what} if how != action.what else {}),
        **({"ours": (ours,)} if ours else {}),
        **({"theirs": theirs} if theirs else {}),
        **({"note": occasion.because} if occasion.because else {}),
    }
    if form:
        row |= occasion.read("interactions", "form", form)
    rows = [occasion.draft("interactions", row, evidence=False)]
    if quality:
        well = {"id": action.id, "company": action.account, "what": action.what}
        rows.append(
            occasion.draft("actions", well | occasion.read("actions", "quality", quality), evidence=False)
        )
    return rows


def _answer(occasion: Occasion, voice: Voice, verdict: str, by: str) -> Draft:
    reopened = voice.verdict_on is not None and not closes(occasion.pack, voice)
    if voice.verdict_on is not None and not reopened:
        raise AnalysisError(
            Words(f"这条声音已于 {voice.verdict_on} 闭环", f"this voice was closed on {voice.verdict_on}")
        )
    row: dict[str, Any] = {"id": voice.id, "company": voice.account, "on": voice.on, "words": voice.words}
    solved = voice.solved_on is not None and not (
        reopened and voice.solved_on <= (voice.verdict_on or date.min)
    )
    if not solved:
        row["solved_on"] = occasion.day
    if occasion.because:
        row["answer"] = occasion.because
    if verdict:
        who = occasion.register.one(by, Person, account=voice.account).id if by else voice.said_by
        row |= occasion.read("voices", "verdict", verdict) | {"verdict_on": occasion.day}
        row |= {"verdict_by": who} if who else {}
    elif by:
        raise AnalysisError(
            Words("--by 说的是谁评价：请加 --verdict", "--by says whose verdict it is: add --verdict")
        )
    elif solved and not occasion.because:
        raise AnalysisError(
            Words(
                f"这条声音已于 {voice.solved_on} 解决，还缺客户的评价",
                f"this voice was solved on {voice.solved_on}; the customer's verdict is missing",
            ),
            hint=Words("加 --verdict 1 到 5", "add --verdict, 1 to 5"),
        )
    return occasion.draft("voices", row, evidence=False)
