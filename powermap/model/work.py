"""What is judged, aimed at, done and heard: assessments, goals, actions and voices of an account.

People type events and judgements; that a goal is met, an action done, a voice closed is derived, never typed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from powermap.errors import ModelError
from powermap.model.evidence import Evidence
from powermap.model.naming import fold
from powermap.model.record import Ref, Thing, kind
from powermap.words import Words

WORDS = 500
"""The most characters of an assessment's words."""
BEGUN = 6
"""Characters of an id that are enough to mean a record without a number."""


@kind("Assessment")
@dataclass(frozen=True, slots=True)
class Assessment(Thing):
    """One dated judgement of one `item` of the rule pack about one subject.

    `subject` is an organization, a person or a deal; empty is the account. `supplier` is about whom, empty is us.
    `score` lies on the item's own scale, or is None where only `words` are given. `said_by` is whose verdict it is,
    where it is not ours; `present` are those who took part in it. It holds from `on` until `until`, or as long as the
    item says.
    """

    account: Ref = ""
    subject: Ref = ""
    item: str = ""
    supplier: Ref = ""
    score: float | None = None
    words: str = ""
    said_by: Ref = ""
    on: date | None = None
    until: date | None = None
    present: tuple[Ref, ...] = ()
    currency: str = ""
    evidence: Evidence = Evidence()

    def __post_init__(self) -> None:
        if not self.account or not self.item or self.on is None:
            raise ModelError(
                Words("评估缺客户、评估项或日期", "an assessment needs an account, an item and a date")
            )
        if self.score is None and not self.words:
            raise ModelError(Words("评估要有分值或文字", "an assessment needs a score or words"))
        if len(self.words) > WORDS:
            raise ModelError(
                Words(f"文字最多 {WORDS} 个字", f"the words of an assessment are {WORDS} characters at most")
            )


@kind("Goal")
@dataclass(frozen=True, slots=True)
class Goal(Thing):
    """What is to be reached by a day: a `measure` of a subject, from `start` to `target`.

    `subject` is a person, an organization or a deal; empty is the account. `start` is the value when the goal was
    first written; `supplier` is the rival whom a goal of rivalry is about. What is reached is derived.
    """

    account: Ref = ""
    subject: Ref = ""
    layer: str = ""
    measure: str = ""
    move: str = ""
    purpose: str = ""
    category: str = ""
    start: float | None = None
    target: float | None = None
    owner: Ref = ""
    set_on: date | None = None
    by: date | None = None
    supplier: Ref = ""
    currency: str = ""
    evidence: Evidence = Evidence()

    def __post_init__(self) -> None:
        if not self.account or not (self.measure or self.move):
            raise ModelError(
                Words("目标缺客户，或缺指标和打法", "a goal needs an account, and a measure or a move")
            )


@kind("Action")
@dataclass(frozen=True, slots=True)
class Action(Thing):
    """What one of ours does by a day for some people or units: `what` is a key of the catalogue, or words.

    It is done when an interaction names it, never because somebody typed so. `quality` is 1 to 5, `days` and `money`
    what it takes. A `promise` is made to the first of `targets`.
    """

    account: Ref = ""
    goal: Ref = ""
    what: str = ""
    targets: tuple[Ref, ...] = ()
    scope: str = ""
    owner: Ref = ""
    set_on: date | None = None
    due: date | None = None
    quality: float | None = None
    days: float | None = None
    money: float | None = None
    currency: str = ""
    promise: bool = False
    approval: str = ""
    approved_by: Ref = ""
    approved_on: date | None = None
    evidence: Evidence = Evidence()

    def __post_init__(self) -> None:
        if not self.account or not self.what:
            raise ModelError(Words("行动缺客户或内容", "an action needs an account and what is done"))


@kind("Voice")
@dataclass(frozen=True, slots=True)
class Voice(Thing):
    """What somebody of the customer said, and what became of it.

    `about` is a rival or a deal; `votes` are those of technology, market and finance who are for it; `need` is the deal
    that it became. Its state is the furthest gate that is filled; without the customer's verdict it isn't closed.
    `screened` is the front line's gate, `routed` that of the department in charge: by whom and when each was passed.
    """

    account: Ref = ""
    on: date | None = None
    said_by: Ref = ""
    heard_by: Ref = ""
    channel: str = ""
    sort: str = ""
    words: str = ""
    about: Ref = ""
    category: str = ""
    triage: str = ""
    criteria: str = ""
    screened_by: Ref = ""
    screened_on: date | None = None
    votes: tuple[str, ...] = ()
    route: str = ""
    routed_by: Ref = ""
    routed_on: date | None = None
    owner: Ref = ""
    due: date | None = None
    answer: str = ""
    solved_on: date | None = None
    verdict: float | None = None
    verdict_by: Ref = ""
    verdict_on: date | None = None
    need: Ref = ""
    evidence: Evidence = Evidence()

    def __post_init__(self) -> None:
        if not self.account or self.on is None or not self.words:
            raise ModelError(
                Words("客户声音缺客户、日期或内容", "a voice needs an account, a date and what was said")
            )


def fact_of(record: Assessment | Goal | Action | Voice, several: Collection[str] = ()) -> tuple[object, ...]:
    """Return what makes two rows, or two records, the same judgement, goal, action or voice.

    `several` are the items of which several verdicts of a day stand each on its own: their words tell them apart.
    """
    head = (record.KIND, record.account)
    if isinstance(record, Assessment):
        words = fold(record.words) if record.item in several else ""
        return (*head, record.subject, record.item, record.supplier, record.on, record.said_by, words)
    if isinstance(record, Goal):
        return (
            *head,
            record.subject,
            record.layer,
            record.measure,
            record.move,
            record.category,
            record.supplier,
            record.by,
        )
    if isinstance(record, Action):
        return (*head, fold(record.what), record.targets, record.due, record.goal)
    return (*head, record.on, record.said_by, fold(record.words))


def number_of(record: Thing) -> str:
    """Return by what people mean a record that has no name: the number of its row, else how its id begins."""
    given = (key.rpartition("/")[2] for key in record.keys if key.startswith("file|"))
    return next(given, record.id[:BEGUN])


def means(text: str, record: Thing) -> bool:
    """Tell whether a text is a record's number, its id, or how that begins."""
    begun = len(text) >= BEGUN and record.id.startswith(text.lower())
    return begun or any(key.startswith("file|") and key.rpartition("/")[2] == text for key in record.keys)
