"""Deals: those a sheet lists, and the one a row means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from powermap.intake.context import Context, properties, written
from powermap.intake.organizations import Organizations
from powermap.method.decision import RuleFault, parse
from powermap.model import Deal, Organization, Record
from powermap.model.draft import Draft
from powermap.model.naming import fold
from powermap.words import is_chinese

_ID = re.compile(r"[0-9a-f]{16}")
"""What an id of a store looks like."""


class Deals:
    """Deals: those a sheet lists, and the one a row means."""

    def __init__(self, context: Context, organizations: Organizations) -> None:
        self.ledger, self.organizations = context.ledger, organizations
        self._named: dict[tuple[str, str], list[str]] = {}
        self._answering: list[tuple[Draft, str]] = []
        for record in self.ledger.records.values():
            if isinstance(record, Deal):
                self._index(record)

    def _index(self, deal: Deal) -> None:
        for text in (deal.name, deal.name_alt, deal.id, *(k.rsplit("/", 1)[-1] for k in deal.keys)):
            if text:
                ids = self._named.setdefault((deal.account, fold(text)), [])
                if deal.id not in ids:
                    ids.append(deal.id)

    def take(self, draft: Draft) -> None:
        """Take a row of the deals sheet."""
        company = self.organizations.company(draft)
        if company is None:
            return
        name, number = str(draft.values["name"]), written(draft, "id")
        old = self._known(company, name, number)
        fields = properties(draft, "Deal")
        if isinstance(fields.get("rule"), str) and not self._can_read(draft, fields["rule"]):
            return
        if written(draft, "won_by") is not None:
            winner = self.organizations.named(draft, "won_by", kind="supplier")
            if winner is not None:
                fields["won_by"] = winner.id
        has_key = number is not None and not (old is not None and str(number) == old.id)
        record = self.ledger.thing(
            old,
            lambda i: Deal(id=i, account=company.id, name=name),
            draft,
            fields,
            f"file|deal|{company.id}/{number}" if has_key else "",
        )
        if record is not None:
            self._index(record)
            if draft.values.get("answers") is not None:
                self._answering.append((draft, record.id))

    def answer(self) -> None:
        """Take what deals answer, once all deals are known: needs of this company or of another."""
        for draft, ident in self._answering:
            deal, texts = self.ledger.records[ident], written(draft, "answers") or ()
            texts = [text for text in texts if not self._is_elsewhere(draft, text)]
            found = [self._anywhere(draft, text) for text in texts]
            if isinstance(deal, Deal) and None not in found:
                self.ledger.put(replace(deal, answers=tuple(f for f in found if f is not None)), draft.place)

    def _is_elsewhere(self, draft: Draft, text: str) -> bool:
        """Tell whether a cell names a need by an id of a store that isn't this one: of a customer who is not in the file."""
        known = text in self.ledger.records or any(name == fold(text) for _, name in self._named)
        if known or not _ID.fullmatch(text):
            return False
        self.ledger.note(
            "回应的需求不在此文件里（其他客户的），未导入",
            "answers a need that is not in the file (another customer's); not taken",
            draft.place.source,
        )
        return True

    def _anywhere(self, draft: Draft, text: str) -> str | None:
        ids = {i: None for (_, name), found in self._named.items() if name == fold(text) for i in found}
        if len(ids) == 1:
            return next(iter(ids))
        self.ledger.problems.append(
            draft.place.problem(
                "answers", text, f"{len(ids)} deals are called {text!r}" if ids else f"no deal is called {text!r}",
                "write its id, or add it to the deals sheet",
                zh=f"有 {len(ids)} 个项目叫“{text}”" if ids else f"没有叫“{text}”的项目",
                suggestion_zh="请写编号，或在项目表里加上", code="unknown-deal",
            )
        )  # fmt: skip
        return None

    def _known(self, company: Organization, name: str, number: object) -> Deal | None:
        """Return the deal that a row of the sheet is about, if it is known."""
        ids = [] if number is None else self._named.get((company.id, fold(str(number))), [])
        if not ids:
            # A new id: a deal of that name that has none yet, else a new one.
            named = self._named.get((company.id, fold(name)), [])
            ids = [i for i in named if number is None or not _has_id(self.ledger.records[i])]
        found = self.ledger.of(Deal, ids)
        return found[0] if len(found) == 1 else None

    def _can_read(self, draft: Draft, rule: str) -> bool:
        try:
            parse(rule)
        except RuleFault as fault:
            where = f"{rule[: fault.position]}⟨?⟩{rule[fault.position :]}"
            self.ledger.problems.append(
                draft.place.problem(
                    "rule",
                    rule,
                    fault.message,
                    f"here: {where}",
                    zh=f"决策规则读不懂：{fault.words.zh}",
                    suggestion_zh=f"位置：{where}",
                    code="decision-rule",
                )
            )
            return False
        return True

    def called(self, company: Organization, text: str) -> list[Deal]:
        """Return the deals of a company with this name or id."""
        return self.ledger.of(Deal, self._named.get((company.id, fold(text)), []))

    def meant(self, draft: Draft, company: Organization) -> Deal | None:
        """Return the deal that a row names; without a name, the company's only open one, or a new one."""
        name = written(draft, "deal")
        if name is None:
            return self._only(draft, company)
        ids = self._named.get((company.id, fold(str(name))), [])
        if len(ids) == 1:
            return self.ledger.of(Deal, ids)[0]
        names = self._names(self._of(company))
        self.ledger.problems.append(
            draft.place.problem(
                "deal",
                name,
                f"{len(ids)} deals are called {name!r}" if ids else f"{company.name} has no deal {name!r}",
                f"deals: {names}" if names else "add it to the deals sheet",
                zh=f"{company.name} 有 {len(ids)} 个项目叫“{name}”"
                if ids
                else f"{company.name} 没有项目“{name}”",
                suggestion_zh=f"项目有：{names}" if names else "请在项目表里加上",
                code="unknown-deal",
            )
        )
        return None

    def _only(self, draft: Draft, company: Organization) -> Deal | None:
        deals = self._of(company)
        still_open = [deal for deal in deals if not deal.outcome]
        if len(still_open) == 1:
            return still_open[0]
        if not deals:
            return self._create(draft, company)
        names = self._names(deals)
        # The sheet may have no such column: it is called as it would be among those that it has.
        lacking = "项目" if is_chinese("".join(draft.place.headers.values())) else "deal"
        self.ledger.problems.append(
            draft.place.problem(
                "deal" if "deal" in draft.place.headers else lacking,
                "",
                "which deal is this role in?",
                f"add a deal column, or write the role on the sheet committee; deals: {names}",
                zh="这是哪个项目里的角色？",
                suggestion_zh=f"请加“项目”列，或写在“决策链”表；项目有：{names}",
                code="which-deal",
            )
        )
        return None

    def _create(self, draft: Draft, company: Organization) -> Deal:
        """Create the deal that holds the roles of a company of which no deal is known."""
        name = "采购" if is_chinese(company.name) else "Purchase"
        deal = Deal(id=self.ledger.new_id(), account=company.id, name=name)
        self.ledger.note(
            f"新建项目“{deal.name}”以记角色，客户",
            f"new deal {deal.name!r}, to hold the roles at",
            company.name,
        )
        self.ledger.put(deal, draft.place)
        self._index(deal)
        return deal

    def _of(self, company: Organization) -> list[Deal]:
        ids = dict.fromkeys(
            i for (account, _), found in self._named.items() if account == company.id for i in found
        )
        return self.ledger.of(Deal, ids)

    @staticmethod
    def _names(deals: Iterable[Deal]) -> str:
        return "; ".join(dict.fromkeys(deal.name for deal in deals))


def _has_id(record: Record) -> bool:
    return isinstance(record, Deal) and any(key.startswith("file|deal|") for key in record.keys)
