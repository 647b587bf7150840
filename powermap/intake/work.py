"""Rows of what is judged, aimed at, done and heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from powermap.errors import ModelError
from powermap.intake.context import Context, properties, written
from powermap.intake.deals import Deals
from powermap.intake.organizations import Organizations
from powermap.intake.subjects import Subjects
from powermap.model import Action, Assessment, Goal, Organization, Record, Voice, means, number_of
from powermap.model.draft import CLEAR, Draft
from powermap.model.naming import fold
from powermap.model.work import fact_of
from powermap.words import Words

W = TypeVar("W", Assessment, Goal, Action, Voice)
_ANYTHING = ("person", "organization", "deal")


class Work:
    """Assessments, goals, actions and voices; a row without an id that is about the same corrects what is known."""

    def __init__(self, context: Context, organizations: Organizations, deals: Deals) -> None:
        self.ledger, self.directory, self.pack = context.ledger, context.directory, context.pack
        self.organizations = organizations
        self.subjects = Subjects(context, organizations, deals)
        self._personal = self.pack.topic("relations")["personal"]
        self._known: dict[tuple[object, ...], str] = {
            fact_of(r, self.pack.several): r.id
            for r in self.ledger.records.values()
            if isinstance(r, (Assessment, Goal, Action, Voice))
        }

    def assess(self, draft: Draft) -> None:
        """Take a row of the assessments sheet."""
        company = self.organizations.company(draft)
        if company is None:
            return
        if written(draft, "score") is None and not written(draft, "words"):
            # A row that a template prepared and nobody filled in says nothing.
            self.ledger.note(
                "没有填写的评估行，未导入", "rows of assessments left empty, not taken", draft.place.source
            )
            return
        item = self.pack.items.get(draft.values.get("item", ""))
        refs = self._refs(draft, company, people=("present",), person=("said_by",), rival="supplier")
        subject: str | None = ""
        if written(draft, "subject") is not None:
            subject = self.subjects.one(draft, "subject", company, item.subject if item else _ANYTHING)
        elif item is not None and "account" not in item.subject:
            self._lacks(draft, "subject", f"“{item.words.zh}”要写对象", f"{item.words.en} needs a subject")
            return
        if refs is None or subject is None or item is None:
            return
        if subject:
            refs["subject"] = "" if subject == company.id else subject
        self._put(
            Assessment, draft, company, refs, lambda i: Assessment(i, (), company.id, refs.get("subject", ""),
            item.key, refs.get("supplier", ""), draft.values.get("score"), str(draft.values.get("words", "")), on=draft.values["on"]),
        )  # fmt: skip

    def aim(self, draft: Draft) -> None:
        """Take a row of the goals sheet; where it began is kept as it was first written."""
        company = self.organizations.company(draft)
        if company is None:
            return
        refs = self._refs(draft, company, person=("owner",), subject="subject", rival="supplier")
        if refs is None or not self._within(draft):
            return
        self._put(
            Goal, draft, company, refs, lambda i: Goal(i, (), company.id, measure=draft.values["measure"])
        )

    def act(self, draft: Draft) -> None:
        """Take a row of the actions sheet."""
        company = self.organizations.company(draft)
        if company is None:
            return
        refs = self._refs(draft, company, person=("owner", "approved_by"))
        targets = [
            self.subjects.one(draft, "targets", company, ("person", "organization"), text=text)
            for text in written(draft, "targets") or ()
        ]
        goal = self.named(draft, "goal", company, Goal) if written(draft, "goal") is not None else None
        if refs is None or None in targets or (goal is None and written(draft, "goal") is not None):
            return
        if targets:
            refs["targets"] = tuple(targets)
        if goal is not None:
            refs["goal"] = goal.id
        self._put(
            Action, draft, company, refs, lambda i: Action(i, (), company.id, what=draft.values["what"])
        )

    def hear(self, draft: Draft) -> None:
        """Take a row of the voices sheet."""
        company = self.organizations.company(draft)
        if company is None:
            return
        refs = self._refs(
            draft,
            company,
            person=("said_by", "heard_by", "screened_by", "routed_by", "owner", "verdict_by"),
            subject="about",
            deal="need",
        )
        if refs is None:
            return
        values = draft.values
        self._put(
            Voice,
            draft,
            company,
            refs,
            lambda i: Voice(i, (), company.id, values["on"], words=values["words"]),
        )

    def named(self, draft: Draft, field: str, company: Organization, cls: type[W]) -> W | None:
        """Return the goal or action that a cell names by its id, an action also by what is done; anything else is a problem, and None."""
        text = str(draft.values[field])
        keyed = self.directory.keys.get(f"file|{cls.KIND.lower()}|{company.id}/{text}", "")
        found = self.ledger.records.get(text) or self.ledger.records.get(keyed)
        if isinstance(found, cls):
            return found
        known = (self.ledger.records.get(ident) for ident in self._known.values())
        meant = [
            r for r in known if isinstance(r, cls) and r.account == company.id and self._is_meant(text, r)
        ]
        if len(meant) == 1:
            return meant[0]
        zh, en = self.pack.kind(cls.KIND)
        ids = [number_of(r) for r in meant[:8]]
        self.ledger.problems.append(
            draft.place.problem(
                field,
                text,
                f"{text!r} fits {len(meant)} of {company.name}" if meant else f"{company.name} has no {en} with the id {text!r}",
                f"write the id of one: {', '.join(ids)}" if meant else f"write the id of a {en}, as its own sheet has it",
                zh=f"{company.name} 有 {len(meant)} 个符合“{text}”" if meant else f"{company.name} 没有编号为“{text}”的{zh}",
                suggestion_zh=f"请写其中一个的编号：{'、'.join(ids)}" if meant else f"请写{zh}表里的编号",
                code=f"ambiguous-{cls.KIND.lower()}" if meant else f"unknown-{cls.KIND.lower()}",
            )
        )  # fmt: skip
        return None

    def _is_meant(self, text: str, record: Record) -> bool:
        """Tell whether a text is how the id of a record begins, or what an action is about."""
        if isinstance(record, Action):
            said = self.pack.say("what", record.what)
            if fold(text) in (fold(record.what), fold(said.zh), fold(said.en)):
                return True
        return isinstance(record, Goal | Action | Voice) and means(text, record)

    def _refs(
        self,
        draft: Draft,
        company: Organization,
        *,
        people: tuple[str, ...] = (),
        person: tuple[str, ...] = (),
        subject: str = "",
        rival: str = "",
        deal: str = "",
    ) -> dict[str, Any] | None:
        """Return the ids that the cells of these fields name, a taken back one empty; None if one names nothing.

        All of them are looked up, so that each wrong one is told.
        """
        found: dict[str, Any] = {}
        good = draft.whole
        for field in (*people, *person, *filter(None, (subject, rival, deal))):
            if draft.values.get(field) is CLEAR:
                found[field] = CLEAR
            elif written(draft, field) is None:
                continue
            elif field in people or field in person:
                ids = self.subjects.people(draft, field, company, ours=field in _OURS)
                if ids is None:
                    good = False
                else:
                    found[field] = ids if field in people else ids[0]
            elif field == rival:
                supplier = self.organizations.named(draft, field, kind="supplier")
                if supplier is None:
                    good = False
                else:
                    found[field] = "" if supplier.us else supplier.id
            else:
                ident = self.subjects.one(draft, field, company, ("deal",) if field == deal else _ANYTHING)
                if ident is None:
                    good = False
                else:
                    found[field] = "" if field == "subject" and ident == company.id else ident
        return found if good else None

    def _put(
        self,
        cls: type[W],
        draft: Draft,
        company: Organization,
        refs: Mapping[str, Any],
        make: Callable[[str], W],
    ) -> None:
        number = written(draft, "id")
        key = "" if number is None else f"file|{cls.KIND.lower()}|{company.id}/{number}"
        fields = properties(draft, cls.KIND) | dict(refs)
        said = replace(draft, values={k: v for k, v in draft.values.items() if k != "on"})
        old = self.ledger.records.get(str(number)) or self.ledger.records.get(
            self.directory.keys.get(key, "")
        )
        if isinstance(old, cls) and str(number) == old.id:
            key = ""
        if not isinstance(old, cls):
            old = self._alike(make, fields)
        known = old if isinstance(old, cls) else None
        if isinstance(known, Goal) and known.start is not None and "start" in fields:
            if fields["start"] != known.start:
                self.ledger.note("目标的起点不再改动，仍为原值", "where a goal began stays as first written")
            del fields["start"]
        fields["evidence"] = self.ledger.evidence(known, said)
        record = self.ledger.thing(known, make, draft, fields, key)
        if record is not None:
            self._check_days(draft, record)
            if isinstance(record, Goal) and record.measure in self._personal and not record.subject:
                measure = self.pack.say("goal_measure", record.measure)
                self._lacks(
                    draft,
                    "subject",
                    f"指标“{measure.zh}”要写是谁的",
                    f"a goal of {measure.en} needs a person",
                )
            self._known[fact_of(record, self.pack.several)] = record.id
            if key:
                self.directory.keys[key] = record.id

    def _check_days(self, draft: Draft, record: Assessment | Goal | Action | Voice) -> None:
        """Tell which day of a record lies before one that it can't be before, and which lies ahead that can't."""
        for earlier, later in _ORDER[record.KIND]:
            first, then = getattr(record, earlier), getattr(record, later)
            if first is None or then is None or first <= then:
                continue
            one, other = self._column(draft, earlier), self._column(draft, later)
            self.ledger.problems.append(
                draft.place.problem(
                    later, then.isoformat(), f"lies before {one.en} ({first})", f"correct {one.en} or {other.en}",
                    zh=f"早于“{one.zh}”（{first}）", suggestion_zh=f"请改正“{one.zh}”或“{other.zh}”", code="day-order",
                )
            )  # fmt: skip
        if isinstance(record, Assessment | Voice) and record.on is not None and record.on > self.ledger.today:
            self.ledger.note("日期在今天之后", "dated after today", draft.place.source)

    def _column(self, draft: Draft, field: str) -> Words:
        """Return what a column is called."""
        en, zh = self.pack.topic("columns")[draft.sheet][field][:2]
        return Words(zh, en)

    def _within(self, draft: Draft) -> bool:
        """Tell whether a goal's values lie where its measure has any, and are words of attitudes only where it is one."""
        if (word := draft.values.get("attitude_word")) and draft.values["measure"] != "attitude":
            measure = self.pack.say("goal_measure", draft.values["measure"])
            self.ledger.problems.append(
                draft.place.problem(
                    "target", str(word), f"{word!r} is an attitude, and the goal is about {measure.en}", "write a number",
                    zh=f"“{word}”是态度，而目标的指标是{measure.zh}", suggestion_zh="请写数字", code="not-a-number",
                )
            )  # fmt: skip
            return False
        bounds = self.pack.topic("relations")["range"].get(draft.values["measure"])
        if bounds is None:
            return True
        low, high = bounds
        outside = [
            f
            for f in ("start", "target")
            if isinstance(v := draft.values.get(f), int | float) and not low <= v <= high
        ]
        for field in outside:
            value = draft.values[field]
            self.ledger.problems.append(
                draft.place.problem(
                    field,
                    str(value),
                    f"{value:g} does not lie between {low:g} and {high:g}",
                    f"write a number from {low:g} to {high:g}",
                    zh=f"{value:g} 不在 {low:g} 到 {high:g} 之间",
                    suggestion_zh=f"请写 {low:g} 到 {high:g} 之间的数",
                    code="goal-range",
                )
            )
        return not outside

    def _alike(self, make: Callable[[str], W], fields: Mapping[str, Any]) -> Record | None:
        """Return the record that is about the same; what is no record at all is like none, and told later."""
        try:
            said = {k: v for k, v in fields.items() if v is not CLEAR}
            wanted = fact_of(replace(make("-"), **said), self.pack.several)
        except ModelError:
            return None
        return self.ledger.records.get(self._known.get(wanted, ""))

    def _lacks(self, draft: Draft, field: str, zh: str, en: str) -> None:
        self.ledger.problems.append(
            draft.place.problem(field, "", en, "fill it in", zh=zh, suggestion_zh="请补上", code="missing")
        )


_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "Assessment": (("on", "until"),),
    "Goal": (("set_on", "by"),),
    "Action": (("set_on", "due"),),
    "Voice": (
        ("on", "screened_on"),
        ("on", "routed_on"),
        ("on", "solved_on"),
        ("on", "verdict_on"),
        ("screened_on", "routed_on"),
    ),
}
"""Kind of record -> days of which the first is never after the second."""
_OURS = ("owner", "heard_by", "screened_by", "routed_by", "present", "approved_by")
"""Fields that name our people first."""
