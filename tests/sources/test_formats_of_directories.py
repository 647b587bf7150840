"""Directories of DingTalk, WeCom and Feishu, and charts of Visio and HR: their heads of departments give the lines."""

from __future__ import annotations

from pathlib import Path

from exported import csv, jobs, left, lines, read, rows, stored


def test_dingtalk(tmp_path: Path) -> None:
    """Members report to the head of their department, heads to the one above; a second department counts too."""
    path = csv(
        tmp_path,
        "通讯录.csv",
        "员工UserID|部门|职位|姓名|性别|工号|是否此部门主管(是/否)|手机号|邮箱|分机号|办公地点|备注",
        "u1|总经办|总经理|石安|女|001|是|555 1|an@x.example||上海|",
        "u2|研发部|研发总监|林海|男|002|是|555 2|||上海|老同事",
        "u3|研发部-平台组|组长|周宁|男|003|是|555 3|||上海|",
        "u4|研发部-平台组|工程师|吴桐|女|004|否|555 4|||上海|",
        "u5|研发部-应用组|工程师|郑一|女|005|否|555 5|||上海|",
        "u6|研发部-平台组,研发部|架构师|王二|男|006|否,否|555 6|||上海|",
        encoding="gb18030",
    )
    reading = read(path)
    assert rows(reading)[1] == {
        "id": "u2", "name": "林海", "department": "研发部", "title": "研发总监", "phone": "555 2", "note": "老同事",
    }  # fmt: skip
    assert lines(stored(path)) == {("周宁", "林海"), ("吴桐", "周宁"), ("郑一", "林海"), ("王二", "周宁")}
    assert left(reading)["cells of columns that aren't read"] == 12, "sex and place"
    assert any("4 reporting lines by heads of departments" in en for _, en in reading.notes)


def test_wecom(tmp_path: Path) -> None:
    """The first step of every path is the company; a boss who is written goes before the head."""
    path = csv(
        tmp_path,
        "成员.csv",
        "姓名|帐号|别名|职务|部门|性别|手机|座机|企业邮箱|直属上级|部门负责人|禁用项",
        "石安|an|Ann|总经理|明灯照明有限公司|女|555 1||an@x.example||是|",
        "林海|lin||研发总监|明灯照明有限公司/研发部|男|555 2||lin@x.example||是|",
        "周宁|zhou||工程师|明灯照明有限公司/研发部/平台组|男|555 3||||否|",
        "吴桐|wu||助理|明灯照明有限公司/研发部|女|555 4|||石安|否|",
        "郑一|zheng||顾问|明灯照明有限公司/研发部|女|555 5|||不在册|否|",
    )
    reading = read(path)
    assert rows(reading)[2] == {
        "id": "zhou", "name": "周宁", "title": "工程师", "company": "明灯照明有限公司", "department": "研发部/平台组",
        "boss": "lin", "phone": "555 3",
    }  # fmt: skip
    store = stored(path)
    assert {house for _, house in jobs(store)} == {"明灯照明有限公司"}
    assert lines(store) == {("林海", "石安"), ("周宁", "林海"), ("吴桐", "石安"), ("郑一", "林海")}
    assert left(reading)["bosses who aren't in the directory"] == 1


def test_feishu(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "feishu.csv",
        "姓名|用户 ID|手机号码|工作邮箱|部门|直属上级|职务|工号|人员类型|入职日期|工作城市",
        "石安|f1|555 1|an@x.example|总部||总经理|1|正式|2020-01-02|上海",
        "林海|f2|555 2|lin@x.example|总部/研发部|石安|研发总监|2|正式|2021-01-02|上海",
    )
    reading = read(path)
    first, second = rows(reading)
    assert (first["id"], first["since"].isoformat(), first["phone"]) == ("f1", "2020-01-02", "555 1")
    assert (second["boss"], second["department"], second["email"]) == ("石安", "总部/研发部", "lin@x.example")
    assert lines(stored(path)) == {("林海", "石安")}


def test_two_heads_and_a_department_without_one(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "x.csv",
        "UserID|部门|姓名|职位|是否此部门主管",
        "u1|公司|石安|总经理|是",
        "u2|公司/销售部|林海|总监|是",
        "u3|公司/销售部|周宁|总监|是",
        "u4|公司/销售部/华东/上海|吴桐|销售|否",
        "u5||郑一|顾问|否",
        "u6|别处|王二|顾问|否",
    )
    csv(tmp_path, "y.csv", "员工UserID|部门|姓名|是否此部门主管(是/否)", "v1|别的部|何三|否")
    store = stored(path)
    assert lines(store) == {("林海", "石安"), ("周宁", "石安"), ("吴桐", "林海")}
    assert lines(stored(tmp_path / "y.csv")) == set(), "nobody heads it"


def test_visio_and_hr(tmp_path: Path) -> None:
    visio = csv(
        tmp_path,
        "chart.csv",
        "Unique_ID|Name|Title|Reports_To|Master_Shape|Department|E-mail|Telephone",
        "ID1|Ada Stone|CEO||0|Board|ada@mueller.example|555 1",
        "ID2|Ben Reed|CFO|ID1|2|Finance||",
    )
    reading = read(visio)
    assert rows(reading)[0] == {
        "id": "ID1", "name": "Ada Stone", "title": "CEO", "department": "Board", "email": "ada@mueller.example",
        "phone": "555 1",
    }  # fmt: skip
    assert lines(stored(visio)) == {("Ben Reed", "Ada Stone")}
    people = csv(
        tmp_path,
        "hr.csv",
        "Employee #|First Name|Last Name|Job Title|Department|Division|Reporting to|Work Email|Hire Date",
        "1|Ada|Stone|CEO|Board|||ada@mueller.example|2020-01-02",
        "2|Ben|Reed|CFO|Finance||Ada Stone||2021-01-02",
    )
    assert lines(stored(people)) == {("Ben Reed", "Ada Stone")}
    assert rows(read(people))[0]["since"].isoformat() == "2020-01-02"
