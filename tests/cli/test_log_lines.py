"""Lines as people really write them, on the demo's store: what is understood of each, and where a part is not (✗)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from powermap.demo import files
from powermap.editing.jotting import Jotting, take_apart
from powermap.editing.naming import Register
from powermap.editing.occasion import Occasion
from powermap.errors import AnalysisError
from powermap.method import load_pack
from powermap.sources.vocabulary import Vocabulary
from powermap.workspace import open_workspace

FRIDAY = date(2026, 11, 27)
Read = Callable[[str], Jotting]

CHINESE = [
    ('11-18 拜访 望川 江涛、韩总：叶菜破损3次 #痛点；下周五前给方案', '2026-11-18 formal_visit 江涛、韩立群 | : 叶菜破损3次 (complaint pain) | → 给方案 2026-11-27'),
    ('昨天 拜访 望川 江涛：3月15日开标', '2026-11-26 formal_visit 江涛 | · 3月15日开标 2027-03-15'),
    ('昨天 拜访 望川 江涛：要我们下周三前降价', '2026-11-26 formal_visit 江涛 | · 要我们下周三前降价 2026-12-02'),
    ('昨天 拜访 望川 江涛：月底前不能给答复', '2026-11-26 formal_visit 江涛 | · 月底前不能给答复 2026-11-30'),
    ('昨天 拜访 望川 江涛：客户说下月5号开会', '2026-11-26 formal_visit 江涛 | · 客户说下月5号开会 2026-12-05'),
    ('昨天 拜访 望川 江涛：12月底前送样品', '2026-11-26 formal_visit 江涛 | → 送样品 2026-12-31'),
    ('昨天 拜访 望川 江涛：年底前安排顾总来访；春节前给答复', '2026-11-26 formal_visit 江涛 | → 安排顾总来访 2026-12-31 | · 春节前给答复 | ✗'),
    ('昨天 拜访 望川 江涛：11-18给PPT', '2026-11-26 formal_visit 江涛 | → 给PPT 2027-11-18 | ✗'),
    ('昨天拜访望川江涛，谈了价格，12月3日前送参数表', '2026-11-26 formal_visit 江涛 | → 送参数表 2026-12-03 | · 谈了价格'),
    ('今天和韩立群、江涛、魏东开会，预算批了1200万，12月3日前送参数表', '2026-11-27 business_exchange 韩立群、江涛、魏东 | → 送参数表 2026-12-03 | · 预算批了1200万'),
    ('与望川韩立群、江涛吃饭，想去海南看看；12月3日前安排', '2026-11-27 banquet 韩立群、江涛 | → 安排（想去海南看看） 2026-12-03 | · 想去海南看看'),
    ('昨天 拜访 望川 严书记、曹主任：同意扩产', '2026-11-26 formal_visit 严国安、曹正 | · 同意扩产'),
    ('昨天 电话 望川 江涛：问交期', '2026-11-26 call 江涛 | · 问交期'),
    ('昨天 宴请 望川 严国安', '2026-11-26 banquet 严国安'),
    ('昨天 拜访 望川 江涛：百澜降价10% #竞品', '2026-11-26 formal_visit 江涛 | : 百澜降价10% (about_rival)'),
    ('昨天 拜访 望川 江涛：百澜降价10% #竟品情报', '2026-11-26 formal_visit 江涛 | · 百澜降价10% #竟品情报 | ✗'),
    ('昨天 拜访 望川 江涛说价格太高 #痛点，魏东说温升好 #表扬', '2026-11-26 formal_visit 江涛、魏东 | 江涛: 价格太高 (complaint pain) | 魏东: 温升好 (praise)'),
    ('昨天 拜访 望川 江涛：价格太高 #痛点 魏东：温升好 #表扬', '2026-11-26 formal_visit 江涛、魏东 | : 价格太高 (complaint pain) | 魏东: 温升好 (praise)'),
    ('昨天 拜访 望川 zhang wei：谈价格', '2026-11-26 formal_visit | · zhang wei | · 谈价格 | ✗'),
    ('昨天 拜访 望川 jiang tao、hanliqun：谈价格', '2026-11-26 formal_visit 江涛、韩立群 | · 谈价格'),
    ('昨天下午跟望川的韩总和江涛在总部开会，韩总说价格还要降5% #需求，我们答应下周三前给新报价', '2026-11-26 business_exchange 韩立群、江涛 | 韩立群: 价格还要降5% (request) | → 给新报价 2026-12-02'),
    ('刚刚和江涛通了电话，他说车载项目明年重新招标 #线索', '2026-11-27 call 江涛 | : 他说车载项目明年重新招标 (hint)'),
    ('上周五和韩立群吃饭，聊了框架的事，承诺12月15日前提交年度方案', '2026-11-20 banquet 韩立群 | → 提交年度方案 2026-12-15 | · 聊了框架的事'),
    ('昨天见了江涛说价格太高下周三前给方案', '2026-11-26 江涛 | · 江涛说价格太高下周三前给方案 2026-12-02'),
    ('昨天 拜访 望川 江涛：答应给折扣', '2026-11-26 formal_visit 江涛 | → 给折扣 None'),
    ('昨天 拜访 望川 江涛：李婷周五前送样品；钱峰12月8日前提供整改报告', '2026-11-26 formal_visit 江涛 | → 送样品 2026-11-27 李婷 | → 提供整改报告 2026-12-08 钱峰'),
    ('昨天 拜访 望川 江涛：方案下周五前给李总', '2026-11-26 formal_visit 江涛 | → 方案给李总 2026-12-04'),
    ('昨天 拜访 望川 江涛：参数表12月3日前送到', '2026-11-26 formal_visit 江涛 | → 参数表送到 2026-12-03'),
    ('昨天 拜访 望川 江涛：下周给报价，两周内安排测试，季度末前完成整改', '2026-11-26 formal_visit 江涛 | → 给报价 2026-12-06 | → 安排测试 2026-12-10 | → 完成整改 2026-12-31'),
    ('昨天 拜访 望川 江涛：3天内回复；本周内发合同', '2026-11-26 formal_visit 江涛 | → 回复 2026-11-29 | → 发合同 2026-11-29'),
    ('11.18 拜访 望川 江涛：价格', '2026-11-18 formal_visit 江涛 | · 价格'),
    ('11月18号上午10点 拜访 望川手机 江涛 秦朗：新机型需求', '2026-11-18 formal_visit 江涛、秦朗 | · 新机型需求'),
    ('26/11 拜访 望川 江涛：价格', '2026-11-26 formal_visit 江涛 | · 价格'),
    ('3/5 拜访 望川 江涛：价格', '2026-11-27 formal_visit 江涛 | · 3/5 | · 价格 | ✗'),
    ('1-5 拜访 望川 江涛：价格', '2026-01-05 formal_visit 江涛 | · 价格 | ✗'),
    ('昨天 拜访 望川 孙悟空：价格', '2026-11-26 formal_visit | · 孙悟空 | · 价格 | ✗'),
    ('昨天 拜访 望川 孙悟空、江涛 价格高', '2026-11-26 formal_visit 江涛 | · 孙悟空 | · 价格高 | ✗'),
    ('昨天拜访了青禾家电的倪总、柯敏，他们希望12月10日前看到样品', '2026-11-26 formal_visit 倪虹、柯敏 | · 他们希望12月10日前看到样品 2026-12-10'),
    ('昨天 和柯敏 开会：供应计划', '2026-11-26 business_exchange 柯敏 | · 供应计划'),
    ('昨天 拜访 江涛 何平', '2026-11-26 formal_visit 江涛、何平'),
    ('我和李婷昨天拜访望川江涛，质量问题已解决', '2026-11-26 formal_visit 江涛 +李婷 | · 质量问题已解决'),
    ('望川 江涛：价格', '2026-11-27 江涛 | · 价格'),
    ('昨天 拜访 望川 江涛，叶知秋；他们要12月20日前供货 #需求', '2026-11-26 formal_visit 江涛、叶知秋 | : 他们要12月20日前供货 (request)'),
    ('昨天 拜访 望川 白露：送礼品一份', '2026-11-26 formal_visit 白露 | · 送礼品一份'),
    ('昨天在望川开会，参加的有韩立群、江涛、魏东，讨论了氮化镓方案', '2026-11-26 business_exchange 韩立群、江涛、魏东 | · 讨论了氮化镓方案'),
    ('昨天 微信 望川 秦朗：样品收到了', '2026-11-26 mail 秦朗 | · 样品收到了'),
    ('昨天 拜访 望川 老韩、小江：没说什么', '2026-11-26 formal_visit 韩立群、江涛 | · 没说什么'),
    ('昨天 拜访 望川 江涛：方案下周五前给江涛', '2026-11-26 formal_visit 江涛 | → 方案给江涛 2026-12-04'),
    ('昨天和望川的魏工、卢主任 技术交流，他们提出温升要低3度 #需求，我方12月10日前提供测试报告', '2026-11-26 technical_exchange 魏东、卢克勤 | : 他们提出温升要低3度 (request) | → 提供测试报告 2026-12-10'),
    ('周三去望川拜访了顾总，白露也在；顾总说看好车载 #线索；请我们元旦前去汇报', '2026-11-25 formal_visit 顾长川、白露 | 顾长川: 看好车载 (hint) | · 请我们元旦前去汇报 2027-01-01'),
    ('昨天 拜访 望川 江涛：对账要改双周 #需求，李婷月底前落实', '2026-11-26 formal_visit 江涛 | : 对账要改双周 (request) | → 落实（对账要改双周） 2026-11-30 李婷'),
    ('昨天 拜访 望川 江涛、何平：质量问题还没解决 #投诉；答应12月15日前给8D报告，年底前完成整改', '2026-11-26 formal_visit 江涛、何平 | : 质量问题还没解决 (complaint) | → 给8D报告 2026-12-15 | → 完成整改（质量问题还没解决） 2026-12-31'),
    ('今早电话望川秦朗，样品5天内到，下周二前送两款样品', '2026-11-27 call 秦朗 | → 送两款样品 2026-12-01 | · 样品5天内到 2026-12-02'),
    ('11月20日 望川 高振来访，参观产线，抱怨交期 #痛点', '2026-11-20 company_visit 高振 | : 参观产线，抱怨交期 (complaint pain)'),
    ('昨天 拜访 望川 高振 抱怨交期太长 #痛点 下周一前回复排产计划', '2026-11-26 formal_visit 高振 | 高振: 抱怨交期太长 (complaint pain) | → 回复排产计划 2026-11-30'),
    ('望川 韩立群 电话 价格没谈拢', '2026-11-27 call 韩立群 | · 价格没谈拢'),
    ('昨天跟韩立群吃饭花了800，他说百澜在送样 #竞品', '2026-11-26 banquet 韩立群 | : 花了800，他说百澜在送样 (about_rival)'),
    ('昨天 拜访 望川 邓世安：希望账期再延30天 #需求；月初给答复', '2026-11-26 formal_visit 邓世安 | : 希望账期再延30天 (request) | · 月初给答复 | ✗'),
    ('昨天 拜访 望川 邓世安：3月份开董事会；两会后再谈', '2026-11-26 formal_visit 邓世安 | · 3月份开董事会 | · 两会后再谈'),
    ('昨天 拜访 望川 邓世安：下次评审前给成本分析', '2026-11-26 formal_visit 邓世安 | · 下次评审前给成本分析 | ✗'),
    ('昨天 拜访 望川 丁海：12月5日技术交流', '2026-11-26 formal_visit 丁海 | · 12月5日技术交流 2026-12-05'),
    ('昨天 拜访 望川 丁海：合同已发，发票下周开', '2026-11-26 formal_visit 丁海 | · 合同已发，发票下周开'),
    ('昨天 拜访 望川 丁海：给不了这个价，不能12月底前交货', '2026-11-26 formal_visit 丁海 | · 给不了这个价，不能12月底前交货 2026-12-31'),
    ('昨天 拜访 望川 丁海：客户要求12月20日前全部到货', '2026-11-26 formal_visit 丁海 | · 客户要求12月20日前全部到货 2026-12-20'),
    ('昨天 拜访 望川 丁海：一周内组织高层互访', '2026-11-26 formal_visit 丁海 | → 组织高层互访 2026-12-03'),
    ('昨天 拜访 望川 丁海：他们答应月底前付款', '2026-11-26 formal_visit 丁海 | · 他们答应月底前付款 2026-11-30'),
    ('昨天 拜访 望川 丁海：丁总答应月底前付款', '2026-11-26 formal_visit 丁海 | · 丁总答应月底前付款 2026-11-30'),
    ('昨天 拜访 望川 丁海：向丁总承诺12月底前供货5000只', '2026-11-26 formal_visit 丁海 | → 供货5000只 2026-12-31'),
    ('昨天 拜访 望川 丁海：没答应降价', '2026-11-26 formal_visit 丁海 | · 没答应降价'),
    ('昨天 拜访 望川 丁海：我们没答应12月底前降价', '2026-11-26 formal_visit 丁海 | · 我们没答应12月底前降价 2026-12-31'),
    ('昨天 拜访 望川 丁海：再约12月8日，把样品带过去', '2026-11-26 formal_visit 丁海 | · 再约12月8日，把样品带过去 2026-12-08'),
    ('昨天 拜访 望川 丁海：12月8日把样品带过去', '2026-11-26 formal_visit 丁海 | → 把样品带过去 2026-12-08'),
    ('拜访望川丁海和万里。谈了计划。下下周三前给预测。', '2026-11-27 formal_visit 丁海、万里 | → 给预测 2026-12-09 | · 谈了计划'),
    ('拜访望川丁海 和 万里 谈了计划', '2026-11-27 formal_visit 丁海、万里 | · 谈了计划'),
    ('昨天 拜访 望川 丁海:价格,交期,质量都谈了;下周五前发纪要', '2026-11-26 formal_visit 丁海 | → 发纪要 2026-12-04 | · 价格,交期,质量都谈了'),
    ('昨天 拜访 望川 丁海：2-3次破损，1月2次停线', '2026-11-26 formal_visit 丁海 | · 2-3次破损，1月2次停线'),
    ('昨天 拜访 望川 丁海：二号楼验收，10号线试产', '2026-11-26 formal_visit 丁海 | · 二号楼验收，10号线试产'),
    ('昨天 拜访 望川 丁海：安排12月3日前', '2026-11-26 formal_visit 丁海 | → 安排 2026-12-03 | ✗'),
    ('昨天 拜访 望川 丁海：下周给答复，下月换仓库', '2026-11-26 formal_visit 丁海 | → 给答复 2026-12-06 | · 下月换仓库'),
    ('昨天 送礼 望川 白露', '2026-11-26 gift 白露'),
    ('前天 高访 望川 顾长川 郑国栋：扩大合作', '2026-11-25 executive_visit 顾长川 +郑国栋 | · 扩大合作'),
    ('郑国栋、周明轩 昨天 拜访 望川 顾长川：扩大合作', '2026-11-26 formal_visit 顾长川 +郑国栋、周明轩 | · 扩大合作'),
    ('昨天 拜访 望川 姜涛：价格', '2026-11-26 formal_visit | · 姜涛 | · 价格 | ✗'),
    ('昨天 拜访 望川 江陶：价格', '2026-11-26 formal_visit | · 江陶 | · 价格 | ✗'),
    ('昨天 拜访 望川 采购总监：价格', '2026-11-26 formal_visit | · 采购总监 | · 价格 | ✗'),
    ('11月18日跟望川的顾长川、沈砚、罗启明在高层峰会上见面，顾总说明年要两家供货 #线索', '2026-11-18 summit 顾长川、沈砚、罗启明 | 顾长川: 明年要两家供货 (hint)'),
    ('今天上午去望川见了采购的江涛和唐果，月度订单确认了，下月5号前给预测', '2026-11-27 江涛、唐果 | → 给预测 2026-12-05 | · 月度订单确认了'),
    ('昨晚请望川韩立群吃饭，他抱怨账期 #投诉，我答应这周五前回复', '2026-11-26 banquet 韩立群 | : 他抱怨账期 (complaint) | → 回复（他抱怨账期） 2026-11-27'),
    ('和江涛电话，价格还在等，先不报价', '2026-11-27 call 江涛 | · 价格还在等，先不报价'),
    ('昨天 拜访 望川 江涛：他让我们12月10日前把样品送过去', '2026-11-26 formal_visit 江涛 | · 他让我们12月10日前把样品送过去 2026-12-10'),
    ('昨天 拜访 望川 江涛：12月10日前，送样品', '2026-11-26 formal_visit 江涛 | → 送样品 2026-12-10'),
    ('昨天 拜访 望川 江涛：送样品，12月10日前', '2026-11-26 formal_visit 江涛 | → 送样品 2026-12-10'),
    ('昨天 拜访 望川 江涛：12月10日前送样品，12月20日前给测试报告，月底前签合同', '2026-11-26 formal_visit 江涛 | → 送样品 2026-12-10 | → 给测试报告 2026-12-20 | · 月底前签合同 2026-11-30'),
    ('昨天 拜访 望川 江涛：目前还没定，之前谈过，提前沟通', '2026-11-26 formal_visit 江涛 | · 目前还没定，之前谈过，提前沟通'),
    ('昨天 拜访 望川 江涛：三年前换过供应商', '2026-11-26 formal_visit 江涛 | · 三年前换过供应商 2023-11-26'),
    ('昨天 拜访 望川 江涛：百澜12月5日前交样品', '2026-11-26 formal_visit 江涛 | · 百澜12月5日前交样品 2026-12-05'),
    ('昨天 拜访 望川 大家都在：价格', '2026-11-26 formal_visit | · 大家都在 | · 价格 | ✗'),
    ('昨天 拜访 望川 阿涛：价格', '2026-11-26 formal_visit 江涛 | · 价格'),
    ('前天和青禾石峰、葛亮、童欣开会，下周末前给方案；本月底前派人上门', '2026-11-25 business_exchange 石峰、葛亮、童欣 | → 给方案 2026-12-06 | → 派人上门 2026-11-30'),
    ('周一电话远帆易帆：不续约了 #投诉', '2026-11-23 call 易帆 | : 不续约了 (complaint)'),
    ('昨天 拜访 望川 江涛：我们12月3日前降价2%', '2026-11-26 formal_visit 江涛 | → 降价2% 2026-12-03'),
    ('昨天 拜访 望川 江涛：12月3日我们发货', '2026-11-26 formal_visit 江涛 | → 发货 2026-12-03'),
    ('昨天 拜访 望川 江涛：准备12月3日前给方案', '2026-11-26 formal_visit 江涛 | → 准备给方案 2026-12-03'),
    ('昨天 拜访 望川 江涛：12月3日前准备方案', '2026-11-26 formal_visit 江涛 | → 准备方案 2026-12-03'),
    ('昨天 拜访 望川 江涛：希望我们年底前降价 #需求', '2026-11-26 formal_visit 江涛 | : 希望我们年底前降价 (request)'),
    ('11-18：拜访望川江涛，价格太高 #痛点', '2026-11-18 formal_visit 江涛 | : 价格太高 (complaint pain)'),
    ('昨天 拜访 望川 江涛：采购部12月5日前回复', '2026-11-26 formal_visit 江涛 | · 采购部12月5日前回复 2026-12-05'),
    ('昨天 拜访 望川 江涛：价格太高下周三前给方案', '2026-11-26 formal_visit 江涛 | · 价格太高下周三前给方案 2026-12-02'),
    ('今天下午三点和望川韩总江涛在他们公司开会韩总说今年预算砍了百分之十我们答应下周五之前重新报价', '2026-11-27 business_exchange 韩立群、江涛 | → 重新报价 2026-12-04 | · 韩总说今年预算砍了百分之十'),
    ('昨天上午拜访望川手机采购部江涛经理沟通月度订单对方要求交期缩短到两周我方承诺十二月十号之前答复', '2026-11-26 formal_visit 江涛 | → 答复（沟通月度订单对方要求交期缩短到两周） 2026-12-10 | · 沟通月度订单对方要求交期缩短到两周'),
    ('11月25日，望川，魏东，技术交流，温升数据不理想 #痛点，两周内提供新方案', '2026-11-25 technical_exchange 魏东 | : 温升数据不理想 (complaint pain) | → 提供新方案 2026-12-09'),
    ('11/25 望川 魏东 技术交流：温升数据不理想', '2026-11-25 technical_exchange 魏东 | · 温升数据不理想'),
    ('2026.11.25 拜访望川魏东：温升数据不理想', '2026-11-25 formal_visit 魏东 | · 温升数据不理想'),
    ('20261125 拜访望川魏东：温升数据不理想', '2026-11-25 formal_visit 魏东 | · 温升数据不理想'),
    ('上周三去望川开会 见了韩立群 江涛 没见到顾总', '2026-11-18 business_exchange 韩立群、江涛 | · 没见到顾总'),
    ('昨天在望川遇到沈砚，聊了两句，他很看好我们', '2026-11-26 沈砚 | · 聊了两句，他很看好我们'),
    ('望川 谢临 昨天来我们公司参观，陪同郑总，他对产线满意 #表扬', '2026-11-26 company_visit 谢临 +郑国栋 | : 他对产线满意 (praise)'),
    ('昨天 拜访 望川 韩立群：1、价格降5% #需求；2、账期延到90天 #需求；3、12月8日前给答复', '2026-11-26 formal_visit 韩立群 | : 价格降5% (request) | : 账期延到90天 (request) | → 给答复 2026-12-08'),
    ('昨天 拜访 望川 韩立群：价格（含税）太高 #痛点', '2026-11-26 formal_visit 韩立群 | : 价格（含税）太高 (complaint pain)'),
    ('昨天拜访望川，韩立群、江涛都说百澜12月中要送样 #友商', '2026-11-26 formal_visit 韩立群、江涛 | : 都说百澜12月中要送样 (about_rival)'),
    ('微信江涛：样品12月1日到，到了通知我', '2026-11-27 mail 江涛 | · 样品12月1日到，到了通知我 2026-12-01'),
    ('江涛来电：车载项目明年3月15日开标，标书12月20日前交', '2026-11-27 call 江涛 | → 标书交 2026-12-20 | · 车载项目明年3月15日开标 2027-03-15'),
    ('昨天请韩立群、江涛吃饭，送了两盒茶叶', '2026-11-26 banquet 韩立群、江涛 | · 送了两盒茶叶'),
    ('昨天跟望川韩立群打高尔夫', '2026-11-26 entertainment 韩立群'),
    ('昨天拜访望川江涛。他说：价格太高 #痛点。我说：下周三前给新报价。', '2026-11-26 formal_visit 江涛 | : 他说：价格太高 (complaint pain) | → 给新报价 2026-12-02'),
    ('昨天拜访望川江涛，他问我们能不能12月15日前交货，我说要回去确认', '2026-11-26 formal_visit 江涛 | · 他问我们能不能12月15日前交货，我说要回去确认 2026-12-15'),
    ('昨天拜访望川江涛：能否12月15日前交货？待确认', '2026-11-26 formal_visit 江涛 | · 能否12月15日前交货 2026-12-15 | · 待确认'),
    ('昨天拜访望川江涛：孙悦负责12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05 孙悦'),
    ('昨天拜访望川江涛：由孙悦12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05 孙悦'),
    ('昨天拜访望川江涛：@孙悦 12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05 孙悦'),
    ('昨天拜访望川江涛：（承诺）12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05'),
    ('昨天拜访望川江涛：承诺：12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05'),
    ('昨天拜访望川江涛：下一步：12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05'),
    ('昨天拜访望川江涛：待办 12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05'),
    ('昨天拜访望川江涛：我们要在12月5日前给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05'),
    ('昨天拜访望川江涛：最晚12月5日给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05'),
    ('昨天拜访望川江涛：12月5日之前务必给温升数据', '2026-11-26 formal_visit 江涛 | → 给温升数据 2026-12-05'),
    ('昨天拜访望川江涛：温升数据12月5日前给他', '2026-11-26 formal_visit 江涛 | → 温升数据给他 2026-12-05'),
    ('昨天拜访望川江涛：给江涛的报价12月5日到期', '2026-11-26 formal_visit 江涛 | · 给江涛的报价12月5日到期 2026-12-05'),
    ('昨天拜访望川江涛：发票12月5日前开好', '2026-11-26 formal_visit 江涛 | · 发票12月5日前开好 2026-12-05'),
    ('昨天拜访望川江涛：样品12月5日寄出', '2026-11-26 formal_visit 江涛 | → 样品寄出 2026-12-05'),
    ('昨天拜访望川江涛：交付12月5日开始', '2026-11-26 formal_visit 江涛 | · 交付12月5日开始 2026-12-05'),
    ('昨天拜访望川江涛：送样12月5日通过了', '2026-11-26 formal_visit 江涛 | · 送样12月5日通过了 2026-12-05'),
    ('昨天拜访望川江涛：明天回电话', '2026-11-26 formal_visit 江涛 | → 回电话 2026-11-27'),
    ('昨天拜访望川江涛：今天发了邮件，明天发样品', '2026-11-26 formal_visit 江涛 | → 发样品 2026-11-27 | · 今天发了邮件 2026-11-26'),
    ('昨天拜访望川江涛：安排顾总12月5日来访', '2026-11-26 formal_visit 江涛 | → 安排顾总来访 2026-12-05'),
    ('昨天拜访望川江涛：韩总要来参观，12月10日前安排好', '2026-11-26 formal_visit 江涛 | → 安排好（韩总要来参观） 2026-12-10 | · 韩总要来参观'),
    ('昨天拜访望川江涛：我答应韩总周五去看他', '2026-11-26 formal_visit 江涛 | → 去看他 2026-11-27'),
    ('昨天拜访望川江涛：答应了周五前给', '2026-11-26 formal_visit 江涛 | → 给 2026-11-27 | ✗'),
    ('昨天拜访望川江涛：他答应我周五前给招标文件', '2026-11-26 formal_visit 江涛 | · 他答应我周五前给招标文件 2026-11-27'),
    ('昨天拜访望川江涛：江涛保证年底前定点', '2026-11-26 formal_visit 江涛 | · 江涛保证年底前定点 2026-12-31'),
    ('昨天拜访望川江涛：我们保证不了12月交货', '2026-11-26 formal_visit 江涛 | · 我们保证不了12月交货'),
    ('昨天拜访望川江涛：不保证12月底前交货', '2026-11-26 formal_visit 江涛 | · 不保证12月底前交货 2026-12-31'),
    ('昨天拜访望川江涛，韩立群没来', '2026-11-26 formal_visit 江涛 | · 韩立群没来'),
    ('昨天拜访望川江涛，韩立群也在，谈了价格', '2026-11-26 formal_visit 江涛、韩立群 | · 也在，谈了价格'),
    ('昨天跟韩立群和魏东一起吃的饭，聊了框架', '2026-11-26 banquet 韩立群、魏东 | · 聊了框架'),
    ('昨天在机场碰到望川的沈砚', '2026-11-26 沈砚 | · 机场碰到 | ✗'),
    ('今天视频会议 望川 魏东、卢克勤：温升', '2026-11-27 business_exchange 魏东、卢克勤 | · 温升'),
    ('今天和望川的人开会', '2026-11-27 business_exchange | · 人 | ✗'),
    ('望川江涛昨天说12月3日前要样品', '2026-11-26 江涛 | · 江涛说12月3日前要样品 2026-12-03'),
    ('望川江涛昨天电话说样品不合格 #投诉', '2026-11-26 call 江涛 | 江涛: 样品不合格 (complaint)'),
    ('11-18拜访望川江涛：叶菜破损3次#痛点；下周五前给方案', '2026-11-18 formal_visit 江涛 | : 叶菜破损3次 (complaint pain) | → 给方案 2026-11-27'),
    ('昨天 拜访 望川 江涛: 价格太高 # 痛点', '2026-11-26 formal_visit 江涛 | : 价格太高 (complaint pain)'),
    ('拜访 望川 江涛', '2026-11-27 formal_visit 江涛'),
    ('11-18 拜访 望川 江涛:', '2026-11-18 formal_visit 江涛'),
    ('昨天 拜访 青禾 江涛：价格', '2026-11-26 formal_visit | · 江涛 | · 价格 | ✗'),
    ('昨天 拜访 望川 柯敏：价格', '2026-11-26 formal_visit | · 柯敏 | · 价格 | ✗'),
    ('昨天拜访望川江涛和青禾柯敏：价格', '2026-11-26 formal_visit 江涛 | · 青禾柯敏 | · 价格 | ✗'),
    ('昨天 拜访 望川 江涛：12月3日-5日现场测试', '2026-11-26 formal_visit 江涛 | · 12月3日-5日现场测试 2026-12-03'),
    ('昨天 拜访 望川 江涛：1200万的单子，3000只，12月3日前发货', '2026-11-26 formal_visit 江涛 | → 发货 2026-12-03 | · 1200万的单子，3000只'),
    ('昨天 拜访 望川 江涛：下周五前给方案下周三前给报价', '2026-11-26 formal_visit 江涛 | → 给方案 2026-12-04 | → 给报价 2026-12-02'),
    ('昨天 拜访 望川 江涛：下周五前给方案和报价，另外12月10日前安排参观，还要发会议纪要', '2026-11-26 formal_visit 江涛 | → 给方案和报价 2026-12-04 | → 安排参观 2026-12-10 | · 还要发会议纪要'),
    ('昨天 拜访 望川 江涛：本月内给', '2026-11-26 formal_visit 江涛 | → 给 2026-11-30 | ✗'),
    ('昨天 拜访 望川 江涛：月底给江涛方案', '2026-11-26 formal_visit 江涛 | → 给江涛方案 2026-11-30'),
    ('昨天 拜访 望川 江涛：一周后回复', '2026-11-26 formal_visit 江涛 | → 回复 2026-12-03'),
    ('昨天 拜访 望川 江涛：改天再约', '2026-11-26 formal_visit 江涛 | · 改天再约'),
    ('昨天 拜访 望川 江涛：尽快给方案', '2026-11-26 formal_visit 江涛 | · 尽快给方案'),
    ('昨天 拜访 望川 江涛：最近给方案', '2026-11-26 formal_visit 江涛 | · 最近给方案'),
    ('昨天 拜访 望川 江涛：过两天给方案', '2026-11-26 formal_visit 江涛 | · 过两天给方案'),
    ('昨天 宴请 望川 江涛：答应12月5日前宴请韩总', '2026-11-26 banquet 江涛 | → 宴请韩总 2026-12-05'),
    ('昨天 拜访 望川 江涛：质量投诉 320 ppm，钱峰 12/15 前给8D', '2026-11-26 formal_visit 江涛 | → 给8D 2026-12-15 钱峰 | · 质量投诉 320 ppm'),
    ('昨天 拜访 望川 江涛：答复：12月15日前', '2026-11-26 formal_visit 江涛 | → 答复 2026-12-15'),
    ('昨天 拜访 望川 江涛：客户要求我们12月5日前答复，我们答应了', '2026-11-26 formal_visit 江涛 | → 客户要求我们12月5日前答复 2026-12-05 | · 客户要求我们12月5日前答复 2026-12-05'),
    ('昨天 拜访 望川 江涛：我们答应12月5日前答复，不过客户还要降价', '2026-11-26 formal_visit 江涛 | → 答复 2026-12-05 | · 不过客户还要降价'),
    ('昨天 拜访 望川 江涛：他要12月5日前看样品，我们12月3日送', '2026-11-26 formal_visit 江涛 | → 送（他要12月5日前看样品） 2026-12-03 | · 他要12月5日前看样品 2026-12-05'),
    ('昨天 拜访 望川 江涛：对方催款，月底前', '2026-11-26 formal_visit 江涛 | · 对方催款 月底前 2026-11-30'),
    ('昨天 拜访 望川 江涛：等他12月5日前回复', '2026-11-26 formal_visit 江涛 | · 等他12月5日前回复 2026-12-05'),
    ('昨天 拜访 望川 江涛：待客户12月5日前确认，再安排发货', '2026-11-26 formal_visit 江涛 | · 待客户12月5日前确认，再安排发货 2026-12-05'),
    ('昨天 拜访 望川 江涛：计划12月5日拜访顾总', '2026-11-26 formal_visit 江涛 | → 拜访顾总 2026-12-05'),
    ('昨天 拜访 望川 江涛：12月5日顾总来访', '2026-11-26 formal_visit 江涛 | · 12月5日顾总来访 2026-12-05'),
    ('昨天 拜访 望川 江涛：帮他安排12月5日的参观', '2026-11-26 formal_visit 江涛 | · 帮他安排12月5日的参观 2026-12-05'),
    ('昨天 拜访 望川 江涛：协助安排12月5日前的参观', '2026-11-26 formal_visit 江涛 | · 协助安排12月5日前的参观 2026-12-05'),
    ('昨天 拜访 望川 江涛：给他们12月5日前降价', '2026-11-26 formal_visit 江涛 | → 给他们降价 2026-12-05'),
    ('昨天 拜访 望川 江涛：给客户一周时间考虑', '2026-11-26 formal_visit 江涛 | · 给客户一周时间考虑'),
    ('昨天 拜访 望川 江涛：发现12月3日的批次不良', '2026-11-26 formal_visit 江涛 | · 发现12月3日的批次不良 2026-12-03'),
    ('昨天 拜访 望川 江涛：交货期12月5日', '2026-11-26 formal_visit 江涛 | · 交货期12月5日 2026-12-05'),
    ('昨天 拜访 望川 江涛：上次答应12月1日前给的方案还没给', '2026-11-26 formal_visit 江涛 | · 上次答应12月1日前给的方案还没给 2026-12-01'),
    ('昨天 拜访 望川 江涛：之前承诺11月20日前给方案，没做到 #投诉', '2026-11-26 formal_visit 江涛 | : 之前承诺11月20日前给方案，没做到 (complaint)'),
]  # fmt: skip

ENGLISH = [
    ('Nov 18 visit Wangchuan, Jiang Tao and Han Liqun: late deliveries again #pain; send a plan by next Friday', '2026-11-18 formal_visit Jiang Tao、Han Liqun | : late deliveries again (complaint pain) | → send a plan 2026-11-27'),
    ('26/11 met Jiang Tao at Wangchuan: late again', '2026-11-26 business_exchange Jiang Tao | · late again'),
    ('yesterday called Jiang Tao: asked about the quote by Friday', '2026-11-26 call Jiang Tao | · asked about the quote by Friday 2026-11-27'),
    ('Met Han Liqun and Jiang Tao at Wangchuan yesterday, budget approved, send the spec by 3 December', '2026-11-26 business_exchange Han Liqun、Jiang Tao | → send the spec 2026-12-03 | · budget approved'),
    ('Lunch with Han Liqun, Jiang Tao at Wangchuan: wants to see Hainan; arrange by Dec 3', '2026-11-27 banquet Han Liqun、Jiang Tao | → arrange (wants to see Hainan) 2026-12-03 | · wants to see Hainan'),
    ('yesterday visit Wangchuan Jiang Tao: they will open bids on 15 March', '2026-11-26 formal_visit Jiang Tao | · they will open bids on 15 March 2027-03-15'),
    ('yesterday visit Wangchuan Jiang Tao: we will give an answer within two weeks', '2026-11-26 formal_visit Jiang Tao | → give an answer 2026-12-10'),
    ('yesterday visit Wangchuan Jiang Tao: wants us to cut the price by next Wednesday', '2026-11-26 formal_visit Jiang Tao | · wants us to cut the price by next Wednesday 2026-12-02'),
    ("yesterday visit Wangchuan Jiang Tao: can't give an answer by month-end", "2026-11-26 formal_visit Jiang Tao | · can't give an answer by month-end 2026-11-30"),
    ('yesterday visit Wangchuan Jiang Tao: promised a sample by end of next week; call back in 3 days', '2026-11-26 formal_visit Jiang Tao | → a sample 2026-12-06 | → call back 2026-11-29'),
    ('yesterday visit Wangchuan Jiang Tao: deliver the report by end of the year', '2026-11-26 formal_visit Jiang Tao | → deliver the report 2026-12-31'),
    ('yesterday visit Wangchuan Jiang Tao: send plan by Easter', '2026-11-26 formal_visit Jiang Tao | · send plan by Easter | ✗'),
    ('yesterday visit Wangchuan Jiang Tao: send plan by Q1', '2026-11-26 formal_visit Jiang Tao | · send plan by Q1 | ✗'),
    ('yesterday visit Wangchuan Jiang Tao: late again #pain, a plan by Friday', '2026-11-26 formal_visit Jiang Tao | : late again (complaint pain) | · a plan by Friday 2026-11-27'),
    ('yesterday visit Wangchuan Mr Jiang, Ms Wei: price too high #itch', '2026-11-26 formal_visit Jiang Tao、Wei Dong | : price too high (complaint itch)'),
    ('yesterday visit Wangchuan Jiang Tao said the price is too high #pain, Wei Dong said temperature is fine #praise', '2026-11-26 formal_visit Jiang Tao、Wei Dong | Jiang Tao: the price is too high (complaint pain) | Wei Dong: temperature is fine (praise)'),
    ('yesterday visit Wangchuan, Zoe Quark: price', '2026-11-26 formal_visit | · Zoe Quark | · price | ✗'),
    ('yesterday visit Wangchuan, Zoe Quark and Jiang Tao: price', '2026-11-26 formal_visit Jiang Tao | · Zoe Quark | · price | ✗'),
    ('Jiang Tao: price too high #pain. Wei Dong: likes the sample #praise.', '2026-11-27 Jiang Tao、Wei Dong | : price too high (complaint pain) | Wei Dong: likes the sample (praise)'),
    ('yesterday visit Wangchuan Jiang Tao: Li Ting to send samples by Friday; Qian Feng will provide the 8D by 8 Dec', '2026-11-26 formal_visit Jiang Tao | → send samples 2026-11-27 Li Ting | → provide the 8D 2026-12-08 Qian Feng'),
    ('yesterday visit Wangchuan Jiang Tao: send PPT 11-18', '2026-11-26 formal_visit Jiang Tao | → send PPT 2027-11-18 | ✗'),
    ('yesterday visit Wangchuan Jiang Tao: #rival Bailan cut its price by 10%', '2026-11-26 formal_visit Jiang Tao | : Bailan cut its price by 10% (about_rival)'),
    ('yesterday visit Wangchuan Jiang Tao: #nonsense Bailan cut its price', '2026-11-26 formal_visit Jiang Tao | · #nonsense Bailan cut its price | ✗'),
    ('yesterday dinner Wangchuan Yan Guoan', '2026-11-26 banquet Yan Guoan'),
    ('I and Li Ting visited Wangchuan yesterday, Jiang Tao: quality issue closed', '2026-11-26 formal_visit Jiang Tao +Li Ting | · quality issue closed'),
    ('Had a quick call with Jiang Tao this morning, he asked for the forecast', '2026-11-27 call Jiang Tao | · he asked for the forecast'),
    ("yesterday visit Wangchuan Jiang Tao: quote due before 12 Dec; I'll send it by the 10th", '2026-11-26 formal_visit Jiang Tao | → send it (quote due before 12 Dec) 2026-12-10 | · quote due before 12 Dec 2026-12-12'),
    ('yesterday visit Wangchuan Jiang Tao: by 5 December we ship 200 pcs', '2026-11-26 formal_visit Jiang Tao | → ship 200 pcs 2026-12-05'),
    ('yesterday email Wangchuan Jiang Tao: sent the proposal', '2026-11-26 mail Jiang Tao | · sent the proposal'),
    ('3/5 visit Wangchuan Jiang Tao: price', '2026-11-27 formal_visit Jiang Tao | · 3/5 | · price | ✗'),
    ('Nov 18 2025 visit Wangchuan Jiang Tao: price', '2025-11-18 formal_visit Jiang Tao | · price'),
    ('visit Wangchuan Jiang Tao price too high', '2026-11-27 formal_visit Jiang Tao | · price too high'),
    ('Nov 20: met Jiang Tao at Wangchuan, he complained about the price #complaint; I promised a new quote by Wednesday', '2026-11-20 business_exchange Jiang Tao | : he complained about the price (complaint) | → a new quote 2026-11-25'),
    ("yesterday visit Wangchuan Jiang Tao: we can't deliver before 12 Dec", "2026-11-26 formal_visit Jiang Tao | · we can't deliver before 12 Dec 2026-12-12"),
    ('yesterday visit Wangchuan Jiang Tao: Jiang Tao will send the forecast by Friday', '2026-11-26 formal_visit Jiang Tao | · Jiang Tao will send the forecast by Friday 2026-11-27'),
    ('yesterday visit Wangchuan Jiang Tao: please send the samples by Friday', '2026-11-26 formal_visit Jiang Tao | → send the samples 2026-11-27'),
    ('yesterday visit Wangchuan Jiang Tao: send samples Friday and the report by 12 Dec', '2026-11-26 formal_visit Jiang Tao | → send samples Friday and the report 2026-12-12'),
    ('yesterday visit Wangchuan Jiang Tao: follow up next week', '2026-11-26 formal_visit Jiang Tao | → follow up 2026-12-06'),
    ('jiang tao called yesterday, wants 5% off #request', '2026-11-26 call Jiang Tao | Jiang Tao: wants 5% off (request)'),
    ('Visited Wangchuan yesterday: Jiang Tao said late again #pain', '2026-11-26 formal_visit Jiang Tao | Jiang Tao: late again (complaint pain)'),
    ('yesterday visit Wangchuan hlq: price', '2026-11-26 formal_visit Han Liqun | · price'),
    ('Met with Jiang Tao and Han Liqun of Wangchuan on Nov 24. They want 5% off #request. We promised to answer by Friday.', '2026-11-24 business_exchange Jiang Tao、Han Liqun | : They want 5% off (request) | → answer (They want 5% off) 2026-11-27'),
    ('Call w/ Jiang Tao (Wangchuan) yesterday: price', '2026-11-26 call Jiang Tao | · price'),
    ('2026-11-24 Wangchuan / Jiang Tao / price review', '2026-11-24 Jiang Tao | · price review'),
    ('Nov 24, Wangchuan, Jiang Tao, Wei Dong - technical exchange, good mood #praise, to do: send test report by 4 Dec', '2026-11-24 technical_exchange Jiang Tao、Wei Dong | : good mood (praise) | → send test report 2026-12-04'),
    ('24 Nov: visit Wangchuan, Jiang: "too expensive" #pain', '2026-11-24 formal_visit Jiang Tao | : "too expensive" (complaint pain)'),
    ('yesterday visit Wangchuan, Jiang Tao: Bailan will deliver samples by 5 Dec', '2026-11-26 formal_visit Jiang Tao | · Bailan will deliver samples by 5 Dec 2026-12-05'),
    ('yesterday visit Wangchuan, Jiang Tao: they need us to send samples by 5 Dec', '2026-11-26 formal_visit Jiang Tao | · they need us to send samples by 5 Dec 2026-12-05'),
    ('yesterday visit Wangchuan, Jiang Tao: need to send samples by 5 Dec', '2026-11-26 formal_visit Jiang Tao | → send samples 2026-12-05'),
    ('yesterday visit Wangchuan, Jiang Tao: Sun Yue sends samples by 5 Dec', '2026-11-26 formal_visit Jiang Tao | → sends samples 2026-12-05 Sun Yue'),
    ('yesterday visit Wangchuan, Jiang Tao: samples to be sent by 5 Dec', '2026-11-26 formal_visit Jiang Tao | · samples to be sent by 5 Dec 2026-12-05'),
    ('yesterday visit Wangchuan, Jiang Tao: samples by 5 Dec', '2026-11-26 formal_visit Jiang Tao | · samples by 5 Dec 2026-12-05'),
    ('yesterday visit Wangchuan, Jiang Tao: no decision before Christmas', '2026-11-26 formal_visit Jiang Tao | · no decision before Christmas 2026-12-25'),
    ('yesterday visit Wangchuan, Jiang Tao: decision expected in two weeks', '2026-11-26 formal_visit Jiang Tao | · decision expected in two weeks 2026-12-10'),
    ('yesterday visit Wangchuan, Jiang Tao: will get back to him by Monday', '2026-11-26 formal_visit Jiang Tao | → get back to him 2026-11-30'),
    ("yesterday visit Wangchuan, Jiang Tao: he'll get back to us by Monday", "2026-11-26 formal_visit Jiang Tao | · he'll get back to us by Monday 2026-11-30"),
    ('yesterday visit Wangchuan, Jiang Tao: next steps: 1) send quote by Friday 2) arrange demo by 10 Dec', '2026-11-26 formal_visit Jiang Tao | → send quote 2026-11-27 | → arrange demo 2026-12-10'),
    ('yesterday visit Wangchuan, Jiang Tao: delivered samples on 20 Nov', '2026-11-26 formal_visit Jiang Tao | · delivered samples on 20 Nov 2026-11-20'),
    ('last Tuesday I visited Wangchuan and talked to Jiang Tao about prices, will send an offer by end of week', '2026-11-17 formal_visit Jiang Tao | → send an offer 2026-11-22 | · about prices'),
    ('Jiang Tao, Han Liqun and Wei Dong visited us on Nov 20', '2026-11-20 formal_visit Jiang Tao、Han Liqun、Wei Dong'),
    ('lunch yesterday w Jiang Tao', '2026-11-26 banquet Jiang Tao'),
    ('yesterday visit Wangchuan, Jiang Tao, Han Liqun was ill', '2026-11-26 formal_visit Jiang Tao | · Han Liqun was ill'),
]  # fmt: skip


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def read(lang: str, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Take a line apart, said on a Friday, on the demo's store in a language."""
    with open_workspace(tmp_path_factory.mktemp(lang) / "demo.db") as ws:
        ws.import_(files(lang))
        known = ws.snapshot()
    pack = load_pack()
    occasion, words = Occasion(register=Register(known), pack=pack, day=FRIDAY), Vocabulary(pack)
    return lambda line: take_apart(line, occasion, words)


def told(found: Jotting) -> str:
    """Say what was understood: `:` what somebody said, `→` a promise, `·` a note (with the day that it says), ✗ a doubt."""
    ours = "+" + "、".join(p.name for p in found.ours) if found.ours else ""
    head = (str(found.on), found.form, "、".join(p.name for p in found.theirs), ours)
    parts = [" ".join(filter(None, head))]
    for voice in found.voices:
        kind = " ".join(filter(None, (voice.sort, voice.triage)))
        parts.append(f"{voice.by.name if voice.by else ''}: {voice.words} ({kind})")
    for promise in found.promises:
        parts.append(f"→ {promise.words} {promise.due}" + (f" {promise.owner.name}" if promise.owner else ""))
    parts += [f"· {r.words}" + (f" {r.day}" if r.day else "") for r in found.remarks]
    parts += ["✗"] * bool(found.missed)
    return " | ".join(parts)


def test_a_line_is_understood(read: Read, lang: str) -> None:
    table = CHINESE if lang == "zh" else ENGLISH
    wrong = {line: (got, wanted) for line, wanted in table if (got := told(read(line))) != wanted}
    assert not wrong


def test_a_meeting_that_lies_ahead_is_none(read: Read, lang: str) -> None:
    line = "明天 拜访 望川 江涛：谈价格" if lang == "zh" else "tomorrow visit Wangchuan Jiang Tao: price"
    with pytest.raises(AnalysisError, match="2026-11-28 lies ahead"):
        read(line)


def test_what_was_not_understood_says_what_to_change(read: Read, lang: str) -> None:
    if lang == "en":
        (missed,) = read("yesterday visit Wangchuan Jiang Tao: send PPT 11-18").missed
        assert "8 days ago" in missed.en and "2027-11-18" in missed.en and "year" in missed.en
        (missed,) = read("3/5 visit Wangchuan Jiang Tao: price").missed
        assert "two days" in missed.en
        return
    (missed,) = read("昨天 拜访 望川 江涛：11-18给PPT").missed
    assert "已过 8 天" in missed.zh and "2027-11-18" in missed.zh and "年份" in missed.zh
    (missed,) = read("昨天 拜访 望川 江陶：价格").missed
    assert "江涛" in missed.zh
    (missed,) = read("昨天 拜访 望川 江涛：降价 #痛占").missed
    assert "#痛点" in missed.zh
    (missed,) = read("昨天 拜访 望川 江涛：答应2026-10-01前给方案").missed
    assert "2026-10-01" in missed.zh and "之前" in missed.zh
    (missed,) = read("昨天 拜访 望川 江涛：春节前给答复").missed
    assert "春节前" in missed.zh
