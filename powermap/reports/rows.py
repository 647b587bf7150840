"""An account as rows of the import format, and the words of the template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from powermap.findings import Words
from powermap.model import (
    Covers,
    Deal,
    Figure,
    Influences,
    Interaction,
    MemberOf,
    Organization,
    PartOf,
    Person,
    Relates,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    Tie,
    WorksAt,
)

Row = dict[str, Any]


def account_rows(snapshot: Snapshot, account: str) -> dict[str, list[Row]]:
    """Write everything known of an account as rows by sheet, ended facts included.

    `snapshot` is the account's scope. References are names where one name means one thing, else ids.
    """
    return _Writer(snapshot, account).sheets()


class _Writer:
    def __init__(self, snapshot: Snapshot, account: str) -> None:
        self.snapshot = snapshot
        self.account = account
        self.homes: dict[str, list[str]] = defaultdict(list)
        for cls in (WorksAt, MemberOf):
            for tie in snapshot.all(cls):
                organization = snapshot.get(Organization, tie.dst)
                if organization is not None and organization.type != "circle":
                    self.homes[tie.src].append(tie.dst)
        self.named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for person in snapshot.all(Person):
            for home in self.homes[person.id]:
                for name in {person.name, person.name_alt} - {""}:
                    self.named[home, name].add(person.id)
        self.suppliers = {o.id for o in snapshot.all(Organization) if o.type == "supplier"}
        self.org_named: dict[str, set[str]] = defaultdict(set)
        for organization in snapshot.all(Organization):
            for name in {organization.name, organization.name_alt} - {""}:
                self.org_named[name].add(organization.id)

    def organization(self, organization_id: str) -> str:
        found = self.snapshot.get(Organization, organization_id)
        return found.name if found and len(self.org_named[found.name]) == 1 else organization_id

    def person(self, person_id: str, home: str | None, *, supplier: bool = False) -> str:
        found = self.snapshot.get(Person, person_id)
        if found is None:
            return person_id
        houses = self.suppliers if supplier or (home is None) else {home}
        same = set().union(*(self.named[h, found.name] for h in houses)) if houses else set()
        return found.name if same == {person_id} else person_id

    def home(self, person_id: str) -> str:
        """Return the company under which a person's facts are written: the account if he is of it."""
        homes = self.homes[person_id]
        return self.account if self.account in homes or not homes else homes[0]

    def sheets(self) -> dict[str, list[Row]]:
        return {
            "organizations": self.organizations(),
            "people": self.people(),
            "ties": self.ties(),
            "stances": self.stances(),
            "deals": [self.deal(d) for d in self.snapshot.all(Deal)],
            "committee": self.committee(),
            "interactions": [
                self.interaction(i)
                for i in sorted(self.snapshot.all(Interaction), key=lambda i: (str(i.on), i.id))
            ],
            "figures": [
                self.figure(f)
                for f in sorted(
                    self.snapshot.all(Figure), key=lambda f: (f.measure, str(f.on), f.category, f.supplier)
                )
            ],
        }

    def organizations(self) -> list[Row]:
        parents = {t.src: t for t in self.snapshot.all(PartOf) if t.period.end is None}
        rows = []
        for o in sorted(
            self.snapshot.all(Organization), key=lambda o: (o.id != self.account, o.type, not o.us, o.name)
        ):
            row = {
                "id": o.id,
                "name": o.name,
                "name_alt": o.name_alt,
                "type": o.type,
                "us": True if o.us else None,
            }
            row |= {
                "grade": o.grade,
                "industry": o.industry,
                "region": o.region,
                "product_tier": o.product_tier,
                "note": o.note,
            }
            if o.id in parents:
                row["part_of"] = self.organization(parents[o.id].dst)
            rows.append(row)
        return rows

    def people(self) -> list[Row]:
        bosses: dict[tuple[str, bool], list[ReportsTo]] = defaultdict(list)
        for line in self.snapshot.all(ReportsTo):
            if line.period.end is None:
                bosses[line.src, line.dotted].append(line)
        rows = []
        jobs: list[WorksAt | MemberOf] = [*self.snapshot.all(WorksAt)]
        jobs += [m for m in self.snapshot.all(MemberOf) if m.dst in self.homes[m.src]]
        order = {p.id: (p.name, p.id) for p in self.snapshot.all(Person)}
        for job in sorted(
            jobs,
            key=lambda j: (
                j.dst != self.account,
                self.organization(j.dst),
                getattr(j, "level", None) or 9,
                order.get(j.src, ("", "")),
            ),
        ):
            person = self.snapshot.get(Person, job.src)
            if person is None:
                continue
            row = {
                "id": person.id,
                "company": self.organization(job.dst),
                "name": person.name,
                "name_alt": person.name_alt,
            }
            row |= {
                "power": person.power,
                "placeholder": True if person.placeholder else None,
                "adaptability": person.adaptability,
            }
            row |= {
                "email": person.email,
                "phone": person.phone,
                "note": person.note,
                "since": job.period.start,
                "until": job.period.end,
            }
            if isinstance(job, WorksAt):
                row |= {
                    "title": job.title,
                    "title_alt": job.title_alt,
                    "department": job.unit,
                    "department_alt": job.unit_alt,
                    "level": job.level,
                }
            else:
                row |= {"title": job.role, "title_alt": job.role_alt, "external": True}
            if job.period.end is None:
                for field, dotted in (("boss", False), ("dotted_boss", True)):
                    found = [b for b in bosses[person.id, dotted] if job.dst in self.homes[b.dst]]
                    if len(found) == 1:
                        row[field] = self.person(found[0].dst, job.dst)
                        bosses[person.id, dotted].remove(found[0])
            rows.append(row)
        self.lines_left = [line for left in bosses.values() for line in left] + [
            t for t in self.snapshot.all(ReportsTo) if t.period.end is not None
        ]
        return rows

    @staticmethod
    def ground(tie: Tie) -> Row:
        e = tie.evidence
        row: Row = {
            "since": tie.period.start,
            "until": tie.period.end,
            "source": e.source,
            "author": e.author,
            "note": e.note,
            "confidence": e.confidence,
            "on": e.on,
        }
        row["status"] = e.status if e.status != "observed" else None
        return row

    def ties(self) -> list[Row]:
        rows = []
        for cover in self.snapshot.all(Covers):
            home = self.home(cover.dst)
            rows.append(
                {
                    "company": self.organization(home),
                    "from": self.person(cover.src, None, supplier=True),
                    "kind": "covers",
                    "to": self.person(cover.dst, home),
                    "strength": cover.strength,
                    "duty": cover.duty,
                    **self.ground(cover),
                }
            )
        for tie in self.snapshot.all(Influences):
            home = self.home(tie.dst)
            rows.append(
                {
                    "company": self.organization(home),
                    "from": self._either(tie.src, home),
                    "kind": "influences" if tie.sign > 0 else "conflict",
                    "to": self._either(tie.dst, home),
                    "strength": tie.strength,
                    "channel": tie.channel,
                    **self.ground(tie),
                }
            )
        for line in self.lines_left:
            home = self.home(line.src)
            rows.append(
                {
                    "company": self.organization(home),
                    "from": self._either(line.src, home),
                    "kind": "dotted" if line.dotted else "reports",
                    "to": self._either(line.dst, home),
                    **self.ground(line),
                }
            )
        for member in self.snapshot.all(MemberOf):
            if member.dst not in self.homes[member.src]:
                home = self.home(member.src)
                rows.append(
                    {
                        "company": self.organization(home),
                        "from": self._either(member.src, home),
                        "kind": "member",
                        "to": self.organization(member.dst),
                        **self.ground(member),
                    }
                )
        for relation in self.snapshot.all(Relates):
            rows.append(
                {
                    "from": self.organization(relation.src),
                    "kind": "relates",
                    "to": self.organization(relation.dst),
                    "level": relation.level,
                    "bond": relation.bond,
                    "stickiness": relation.stickiness,
                    "stages": "; ".join(relation.stages),
                    **self.ground(relation),
                }
            )
        return sorted(
            rows, key=lambda r: (r["kind"], str(r.get("company")), r["from"], r["to"], str(r["since"]))
        )

    def _either(self, person: str, home: str) -> str:
        return self.person(person, home) if home in self.homes[person] else person

    def stances(self) -> list[Row]:
        rows = []
        for s in self.snapshot.all(Stands):
            home = self.home(s.src)
            deal = self.snapshot.get(Deal, s.deal) if s.deal else None
            row = {
                "company": self.organization(home),
                "person": self._either(s.src, home),
                "supplier": self.organization(s.dst),
                "attitude": "?" if s.attitude is None else s.attitude,
                "deal": deal.name if deal else None,
            }
            row |= {
                f: getattr(s, f)
                for f in ("acceptance", "participation", "support", "information", "guidance", "rivalry")
            }
            rows.append({**row, **self.ground(s)})
        return sorted(rows, key=lambda r: (r["company"], r["supplier"], r["person"], str(r["since"])))

    def deal(self, d: Deal) -> Row:
        row = {
            f: getattr(d, f)
            for f in (
                "id",
                "name",
                "name_alt",
                "horizon",
                "stage",
                "value",
                "currency",
                "rule",
                "project_type",
                "close_on",
                "outcome",
                "note",
            )
        }
        return {
            **row,
            "company": self.organization(d.account),
            "won_by": self.organization(d.won_by) if d.won_by else None,
        }

    def committee(self) -> list[Row]:
        rows = []
        for part in self.snapshot.all(TakesPart):
            deal = self.snapshot.get(Deal, part.dst)
            if deal is not None:
                rows.append(
                    {
                        "company": self.organization(deal.account),
                        "deal": deal.name,
                        "person": self._either(part.src, deal.account),
                        "roles": part.roles,
                        "votes": part.votes,
                        "veto": True if part.veto else None,
                        **self.ground(part),
                    }
                )
        return sorted(rows, key=lambda r: (r["company"], r["deal"], r["person"]))

    def interaction(self, i: Interaction) -> Row:
        ours = [self.person(p, None, supplier=True) for p in i.ours]
        theirs = [self._either(p, i.account) for p in i.theirs]
        return {
            "id": i.id,
            "company": self.organization(i.account),
            "on": i.on,
            "channel": i.channel,
            "ours": "; ".join(ours),
            "theirs": "; ".join(theirs),
            "purpose": i.purpose,
            "note": i.note,
        }

    def figure(self, f: Figure) -> Row:
        return {
            "company": self.organization(f.account),
            "measure": f.measure,
            "on": f.on,
            "value": f.value,
            "currency": f.currency,
            "category": f.category,
            "supplier": self.organization(f.supplier) if f.supplier else None,
            "source": f.source,
        }


def _example(zh: Mapping[str, Any], en: Mapping[str, Any]) -> dict[str, Row]:
    return {"zh": dict(zh), "en": dict(en)}


# The first cell of an example starts with #, and such a row is not imported.
EXAMPLES: dict[str, dict[str, Row]] = {
    "organizations": _example(
        {"id": "# 示例", "name": "星河电子", "type": "客户", "grade": "S"},
        {"id": "# example", "name": "Starriver Electronics", "type": "customer", "grade": "S"},
    ),
    "people": _example(
        {
            "id": "# 示例",
            "company": "星河电子",
            "name": "林远",
            "title": "采购总监",
            "department": "采购部",
            "level": 3,
            "boss": "周岚",
            "power": 7,
            "attitude": 1,
            "owner": "王宁",
        },
        {
            "id": "# example",
            "company": "Starriver Electronics",
            "name": "Lin Yuan",
            "title": "Head of Procurement",
            "department": "Procurement",
            "level": 3,
            "boss": "Zhou Lan",
            "power": 7,
            "attitude": 1,
            "owner": "Wang Ning",
        },
    ),
    "ties": _example(
        {
            "company": "# 示例 星河电子",
            "from": "林远",
            "to": "周岚",
            "kind": "影响",
            "strength": 0.7,
            "channel": "建议",
        },
        {
            "company": "# example Starriver",
            "from": "Lin Yuan",
            "to": "Zhou Lan",
            "kind": "sways",
            "strength": 0.7,
            "channel": "advice",
        },
    ),
    "stances": _example(
        {"company": "# 示例 星河电子", "person": "林远", "supplier": "对手甲", "attitude": -1},
        {"company": "# example Starriver", "person": "Lin Yuan", "supplier": "Rival One", "attitude": -1},
    ),
    "deals": _example(
        {"id": "# 示例", "company": "星河电子", "name": "年度框架", "rule": "CEO and 2 of (CTO, COO, CPO)"},
        {
            "id": "# example",
            "company": "Starriver Electronics",
            "name": "Annual framework",
            "rule": "CEO and 2 of (CTO, COO, CPO)",
        },
    ),
    "committee": _example(
        {
            "company": "# 示例 星河电子",
            "deal": "年度框架",
            "person": "林远",
            "roles": "决策者；守门人",
            "votes": 1,
        },
        {
            "company": "# example Starriver",
            "deal": "Annual framework",
            "person": "Lin Yuan",
            "roles": "decision maker; gatekeeper",
            "votes": 1,
        },
    ),
    "interactions": _example(
        {
            "id": "# 示例",
            "company": "星河电子",
            "ours": "王宁",
            "theirs": "林远；周岚",
            "purpose": "季度回顾",
        },
        {
            "id": "# example",
            "company": "Starriver Electronics",
            "ours": "Wang Ning",
            "theirs": "Lin Yuan; Zhou Lan",
            "purpose": "Quarterly review",
        },
    ),
    "figures": _example(
        {
            "company": "# 示例 星河电子",
            "measure": "销售额",
            "value": "4亿",
            "currency": "CNY",
            "category": "充电器",
        },
        {
            "company": "# example Starriver",
            "measure": "revenue",
            "value": 400000000,
            "currency": "CNY",
            "category": "chargers",
        },
    ),
}

HELP: tuple[tuple[Words, Words], ...] = (
    (
        Words("怎么用", "How it works"),
        Words(
            "填好后运行 powermap import 这个文件。绿色表头的列必填，其余都可以空着。以 # 开头的行（如示例）不会导入。",
            "Fill it in, then run powermap import on this file. Columns with a green header are needed, all others may stay empty. Rows that start with #, such as the examples, are not imported.",
        ),
    ),
    (
        Words("最少要什么", "The least"),
        Words(
            "“人员”表里的公司、姓名、职务、部门、上级。其余以后再补。",
            "Company, name, title, department and boss in the people sheet. The rest can come later.",
        ),
    ),
    (
        Words("引用", "References"),
        Words(
            "写姓名即可；同一公司有同名的人，就写编号。",
            "A name will do; where two people of a company share one, write the id.",
        ),
    ),
    (
        Words("态度", "Attitude"),
        Words(
            "-2 反对，-1 不认可，0 中立，1 支持，2 支持并排他，3 教练；? 表示未知（未知不是中立）。也可以写词。",
            "-2 opposes, -1 disapproves, 0 neutral, 1 supports, 2 supports exclusively, 3 coach; ? is unknown, which is not neutral. Words are understood too.",
        ),
    ),
    (
        Words("关系的方向", "Direction of a tie"),
        Words(
            "甲 影响 乙：甲左右乙的看法。甲 听取/请教 乙：乙左右甲。覆盖：我方（或对手）的人 → 客户的人。",
            "A sways B: A shapes B's view. A listens to, asks or informs B: B is the one who sways. Covers: a supplier's person → a customer's person.",
        ),
    ),
    (
        Words("强度", "Strength"),
        Words(
            "0 到 1；或在表头写明刻度：强度 1-5、强度 0-100。",
            "0 to 1; or name the scale in the header: strength 1-5, strength 0-100.",
        ),
    ),
    (
        Words("更正与变化", "Correction or change"),
        Words(
            "改一个格再导入 = 更正（原来写错了）。写上新的“开始日期” = 变化（旧值到那天为止为真）。空格不改变任何东西；填 - 表示删去已知的值。删掉一行不会结束任何事实。",
            "Changing a cell and importing again is a correction: the old value was wrong. A new start date makes it a change: the old value was true until then. An empty cell changes nothing; - takes a value back. A row that is gone ends nothing.",
        ),
    ),
    (
        Words("话语权", "Power"),
        Words(
            "0 到 10，由了解情况的人判断；空着则由系统估计，并注明是估计。",
            "0 to 10, as somebody who knows judges it; left empty it is estimated, and marked as an estimate.",
        ),
    ),
)
