"""The method's own stories, typed in as a salesperson would, and asked by the questions that tell them.

The articles are numbered 000 to 004; rows M1 and on are those of docs/method.md. Names are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import powermap as pm
from powermap.analysis.reciprocity import firm
from powermap.findings import Answer
from powermap.portfolio import answer as ask_all
from powermap.workspace import Workspace

DAY = date(2026, 9, 30)
US = "拓岚,供应商,是,,,,,"
Told = Callable[..., Workspace]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Import sheets given as text, all without a fault; return the workspace."""

    def fill(**sheets: str) -> Workspace:
        ws = pm.open(tmp_path / "story.db", create=True)
        files = []
        for name, text in sheets.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text.strip() + "\n", "utf-8")
            files.append(path)
        done = ws.import_(files, today=DAY)
        assert not done.plan.problems, [str(p) for p in done.plan.problems]
        return ws

    return fill


HOUSES = "名称,类型,我方,等级,行业,区域,上级组织,灯塔"


def of(ws: Workspace, question: str, account: str) -> Answer:
    view = ws.account(account).lens(as_of=DAY)
    if question != "value":
        return view.ask(question)
    # What a customer is worth to us depends on all the others.
    with ws.records() as records:
        return view.ask(question, firm(records, DAY))


def all_of(ws: Workspace, question: str) -> Answer:
    with ws.records() as records:
        return ask_all(ws.portfolio(as_of=DAY), question, records, ws.pack)


def say(found: Answer, kind: str, lang: str = "zh") -> str:
    sentences = [f.sentence[lang] for f in found.findings if kind in f.kind]
    assert sentences, [f.kind for f in found.findings]
    return sentences[0]


def test_the_maker_of_chargers(told: Told) -> None:
    """M23, M24 [001]: sales went from 1 to 4 亿 while the share of his chargers fell from 100 % to 4 of 17; a third hangs on two."""
    ws = told(
        组织=f"{HOUSES}\n{US}\n望川,客户,,S,手机,华南,,\n其余,客户,,B,手机,华南,,\n百澜,供应商,,,,,,",
        人员="公司,姓名,职务,层级\n拓岚,周明,销售,4\n拓岚,李亭,销售助理,5\n拓岚,赵航,总监,3\n望川,顾川,董事长,1\n其余,殷石,总经理,1",
        关系="公司,从,类型,到,职责\n望川,周明,覆盖,顾川,负责人\n其余,赵航,覆盖,殷石,负责人",
        数字=(
            "公司,指标,日期,数值,币种,品类,供应商\n"
            "望川,销售额,2021,1亿,CNY,充电器,拓岚\n望川,采购额,2021,1亿,CNY,充电器,\n"
            "望川,销售额,2025,4亿,CNY,充电器,拓岚\n望川,采购额,2025,17亿,CNY,充电器,\n望川,销售额,2025,8.5亿,CNY,充电器,百澜\n"
            "望川,采购额,2025,3.2亿,CNY,适配器,\n其余,销售额,2025,8亿,CNY,充电器,拓岚"
        ),
    )
    with ws:
        found = of(ws, "value", "望川")
        text = " ".join(f.sentence.zh for f in found.findings)
        assert "从 1 亿元到 4 亿元" in text and "从 100% 跌到 23.5%" in text
        assert "空白一年 3.2 亿元" in text
        rows = {r["name"]["zh"]: r for r in found.rows}
        assert rows["充电器"]["share"] is not None and "8.5 亿元" in str(rows["充电器"])
        # A third of all revenue: 4 of 12 亿, and one of ours carries it.
        assert "33.3%" in text
        owners = all_of(ws, "owners")
        assert {r["name"]["zh"]: r["at_risk"] for r in owners.rows}["周明"] == 4e8
        assert "erosion" in {r.get("key") for r in all_of(ws, "wallet").rows}


@pytest.mark.parametrize(
    ("visits", "pays", "share", "verdict"),
    [
        # Their top has never been here, nothing is paid for a stopped line: they don't need us, whatever we sell (苹果 and its maker).
        ("否", "否", "1亿", "我方更离不开客户"),
        ("是", "是", "1亿", ""),
    ],
)
def test_the_two_questions(told: Told, visits: str, pays: str, share: str, verdict: str) -> None:
    """M29 [000]: does their top come to us, and do they pay when they make our line stand still for a day?"""
    ws = told(
        组织=f"{HOUSES}\n{US}\n果园,客户,,S,手机,海外,,",
        人员="公司,姓名,职务,层级\n果园,顾帆,总裁,1\n拓岚,周明,销售,4",
        数字=f"公司,指标,日期,数值,币种,品类,供应商\n果园,销售额,2025,{share},CNY,组装,拓岚\n果园,采购额,2025,10亿,CNY,组装,",
        评估=f"公司,评估对象,评估项,分值,依据,日期\n果园,,对方最高层来不来,{visits},从未来厂,2026-05-01\n果园,,停线是否补偿,{pays},合同没有这一条,2026-05-01",
    )
    with ws:
        found = of(ws, "value", "果园")
        dependence = say(found, "depend")
        assert f"对方最高层来不来：{visits}" in dependence and f"停线是否补偿：{pays}" in dependence
        assert "10.0%" in dependence or "10%" in dependence
        assert verdict in dependence


def test_the_five_year_billion(told: Told) -> None:
    """M28 [000]: 10 亿 over five years: the first costs, the second breaks even, the third returns, the fifth closes; managed by the gap."""
    ws = told(
        组织=f"{HOUSES}\n{US}\n长河,客户,,A,家电,华东,,",
        人员="公司,姓名,层级\n长河,顾川,1",
        数字=(
            "公司,指标,日期,数值,币种,供应商\n长河,预期,2022,10亿,CNY,\n"
            "长河,销售额,2022,1亿,CNY,拓岚\n长河,费用,2022,2.6亿,CNY,\n"
            "长河,销售额,2023,2亿,CNY,拓岚\n长河,费用,2023,2亿,CNY,\n"
            "长河,销售额,2024,4亿,CNY,拓岚\n长河,费用,2024,2亿,CNY,"
        ),
    )
    with ws:
        found = of(ws, "value", "长河")
        curve = [r for r in found.rows if "曲线" in r["section"]["zh"]]
        phases = [r["name"]["zh"] for r in curve]
        assert [p.split()[1] for p in phases] == ["投入", "盈亏平衡", "回报", "回报", "收尾"]
        expected = [_amount(str(r), "预期 ") for r in curve]
        assert sum(expected) == pytest.approx(10.0)
        assert expected[0] < 0 == expected[1] < expected[2]
        assert "−1.6 亿元" in str(curve[0]) and "0 元" in str(curve[1]) and "2 亿元" in str(curve[2])


def _amount(text: str, after: str) -> float:
    """Read an amount such as −4,000 万元 after a word, in 亿."""
    said = text[text.index(after) + len(after) :]
    number, unit = said.split()[:2]
    value = float(number.replace(",", "").replace("−", "-"))
    return value / 10_000 if unit.startswith("万") else 0.0 if unit.startswith("元") else value


def test_the_supplier_who_bought_land_in_the_south(told: Told) -> None:
    """M103, M104 [002]: a rival saw the rise in 2018, took land in 2019, built beside the plant: local, joint research, joint capacity."""
    ws = told(
        组织=f"{HOUSES}\n{US}\n海岳,客户,,S,手机,华南,,\n吉工,供应商,,,,,,",
        人员="公司,姓名,层级\n海岳,顾川,1\n吉工,梁白,3",
        关系="公司,从,类型,到\n海岳,梁白,覆盖,顾川",
        评估=(
            "公司,评估对象,评估项,分值,依据,日期,供应商\n"
            "海岳,,可成长性,9,2018 年销量翻一番,2026-02-01,\n"
            "海岳,,友商本地化,9,2019 年在南方基地旁拿地建厂,2026-03-01,吉工\n"
            "海岳,,友商研发,8,共创实验室,2026-03-01,吉工\n海岳,,友商产能协同,8,产线按海岳排产,2026-03-01,吉工\n"
            "海岳,,友商本地化,3,只有两人驻厂,2026-03-01,\n海岳,,友商研发,5,,2026-03-01,\n海岳,,友商产能协同,2,,2026-03-01,"
        ),
    )
    with ws:
        found = of(ws, "rivals", "海岳")
        text = str([dict(r) for r in found.rows])
        assert "2019 年在南方基地旁拿地建厂" in text and "共创实验室" in text and "产线按海岳排产" in text
        assert "差 3" in " ".join(f.sentence.zh for f in found.findings)
        growth = str([dict(r) for r in of(ws, "insight", "海岳").rows])
        assert "2018 年销量翻一番" in growth


def test_the_line_rebuilt_in_three_steps(told: Told) -> None:
    """M76, M125, M128 [002]: one line rebuilt in three steps, part of it financed by us, then offered to the whole industry."""
    ws = told(
        组织=f"{HOUSES}\n{US}\n锦川,客户,,A,纺织,华东,,\n云织,客户,,B,纺织,华东,,\n铁塔,客户,,B,机械,华北,,",
        人员="公司,姓名,层级\n锦川,顾川,1\n云织,殷石,1\n铁塔,高塔,1",
        项目=(
            "编号,公司,名称,期限,金额,币种,品类,需求状态,服务的客户目标,回应的需求\n"
            "n1,锦川,产线第一步：换电机,短期,300万,CNY,产线改造,已交付,单耗降一成,\n"
            "n2,锦川,产线第二步：联网,中期,500万,CNY,产线改造,已规划,单耗降一成,\n"
            "n3,锦川,产线第三步：整线自动化,长期,2000万,CNY,产线改造,已发现,无人车间,\n"
            "r1,拓岚,整线改造方案,,,,产线改造,,,产线第二步：联网；产线第三步：整线自动化"
        ),
        数字="公司,指标,日期,数值,币种,品类,供应商\n锦川,销售额,2025,300万,CNY,产线改造,拓岚\n云织,采购额,2025,800万,CNY,产线改造,\n铁塔,采购额,2025,900万,CNY,产线改造,",
        评估="公司,评估对象,评估项,分值,依据,日期,币种\n锦川,,客户收益,120万,单耗降一成,2026-04-01,CNY\n锦川,,我方出资,90万,第一步改造费用,2026-04-01,CNY",
    )
    with ws:
        needs = of(ws, "needs", "锦川")
        assert {
            r["horizon"]["zh"] if isinstance(r["horizon"], dict) else r["horizon"] for r in needs.rows
        } >= {"中期", "长期"}
        pool = all_of(ws, "needs")
        text = " ".join(f.sentence.zh for f in pool.findings)
        # From the point to the surface: those of the industry who buy the same, not the others.
        assert "整线改造方案" in text and "云织" in text and "铁塔" not in text
        value = " ".join(f.sentence.zh for f in of(ws, "value", "锦川").findings)
        assert "120 万元" in value and "90 万元" in value


def test_the_hospital_that_is_a_lighthouse(told: Told) -> None:
    """M14, M49 [000]: little money, much weight of its name: the grade follows the three sides, and others choose more easily."""
    ws = told(
        组织=f"{HOUSES}\n{US}\n协安医院,客户,,B,医疗,华北,,医疗\n仁和医院,客户,,B,医疗,华东,,\n铁塔,客户,,B,机械,华北,,",
        人员="公司,姓名,层级\n协安医院,顾川,1\n仁和医院,殷石,1\n铁塔,高塔,1",
        项目="编号,公司,名称,金额,币种,截止日期\nd1,仁和医院,影像中心,800万,CNY,2027-03-31\nd2,铁塔,产线,500万,CNY,2027-03-31",
        数字="公司,指标,日期,数值,币种,供应商\n协安医院,销售额,2025,50万,CNY,拓岚\n仁和医院,销售额,2025,400万,CNY,拓岚",
        评估=(
            "公司,评估对象,评估项,分值,依据,日期\n协安医院,,财务价值,2,一年 50 万,2026-02-01\n"
            "协安医院,,战略价值,8,,2026-02-01\n协安医院,,品牌价值,10,全国看它,2026-02-01"
        ),
    )
    with ws:
        value = of(ws, "value", "协安医院")
        shines = say(value, "lighthouse")
        assert "仁和医院" in shines and "800 万元" in shines and "铁塔" not in shines
        graded = " ".join(f.sentence.zh for f in of(ws, "scorecard", "协安医院").findings)
        # .5 × 2 + .3 × 8 + .2 × 10 = 5.4: B, by the brand and not by the money.
        assert "5.4" in graded and "B" in graded


def test_the_squeaky_wheel(told: Told) -> None:
    """M33 [004]: nothing is asked of who is worth most and doesn't complain; everything goes to who complains and is worth little."""
    visits = "\n".join(f"吵家,2026-0{1 + n % 9}-1{n % 9},拜访,周明,殷石,投诉" for n in range(9))
    voices = "\n".join(f"吵家,2026-0{1 + n}-05,殷石,周明,投诉,第 {n} 次投诉" for n in range(8))
    ws = told(
        组织=f"{HOUSES}\n{US}\n静家,客户,,A,家电,华东,,\n吵家,客户,,C,家电,华东,,",
        人员="公司,姓名,层级\n拓岚,周明,4\n静家,顾川,1\n吵家,殷石,1",
        数字="公司,指标,日期,数值,币种,供应商\n静家,销售额,2025,9000万,CNY,拓岚\n吵家,销售额,2025,100万,CNY,拓岚",
        往来=f"公司,日期,渠道,我方人员,客户人员,目的\n静家,2026-02-01,拜访,周明,顾川,年会\n{visits}",
        客户声音=f"公司,日期,谁说的,谁听到,类型,原话\n{voices}",
    )
    with ws:
        found = all_of(ws, "effort")
        rows = {r["name"]["zh"]: r for r in found.rows}
        assert rows["吵家"]["verdict"]["zh"] == "投入偏多" and rows["静家"]["verdict"]["zh"] == "投入偏少"
        assert rows["吵家"]["voice_share"] == 100
        assert "声音也多" in " ".join(f.sentence.zh for f in found.findings)


def test_the_county_that_grew_by_half(told: Told) -> None:
    """M22 [001]: growth of 50 % hid the mix: remote regions, low tiers, contacts at county level; a group is a tree, summed once."""
    ws = told(
        组织=(
            f"{HOUSES}\n{US}\n电联集团,客户,,S,电信,全国,,\n电联江省,客户,,,电信,华东,电联集团,\n电联青市,客户,,,电信,西北,电联江省,\n"
            "电联石县,客户,,,电信,西北,电联青市,"
        ),
        人员="公司,姓名,职务,层级\n拓岚,周明,销售,4\n拓岚,李亭,销售,4\n电联集团,顾川,董事长,1\n电联石县,殷石,局长,4\n电联青市,高塔,市局局长,3",
        关系="公司,从,类型,到\n电联石县,周明,覆盖,殷石\n电联青市,李亭,覆盖,高塔",
        数字=(
            "公司,指标,日期,数值,币种,供应商\n电联石县,销售额,2024,1000万,CNY,拓岚\n电联石县,销售额,2025,1500万,CNY,拓岚\n"
            "电联青市,销售额,2025,500万,CNY,拓岚\n电联集团,采购额,2025,10亿,CNY,\n电联石县,采购额,2025,2000万,CNY,"
        ),
    )
    with ws, ws.records() as records:
        from powermap.analysis.group_tree import group

        found = group(records, ws.account("电联集团").id, DAY, ws.pack)
        rows = {r["name"]["zh"].strip(): r for r in found.rows}
        assert [rows[n]["depth"] for n in ("电联集团", "电联江省", "电联青市", "电联石县")] == [0, 1, 2, 3]
        # 1,500 + 500, once each, though every level above holds them.
        assert [r["amounts"]["revenue"] for r in rows.values()] == [2e7, 2e7, 2e7, 1.5e7]
        # Three quarters of what the county buys, and nothing of what the group does: the top is out of reach.
        assert rows["电联石县"]["amounts"]["share"] == 0.75 > 10 * rows["电联集团"]["amounts"]["share"]
        assert rows["电联石县"]["altitude"]["en"].startswith("level 4")
        assert rows["电联集团"]["coverage"] == "2 / 3"


def test_six_customers_a_week_for_each_of_the_triangle(told: Told) -> None:
    """M16 [001]: customers, not visits: five visits to one are one; below six is red."""
    visits = [f"小客{n},2026-09-2{n % 5 + 1},拜访,周明,人{n},走访" for n in range(6)]
    ws = told(
        组织=f"{HOUSES}\n{US}\n" + "\n".join(f"小客{n},客户,,C,家电,华东,," for n in range(7)),
        人员="公司,姓名,层级\n拓岚,周明,4\n拓岚,李亭,4\n" + "\n".join(f"小客{n},人{n},1" for n in range(7)),
        关系="公司,从,类型,到\n"
        + "\n".join(f"小客{n},{'周明' if n < 6 else '李亭'},覆盖,人{n}" for n in range(7)),
        往来="公司,日期,渠道,我方人员,客户人员,目的\n"
        + "\n".join([*visits, *(f"小客6,2026-09-2{n + 1},拜访,李亭,人6,走访" for n in range(5))]),
    )
    with ws:
        found = all_of(ws, "duty")
        assert "不足 6 个" in " ".join(f.sentence.zh for f in found.findings)
        weeks = {r["name"]["zh"]: dict(r["weeks"])["W39"] for r in found.rows}
        assert weeks == {"周明": 6, "李亭": 1}


@pytest.mark.parametrize(("level", "moves", "alarm"), [(2, True, True), (2, False, False), (3, True, False)])
def test_four_bonds_and_what_each_risks(told: Told, level: int, moves: bool, alarm: bool) -> None:
    """M32 [004]: at level 2 everything is at risk when their managers change; at 3 friends can be replaced."""
    left = "2026-09-01" if moves else ""
    ws = told(
        组织=f"{HOUSES}\n{US}\n望川,客户,,A,手机,华南,,",
        人员=f"公司,姓名,职务,层级,结束日期\n拓岚,周明,销售,4,\n望川,顾川,董事长,1,\n望川,韩力,采购总监,2,{left}",
        关系="公司,从,类型,到\n望川,周明,覆盖,韩力\n望川,周明,覆盖,顾川",
        评估=f"公司,评估对象,评估项,分值,依据,日期\n望川,,合作深度,{level},凭我方的做法,2026-03-01",
    )
    with ws:
        found = of(ws, "value", "望川")
        text = " ".join(f.sentence.zh for f in found.findings)
        assert ("又有人员变动" in text) is alarm
        assert {2: "衣食父母", 3: "合作共赢"}[level] in text
