"""What each duty is, where it can be held, and what it lets its holder do."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..models import Kind, Line, Person, Posting, Unit
from ..models.posting import Duty


class Perm(StrEnum):
    """One thing a person may be allowed to do, always within the units their duties reach."""

    @property
    def label(self) -> str:
        return str(PERM_LABELS[self])

    UNIT_VIEW = "unit.view"
    UNIT_CHANGE = "unit.change"
    PERSON_VIEW = "person.view"
    PERSON_CHANGE = "person.change"
    PERSON_UNMASK = "person.unmask"
    ROSTER_IMPORT = "roster.import"
    ROSTER_EXPORT = "roster.export"
    POSTING_VIEW = "posting.view"
    POSTING_GRANT = "posting.grant"
    BLIND_SPOT_VIEW = "blind_spot.view"
    EVENT_VIEW = "event.view"
    ITEM_VIEW = "item.view"
    ITEM_OPEN = "item.open"
    ITEM_CLOSE = "item.close"
    ACCOUNT_MANAGE = "account.manage"
    ACCOUNT_CONFIRM = "account.confirm"
    NOTICE_FOLLOW = "notice.follow"
    CHANNEL_MANAGE = "channel.manage"
    CALL_VIEW = "call.view"
    CALL_ISSUE = "call.issue"
    REPLY_FILE = "reply.file"
    REPLY_REVIEW = "reply.review"
    FORM_DESIGN = "form.design"
    RESPONSE_VIEW = "response.view"
    RESPONSE_COMMAND = "response.command"
    DUTY_ARRANGE = "duty.arrange"
    PARTY_ORGANISE = "party.organise"

    MEETING_ARRANGE = "meeting.arrange"


PERM_LABELS = {
    Perm.UNIT_VIEW: lazy("查看单位"),
    Perm.UNIT_CHANGE: lazy("变更单位"),
    Perm.PERSON_VIEW: lazy("查看人员"),
    Perm.PERSON_CHANGE: lazy("维护人员"),
    Perm.PERSON_UNMASK: lazy("查看完整号码（须写原因）"),
    Perm.ROSTER_IMPORT: lazy("导入花名册"),
    Perm.ROSTER_EXPORT: lazy("导出花名册"),
    Perm.POSTING_VIEW: lazy("查看任职"),
    Perm.POSTING_GRANT: lazy("任命职责"),
    Perm.BLIND_SPOT_VIEW: lazy("查看盲点"),
    Perm.EVENT_VIEW: lazy("查看审计日志"),
    Perm.ITEM_VIEW: lazy("查看督办事项"),
    Perm.ITEM_OPEN: lazy("交办督办事项"),
    Perm.ITEM_CLOSE: lazy("确认销号"),
    Perm.ACCOUNT_MANAGE: lazy("管理账号"),
    Perm.ACCOUNT_CONFIRM: lazy("复核管理员账号的变更"),
    Perm.NOTICE_FOLLOW: lazy("查看通知送达情况"),
    Perm.CHANNEL_MANAGE: lazy("管理通知渠道"),
    Perm.CALL_VIEW: lazy("查看上报情况"),
    Perm.CALL_ISSUE: lazy("下发任务"),
    Perm.REPLY_FILE: lazy("填报"),
    Perm.REPLY_REVIEW: lazy("审核下级上报"),
    Perm.FORM_DESIGN: lazy("设计表单"),
    Perm.RESPONSE_VIEW: lazy("查看应急响应和值班"),
    Perm.RESPONSE_COMMAND: lazy("启动和终止应急响应，成立领导小组"),
    Perm.DUTY_ARRANGE: lazy("安排值班"),
    Perm.PARTY_ORGANISE: lazy("组织党员，查看谁是党员、参与了什么"),
    Perm.MEETING_ARRANGE: lazy("安排会议"),
}


class Admin(StrEnum):
    """The three administrators, who exclude one another (GB/T 22239-2019, level 3)."""

    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


TOP_ONLY = frozenset({Kind.GROUP, Kind.PARTY_GROUP})
MANAGED = frozenset({Kind.GROUP, Kind.SEGMENT, Kind.ENTERPRISE, Kind.WORKSHOP, Kind.TEAM})
CELLS = frozenset({Kind.TEAM, Kind.WORKSHOP})
KEEPERS = frozenset({Duty.GRID_KEEPER, Duty.DEPUTY_KEEPER})
OFFICES = frozenset({Kind.GROUP, Kind.SEGMENT, Kind.ENTERPRISE})
BODIES = frozenset({Kind.PARTY_GROUP, Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.PARTY_BRANCH})

LOOK = frozenset({Perm.UNIT_VIEW, Perm.PERSON_VIEW, Perm.POSTING_VIEW})
MANAGE = LOOK | {Perm.BLIND_SPOT_VIEW, Perm.CALL_VIEW, Perm.RESPONSE_VIEW}
LEAD = frozenset(
    {
        Perm.CALL_VIEW, Perm.CALL_ISSUE, Perm.REPLY_FILE, Perm.REPLY_REVIEW, Perm.RESPONSE_VIEW, Perm.DUTY_ARRANGE,
        Perm.MEETING_ARRANGE,
    }
)  # fmt: skip
"""What whoever answers for a unit may do: pass down what is asked, answer it, review it, staff its duty desk, hold
its meetings."""

KEEP = LOOK | {Perm.PERSON_UNMASK, Perm.CALL_VIEW, Perm.REPLY_FILE}
"""What whoever keeps a grid, or keeps it while the keeper is away, may do there."""

FOLLOW = frozenset({Perm.ITEM_VIEW, Perm.ITEM_OPEN, Perm.ITEM_CLOSE, Perm.NOTICE_FOLLOW})
"""What whoever answers for a unit, or reviews there, may do with what others must finish, and were told."""


@dataclass(frozen=True)
class DutyInfo:
    kinds: frozenset[Kind]
    perms: frozenset[Perm]
    admin: Admin | None = None
    grants: frozenset[Duty] = field(default_factory=frozenset)
    """Duties that a holder may hand out within reach: never one that may do more, but for the security
    administrator, who hands out all and may use none of them."""


DUTIES: dict[Duty, DutyInfo] = {
    Duty.HEAD: DutyInfo(
        MANAGED,
        MANAGE | LEAD | FOLLOW | {Perm.PERSON_UNMASK, Perm.POSTING_GRANT, Perm.RESPONSE_COMMAND},
        grants=frozenset({Duty.DEPUTY, Duty.REPORTER, Duty.REVIEWER, Duty.TRACKER}) | KEEPERS,
    ),
    Duty.DEPUTY: DutyInfo(MANAGED, MANAGE | LEAD | FOLLOW),
    Duty.GRID_KEEPER: DutyInfo(CELLS, KEEP),
    Duty.DEPUTY_KEEPER: DutyInfo(CELLS, KEEP),
    Duty.REPORTER: DutyInfo(MANAGED, MANAGE | {Perm.REPLY_FILE}),
    Duty.REVIEWER: DutyInfo(MANAGED, MANAGE | FOLLOW | {Perm.REPLY_REVIEW}),
    Duty.TRACKER: DutyInfo(MANAGED, LOOK),
    Duty.ROSTER_KEEPER: DutyInfo(
        OFFICES,
        MANAGE
        | {
            Perm.PERSON_CHANGE,
            Perm.PERSON_UNMASK,
            Perm.POSTING_GRANT,
            Perm.ROSTER_IMPORT,
            Perm.ROSTER_EXPORT,
            Perm.REPLY_FILE,
        },
        grants=frozenset({Duty.REPORTER, Duty.TRACKER}) | KEEPERS,
    ),
    Duty.COMMANDER: DutyInfo(
        OFFICES,
        MANAGE | LEAD | FOLLOW | {Perm.PERSON_UNMASK, Perm.ROSTER_EXPORT, Perm.FORM_DESIGN, Perm.RESPONSE_COMMAND},
    ),
    Duty.PARTY_SECRETARY: DutyInfo(BODIES, LOOK | LEAD | FOLLOW | {Perm.RESPONSE_COMMAND, Perm.PARTY_ORGANISE}),
    Duty.PARTY_OFFICER: DutyInfo(
        BODIES,
        LOOK | LEAD | FOLLOW | {Perm.ROSTER_EXPORT, Perm.POSTING_GRANT, Perm.RESPONSE_COMMAND, Perm.PARTY_ORGANISE},
        grants=frozenset({Duty.PARTY_SECRETARY}),
    ),
    Duty.PRIVACY_OFFICER: DutyInfo(OFFICES, LOOK | {Perm.EVENT_VIEW}),
    Duty.SYSTEM_ADMIN: DutyInfo(
        TOP_ONLY, frozenset({Perm.UNIT_VIEW, Perm.UNIT_CHANGE, Perm.ACCOUNT_MANAGE, Perm.CHANNEL_MANAGE}), Admin.SYSTEM
    ),
    Duty.SECURITY_ADMIN: DutyInfo(
        TOP_ONLY,
        frozenset({Perm.UNIT_VIEW, Perm.POSTING_VIEW, Perm.POSTING_GRANT, Perm.PERSON_VIEW, Perm.ACCOUNT_CONFIRM}),
        Admin.SECURITY,
        grants=frozenset(Duty),
    ),
    Duty.AUDIT_ADMIN: DutyInfo(
        TOP_ONLY, frozenset({Perm.UNIT_VIEW, Perm.EVENT_VIEW, Perm.ACCOUNT_CONFIRM}), Admin.AUDIT
    ),
}

FROM_OWN_PLACE = frozenset({Perm.UNIT_VIEW})
"""What everyone may do with the units they themselves belong to, and with those above."""


def why_not_post(person: Person, duty: Duty, unit: Unit, *, held: list[Posting], from_date: date) -> str | None:
    """Why `person`, who holds `held`, cannot take `duty` at `unit`."""
    info = DUTIES[duty]
    if not unit.is_open(from_date):
        return _("%(unit)s 在 %(day)s 不是开办中的单位，不能任命") % {"unit": unit.name, "day": from_date}
    if unit.kind not in info.kinds:
        return _("“%(duty)s”不能设在%(kind)s") % {"duty": duty.label, "kind": unit.get_kind_display()}
    if not person.is_on_roll(from_date):
        return _("%(person)s 在 %(day)s 不在册，不能任职") % {"person": person.name, "day": from_date}
    if any(one.duty == duty and one.unit_id == unit.pk for one in held):
        return _("%(person)s 已经是%(unit)s的%(duty)s") % {
            "person": person.name, "unit": unit.name, "duty": duty.label}  # fmt: skip
    return _why_not_admin(person, duty, held)


def _why_not_admin(person: Person, duty: Duty, held: list[Posting]) -> str | None:
    mine = DUTIES[duty].admin
    others = {DUTIES[Duty(one.duty)].admin for one in held} - {None, mine}
    if mine and others:
        other = next(one for one in held if DUTIES[Duty(one.duty)].admin in others)
        return _("系统、安全、审计三员分立：%(person)s 已任%(held)s，不能再任%(duty)s") % {
            "person": person.name, "held": other.get_duty_display(), "duty": duty.label}  # fmt: skip
    return None


def why_not_delegate(posting: Posting, to: Person, *, from_date: date, until_date: date) -> str | None:
    if posting.stands_in_for_id:
        return _("代理职责不能再转托他人")
    if DUTIES[Duty(posting.duty)].admin:
        return _("三员职责不能委托代理，请由安全管理员另行任命")
    if to.pk == posting.person_id:
        return _("不能委托给本人")
    if until_date <= from_date:
        return _("结束日期应晚于开始日期")
    if not (posting.from_date <= from_date and until_date <= posting.until_date):
        return _("代理期间应在本人任职期间之内")
    if not to.is_on_roll(from_date):
        return _("%(person)s 在 %(day)s 不在册，不能代理") % {"person": to.name, "day": from_date}
    return None


def reaches_people_through(line: str) -> str:
    """The field by which a subtree of `line` reaches people: their team, or their Party branch."""
    return "path" if line == Line.OPERATIONS else "branch__path"
