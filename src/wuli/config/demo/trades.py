"""What the enterprises do: the words of their names, their workshops, process steps and posts, and the segments."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A process step and the post that does the work there; offices have no steps."""

    name: str
    post: str


@dataclass(frozen=True)
class Shop:
    """A kind of workshop: how it is called, and its process steps."""

    pattern: str
    steps: tuple[Step, ...]

    def title(self, number: int, of: int) -> str:
        """电解二车间, or 电解车间 where there is only one."""
        return self.pattern.format(ordinal(number)) if of > 1 else self.pattern.replace("第{}", "").replace("{}", "")


@dataclass(frozen=True)
class Trade:
    words: tuple[str, ...]
    """What follows the place in an enterprise's name."""
    size: int
    """People of a typical enterprise; only the proportions matter."""
    desks: float
    """The part of its people who sit in offices."""
    shops: tuple[Shop, ...]
    provinces: str = ""
    """Where it is at home; empty: anywhere."""
    crew: str = "班"


@dataclass(frozen=True)
class Segment:
    name: str
    people: float
    enterprises: int
    lead: tuple[str, str]
    """Its leading enterprise: name and trade."""
    trades: dict[str, float]
    abroad: tuple[str, ...]
    """Country and trade of its enterprises abroad, the first being the most needed."""
    listed: int = 0


def _shop(pattern: str, steps: str) -> Shop:
    return Shop(pattern, tuple(Step(*step.split("/")) for step in steps.split()))


REPAIR = _shop("检修{}车间", "机械/钳工 电气/维修电工 焊接/电焊工 仪表/仪表工 起重/起重工")
POWER = _shop("热电{}车间", "锅炉/锅炉运行工 汽机/汽轮机运行工 化水/水处理工 输煤/输煤工 电气/变电值班员")
CARRY = _shop("运输{}队", "装卸/装卸工 汽运/汽车司机 铁运/调车员 仓储/仓库保管员")
LAB = _shop("质检{}站", "取样/取样工 化验/化验员 计量/计量员")

TRADES: dict[str, Trade] = {
    "bauxite": Trade(
        ("矿业", "铝土矿", "铝矿开发"), 330, 0.14,
        (
            _shop("采矿{}工区", "穿孔/穿孔工 爆破/爆破工 铲装/挖掘机司机 排土/推土机司机 测量/测量工"),
            _shop("选矿{}车间", "破碎/破碎工 磨矿/磨矿工 洗矿/洗矿工 浮选/浮选工 尾矿/尾矿工"),
            CARRY, REPAIR,
        ), "14 41 45 52 53 50", "班",
    ),
    "alumina": Trade(
        ("氧化铝", "铝氧", "氢氧化铝"), 820, 0.10,
        (
            _shop("原料{}车间", "配料/配料工 磨制/原料磨工 石灰/石灰炉工"),
            _shop("溶出{}车间", "预脱硅/脱硅工 溶出/溶出工 稀释/稀释工"),
            _shop("沉降{}车间", "沉降/沉降工 洗涤/洗涤工 赤泥/赤泥外排工"),
            _shop("分解{}车间", "种分/分解工 过滤/过滤工 蒸发/蒸发工"),
            _shop("焙烧{}车间", "焙烧/焙烧工 包装/包装工 收尘/收尘工"),
            POWER, REPAIR, LAB,
        ), "14 37 41 45 50 52",
    ),
    "electrolysis": Trade(
        ("铝业", "电解铝", "绿色铝"), 980, 0.09,
        (
            _shop("电解{}车间", "换极/电解工 出铝/出铝工 测量/测量工 巡视/电解巡视工 行车/多功能天车工"),
            _shop("铸造{}车间", "配料/配料工 熔炼/熔炼工 铸造/铸造工 锯切/锯切工 打包/打捆工"),
            _shop("阳极组装{}车间", "浇铸/浇铸工 压脱/压脱工 清理/电解质清理工"),
            _shop("净化{}车间", "净化/净化工 输送/氧化铝输送工 脱硫/脱硫工"),
            _shop("供电整流{}车间", "整流/整流运行工 动力/空压机工 变电/变电值班员"),
            REPAIR, LAB,
        ), "15 52 53 62 63 64 41 14 45 65",
    ),
    "carbon": Trade(
        ("碳素", "阳极材料", "石墨"), 300, 0.11,
        (
            _shop("煅烧{}车间", "煅烧/煅烧工 原料/原料工"),
            _shop("成型{}车间", "混捏/混捏工 成型/成型工 沥青/沥青熔化工"),
            _shop("焙烧{}车间", "装炉/装炉工 焙烧/焙烧调温工 清理/清理工"),
            REPAIR,
        ), "15 37 41 52 53 62 63 14",
    ),
    "power": Trade(
        ("能源", "热电", "风电", "光伏发电"), 210, 0.14,
        (POWER, _shop("运行{}车间", "风机/风机检修工 光伏/光伏运维员 集控/集控值班员"), REPAIR), "64 15 62 65 63 37",
    ),
    "copper_mine": Trade(
        ("铜矿", "矿冶", "铜钼矿业"), 640, 0.11,
        (
            _shop("采矿{}工区", "凿岩/凿岩工 爆破/爆破工 支护/支护工 出矿/铲运机司机 提升/提升机司机 通风/通风工"),
            _shop("选矿{}车间", "破碎/破碎工 磨矿/磨矿工 浮选/浮选工 脱水/脱水工 尾矿/尾矿工"),
            CARRY, REPAIR, LAB,
        ), "53 54 42 36 15 51 65",
    ),
    "copper_smelter": Trade(
        ("铜业", "铜冶炼", "稀贵金属"), 780, 0.10,
        (
            _shop("熔炼{}车间", "备料/备料工 熔炼/熔炼炉工 渣选/渣选工"),
            _shop("吹炼{}车间", "吹炼/转炉工 精炼/阳极炉工 浇铸/浇铸工"),
            _shop("电解精炼{}车间", "出装/出装槽工 净液/净液工 剥片/剥片工 稀贵/稀贵金属精炼工"),
            _shop("制酸{}车间", "转化/转化工 干吸/干吸工 净化/净化工"),
            REPAIR, POWER, LAB,
        ), "53 42 35 13 62",
    ),
    "lead_zinc": Trade(
        ("铅锌", "锌业", "铅业", "锗业"), 620, 0.10,
        (
            _shop("采矿{}工区", "凿岩/凿岩工 支护/支护工 出矿/铲运机司机 提升/提升机司机"),
            _shop("选矿{}车间", "磨矿/磨矿工 浮选/浮选工 脱水/脱水工"),
            _shop("锌冶炼{}车间", "焙烧/沸腾炉工 浸出/浸出工 净化/净液工 电积/锌电积工 熔铸/熔铸工"),
            _shop("铅冶炼{}车间", "熔炼/铅熔炼工 还原/还原炉工 电解/铅电解工"),
            _shop("制酸{}车间", "转化/转化工 干吸/干吸工"),
            REPAIR, LAB,
        ), "53 15 63 62 51 43",
    ),
    "rare_earth": Trade(
        ("稀土", "稀土材料", "稀有金属", "钨业"), 170, 0.16,
        (
            _shop("采矿{}工区", "采矿/采矿工 选矿/选矿工 尾矿/尾矿工"),
            _shop("萃取{}车间", "酸溶/酸溶工 萃取/萃取工 沉淀/沉淀工 灼烧/灼烧工"),
            _shop("金属{}车间", "电解/稀土电解工 还原/真空还原工 精整/精整工"),
            LAB, REPAIR,
        ), "45 32 37 51 36 44 43",
    ),
    "rolling": Trade(
        ("铝材", "铝加工", "铝箔", "板带", "特种铝材"), 560, 0.11,
        (
            _shop("熔铸{}车间", "熔炼/熔炼工 铸造/铸造工 均热/均热工 锯铣/锯铣工"),
            _shop("热轧{}车间", "加热/加热工 热轧/热轧工 剪切/剪切工"),
            _shop("冷轧{}车间", "冷轧/冷轧工 退火/退火工 磨辊/磨辊工"),
            _shop("箔轧{}车间", "粗轧/铝箔粗轧工 精轧/铝箔精轧工 分切/分切工"),
            _shop("精整{}车间", "矫直/拉矫工 包装/包装工 检验/成品检验工"),
            REPAIR, POWER,
        ), "50 23 41 35 32 61 21",
    ),
    "forging": Trade(
        ("锻造", "精密制造", "合金新材料", "铜材"), 380, 0.12,
        (
            _shop("锻造{}车间", "下料/下料工 加热/加热工 模锻/模锻工 切边/切边工"),
            _shop("热处理{}车间", "淬火/热处理工 时效/时效工"),
            _shop("机加工{}车间", "车削/车工 铣削/铣工 数控/数控操作工 检测/三坐标测量员"),
            REPAIR,
        ), "50 23 61 43 32 33 44",
    ),
    "building": Trade(
        ("建设工程", "冶金建设", "矿山工程", "设备安装"), 240, 0.18,
        (
            _shop("第{}项目部", "土建/砌筑工 钢筋/钢筋工 模板/木工 混凝土/混凝土工 测量/测量员"),
            _shop("第{}安装队", "钢构/铆工 焊接/电焊工 管道/管道工 电气/安装电工 起重/起重工"),
        ), "",
    ),
    "design": Trade(
        ("设计研究院", "工程咨询", "工程监理"), 190, 0.24,
        (_shop("第{}设计所", "工艺/工艺设计师 土建/结构设计师 电气/电气设计师 概算/造价工程师 监理/监理工程师"),),
        "11 21 43 41 52 61", "室",
    ),
    "survey": Trade(
        ("地质勘查", "矿产勘探"), 150, 0.18,
        (_shop("第{}地质队", "踏勘/地质工程师 测量/测量员 物探/物探技术员 钻探/钻工 编录/编录员 后勤/驾驶员"),),
        "63 51 53 54 65 15", "组",
    ),
    "property": Trade(
        ("置业", "资产经营", "物业服务", "酒店管理"), 170, 0.22,
        (_shop("第{}服务中心", "保洁/保洁员 秩序/秩序维护员 维修/综合维修工 餐饮/厨师 绿化/绿化工"),), "", "组",
    ),
    "services": Trade(
        ("实业", "服装", "综合服务", "职业培训"), 190, 0.15,
        (
            _shop("服装{}车间", "裁剪/裁剪工 缝制/缝纫工 整烫/整烫工 包装/包装工"),
            _shop("后勤{}中心", "餐饮/厨师 供水/供水工 供暖/供暖工 宿舍/宿舍管理员"),
        ), "",
    ),
    "trading": Trade(
        ("国际贸易", "物资", "供应链", "矿产品贸易"), 60, 0.55,
        (_shop("业务{}部", "采购/采购专员 销售/销售专员 单证/单证员 风控/风控专员"),), "", "组",
    ),
    "logistics": Trade(
        ("物流", "港务", "铁路运输"), 150, 0.15,
        (CARRY, _shop("港站{}部", "调度/调度员 装卸/装卸工 理货/理货员")), "",
    ),
    "finance": Trade(
        ("融资租赁", "商业保理", "资本管理", "保险经纪", "股权投资"), 55, 0.6,
        (_shop("业务{}部", "投放/客户经理 风控/风控经理 结算/结算专员 资产/资产管理员"),), "11 12 31 44 50", "组",
    ),
    "environment": Trade(
        ("环保", "节能科技", "水务", "资源循环"), 110, 0.18,
        (_shop("第{}运营站", "污水/污水处理工 脱硫/脱硫运行工 固废/固废处置工 监测/环境监测员"),), "",
    ),
    "research": Trade(
        ("新材料研究院", "技术研究院", "检测技术"), 120, 0.22,
        (_shop("第{}研究所", "合金/合金研究员 冶金/冶金研究员 分析/分析测试员 中试/中试操作工"),),
        "11 41 43 53 61 50", "组",
    ),
    "digital": Trade(
        ("智能科技", "数字技术", "自动化"), 90, 0.24,
        (_shop("第{}交付中心", "开发/软件工程师 实施/实施工程师 运维/运维工程师 测试/测试工程师"),),
        "11 12 43 33 44 50", "组",
    ),
    "holding": Trade(
        ("控股", "投资", "国际控股"), 60, 0.75,
        (_shop("业务{}部", "投资/投资经理 运营/运营经理"),), "11 31", "组",
    ),
}  # fmt: skip

SEGMENTS: tuple[Segment, ...] = (
    Segment(
        "铝业板块", 66_000, 150, ("同舟铝业股份有限公司", "holding"),
        {"electrolysis": 32, "alumina": 21, "bauxite": 24, "carbon": 20, "power": 14, "trading": 14, "logistics": 8,
         "services": 6},
        ("GN bauxite", "ID alumina", "LA electrolysis", "AU trading", "RU trading", "JP trading", "GN logistics",
         "IN bauxite"), 2,
    ),
    Segment(
        "铜业（铅锌）板块", 46_000, 110, ("同舟铜业股份有限公司", "holding"),
        {"copper_mine": 25, "copper_smelter": 18, "lead_zinc": 27, "trading": 11, "logistics": 6, "services": 5},
        ("PE copper_mine", "CD copper_mine", "ZM copper_smelter", "CL trading", "MN lead_zinc", "MM copper_mine",
         "CA copper_mine", "US trading", "PE logistics"), 2,
    ),
    Segment(
        "稀有稀土板块", 7_500, 45, ("同舟稀有稀土有限公司", "holding"), {"rare_earth": 34, "trading": 6, "research": 2},
        ("VN rare_earth", "MM rare_earth"),
    ),
    Segment(
        "工程技术板块", 14_500, 62, ("同舟工程技术股份有限公司", "design"),
        {"survey": 8, "building": 29, "design": 15, "trading": 2},
        ("IN building", "SA building", "VE building", "VN building", "KZ building", "BR building", "ID building"), 1,
    ),
    Segment(
        "资产经营板块", 10_000, 58, ("同舟资产经营管理有限公司", "property"),
        {"property": 27, "services": 22, "logistics": 8}, (),
    ),
    Segment(
        "产业金融板块", 1_300, 24, ("同舟财务有限责任公司", "finance"), {"finance": 16, "trading": 5},
        ("SG finance", "SG trading"),
    ),
    Segment(
        "高端制造板块", 19_000, 48, ("同舟高端制造股份有限公司", "rolling"),
        {"rolling": 23, "forging": 14, "research": 3, "trading": 4}, ("DE rolling", "TH rolling", "US rolling"), 1,
    ),
    Segment(
        "环保节能平台", 1_700, 16, ("同舟环保节能集团有限公司", "environment"), {"environment": 14},
        ("LA environment",),
    ),
    Segment("创新开发平台", 1_400, 13, ("同舟科学技术研究院有限公司", "research"), {"research": 12}, ()),
    Segment("智能科技平台", 900, 10, ("同舟数字智能科技有限公司", "digital"), {"digital": 9}, ()),
    Segment(
        "海外发展平台", 1_700, 12, ("同舟国际控股有限公司", "holding"), {"trading": 1},
        ("GN holding", "PE holding", "SG holding", "CL holding", "KZ holding", "AU holding", "ID logistics",
         "GN building", "PE services", "CD logistics"),
    ),
)  # fmt: skip
GROUP_NAME = "同舟有色集团有限公司"
GROUP_SHORT = "同舟有色集团"
PLATFORMS = 4
"""How many of the segments, counted from the end, are emerging platforms."""

HEADQUARTERS = (
    "集团领导办公室", "集团办公室", "战略发展部", "运营管理部", "财务产权部", "人力资源部", "科技创新部",
    "安全环保健康部", "党群工作部", "纪检监察组", "审计部", "法律合规部", "国际业务部", "采购管理部", "信息化管理部",
    "应急指挥中心",
)  # fmt: skip
OFFICES = (
    "经理办公室", "生产技术部", "安全环保部", "财务部", "党群工作部", "人力资源部", "设备能源部", "营销部", "采购部",
    "审计法务部", "质量管理部", "保卫部", "信息中心", "规划发展部", "离退休服务中心", "纪检工作部",
)  # fmt: skip
CHIEFS = {
    "车间": "车间主任", "工区": "工区长", "队": "队长", "站": "站长", "部": "经理", "中心": "中心主任", "所": "所长"
}  # fmt: skip
"""What the head of a workshop is called, by the last signs of its name."""
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else ORDINALS[tens - 1]) + ("十" if tens else "")
    return head + (ORDINALS[ones - 1] if ones else "")
