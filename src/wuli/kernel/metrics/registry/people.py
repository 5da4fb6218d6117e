"""People and units: how many there are, by the roll and the tree of the day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from wuli.base.masking import mask_phone
from wuli.kernel.orgs.models import Kind, Line, Unit
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Reading
from ..queries.evidence import people, placing
from ..queries.evidence.spots import units_seen
from ..rules.metrics import Column, Metric, Rows, Words

PEOPLE = lazy("人员与单位")
BOTH = (Line.OPERATIONS, Line.PARTY)
PERSON_COLUMNS = (
    Column(lazy("姓名"), "person__name", link=lambda row: reverse("orgs:person", args=[row.person_id])),
    Column(lazy("工号"), "person__number", minor=True), Column(lazy("当天所在单位"), "place_name"),
    Column(lazy("岗位"), "post", show=str), Column(lazy("用工单位"), "employer_name", minor=True),
    Column(lazy("外协单位"), "outside_employer", minor=True), Column(lazy("手机"), "person__phone", show=mask_phone),
)  # fmt: skip
PERSON_ROWS = ("person", "post")
UNIT_COLUMNS = (
    Column(lazy("单位"), "name", link=lambda row: reverse("orgs:unit", args=[row.unit_id])),
    Column(lazy("类型"), "unit__get_kind_display"), Column(lazy("编码"), "unit__code", minor=True),
)  # fmt: skip


def roster(unit: Unit, on: date) -> str:
    return reverse("orgs:roster", query={"unit": unit.pk})


def of_people(code: str, title: Words, counting: Words, rows: Rows, **more: Any) -> Metric:
    """A metric whose rows are people of the day: everyone may see the number, whoever may see people the names."""
    told: dict[str, Any] = {
        "unit": pgettext_lazy("measure", "人"), "group": PEOPLE, "owner": Duty.ROSTER_KEEPER, "perm": Perm.UNIT_VIEW,
        "perm_rows": Perm.PERSON_VIEW, "perm_export": Perm.ROSTER_EXPORT, "seen": people.seen, "of_people": True,
        "columns": PERSON_COLUMNS, "related": PERSON_ROWS, "reading": Reading.Source.NIGHTLY, "page": roster,
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, **told | more)


def of_units(code: str, title: Words, counting: Words, rows: Rows, **more: Any) -> Metric:
    """A metric whose rows are units of the day."""
    told: dict[str, Any] = {
        "unit": pgettext_lazy("measure", "个"), "group": PEOPLE, "owner": Duty.ROSTER_KEEPER, "perm": Perm.UNIT_VIEW,
        "seen": units_seen, "columns": UNIT_COLUMNS, "related": ("unit",), "reading": Reading.Source.NIGHTLY,
    }  # fmt: skip
    return Metric(code=code, title=title, counting=counting, rows=rows, **told | more)


def kinds(*of: Kind) -> Callable[[Any], Any]:
    return lambda part: placing.units(part, *of)


MEMBERS = lazy("当天在册、有党支部的人。生产经营线按班组归属，党组织线按党支部归属。")

METRICS = (
    of_people(
        "orgs.people", lazy("在册人数"), lazy("当天在册的人，每人一次，按当天所在班组归属各级单位。"), people.on_roll,
        meaning=lazy("要管到的人有多少：签到、健康、复工各项的基数。"), lines=BOTH,
    ),
    of_people(
        "orgs.employees", lazy("职工人数"), lazy("当天在册、用工单位是本集团单位的人。"), people.employees,
        meaning=lazy("与本集团有用工关系的人有多少。"),
    ),
    of_people(
        "orgs.contractors", lazy("外协人数"), lazy("当天在册、用工单位在集团以外的人。"), people.contractors,
        meaning=lazy("在场而不由本集团用工的人有多少，防控一视同仁。"),
    ),
    of_people(
        "orgs.members", lazy("党员人数"), MEMBERS, people.members,
        meaning=lazy("各级党组织能动员的党员有多少。"), owner=Duty.PARTY_OFFICER, lines=BOTH,
    ),
    of_units(
        "orgs.teams", lazy("班组数"), lazy("当天开办中的班组。"), kinds(Kind.TEAM),
        meaning=lazy("网格有多少格。"),
    ),
    of_units(
        "orgs.enterprises", lazy("企业数"), lazy("当天开办中的各级企业，含企业下属企业。"), kinds(Kind.ENTERPRISE),
        meaning=lazy("全级次企业有多少户：报送、复工的基数。"), unit=pgettext_lazy("measure", "户"),
    ),
    of_units(
        "orgs.branches", lazy("党支部数"), lazy("当天设立着的党支部。"), kinds(Kind.PARTY_BRANCH),
        meaning=lazy("能直接动员党员的组织有多少。"), owner=Duty.PARTY_OFFICER, lines=(Line.PARTY,),
    ),
)  # fmt: skip
