"""What people are called: Han names by sex and age, the names of some minorities, and of local staff abroad.

Surnames come roughly as often as in the country; given names are put together from signs that were
usual when their bearers were born. Nobody real is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

YOUNG = 1984
"""Those born from this year on bear the younger names."""
PART_LOCAL = {"tibetan": 0.45, "uyghur": 0.35, "mongol": 0.14, "yi": 0.3, "hui": 0.3, "zhuang": 0.5}
"""The part of a workforce at home whose names are those of the minority there."""
PART_LOCAL_ABROAD = 0.68


@dataclass(frozen=True)
class Given:
    """Signs that come first and second in a given name, and those that are one by themselves."""

    first: str
    second: str
    single: str


# How many in a thousand, roughly; the long tail shares what is left.
SURNAMES = (
    "王71 李70 张66 刘52 陈44 杨30 黄22 赵20 吴20 周19 徐15 孙14 马13 朱12 胡12 郭11 何11 林11 高10 罗10 郑9 梁9 谢8 "
    "宋8 唐8 许7 韩7 邓7 冯7 曹6 彭6 曾6 肖6 田6 董6 潘5 袁5 蔡5 蒋5 余5 于5 杜5 叶5 程5 魏5 苏5 吕5 丁5 任5 卢4 姚4 "
    "沈4 钟4 姜4 崔4 谭4 陆4 范4 汪4 廖4 石4 金4 韦3 贾3 夏3 付3 方3 邹3 熊3 白3 孟3 秦3 邱3 侯3 江3 尹3 薛3 闫3 段3 "
    "雷3 龙2 黎2 史2 陶2 贺2 毛2 郝2 顾2 龚2 邵2 万2 覃2 武2 钱2 戴2 严2 莫2 孔2 向2 常2 汤2 康2 易2 乔2 赖2 文2 施2 "
    "洪2 葛2 牛1 樊1 芦1 岳1 齐1 梅1 庄1 辛1 管1 祝1 左1 涂1 谷1 时1 舒1 耿1 牟1 卜1 詹1 关1 苗1 凌1 费1 纪1 靳1 盛1 "
    "童1 欧1 甄1 项1 曲1 成1 游1 阳1 裴1 席1 卫1 查1 屈1 鲍1 霍1 翁1 隋1 植1 甘1 景1 单1 包1 司1 柏1 宁1 柯1 阮1 桂1 "
    "欧阳1 上官1"
)
OTHER_SURNAMES = {
    "zhuang": "韦30 黄28 覃22 莫12 农12 陆10 蒙8 罗8 梁8 李6 玉4 岑4 闭3 零3 班3",
    "hui": "马52 杨8 丁8 王8 哈4 白6 金5 沙4 李5 张4 海3 纳4 虎2 拜2 禹3 田3",
}
MEN = (
    Given(
        "建国志文永春德明玉金世学海长福正荣家光庆红卫新绍兴", "国军民华平明生林辉强东峰福贵良忠才胜军勇武山清祥斌",
        "伟强军勇刚涛斌辉平林",
    ),
    Given(
        "浩子宇俊泽天文嘉家晨思一明志梓博旭凯", "然轩航宇杰博豪涛鑫睿阳辰鹏林龙飞恒洋", "杰磊鹏超涛浩阳帅凯旭"
    ),
)  # fmt: skip
WOMEN = (
    Given("秀桂玉春淑美丽金爱红晓雪凤翠素月小海", "英兰珍华芳梅荣琴云霞玲红萍莲香凤燕敏", "丽敏芳娟艳霞玲红燕萍"),
    Given("欣雨思梦佳诗雅晓婷静子语若梓嘉依心一", "怡涵悦琪婷颖雯彤琳萱雪瑶洁宁蕾欣妍薇", "婷静娜雪倩颖琳莹慧洁"),
)
# Names at home that are put together of whole words: the first parts, what stands between, the second parts.
MINORITY = {
    "tibetan": (
        "扎西 卓玛 才让 多杰 次仁 格桑 旺堆 央金 尼玛 达瓦 拉姆 索南",
        "",
        "仁青 桑吉 德吉 平措 丹增 白玛 加措 顿珠 曲珍 晋美 罗布 强巴",
    ),
    "uyghur": (
        "买买提 阿不都拉 古丽 吐尔逊 艾力 阿依古丽 玉素甫 热依汗 库尔班 阿迪力 帕提古丽 艾山",
        "·",
        "努尔 米吉提 依明 卡德尔 祖农 肉孜 图尔荪 巴哈尔 沙吾提 木合塔尔 吾守尔 阿西木",
    ),
    "yi": (
        "吉克 阿苦 沙马 曲比 吉木 海来 俄木 阿的 马海 勒格",
        "",
        "拉则 伍果 木呷 尔布 阿依 日各 布吉 子古 阿牛 尔古",
    ),
    "mongol": (
        "巴特尔 乌云其其格 那日苏 苏日娜 布和 格日勒 阿古拉 萨仁高娃 朝鲁 娜仁花 呼日查 其其格 敖特根 乌兰 白音 "
        "额尔德尼 高娃 吉日嘎拉 托娅 宝音 阿拉坦 毕力格 哈斯 斯琴",
        "",
        "",
    ),
}
# Names of local staff abroad, in the order in which they are said; _ stands for a space inside one part.
FOREIGN = {
    "spanish": (
        "Carlos José Luis Juan María Rosa Jorge Miguel Ana Pedro Carmen Víctor",
        " ",
        "Quispe Mamani Flores Huamán Rojas García Torres Castillo Vargas Condori Rivera Soto",
    ),
    "portuguese": (
        "João Maria Pedro Ana Lucas Paulo Beatriz Rafael Carla Marcos",
        " ",
        "Silva Santos Oliveira Souza Lima Costa Pereira Almeida Ribeiro Carvalho",
    ),
    "english": (
        "James Emily Daniel Grace Michael Sarah Liam Chloe Ryan Megan",
        " ",
        "Baker Collins Foster Hughes Mitchell Reid Turner Walsh Bennett Parker",
    ),
    "german": (
        "Lukas Anna Felix Lena Jonas Marie Stefan Katrin Uwe Sabine",
        " ",
        "Becker Hoffmann Krüger Lange Neumann Richter Schäfer Vogel Winkler Zimmer",
    ),
    "russian": (
        "Алексей Мария Дмитрий Елена Сергей Ольга Иван Наталья",
        " ",
        "Бондаренко Черных Шевченко Лысенко Долгих Седых Павленко Белых",
    ),
    "kazakh": (
        "Nursultan Aigerim Yerlan Dana Askar Madina Bauyrzhan Zarina",
        " ",
        "Akhmet Suleimen Kali Ospan Zhumabay Sadyk Bek Tulegen",
    ),
    "mongol": (
        "Bat-Erdene Oyunaa Ganbold Sarantuya Munkhbat Tsetseg Enkhjin Temuulen",
        " ",
        "Bold Dorj Ganbat Sukhbaatar Erdene Baatar Tumur Purev",
    ),
    "arabic": (
        "Ahmed Fatimah Khalid Noura Saad Layla Omar Huda",
        " ",
        "Al-Harbi Al-Qahtani Al-Otaibi Al-Ghamdi Al-Zahrani Al-Dosari Al-Shehri Al-Malki",
    ),
    "indian": (
        "Rajesh Priya Suresh Anita Vijay Sunita Anil Kavita",
        " ",
        "Kumar Sharma Patel Nayak Behera Sahu Mishra Das",
    ),
    "indonesian": (
        "Budi Siti Agus Dewi Joko Sri Andi Rina Hendra Wati",
        " ",
        "Santoso Wijaya Susanto Pratama Hidayat Lestari Nugroho Setiawan Kurniawan Saputra",
    ),
    "lao": (
        "Somchai Khamla Bounmy Vilay Phet Noy Khamphanh Chanthala",
        " ",
        "Phommasack Sisavath Vongsa Keomany Inthavong Souvanna Xayavong Thammavong",
    ),
    "burmese": ("Aung Khin Kyaw Thida Zaw Su Min Hnin", " ", "Htun Oo Myint Win Naing Lwin Hlaing Soe"),
    "vietnamese": (
        "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi",
        " ",
        "Văn_Hùng Thị_Lan Minh_Tuấn Thu_Hà Quốc_Anh Ngọc_Mai Đức_Long Thanh_Hương",
    ),
    "thai": (
        "Somsak Malee Anan Suda Prasert Wanida Kittisak Ratana",
        " ",
        "Saetang Srisai Chaiyasit Boonmee Thongdee Suksawat Wongsa Kaewmanee",
    ),
    "japanese": ("佐藤 鈴木 高橋 渡辺 伊藤 山本 中村 小林", "", "健一 美咲 大輔 由美子 翔太 恵子 拓也 直美"),
    "west_african": (
        "Mamadou Aïssatou Ibrahima Fatoumata Alpha Mariama Sékou Kadiatou",
        " ",
        "Diallo Bah Barry Sow Camara Condé Touré Keïta",
    ),
    "southern_african": (
        "Chanda Mutinta Bwalya Thandiwe Mwansa Natasha Kelvin Mulenga",
        " ",
        "Banda Phiri Mwale Tembo Zulu Lungu Sakala Ngoma",
    ),
}


@dataclass(frozen=True)
class Named:
    name: str
    is_local_abroad: bool = False


class Namer:
    """Draws names; the same dice give the same names."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._surnames = {folk: _weighted(text) for folk, text in [("han", SURNAMES), *OTHER_SURNAMES.items()]}
        self._minority = {folk: _parts(*texts) for folk, texts in MINORITY.items()}
        self._foreign = {folk: _parts(*texts) for folk, texts in FOREIGN.items()}

    def name(self, folk: str, *, woman: bool, born: int, abroad: bool) -> Named:
        """The name of someone at a place where `folk` live, among the Han who work there too."""
        if abroad:
            if self._dice.random() < PART_LOCAL_ABROAD:
                return Named(self._put_together(self._foreign[folk]), is_local_abroad=True)
            folk = "han"
        if folk == "han" or self._dice.random() >= PART_LOCAL[folk]:
            return Named(self._han("han", woman, born))
        if folk in self._surnames:
            return Named(self._han(folk, woman, born))
        return Named(self._put_together(self._minority[folk]))

    def _han(self, folk: str, woman: bool, born: int) -> str:
        surnames, weights = self._surnames[folk]
        given = (WOMEN if woman else MEN)[born >= YOUNG]
        surname = self._dice.choices(surnames, cum_weights=weights)[0]
        if self._dice.random() < 0.15:
            return surname + self._one(given.single)
        first, second = self._one(given.first), self._one(given.second)
        return surname + (first + second if first != second else second)

    def _put_together(self, parts: tuple[list[str], str, list[str]]) -> str:
        first, between, second = parts
        return self._one(first) + between + self._one(second) if second else self._one(first)

    def _one(self, signs: Sequence[str]) -> str:
        return signs[int(self._dice.random() * len(signs))]


def _weighted(text: str) -> tuple[list[str], list[int]]:
    """王71 李70 → the surnames, and how often each or one before it comes."""
    entries = text.split()
    signs = [entry.rstrip("0123456789") for entry in entries]
    counts = [int(entry.removeprefix(sign)) for entry, sign in zip(entries, signs, strict=True)]
    return signs, list(accumulate(counts))


def _parts(first: str, between: str, second: str) -> tuple[list[str], str, list[str]]:
    return first.split(), between, [word.replace("_", " ") for word in second.split()]
