"""The twelve people whose accounts come with the demonstration: one for each kind of user."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models.posting import Duty

from .folk import DAY_ONE, Folk, Someone
from .tree import GROUP, PARTY_GROUP, Cell, Tree, segment_code

PASSWORD = "Tongzhou-2020"
"""One password for all of them, printed by `wuli demo`. It is public: never serve the demonstration to strangers."""
SMELTER, SURVEY, SEGMENT = "smelter", "survey", "segment"
"""Where the people of the accounts work, besides headquarters."""


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    title: str | Promise
    duties: tuple[tuple[Duty, str], ...] = ()
    """Duties of their own, each at a unit: its code, or one of the places above. Leaders have theirs anyway."""


ACCOUNTS = (
    Account("yuangong", "林小满", _("员工")),
    Account("banzu", "马建国", _("班组长")),
    Account("genzong", "沈静", _("跟踪人"), ((Duty.TRACKER, SMELTER),)),
    Account("lianluo", "苏晓梅", _("企业联络员")),
    Account("bankuai", "周文博", _("板块办公室")),
    Account("zhihui", "顾海岚", _("集团指挥部"), ((Duty.COMMANDER, GROUP),)),
    Account("dangwu", "郑红霞", _("党务干部"), ((Duty.PARTY_OFFICER, PARTY_GROUP),)),
    Account("yewai", "扎西多杰", _("野外队长"), ((Duty.HEAD, SURVEY),)),
    Account("yinsi", "许慎言", _("个人信息保护负责人"), ((Duty.PRIVACY_OFFICER, GROUP),)),
    Account("xitong", "韩志远", _("系统管理员"), ((Duty.SYSTEM_ADMIN, GROUP), (Duty.SYSTEM_ADMIN, PARTY_GROUP))),
    Account("anquan", "谢安宁", _("安全管理员"), ((Duty.SECURITY_ADMIN, GROUP), (Duty.SECURITY_ADMIN, PARTY_GROUP))),
    Account("shenji", "丁鉴明", _("审计管理员"), ((Duty.AUDIT_ADMIN, GROUP), (Duty.AUDIT_ADMIN, PARTY_GROUP))),
)
DEPARTMENTS = {
    "zhihui": "应急指挥中心", "dangwu": "党群工作部", "yinsi": "法律合规部", "xitong": "信息化管理部",
    "anquan": "安全环保健康部", "shenji": "审计部",
}  # fmt: skip
REPORTER_RANK = 3
"""In the heads' office of every house, the fourth person reports and keeps the roster."""


@dataclass(frozen=True)
class Holder:
    """An account with the person of the roll who has it, and where their duties lie."""

    account: Account
    person: Someone
    duties: tuple[tuple[Duty, str], ...]


def plan_accounts(tree: Tree, folk: Folk) -> list[Holder]:
    """Choose an ordinary person for each account, and give them the account's name."""
    people = _chosen(tree, folk)
    places = {SMELTER: _first(tree, "electrolysis"), SURVEY: people["yewai"].unit}
    holders = []
    for account in ACCOUNTS:
        person = people[account.username]
        person.name, person.joined = account.name, DAY_ONE
        duties = tuple((duty, places.get(where, where)) for duty, where in account.duties)
        holders.append(Holder(account, person, duties))
    return holders


def _chosen(tree: Tree, folk: Folk) -> dict[str, Someone]:
    smelter, survey = _first(tree, "electrolysis"), _first(tree, "survey")
    heads, *offices = [at for at, cell in enumerate(tree.cells) if cell.house == smelter and cell.is_office]
    team = folk.of_cell[_an_ordinary_team(tree, smelter)]
    field = next(at for at, cell in enumerate(tree.cells) if cell.house == survey and cell.hall)
    desk = next(at for at, cell in enumerate(tree.cells) if cell.leads_house and cell.house == segment_code(0))
    chosen = {
        "yuangong": [someone for someone in team[1:] if not someone.outside_employer][-1],
        "banzu": team[0],
        "genzong": folk.of_cell[offices[0]][1] if offices else folk.of_cell[heads][-1],
        "lianluo": folk.of_cell[heads][REPORTER_RANK],
        "bankuai": folk.of_cell[desk][REPORTER_RANK],
        "yewai": folk.of_cell[field][0],
    }
    return chosen | _at_headquarters(tree, folk)


def _first(tree: Tree, trade: str) -> str:
    return next(code for code, e in tree.enterprises.items() if e.trade == trade and e.hosts_accounts)


def _an_ordinary_team(tree: Tree, enterprise: str) -> int:
    teams = [(at, cell) for at, cell in enumerate(tree.cells) if cell.house == enterprise and cell.hall]
    plain = [at for at, cell in teams if not cell.leads_hall and 8 <= cell.size <= 20]
    return plain[0] if plain else teams[0][0]


def _at_headquarters(tree: Tree, folk: Folk) -> dict[str, Someone]:
    """In the fitting department if there is one, else wherever someone without a leading place sits."""
    offices: list[tuple[Cell, list[Someone]]] = [
        (cell, people) for cell, people in zip(tree.cells, folk.of_cell, strict=True) if cell.house == GROUP
    ]
    free = [someone for cell, people in offices for someone in people[4 if cell.leads_house else 1 :]]
    chosen = {}
    for username, department in DEPARTMENTS.items():
        there = [s for s in free if tree.cells[s.cell].name == department] or free
        chosen[username] = next((s for s in there if s.branch or username != "dangwu"), there[0])
        free.remove(chosen[username])
    return chosen
