"""The contract of a check, its properties, and hostile input."""
import json
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.align import Book
from figures.check import check
from figures.compared import compared
from figures.ledger import ledger
from figures.line import Line
from figures.verbatim import verbatim
from figures.verdict import CONTRADICTED, SUPPORTED
from ingest.chunk import read_document

ROOT = Path(__file__).parent.parent.parent
REPORT = "# 公报\n\n企业数从83家增至147家。城东园区总部企业25家,专利申请33个。粮食总产量87.3万吨。\n"


@pytest.fixture(scope="module")
def book():
    return Book.of([read_document("公报.md", REPORT, (2024, 1))])


def test_contract(book):
    claim = "企业数增至196家。 粮食总产量873000吨。"
    result = check(claim, book).to_dict("7")
    assert (result["id"], result["claim"], result["verdict"]) == ("7", claim, "contradicted")
    wrong, right = result["figures"]
    assert (wrong["text"], wrong["verdict"], wrong["source"], claim[wrong["start"]:wrong["end"]]) == ("196家", "contradicted", "147家", "196家")
    assert (right["text"], right["verdict"], right["source"]) == ("873000吨", "supported", "87.3万吨")
    assert [claim[c["start"]:c["end"]] for c in result["claims"]] == ["企业数增至196家。", "粮食总产量873000吨。"]
    for citation in result["citations"]:
        assert "".join(REPORT[s:e] for s, e in citation["spans"]) == citation["quote"]
        assert all(any(a <= s < e <= b for a, b in citation["spans"]) for s, e in citation["highlight"])
    assert [c["label"] for c in result["citations"]] == [1, 2]
    json.dumps(result)


@pytest.mark.parametrize("claim,is_said", [
    ("年末公司共有航线118条,其中外贸航线46条。", True), ("年末公司共有航线118条。", True), ("年末公司共有航线118条,其中外贸航线48条。", False), ("其中外贸航线46条,全年新增17条。", False),
])
def test_how_a_sentence_begins_is_word_for_word(claim, is_said):
    report = Book.of([read_document("a.md", "# 港口\n\n年末公司共有航线118条,其中外贸航线46条,全年新增17条;停航6条。\n")])
    assert bool(verbatim(Line.read(claim), report)) == is_said


@pytest.mark.parametrize("month,supported", [(1, True), (12, False)])
def test_a_year_just_begun_in_a_title_is_not_of_what_it_tells(month, supported):
    report = Book.of([read_document("a.md", "# 某县2025年政府工作报告\n\n## 二、工业\n\n全年新增规模以上企业17家。\n", (2025, month))])
    assert (check("去年某县新增规模以上企业17家。", report).verdict == "supported") == supported


ZONE = "# 东河经济技术开发区改革纪实\n\n## 起步\n\n东河经济技术开发区(以下简称“东河经开区”)被列为试点。\n\n## 经济\n\n2023年,全区实现地区生产总值318.4亿元。\n"


STAFF = "# 云溪理工大学年度报告\n\n学校现有专任教师1800人,其中教授340人、副教授630人、讲师640人;具有博士学位的1400人,占77.8%。\n"


POWER = "2023年,柳江供电公司高压用户平均接电时间为42天,比2022年减少13天;低压用户平均接电时间为4天。"
SKILL = "大赛项目立项618项,其中国家级85项;通过认证的专业累计达到9个,其中2个专业于2024年3月首次通过;四级通过率为71.4%,上年为73.0%。"
RANKS = "2023年度考核中,柳江医院列全省第6位,比上一年度上升3位;收治患者412例,入院到给药平均34分钟,比上年缩短5分钟。"
GROWTH = "2023年,柳江县规模以上工业增加值增长10.4%,高于全市平均水平2.7个百分点;县属企业由43家增至51家,工业用电增长6%。"
FOUND = "督察反馈的9个问题完成整改8个;5月专家提出问题17条,至6月底已完成整改11条。"
TRADE = "2023年,柳江市出口198亿元,进口68亿元;机电产业营业收入864亿元,纺织产业营业收入742亿元;绿色通道放行车辆3万辆,减免通行费9亿元;节假日免费通行减免通行费21亿元。"
WOODS = "2023年,柳江林场127名采伐工中有93人转岗为护林员;前三季度接待游客24万人次,人均消费由上年同期的148元降到131元。林地面积6.4万亩,改造前有杉木纯林2.3万亩,约占36%。"
COURT = "柳江法院审结一审刑事案件4836件,判处罪犯6127人,同比分别下降8.4%和6.9%。审结严重暴力犯罪案件143件,判处罪犯187人。全年发出人身安全保护令164份、家庭教育指导令238份。选派31名法官担任副校长。"
FUNDS = "柳江公司3年累计融得资金6亿元,其中2021年融资1亿元。获批国家基金项目9项,其中面上项目4项、青年项目5项。"
AWARD = "2020年,柳江大厅受到市政府通报表彰,同年被省文明办授予“示范窗口”称号;2021年,市数据局对柳江大厅“云叫号”工作进行通报表扬。"
STOCK = "2023年末,柳江市实有经营主体31万户,其中企业8万户;全年新设经营主体4.7万户。农业龙头企业7家,其中当年新增的2家。资质以上企业418家,比上年增加27家。"
WARDS = "实际开放床位2460张,其中本部1500张、城东院区760张、康复院区200张。住院手术5.84万例,其中四级手术1.46万例,微创手术2.31万例。门诊病人198万人次,同比增长7.4%,其中急诊21万人次,增长3.9%。全年出院病人9.24万人次,同比增长9.1%;平均住院日6.8天,较上年缩短0.4天。在岗职工3186人,其中技术人员2743人。"
LINES = "柳江公司减速器、齿轮箱、关节模组三类产品分别实现收入14亿元、18亿元和4亿元,同比分别增长9.6%、11.3%和68.5%。减速器和关节模组毛利率分别上升0.9个和3.2个百分点。净利润3.12亿元,较上年同期的3.47亿元下降10.1%。"
COURTS = "2023年,全市法院受理案件118640件,其中市中级法院受理14286件。区环境昼间达标率为97%,夜间达标率为86%。发放救助金318万元,上年为276万元。年末仍有421户1586人未消除风险。"
WORKS = "2023年,柳江市计划筹集住房4200套,实际筹集住房4515套。柳江高速累计完成投资41亿元,占总投资的68%,其中2023年完成12亿元。配建的2所幼儿园和1所小学已投用。获批药品口岸,为全省第二个。"
GROUP = "# 柳江盘点\n\n2023年6月组建柳江产业发展集团,注册资本30亿元。\n\n2023年集团建成厂房38万平方米。集团每年投入研发经费不低于1500万元,17个项目中有6个支出进度低于50%,企业导师参与指导的占21.5%。市第三污水处理厂通水。\n\n住院日由7.4天缩短至6.8天。\n"
YEARS = "2023年,起诉暴力犯罪97人,上年为121人;起诉诈骗犯罪412人,比上年多起诉58人。上诉率由5.1%降至3.8%。农村自来水普及率由2020年的88.3%提高到2023年的95.6%。"
BONDS = "发行专项债30亿元、绿色债20亿元,票面利率分别为2.35%和2.28%。医疗产业园一期计划明年6月竣工,拟引进企业25家,目前已有8家达成意向。查明积水区34处,年内完成疏放29处,余下5处计划明年6月底前完成。"
INCOMES = "# 2024年政府工作报告\n\n## 2023年工作回顾\n\n过去一年,柳江市一般公共预算收入142.7亿元,增长7.4%;城乡居民人均可支配收入分别达到41386元和22754元,增长5.2%和7.1%;进出口总额187.5亿元,增长13.2%,其中出口141.3亿元,增长15.8%。\n\n## 2024年工作安排\n\n今年主要预期目标是:地区生产总值增长6%左右,一般公共预算收入增长6.5%。\n"
CHAIN = "# 柳江陆港见闻\n\n## 冷链生意\n\n云帆冷运是园区最大的冷链企业,有冷藏车186辆。去年11月,公司从国外运来的首批水果经北港运抵柳江。全年营业收入7.36亿元,净利润4120万元。\n\n## 出海\n\n主营家电的恒川科技去年投产,员工860人。恒川科技总经理顾北说,公司计划明年再投资5亿元。\n"
QUAY = "“现在一条船从靠泊到离港只要19个小时,比3年前快了11个小时。”调度长韦立说。柳江港有外贸航线38条,通达23个国家和地区的61个港口。“保税政策让我们每吨原料成本降了约55元。”北岳铜业财务总监汤蔚然算了一笔账。去年进口水果58.4万吨,同比增长31.6%,其中橙子19.7万吨,葡萄12.5万吨。集装箱吞吐量在全国列第13位,比上年前移2位。"
CLINIC = "平均入院到给药时间为62分钟,比上年缩短7分钟。互联网医院全年在线问诊11.4万人次,是2023年的1.9倍。全年获批基金项目14项,其中面上项目5项、青年项目9项。东院停车位缺口约450个。全年下派专家1936人次,上转患者5120人次,下转患者7483人次。普通股股东总数为28746户,较上年末减少1953户。"
TRIAL = "# 柳江经济技术开发区改革两年观察\n\n## 腾空间\n\n2023年以来开发区组建8支招商队,在东州、西州设立2个驻外招商站,取消了对街道的招商考核。开发区盘活低效用地3870亩,其中2260亩已经重新供地,其余的仍在收储之中。\n"
PERMITS = "县级许可事项由改革前的387项减至264项。煤价每吨846元,同比下降93元,降幅9.9%。在校生38620人,其中硕士研究生10670人,博士研究生2810人。获批项目276项,获批数比上年减少13项。获得省级奖项7个;获得市级奖项23个;获得区级奖项36个。案件达到403件,较上年翻了一番多。净利润同比增长28.7%;扣非净利润同比增长33.4%。2023年计划招生4800人,实际录取4765人,报到率92.6%,比上年提高1.3个百分点。2021年入选省级“双高计划”建设单位。"
PARKS = "城东、城西、城北三个园区收入分别为6.4亿元、5.3亿元和5.8亿元。"
GRANTS = "2个不符合条件的合作社获得补助186万元,其中禾润合作社112万元、青坪合作社74万元。云岭精工刚迁来时员工不到80人,如今员工达到1260人。县财政局将冷链资金940万元调作他用,直至审计指出后才归还。其中老年人签约率78.4%、高血压患者签约率82.9%。"
RANKING = "# 柳江县2024年市场观察\n\n## 投诉\n\n全年受理投诉1386件,其中售后服务类占46%、质量类占31%、价格类占14%。\n\n## 银行\n\n科技贷款余额154亿元,增长26.8%,制造业贷款余额242亿元,增长9.5%。手续费净收入4.3亿元,同比下降9.6%,利息净收入55.6亿元,同比下降1.2%。学校收入58.4亿元,其中财政拨款23.6亿元,事业收入26.3亿元,其他收入8.5亿元。\n\n## 收入\n\n去年全市城乡居民收入分别为41386元和22754元,增长5.2%和7.1%。\n\n## 各镇\n\n石桥镇常住人口4.2万人,户均集体收入61.5万元。柳河镇常住人口3.6万人,户均集体收入78.3万元。青禾镇常住人口2.9万人,户均集体收入52.4万元。\n"
MOVES = "日间手术中心于4月从门诊楼搬到外科楼三层。瓷器展由柳江市博物馆主办、南岭考古研究所协办,展出文物286件。全年签约文旅项目58个,总投资276亿元,年内开工33个。柳江市建成实验室4个,其中省级1个。校党委书记葛北舟、校长陆文秉带队走访企业132家。\n"
QUARTERS = "分季度看,第一至第四季度营业收入分别为8.1亿元、9.7亿元、9.4亿元和11.2亿元,第四季度净利润仅0.4亿元,为全年最低。产权交易中心成交1127宗,金额3.84亿元,同比分别增长35%和28%。亩均机耕成本由130元降到95元。柳江医院考核排名第14位,比上一年度前进5位。\n"
PENDING = "全县386个站点中,312个已接入平台,其余74个将于2024年6月底前接入。截至2023年末,银行不良贷款率1.59%,比年初下降0.07个百分点。2022年3月,柳江县印发《路网三年行动方案(2022—2024年)》,计划三年投入18亿元,覆盖16个乡镇。"
ADDED = "电子业增加值增长17.4%;锂电业增长11.2%。截至8月31日未落实去向的539人中,拟考研的有231人,正在求职的有128人,暂不就业的有34人。从单位看,民营企业录用毕业生1967人,国有企业录用毕业生1103人,机关录用毕业生324人。依法宣告12名公诉案件被告人和7名自诉案件被告人无罪。执行案件平均用时84.3天,同比缩短9.6天。全省法官人均结案243.6件,同比增加17.2件。"
PLANS = "# 柳江县工作报告\n\n## 一、2023年工作回顾\n\n会议确定的38项任务完成35项,其余3项正按计划推进。\n\n## 二、2024年目标任务\n\n推进县体育馆6月底前建成投用,新增座位3200个。\n"


@pytest.mark.parametrize("text,claim,supported", [
    (POWER, "2022年,柳江供电公司高压用户的平均接电时间为55天。", [True, True]), (POWER, "2022年,柳江供电公司高压用户的平均接电时间为53天。", [True, False]),
    (POWER, "2022年,柳江供电公司低压用户的平均接电时间为17天。", [True, False]), (POWER, "高压用户的平均接电时间2022年为55天,去年降到42天。", [True] * 4),
    ("2023年柳江站客流42万人次,比2019年减少13万人次。", "上一年度,柳江站客流55万人次。", [True, False]),
    ("柳江银行共有网点318家,全年新设网点9家、撤并网点4家。", "柳江银行去年网点净增5家。", [True, True]), ("柳江银行共有网点318家,全年新设网点9家、撤并网点4家。", "柳江银行去年网点净减5家。", [True, False]),
    (SKILL, "大赛国家级项目立项618项。", [False]),
    (SKILL, "2024年3月,通过认证的专业达到9个。", [True, False]), (SKILL, "四级通过率由上年的71.4%升至73.0%。", [True, False, False]),
    (SKILL, "四级通过率由上年的73.0%降至71.4%。", [True, True, True]), (SKILL, "四级通过率比上年下降1.6个百分点。", [True, True]), (SKILL, "四级通过率比上年提高1.6个百分点。", [False, False]),
    (RANKS, "2023年度考核中,柳江医院列全省第6位,上一年度为第9位。", [True] * 4), (RANKS, "2023年度考核中,柳江医院列全省第6位,上一年度为第3位。", [True, True, True, False]),
    (RANKS, "上一年度,从入院到给药平均要39分钟。", [True, True]), (RANKS, "上一年度,从入院到给药平均要29分钟。", [True, False]),
    (GROWTH, "2023年,全市规模以上工业增加值平均增长7.7%。", [True, True]), (GROWTH, "2022年,柳江县规模以上工业增加值增长7.7%。", [False, False]),
    (GROWTH, "2022年,柳江县县属企业有48家。", [False, False]),
    (FOUND, "督察反馈的问题中,还有1个没有完成整改。", [True]), (FOUND, "督察反馈的问题中,还有2个没有完成整改。", [False]), (FOUND, "专家提出的问题还有6条未完成整改。", [True]),
    (TRADE, "2023年,柳江市贸易顺差为130亿元。", [True, True]), (TRADE, "2023年,柳江市贸易逆差为130亿元。", [False, False]),
    ("2023年柳江市新登记企业9.72万户,日均新登记266户。", "柳江市去年新登记企业近10万户,平均每天266户。", [True] * 3), ("2023年柳江市新登记企业9.72万户,日均新登记266户。", "柳江市去年平均每月新登记企业266户。", [True, False]),
    ("总投资4.9亿元的住院楼已完成投资3.4亿元,计划2024年8月投用,新增床位380张。", "总投资4.9亿元的住院楼计划今年8月投用。", [True, True]),
    ("总投资4.9亿元的住院楼已完成投资3.4亿元,计划2024年8月投用,新增床位380张。", "住院楼计划完成投资3.4亿元。", [False]),
    ("水果平均通关时间由36小时压缩到9小时。", "水果平均通关时间压缩到9小时,只有原来的四分之一。", [True, True]), ("水果平均通关时间由36小时压缩到9小时。", "水果平均通关时间压缩到9小时,只有原来的三分之一。", [True, False]),
    ("2021年,柳江港货物吞吐量首次突破1亿吨;2024年达到1.5亿吨。", "2024年柳江港货物吞吐量为15000万吨。", [True, True]), ("2021年,柳江港货物吞吐量首次突破1亿吨;2024年达到1.5亿吨。", "2021年柳江港货物吞吐量为15000万吨。", [True, False]),
    ("柳江港三期计划2025年开工,总投资56亿元,拟建4个泊位。", "柳江港三期拟建4个泊位,总投资56亿元。", [True, True]), ("柳江港三期计划2025年开工,总投资56亿元,拟建4个泊位。", "柳江港三期已建成4个泊位。", [False]),
    (TRADE, "机电产业的营业收入比纺织产业多122亿元。", [True]), (TRADE, "纺织产业的营业收入比机电产业多122亿元。", [False]),
    (TRADE, "绿色通道和节假日免费通行合计减免通行费30亿元。", [True]),
    (PLANS, "会议确定的38项任务中,有35项已经完成。", [True, True]), (PLANS, "柳江县体育馆计划今年6月底前建成投用,新增座位3200个。", [True, True]),
    (PLANS, "柳江县体育馆已于今年6月底建成投用。", [False]),
    (ZONE, "2023年,东河经开区实现地区生产总值318.4亿元。", [True, True]), (ZONE, "2023年,西河经开区实现地区生产总值318.4亿元。", [True, False]),
    (ZONE.replace("东河", "栎北"), "2023年,栎南经济技术开发区实现地区生产总值318.4亿元。", [True, False]),
    ("2023年全省公路完好率达到90.3%,比上年提高2.1个百分点。", "2022年,全省公路完好率为88.2%。", [True, True]),
    ("2023年全省公路完好率达到90.3%,比上年提高2.1个百分点。", "2022年,全省公路完好率为88.4%。", [True, False]),
    ("2023年客运量2.4亿人次,恢复到2019年的64%;货运量15亿吨,增长6%。", "2023年,货运量为15亿吨。", [True, True]),
    ("2023年客运量2.4亿人次,恢复到2019年的64%;货运量15亿吨,增长6%。", "2019年,货运量为15亿吨。", [False, False]),
    ("2023年水运客运量710万人次,比上年增长1.3倍。", "水运客运量710万人次,是上年的2.3倍。", [True, True, True]), ("2023年水运客运量710万人次,比上年增长1.3倍。", "水运客运量710万人次,是上年的1.3倍。", [True, True, False]),
    (STAFF, "云溪理工大学的教授和副教授合计970人。", [True]), (STAFF, "云溪理工大学的教授和讲师合计970人。", [False]), (STAFF, "云溪理工大学的教授和副教授合计980人。", [False]),
    (WOODS, "柳江林场127名采伐工中,超过七成转岗为护林员。", [True, True]), (WOODS, "柳江林场127名采伐工中,超过八成转岗为护林员。", [True, False]),
    (WOODS, "柳江林场127名采伐工中,不足七成转岗为护林员。", [True, False]), (WOODS, "柳江林场游客人均消费比上年同期少了17元。", [True, True]), (WOODS, "柳江林场游客人均消费比上年同期多了17元。", [True, False]),
    (WOODS, "改造前的杉木纯林超过林地面积的三分之一。", [True]), (WOODS, "改造前的杉木纯林不足林地面积的三分之一。", [False]),
    (COURT, "柳江法院审结一审刑事案件4836件,判处罪犯6127人,同比分别下降8.4%和6.9%。", [True] * 4), (COURT, "柳江法院审结一审刑事案件4836件,判处罪犯187人。", [True, False]),
    (COURT, "柳江法院审结严重暴力犯罪案件143件,判处罪犯187人。", [True, True]), (COURT, "柳江法院选派31名律师担任副校长。", [False]), (COURT, "柳江法院选派31名法官担任副校长。", [True]),
    (COURT, "发出的家庭教育指导令比人身安全保护令多74份。", [True]), (COURT, "发出的人身安全保护令比家庭教育指导令多74份。", [False]),
    (FUNDS, "柳江公司2021年的融资额约占3年累计融资的17%。", [True] * 3), (FUNDS, "柳江公司2020年的融资额约占3年累计融资的17%。", [False] * 3),
    (FUNDS, "柳江公司获批的基金项目中,青年项目比面上项目多1项。", [True]), (FUNDS, "柳江公司获批的基金项目中,面上项目比青年项目多1项。", [False]),
    (AWARD, "2020年,柳江大厅被省文明办授予“示范窗口”称号。", [True]), (AWARD, "2021年,柳江大厅被省文明办授予“示范窗口”称号。", [False]),
    (STOCK, "去年柳江市新设经营主体31万户。", [True, False]), (STOCK, "去年末柳江市实有经营主体31万户。", [True, True]), (STOCK, "柳江市新增农业龙头企业7家。", [False]), (STOCK, "柳江市有农业龙头企业7家。", [True]),
    (STOCK, "柳江市资质以上企业增加27家,达到418家。", [True, True]), (STOCK, "柳江市资质以上企业增加418家,达到27家。", [False, False]),
    (WARDS, "城东院区开放床位760张,康复院区开放床位200张。", [True, True]), (WARDS, "康复院区开放床位1500张。", [False]), (WARDS, "实际开放床位760张。", [False]),
    (WARDS, "微创手术1.46万例。", [False]), (WARDS, "微创手术2.31万例。", [True]), (WARDS, "急诊21万人次,比上年增长3.9%。", [True] * 3), (WARDS, "急诊21万人次,比上年增长7.4%。", [True, True, False]),
    (WARDS, "全年出院病人超过9.2万人次,平均住院日比上年缩短0.4天,为6.8天。", [True] * 4), (WARDS, "3186名在岗职工中有技术人员2743人。", [True, True]),
    (LINES, "柳江公司关节模组收入增长68.5%。", [True]), (LINES, "柳江公司减速器收入增长68.5%。", [False]), (LINES, "减速器毛利率上升0.9个百分点。", [True]), (LINES, "关节模组毛利率上升0.9个百分点。", [False]),
    (LINES, "柳江公司净利润从上年的3.47亿元降至3.12亿元。", [True] * 3), (LINES, "柳江公司净利润从上年的3.12亿元升至3.47亿元。", [True, False, False]),
    (COURTS, "市中级法院2023年受理案件14286件。", [True, True]), (COURTS, "市中级法院2023年受理案件118640件。", [True, False]), (COURTS, "区环境夜间达标率为86%。", [True]), (COURTS, "区环境夜间达标率为97%。", [False]),
    (COURTS, "2023年发放救助金276万元。", [True, False]), (COURTS, "2022年发放救助金276万元。", [True, True]), (COURTS, "年末有421户未消除风险。", [True, True]),
    (WORKS, "2023年,柳江市实际筹集住房4515套,多于计划的4200套。", [True] * 3), (WORKS, "2023年,柳江市计划筹集住房4515套。", [True, False]),
    (WORKS, "2023年柳江高速完成投资12亿元,累计完成41亿元。", [True] * 3), (WORKS, "配建的两所幼儿园和1所小学已投入使用。", [True, True]),
    (GROUP, "柳江产业发展集团去年建成厂房38万平方米。", [True, True]), (GROUP, "南岭产业发展集团去年建成厂房38万平方米。", [True, False]),
    (GROUP, "集团每年投入的研发经费至少为1500万元。", [True]), (GROUP, "集团每年投入的研发经费最多为1500万元。", [False]), (GROUP, "17个项目中有6个支出进度不到一半。", [True] * 3),
    (GROUP, "企业导师参与指导的约占五分之一。", [True]), (GROUP, "企业导师参与指导的约占三分之一。", [False]), (GROUP, "住院日缩短至6.8天,上年为7.4天。", [True] * 3), (GROUP, "住院日缩短至7.4天,上年为6.8天。", [False, True, False]),
    (YEARS, "2023年起诉诈骗犯罪412人,比上年增加58人。", [True] * 4), (YEARS, "2022年起诉诈骗犯罪412人。", [True, False]), (YEARS, "2022年起诉暴力犯罪121人。", [True, True]),
    (YEARS, "上诉率从5.1%下降到3.8%。", [True, True]), (YEARS, "上诉率从3.8%上升到5.1%。", [False, False]), (YEARS, "2023年农村自来水普及率达95.6%,2020年为88.3%。", [True] * 4),
    (BONDS, "绿色债20亿元,票面利率为2.28%。", [True, True]), (BONDS, "绿色债20亿元,票面利率为2.35%。", [True, False]), (BONDS, "医疗产业园目前已有8家企业达成意向。", [True]), (BONDS, "医疗产业园已引进企业25家。", [False]),
    (BONDS, "积水区年内已有29处完成疏放。", [True]), (BONDS, "积水区余下5处已完成疏放。", [False]),
    (PERMITS, "县级许可事项只剩264项,而改革前有387项。", [True, True]), (PERMITS, "县级许可事项只剩264项,而改革前有378项。", [True, False]),
    (PERMITS, "案件有403件,是上年的两倍多。", [True, True, True]), (PERMITS, "案件有403件,是上年的三倍多。", [True, True, False]),
    (PERMITS, "煤价每吨同比下降93元。", [True]), (PERMITS, "煤价每吨同比上涨93元。", [False]),
    (PERMITS, "在校的硕士、博士研究生共13480人。", [True]), (PERMITS, "在校的硕士、博士研究生共14380人。", [False]),
    (PERMITS, "获批项目276项,而上年为289项。", [True, True, True]), (PERMITS, "获批项目276项,而上年为263项。", [True, True, False]),
    (PERMITS, "先后获得省级奖项7个、市级奖项23个、区级奖项36个,合计66个。", [True] * 4), (PERMITS, "先后获得省级奖项7个、市级奖项23个、区级奖项36个,合计76个。", [True, True, True, False]),
    (PERMITS, "2023年报到率比上年提高1.3个百分点,达到92.6%。", [True] * 4), (PERMITS, "2023年招生4800人。", [True, False]), (PERMITS, "2021年,学校入选省级“双高计划”建设单位。", [True]),
    (PARKS, "城东园区收入最高,为6.4亿元。", [True]), (PARKS, "城西园区收入最低,为5.3亿元。", [True]),
    (GRANTS, "不符合条件的青坪合作社获得补助112万元。", [False]), (GRANTS, "不符合条件的青坪合作社获得补助74万元。", [True]), (GRANTS, "云岭精工目前的员工还不到80人。", [False]), (GRANTS, "云岭精工目前的员工有1260人。", [True]),
    (GRANTS, "冷链资金940万元在审计指出之前就已归还。", [False]), (GRANTS, "冷链资金940万元在审计指出后归还。", [True]),
    (INCOMES, "去年柳江市一般公共预算收入142.7亿元,增长6.5%。", [True, True, False]), (INCOMES, "去年柳江市一般公共预算收入142.7亿元,增长7.4%。", [True, True, True]),
    (INCOMES, "2023年,柳江市农村居民人均可支配收入为22754元。", [True, True]), (INCOMES, "2023年,柳江市城镇居民人均可支配收入为22754元。", [True, False]),
    (INCOMES, "2023年,柳江市农村居民人均可支配收入增长7.1%。", [True, True]), (INCOMES, "2023年,柳江市农村居民人均可支配收入增长5.2%。", [True, False]),
    (INCOMES, "去年柳江市进口额为46.2亿元。", [True, True]), (INCOMES, "去年柳江市出口额为46.2亿元。", [True, False]),
    (CHAIN, "云帆冷运去年营业收入7.36亿元。", [True, True]), (CHAIN, "恒川科技去年营业收入7.36亿元。", [False, False]), (CHAIN, "云帆冷运总经理表示,公司计划明年再投资5亿元。", [True, False]),
    (QUAY, "船从靠泊到离港如今只需19个小时,而过去要30个小时。", [True, True]), (QUAY, "船从靠泊到离港如今只需19个小时,而过去只要8个小时。", [True, False]),
    (QUAY, "柳江港有外贸航线38条,通达23个国家和地区。", [True, True]), (QUAY, "柳江港有外贸航线38条,通达61个国家和地区。", [True, False]),
    (QUAY, "汤蔚然表示,保税政策使每吨原料成本下降约55元。", [True]), (QUAY, "韦立表示,保税政策使每吨原料成本下降约55元。", [False]),
    (QUAY, "去年进口水果58.4万吨,其中橙子约占三分之一。", [True, True, True]), (QUAY, "去年进口水果58.4万吨,其中葡萄约占三分之一。", [True, True, False]),
    (QUAY, "柳江港集装箱吞吐量排名比上年前移2位。", [True, True]), (QUAY, "柳江港集装箱吞吐量排名比上年后退2位。", [True, False]),
    (CLINIC, "平均入院到给药时间由上年的69分钟缩短到62分钟。", [True, True, True]), (CLINIC, "平均入院到给药时间由上年的79分钟缩短到62分钟。", [True, False, True]),
    (CLINIC, "互联网医院在线问诊量接近上年的两倍,达到11.4万人次。", [True, True, True]), (CLINIC, "互联网医院在线问诊量接近上年的三倍,达到11.4万人次。", [True, False, True]),
    (CLINIC, "医院全年获批14项基金项目,青年项目占了一半以上。", [True, True]), (CLINIC, "医院全年获批14项基金项目,面上项目占了一半以上。", [True, False]),
    (CLINIC, "东院停车位缺口约450个。", [True]), (CLINIC, "东院停车位富余约450个。", [False]),
    (CLINIC, "下转患者7483人次,多于上转的5120人次。", [True, True]), (CLINIC, "下转患者5120人次,少于上转的7483人次。", [False, False]),
    (CLINIC, "普通股股东总数为28746户,比上年末增加1953户。", [True, True, False]), (CLINIC, "普通股股东总数为28746户,比上年末减少1953户。", [True, True, True]),
    (TRIAL, "柳江经开区盘活的3870亩低效用地中,还有1610亩没有重新供地。", [True, True]), (TRIAL, "柳江经开区盘活的3870亩低效用地中,还有2260亩没有重新供地。", [True, False]),
    (PENDING, "还有74个站点尚未接入平台,计划2024年6月底前接入。", [True, True]), (PENDING, "还有312个站点尚未接入平台。", [False]), (PENDING, "其余74个站点已接入平台。", [False]),
    (PENDING, "银行的不良贷款率为1.59%,比年初下降0.07个百分点。", [True, True, True]), (PENDING, "银行的不良贷款率为1.59%,比年初上升0.07个百分点。", [True, True, False]),
    (PENDING, "柳江县2022年3月印发的方案覆盖16个乡镇。", [True, True]), (PENDING, "柳江县已建成路网的乡镇有16个。", [False]),
    (ADDED, "电子业增加值增长17.4%,增速比锂电业高出6.2个百分点。", [True, True]), (ADDED, "电子业增加值增长17.4%,增速比锂电业高出7.2个百分点。", [True, False]),
    (ADDED, "539名未落实去向的人中,超过四成打算考研。", [True, True]), (ADDED, "539名未落实去向的人中,超过五成打算考研。", [True, False]),
    (ADDED, "国有企业和机关录用的毕业生合计1427人。", [True]), (ADDED, "国有企业和机关录用的毕业生合计3070人。", [False]),
    (ADDED, "依法宣告无罪的公诉、自诉案件被告人共有19名。", [True]), (ADDED, "依法宣告无罪的公诉、自诉案件被告人共有18名。", [False]),
    (ADDED, "执行案件的平均用时缩短到84.3天。", [True]), (ADDED, "执行案件的平均用时缩短到9.6天。", [False]),
    (ADDED, "全省法官人均结案243.6件,比上年多17.2件。", [True, True, True]), (ADDED, "全省法官人均结案243.6件,比上年少17.2件。", [True, True, False]),
    ("全市投资增长3.4%,扣除房地产投资后增长7.6%。", "如果不算房地产投资,全市投资增长7.6%。", [True]), ("全市投资增长3.4%,扣除房地产投资后增长7.6%。", "全市房地产投资增长7.6%。", [False]),
    ("全市投资增长3.4%,扣除房地产投资后增长7.6%。", "全市投资增长3.4%,如果不算房地产投资,全市投资增长7.6%。", [True, True]),
    ("评比中,9座车站全部被评为星级车站。", "评比中,9座车站里只有5座被评为星级车站。", [True, False]),
    ("评比中,9座车站和4座码头被评为星级。", "评比中,4座车站和9座码头被评为星级。", [False, False]),
    ("2024年上半年,南岭公司营业收入3亿元。", "2024年前三季度,南岭公司营业收入3亿元。", [False, False]), ("2024年上半年,南岭公司营业收入3亿元。", "2024年上半年,南岭公司营业收入3亿元。", [True, True]),
    ("截至5月末,南岭银行累计放款28亿元,其中今年放款9亿元。", "南岭银行今年前5个月放款9亿元。", [True, True]), 
    ("截至5月末,南岭银行累计放款28亿元,其中今年放款9亿元。", "今年以前,南岭银行已放款19亿元。", [True, True]), ("截至5月末,南岭银行累计放款28亿元,其中今年放款9亿元。", "今年以来,南岭银行已放款19亿元。", [True, False]),
    ("码头新增电动集卡120台,累计达到285台。", "换新之前,码头只有电动集卡165台。", [True]), ("码头新增电动集卡120台,累计达到285台。", "码头现有电动集卡165台。", [False]),
    ("全年加固水库217座,较年初计划多19座。", "年初计划加固水库198座。", [True, True]), ("全年加固水库217座,较年初计划多19座。", "年初计划加固水库236座。", [True, False]),
    ("住院量占比从2021年的76%升至2023年的88%,门诊量占比从49%升至63%。", "门诊量占比2023年为63%,2021年只有49%。", [True] * 4), ("住院量占比从2021年的76%升至2023年的88%,门诊量占比从49%升至63%。", "门诊量占比2021年为63%。", [True, False]),
    ("陆港开行班列156列,比上年增加38列。", "陆港开行班列156列,比上年多开38列。", [True] * 3), ("陆港开行班列156列,比上年增加38列。", "陆港开行班列156列,比上年少开38列。", [True, True, False]),
    ("养老金标准由每人每月165元提高到185元。", "养老金标准每人每月上调了20元。", [True]), ("养老金标准由每人每月165元提高到185元。", "养老金标准每人每月下调了20元。", [False]),
    ("考核指标由56项精简为28项。", "考核指标砍掉了一半。", [True]),
    ("413名村医中有352人参加了养老保险。", "还有61名村医没有参加养老保险。", [True]), ("413名村医中有352人参加了养老保险。", "还有71名村医没有参加养老保险。", [False]),
    ("进出口总额286亿元,其中出口198亿元。", "出口约占进出口总额的69%。", [True]), ("进出口总额286亿元,其中出口198亿元。", "出口约占进出口总额的79%。", [False]),
    ("其中范围一排放28万吨,范围二排放18万吨。", "范围一排放比范围二多10万吨。", [True]), ("其中范围一排放28万吨,范围二排放18万吨。", "范围二排放比范围一多10万吨。", [False]),
    ("集团发行债券15亿元,募集资金已使用9亿元。", "债券的募集资金还有6亿元没有使用。", [True]), ("集团发行债券15亿元,募集资金已使用9亿元。", "债券的募集资金还有5亿元没有使用。", [False]),
    ("查出问题80个,未整改的23个问题中,9个待法院判决。", "未整改的问题中有14个待法院判决。", [False]),
    ("2025年,中心计划归集82亿元、提取60亿元、发放贷款40亿元。", "中心发放贷款40亿元。", [False]), ("2023年,中心归集82亿元、提取60亿元。", "中心提取60亿元。", [True]),
    ("全县争取省级资金4亿元、专项债券5亿元。", "全县争取专项债券5亿元。", [True]),
    ("力争到2025年底普及率达到94%,新建成水库60座。", "全县新建成水库60座。", [False]), ("总投资4亿元,建成水库60座。", "全县建成水库60座。", [True]),
    ("安委会全年召开会议12次。", "安委会平均每月召开会议1次。", [True]), ("安委会全年召开会议12次。", "安委会平均每月召开会议2次。", [False]),
    ("城镇新增就业5.4万人。今年的预期目标是:城镇新增就业5万人以上。", "今年城镇新增就业的预期目标是5.4万人以上。", [True, False]), ("城镇新增就业5.4万人。今年的预期目标是:城镇新增就业5万人以上。", "今年城镇新增就业的预期目标是5万人以上。", [True, True]),
    ("发生事故2起,造成3人受伤,均发生在北港装卸环节。", "北港装卸环节发生事故2起。", [True]),
    ("投入3260万元建成影像、心电、检验3个中心。", "投入3260万元建起3个中心。", [True, True]),
    ("全年研发投入2.3亿元,全部费用化,未作资本化处理。", "全年研发投入2.3亿元,全部作费用化处理。", [True]), ("全年研发投入2.3亿元,全部费用化,未作资本化处理。", "全年研发投入2.3亿元,作资本化处理。", [False]),
    ("公司牵头的重点研发计划项目已通过检查,总经费5400万元。", "公司牵头的重点研发计划项目总经费5400万元。", [True]), ("公司计划投入总经费5400万元。", "公司已投入总经费5400万元。", [False]),
    ("董事会提议派发现金红利5760万元。", "公司已派发现金红利5760万元。", [False]), ("董事会提议派发现金红利5760万元。", "董事会提议派发现金红利5760万元。", [True]),
    ("排查隐患7项,已整改6项,剩余1项为管网老化,计划6月底前完成。", "排查的隐患还剩1项未完成整改。", [True]), ("排查隐患7项,已整改6项,剩余1项已于6月完成。", "排查的隐患还剩1项未完成整改。", [False]),
    ("副书记、管委会主任柯平表示,明年将推出30项举措。", "书记邵培元表示,明年将推出30项举措。", [True, False]), ("副书记、管委会主任柯平表示,明年将推出30项举措。", "管委会主任柯平表示,明年将推出30项举措。", [True, True]),
    ("审计发现问题294个,已整改271个,对5家企业限制投标。", "审计只查出问题271个,对5家企业限制投标。", [False, True]),
])
def test_each_figure_of_a_claim(text, claim, supported):
    assert [f.verdict == "supported" for f in check(claim, Book.of([read_document("a.md", text, (2024, 6))])).figures] == supported


def test_not_mentioned_has_no_source(book):
    figure = check("公司有食堂3个。", book).to_dict()["figures"][0]
    assert (figure["verdict"], figure["source"], figure["citation"]) == ("not_mentioned", None, None)


def test_found_sentences_decide_what_is_quoted_of_equals():
    document = read_document("a.txt", "首页:企业数达到147家。\n\n正文中企业数达到147家。\n")
    second = next(s for s in document.sentences if s.text.startswith("正文"))
    result = check("企业数达到147家。", Book.of([document]), lambda question: [SimpleNamespace(document=document, sentence=second)])
    assert result.citations[0].quote.startswith("正文")


def test_of_a_draft_checked_before_only_what_was_changed_is_checked_again(book):
    asked, known = [], {}

    def find(text):
        asked.append(text)
        return []
    kept = "专利申请在城东园区有33个。"
    before = check("企业总数从83家到了147家。" + kept, book, find, known=known)
    assert kept in asked
    asked.clear()
    draft = "城东园区的专利申请共33个。" + kept
    after = check(draft, book, find, known=known)
    assert asked == ["城东园区的专利申请共33个。"]
    assert [draft[f.start:f.end] for f in after.figures] == [f.text for f in after.figures] == ["33个", "33个"]
    assert after.to_dict() == check(draft, book, find).to_dict()
    assert after.claims[1].moved(before.claims[1].start - after.claims[1].start) == before.claims[1]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 99999))
def test_only_the_reports_own_value_is_supported(number):
    book = Book.of([read_document("a.txt", "城东园区总部企业2500家。")])
    result = check(f"城东园区总部企业{number}家。", book)
    assert (result.verdict == "supported") == (number == 2500)
    assert result.verdict in ("supported", "contradicted")


@settings(max_examples=40, deadline=None)
@given(st.integers(10, 900), st.integers(10, 900), st.integers(1, 900))
def test_a_derived_figure_is_supported_only_where_the_sum_is_right(start, more, other):
    end = start + more
    book = Book.of([read_document("a.txt", f"园区企业数从{start}家增至{end}家。")])
    assert check(f"园区企业数增加{more}家。", book).verdict == "supported"
    assert (check(f"园区企业数增加{other}家。", book).verdict == "supported") == (other == more)
    growth = 100 * more / start
    assert check(f"园区企业数增长{growth:.1f}%。", book).verdict == "supported"
    assert check(f"园区企业数增长{growth + 0.3:.1f}%。", book).verdict == "contradicted"
    assert check(f"园区企业数减少{more}家。", book).verdict != "supported"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_a_verdict(text):
    book = Book.of([read_document("a.txt", REPORT)])
    result = check(text, book)
    assert result.verdict in ("supported", "contradicted", "not_mentioned")
    assert all(text[f.start:f.end] == f.text for f in result.figures)


@pytest.mark.parametrize("text", ["9" * 100_000, "（" * 20_000, "产值3亿元，" * 3000, "产值3亿元" * 1500, "\x00\ud800 12万" * 2000, " " * 100_000, "“" * 20_000,
                                  "1," * 10_000, "从1增至" * 4000, "1 " * 10_000, "甲、乙分别1家和2家," * 1800, "“食堂”" * 5000, "平均每家" * 5000, "局长王明说" * 4000, "比上年多3家," * 3000],
                         ids=["digits", "brackets", "figures", "one sentence", "controls", "spaces", "quotes", "commas", "from to", "numbers", "respectively", "names", "average", "persons", "than"])
def test_hostile(book, text):
    started = time.perf_counter()
    assert check(text, book).verdict in ("contradicted", "not_mentioned")
    assert time.perf_counter() - started < 8


def test_a_cell_with_a_thousand_shared_figures():
    cell = "产值分别增长" + "、".join(f"{n % 90 + 1}%" for n in range(1500))
    found = ledger(read_document("表.md", f"# 公报\n\n| 街道 | 情况 |\n|---|---|\n| 城东街道 | {cell} |\n| 城西街道 | 持平 |\n", (2024, 1)))
    assert len(found) == 1500 and {(row.change, row.direction) for row in found} == {("change", 1)}


def test_ledger_time_is_linear():
    def seconds(n):
        document = read_document("a.txt", "建成厂房25座,投资2.7亿元。" * n)
        started = time.perf_counter()
        ledger(document)
        return time.perf_counter() - started
    seconds(50)
    assert seconds(800) < 10 * max(seconds(200), 0.02)


@pytest.mark.parametrize("name,date", [("work_report.md", (2024, 1)), ("speech.txt", (2023, 3)), ("communique.md", (2024, 3)), ("announcement.md", (2024, 6)), ("feature.txt", (2022, 9))])
def test_no_wrong_claim_of_the_reports_is_supported(name, date):
    reports = ROOT / "tests" / "reports"
    book = Book.of([read_document(name, (reports / name).read_text("utf-8"), date)])
    rows = [json.loads(line) for line in (reports / f"{name.split('.')[0]}.claims.jsonl").read_text("utf-8").splitlines()]
    got = {row["id"]: check(row["claim"], book).verdict for row in rows}
    assert [row["id"] for row in rows if row["verdict"] != "supported" and got[row["id"]] == "supported"] == []
    assert sum(got[row["id"]] == row["verdict"] for row in rows) >= 0.85 * len(rows)


def test_claims_over_the_digest():
    book = Book.of([read_document("report.md", (ROOT / "data" / "report.md").read_text("utf-8"), (2022, 1))])
    rows = [json.loads(line) for line in (ROOT / "data" / "claims.jsonl").read_text("utf-8").splitlines()]
    got = {row["id"]: check(row["claim"], book).verdict for row in rows}
    assert len(rows) >= 150 and sum("hard" in row["tags"] for row in rows) * 2 >= len(rows)
    assert [row["id"] for row in rows if row["verdict"] != "supported" and got[row["id"]] == "supported"] == []
    assert sum(got[row["id"]] == row["verdict"] for row in rows) >= 0.95 * len(rows)


@pytest.mark.parametrize("claim,verdict", [("城东园区收入最高,为6.4亿元。", SUPPORTED), ("城北园区收入最高,为5.8亿元。", CONTRADICTED), ("城西园区收入最低,为5.3亿元。", SUPPORTED), ("城北园区收入最低,为5.8亿元。", CONTRADICTED)])
def test_the_most_and_the_least_are_compared_where_the_report_gives_all_and_says_neither(claim, verdict):
    assert check(claim, Book.of([read_document("a.md", PARKS, (2024, 6))])).verdict == verdict


@pytest.mark.parametrize("claim,verdict", [
    ("科技贷款的增速高于制造业贷款。", SUPPORTED), ("科技贷款的余额和增速都高于制造业贷款。", CONTRADICTED), ("科技贷款的余额,少于制造业贷款。", SUPPORTED), ("科技贷款余额超过制造业贷款。", CONTRADICTED),
    ("去年柳江市农村居民收入的增速快于城镇居民。", SUPPORTED), ("手续费净收入的降幅大于利息净收入。", SUPPORTED), ("手续费净收入的降幅小于利息净收入。", CONTRADICTED), ("事业收入低于全部收入,财政拨款多于事业收入。", CONTRADICTED),
    ("投诉最多的是质量类。", CONTRADICTED), ("售后服务类投诉最多,质量类次之。", SUPPORTED), ("售后服务类投诉最多,价格类次之。", CONTRADICTED), ("价格类投诉最少。", SUPPORTED),
    ("科技贷款余额154亿元,制造业贷款的增速快于科技贷款。", CONTRADICTED), ("科技贷款余额154亿元,科技贷款的增速快于制造业贷款。", SUPPORTED),
    ("学校获得财政拨款23.6亿元,高于事业收入。", CONTRADICTED), ("石桥镇户均集体收入61.5万元,居各镇之首。", CONTRADICTED), ("柳河镇户均集体收入78.3万元,居各镇之首。", SUPPORTED)])
def test_what_a_claim_compares_without_figures_is_reckoned_from_those_of_the_report(claim, verdict):
    assert check(claim, Book.of([read_document("a.md", RANKING, (2025, 1))])).verdict == verdict


@pytest.mark.parametrize("claim", ["科技贷款的增速首次高于制造业贷款。", "科技贷款的增速高于制造业贷款,利率也更低。", "银行调降利率,科技贷款的增速高于制造业贷款。", "柳江县人民银行的科技贷款增速高于农业银行。"])
def test_more_than_a_comparison_is_not_borne_out_by_the_figures(claim):
    assert compared(Line.read(claim), Book.of([read_document("a.md", RANKING, (2025, 1))])) is None


@pytest.mark.parametrize("claim,verdict", [
    ("第四季度营业收入11.2亿元,为全年各季度最高。", SUPPORTED), ("第二季度营业收入9.7亿元,为全年各季度最高。", CONTRADICTED), ("第三季度营业收入9.7亿元。", CONTRADICTED),
    ("产权交易中心成交金额3.84亿元,同比增长28%。", SUPPORTED), ("产权交易中心成交金额3.84亿元,同比增长35%。", CONTRADICTED), ("亩均机耕成本省了35元。", SUPPORTED)])
def test_a_figure_behind_respective_is_of_its_quarter_or_item(claim, verdict):
    assert check(claim, Book.of([read_document("a.md", QUARTERS, (2025, 1))])).verdict == verdict


@pytest.mark.parametrize("claim,supported", [("柳江医院考核排名第14位,比上一年度前进5位。", True), ("柳江医院考核排名第14位,比上一年度后退5位。", False)])
def test_a_rank_that_went_up_did_not_go_down(claim, supported):
    assert (check(claim, Book.of([read_document("a.md", QUARTERS, (2025, 1))])).verdict == SUPPORTED) == supported


@pytest.mark.parametrize("claim,verdict", [("门诊量为303.7万人次。", SUPPORTED), ("年末贷款余额2160亿元。", SUPPORTED), ("门诊量为58.7万人次。", CONTRADICTED)])
def test_of_what_one_word_names_two_the_other_is_reckoned(claim, verdict):
    book = Book.of([read_document("a.md", "# 柳江盘点\n\n全年门急诊总量362.4万人次,增长8.1%,其中急诊58.7万人次。年末存贷款余额合计5120亿元,其中存款2960亿元。\n", (2025, 1))])
    assert check(claim, book).verdict == verdict


@pytest.mark.parametrize("claim,verdict", [
    ("日间手术中心4月从外科楼搬到了门诊楼。", CONTRADICTED), ("日间手术中心4月从门诊楼搬到了外科楼。", SUPPORTED), ("瓷器展由南岭考古研究所主办,展出文物286件。", CONTRADICTED), ("瓷器展由柳江市博物馆主办,展出文物286件。", SUPPORTED),
    ("全年签约的58个文旅项目已全部开工。", CONTRADICTED), ("全年签约文旅项目58个。", SUPPORTED), ("柳江市建成首个省级实验室。", CONTRADICTED), ("校长葛北舟与党委书记陆文秉带队走访企业132家。", CONTRADICTED)])
def test_who_does_it_whither_and_of_how_many_agree_where_the_figures_do(claim, verdict):
    assert check(claim, Book.of([read_document("a.md", MOVES, (2025, 1))])).verdict == verdict


@pytest.mark.parametrize("claim,reason", [
    ("新建商品房销售面积下降8.9%,降幅比一季度扩大3.7个百分点。", "口径不符"), ("全年实际使用外资1.84亿元人民币,增长2.5%。", "单位或数量级不符"),
    ("去年判处五年以上有期徒刑、无期徒刑和死刑的罪犯有4830人。", "数字不符"), ("新建商品房销售面积下降8.9%,降幅比一季度收窄3.7个百分点。", "相符"), ("全年实际使用外资1.84亿美元,增速为2.5%。", "相符")])
def test_why_a_figure_is_contradicted_where_all_else_holds(claim, reason):
    report = "房地产投资下降14.8%;新建商品房销售面积78.4万平方米,下降8.9%,降幅比一季度收窄3.7个百分点。全年实际使用外资1.84亿美元,增长2.5%。审结案件4.17万件,判处罪犯5.26万人,其中判处五年以上有期徒刑、无期徒刑和死刑的4380人。"
    assert check(claim, Book.of([read_document("a.md", report, (2024, 6))])).claims[0].reason.startswith(reason)


@pytest.mark.parametrize("claim,turned", [("实际使用外资1.32亿美元,比上年有所增长。", True), ("实际使用外资1.32亿美元,比上年有所下降。", False), ("新建学校3所,比上年有所增加。", False)])
def test_a_change_without_a_figure_behind_a_figure_goes_the_way_of_the_report(claim, turned):
    book = Book.of([read_document("a.md", "2023年实际使用外资1.32亿美元,下降9.7%;新建学校3所,在校教师比上年减少。", (2024, 6))])
    assert ("升降" in check(claim, book).claims[0].reason) == turned


@pytest.mark.parametrize("claim,wrong", [("老年人的签约率为78.4%,高于高血压患者。", True), ("老年人的签约率为78.4%,低于高血压患者。", False)])
def test_a_figure_set_against_what_has_another_is_compared_with_that(claim, wrong):
    assert (check(claim, Book.of([read_document("a.md", GRANTS, (2024, 6))])).verdict == CONTRADICTED) == wrong


@pytest.mark.parametrize("claim,verdict", [
    ("望江枢纽首台机组已投产发电。", CONTRADICTED), ("望江枢纽首台机组将投产发电。", SUPPORTED), ("南坪站首台机组投产发电。", SUPPORTED),
    ("甲桥镇卫生院院长因考核不合格被调整岗位。", SUPPORTED), ("甲桥镇卫生院院长没有被调整岗位。", CONTRADICTED)])
def test_a_piece_is_read_with_the_goal_or_the_denial_ahead_of_it(claim, verdict):
    text = "南坪站首台机组投产发电。力争到2025年,自来水普及率达到94%,望江枢纽首台机组投产发电。有3家卫生院考核不合格,其中甲桥镇卫生院院长被调整岗位。"
    assert check(claim, Book.of([read_document("a.md", text, (2024, 6))])).verdict == verdict
