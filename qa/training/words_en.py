"""English names for what `reports` makes up, so that English questions meet Chinese windows."""
from . import words_zh

KINDS = dict(zip(words_zh.KINDS, "District,County,City,Town,Township,Subdistrict,Development Zone,Industrial Park,New Area".split(",")))
OFFICES = dict(zip(
    words_zh.OFFICES,
    ("development and reform bureau,education bureau,finance bureau,agriculture bureau,housing and construction bureau,health commission,transport bureau,culture and tourism bureau,civil affairs bureau,"
     "human resources bureau,commerce bureau,science and technology bureau,environment bureau,water bureau,market regulator,emergency management bureau,statistics bureau,tax bureau,police branch,"
     "government service center,investment promotion bureau,urban management bureau").split(",")))
FIRMS = dict(zip(words_zh.FIRMS,
                 "Technology,Chemical,Machinery,Building Materials,New Energy,Food,Pharmaceutical,Electronics,Textile,Auto,Logistics,Agriculture".split(",")))
THINGS = dict(zip(words_zh.THINGS,
                  ("Bridge,Tunnel,Metro Line 1,sewage treatment plant,sports center,library,museum,central hospital,bus station,high-speed railway station,waterworks,thermal power plant,startup park,farm produce market,"
                   "culture square,wetland park,expressway,nursing home,experimental school,data center").split(",")))
ACTS = dict(zip(words_zh.ACTS,
                "start construction,get completed,come into use,open to traffic,get unveiled,get signed,get launched,pass acceptance,open for business,top out".split(",")))
MEASURES = dict(m.split("/") for m in (
    "地区生产总值/gross domestic product,一般公共预算收入/general public budget revenue,固定资产投资/fixed asset investment,社会消费品零售总额/total retail sales of consumer goods,规模以上工业增加值/industrial value added,"
    "城镇居民人均可支配收入/per capita disposable income of urban residents,农村居民人均可支配收入/per capita disposable income of rural residents,进出口总额/total imports and exports,实际利用外资/foreign investment,"
    "城镇新增就业/new urban jobs,常住人口/permanent residents,高新技术企业/high-tech enterprises,科技型中小企业/small technology companies,规模以上工业企业/large industrial enterprises,市场主体/market entities,"
    "新建学校/new schools,新增学位/new school places,改造老旧小区/renovated old residential communities,新建公园/new parks,绿化面积/green area,粮食产量/grain output,接待游客/tourists received,旅游收入/tourism revenue,"
    "签约项目/signed projects,到位资金/funds in place,减税降费/tax and fee cuts,优良天数/days of good air,森林覆盖率/forest coverage,养老机构/elderly care institutions,养老床位/elderly care beds,医疗机构/medical institutions,"
    "公路里程/kilometers of roads,新建桥梁/new bridges,发明专利/invention patents,研发投入/R&D spending,税收收入/tax revenue,财政支出/fiscal expenditure,贫困村/poor villages,脱贫人口/people lifted out of poverty,"
    "合作社/cooperatives,蔬菜大棚/vegetable greenhouses,充电桩/charging piles,公交车/buses,志愿者/volunteers,党员/party members,医生/doctors,教师/teachers,入驻企业/resident companies,重点项目/key projects,总投资/total investment,"
    "建筑面积/floor area,占地面积/land area,年产值/annual output value,年产量/annual output,用电量/electricity consumption,存款余额/deposit balance,贷款余额/loan balance,快递业务量/parcels,5G基站/5G base stations,"
    "执法人员/law enforcement officers,检查企业/companies inspected,立案案件/cases filed,调解纠纷/disputes mediated,演出/performances,运动员/athletes,金牌/gold medals,景区/scenic spots,茶园/tea gardens,水库/reservoirs,"
    "学生/students,幼儿园/kindergartens,博士/doctoral graduates,人才公寓/apartments for talent,开工项目/projects started,竣工项目/projects completed,培训农民/farmers trained").split(","))


def latin(chinese):
    """东湖 → Donghu"""
    from pypinyin import lazy_pinyin
    return "".join(lazy_pinyin(chinese)).capitalize()
