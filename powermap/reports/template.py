"""The words of the template: an example row for each sheet, and the page of help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from powermap.words import Words

Row = dict[str, Any]


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
    "assessments": _example(
        {
            "company": "# 示例 星河电子",
            "subject": "林远",
            "item": "项目支持度",
            "score": 2,
            "words": "在评标会上为我方方案说话",
        },
        {
            "company": "# example Starriver",
            "subject": "Lin Yuan",
            "item": "support",
            "score": 2,
            "words": "spoke for our design in the tender meeting",
        },
    ),
    "goals": _example(
        {
            "id": "# 示例",
            "company": "星河电子",
            "subject": "周岚",
            "layer": "关键",
            "measure": "态度",
            "move": "扭转态度",
            "purpose": "支撑竞争目标",
            "target": 1,
            "owner": "王宁",
        },
        {
            "id": "# example",
            "company": "Starriver Electronics",
            "subject": "Zhou Lan",
            "layer": "key",
            "measure": "attitude",
            "move": "turn",
            "purpose": "rivalry",
            "target": 1,
            "owner": "Wang Ning",
        },
    ),
    "actions": _example(
        {"id": "# 示例", "company": "星河电子", "what": "业务交流", "targets": "周岚", "owner": "王宁"},
        {
            "id": "# example",
            "company": "Starriver Electronics",
            "what": "business exchange",
            "targets": "Zhou Lan",
            "owner": "Wang Ning",
        },
    ),
    "voices": _example(
        {
            "id": "# 示例",
            "company": "星河电子",
            "said_by": "林远",
            "heard_by": "王宁",
            "sort": "投诉",
            "words": "交付比约定晚了三天",
        },
        {
            "id": "# example",
            "company": "Starriver Electronics",
            "said_by": "Lin Yuan",
            "heard_by": "Wang Ning",
            "sort": "complaint",
            "words": "delivered three days late",
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
            "甲 影响 乙：甲左右乙的看法。甲 告知 乙：甲把信息传给乙，也就影响乙。甲 听取/请教 乙：乙左右甲。覆盖：我方（或对手）的人 → 客户的人。",
            "A sways B: A shapes B's view. A informs B: what B is told comes from A, and sways B. A listens to or asks B: B sways A. Covers: a supplier's person → a customer's person.",
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
