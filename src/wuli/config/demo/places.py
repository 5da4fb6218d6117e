"""Where the fictional enterprises stand: 28 provinces by GB/T 2260 code, 23 countries with their zones."""

from dataclasses import dataclass

HOME_ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Place:
    name: str
    region: str
    zone: str = HOME_ZONE
    folk: str = "han"
    """Whose names part of the people here bear; see `names`."""

    @property
    def is_abroad(self) -> bool:
        return self.region.isalpha()


# Province: cities and prefectures (in the four municipalities: districts), each with the last four digits of its code.
# Jilin, Anhui and Hainan are left out, as the published group is in 28 of the 31.
CITIES = {
    "11": "海淀0108 丰台0106 西城0102 昌平0114",
    "12": "滨海0116 东丽0110 津南0112 西青0111",
    "13": "石家庄0100 唐山0200 秦皇岛0300 邯郸0400 邢台0500 保定0600 张家口0700 承德0800 沧州0900 廊坊1000 衡水1100",
    "14": "太原0100 大同0200 阳泉0300 长治0400 晋城0500 朔州0600 晋中0700 运城0800 忻州0900 临汾1000 吕梁1100",
    "15": "呼和浩特0100 包头0200 乌海0300 赤峰0400 通辽0500 鄂尔多斯0600 呼伦贝尔0700 巴彦淖尔0800 锡林郭勒2500",
    "21": "沈阳0100 大连0200 鞍山0300 抚顺0400 本溪0500 丹东0600 锦州0700 营口0800 阜新0900 辽阳1000 葫芦岛1400",
    "23": "哈尔滨0100 齐齐哈尔0200 鸡西0300 双鸭山0500 大庆0600 佳木斯0800 牡丹江1000 黑河1100",
    "31": "浦东0115 宝山0113 闵行0112 虹口0109 松江0117",
    "32": "南京0100 无锡0200 徐州0300 常州0400 苏州0500 南通0600 连云港0700 盐城0900 扬州1000 镇江1100",
    "33": "杭州0100 宁波0200 温州0300 嘉兴0400 湖州0500 绍兴0600 金华0700 衢州0800 台州1000 丽水1100",
    "35": "福州0100 厦门0200 莆田0300 三明0400 泉州0500 漳州0600 南平0700 龙岩0800 宁德0900",
    "36": "南昌0100 景德镇0200 萍乡0300 九江0400 新余0500 鹰潭0600 赣州0700 吉安0800 宜春0900 上饶1100",
    "37": (
        "济南0100 青岛0200 淄博0300 枣庄0400 东营0500 烟台0600 潍坊0700 济宁0800 泰安0900 日照1100 临沂1300 "
        "聊城1500 滨州1600"
    ),
    "41": (
        "郑州0100 开封0200 洛阳0300 平顶山0400 安阳0500 新乡0700 焦作0800 许昌1000 三门峡1200 南阳1300 商丘1400 "
        "信阳1500"
    ),
    "42": "武汉0100 黄石0200 十堰0300 宜昌0500 襄阳0600 鄂州0700 荆门0800 荆州1000 黄冈1100 咸宁1200",
    "43": "长沙0100 株洲0200 湘潭0300 衡阳0400 邵阳0500 岳阳0600 常德0700 益阳0900 郴州1000 永州1100 怀化1200 娄底1300",
    "44": "广州0100 韶关0200 深圳0300 佛山0600 江门0700 湛江0800 肇庆1200 惠州1300 梅州1400 清远1800 云浮5300",
    "45": (
        "南宁0100 柳州0200 桂林0300 梧州0400 北海0500 防城港0600 贵港0800 百色1000 贺州1100 河池1200 来宾1300 "
        "崇左1400"
    ),
    "50": "涪陵0102 九龙坡0107 渝北0112 綦江0110 江津0116 南川0119 万州0101 黔江0114",
    "51": (
        "成都0100 自贡0300 攀枝花0400 德阳0600 绵阳0700 广元0800 乐山1100 宜宾1500 雅安1800 阿坝3200 甘孜3300 "
        "凉山3400"
    ),
    "52": "贵阳0100 六盘水0200 遵义0300 安顺0400 毕节0500 铜仁0600 黔西南2300 黔东南2600 黔南2700",
    "53": (
        "昆明0100 曲靖0300 玉溪0400 保山0500 昭通0600 丽江0700 普洱0800 临沧0900 楚雄2300 红河2500 文山2600 "
        "大理2900 德宏3100 怒江3300 迪庆3400"
    ),
    "54": "拉萨0100 日喀则0200 昌都0300 林芝0400",
    "61": "西安0100 铜川0200 宝鸡0300 咸阳0400 渭南0500 延安0600 汉中0700 榆林0800 安康0900 商洛1000",
    "62": "兰州0100 嘉峪关0200 金昌0300 白银0400 天水0500 武威0600 张掖0700 平凉0800 酒泉0900 定西1100 陇南1200",
    "63": "西宁0100 海东0200 海北2200 黄南2300 果洛2600 玉树2700 海西2800",
    "64": "银川0100 石嘴山0200 吴忠0300 固原0400 中卫0500",
    "65": "乌鲁木齐0100 克拉玛依0200 吐鲁番0400 哈密0500 昌吉2300 阿克苏2900 喀什3100 伊犁4000 阿勒泰4300",
}  # fmt: skip
COUNTRIES = {
    "GN": ("几内亚", "Africa/Conakry", "west_african"),
    "CD": ("刚果金", "Africa/Lubumbashi", "west_african"),
    "ZM": ("赞比亚", "Africa/Lusaka", "southern_african"),
    "PE": ("秘鲁", "America/Lima", "spanish"),
    "CL": ("智利", "America/Santiago", "spanish"),
    "VE": ("委内瑞拉", "America/Caracas", "spanish"),
    "BR": ("巴西", "America/Sao_Paulo", "portuguese"),
    "CA": ("加拿大", "America/Toronto", "english"),
    "US": ("美国", "America/New_York", "english"),
    "AU": ("澳大利亚", "Australia/Perth", "english"),
    "DE": ("德国", "Europe/Berlin", "german"),
    "RU": ("俄罗斯", "Europe/Moscow", "russian"),
    "KZ": ("哈萨克斯坦", "Asia/Almaty", "kazakh"),
    "MN": ("蒙古", "Asia/Ulaanbaatar", "mongol"),
    "SA": ("沙特", "Asia/Riyadh", "arabic"),
    "IN": ("印度", "Asia/Kolkata", "indian"),
    "ID": ("印尼", "Asia/Jakarta", "indonesian"),
    "LA": ("老挝", "Asia/Vientiane", "lao"),
    "MM": ("缅甸", "Asia/Yangon", "burmese"),
    "VN": ("越南", "Asia/Ho_Chi_Minh", "vietnamese"),
    "TH": ("泰国", "Asia/Bangkok", "thai"),
    "SG": ("新加坡", "Asia/Singapore", "english"),
    "JP": ("日本", "Asia/Tokyo", "japanese"),
}
MINORITIES = {
    "15": "mongol", "54": "tibetan", "63": "tibetan", "64": "hui", "65": "uyghur",
    "5132": "tibetan", "5133": "tibetan", "5134": "yi", "5334": "tibetan", "5323": "yi", "4510": "zhuang",
    "4514": "zhuang",
}  # fmt: skip


def _place(province: str, entry: str) -> Place:
    name, rest = entry[:-4], entry[-4:]
    region = province + rest
    folk = MINORITIES.get(region[:4]) or MINORITIES.get(province) or "han"
    return Place(name, region, folk=folk)


AT_HOME: dict[str, tuple[Place, ...]] = {
    province: tuple(_place(province, entry) for entry in cities.split()) for province, cities in CITIES.items()
}
ABROAD: dict[str, Place] = {
    code: Place(name, code, zone, folk) for code, (name, zone, folk) in COUNTRIES.items()
}  # fmt: skip
HEAD_OFFICE = AT_HOME["11"][0]
