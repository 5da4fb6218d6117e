"""What programs send and get."""

from datetime import datetime
from typing import Any, Self

from wuli.base.errors import Refused
from wuli.kernel.orgs.api.schemas import PersonRef, UnitRef
from wuli.kernel.orgs.models import Kind, Unit
from wuli.web.api.fields import Day, Flag, Id, Input, Output, Text, given, noted, shown
from wuli.web.api.paging import Page, Paging
from wuli.web.api.words import words as _

from ..actions.replies import Answer
from ..models import Call, Reply, Review, Round, Slot
from ..queries import slots as queries
from ..queries.coverage import Coverage
from ..queries.registers import registers_of
from ..rules.form import Field, Type, spec_of

AT_ONCE = 500
type Values = dict[str, int | str | bool | None]
"""By field: whole numbers as numbers, decimals and days as texts ("3.50", "2020-03-05"), null for nothing."""


class CallRef(Output):
    id: int = shown(Call, "id")
    kind: str = shown(Call, "kind")
    number: str = shown(Call, "number")
    title: str = shown(Call, "title")
    issuer: UnitRef = shown(Call, "issuer")


class RoundRef(Output):
    """One business date of what is asked."""

    id: int = shown(Round, "id")
    call: CallRef = noted(_("任务"))
    on: Day = shown(Round, "on")
    opened_at: datetime = noted(_("开始时间"))
    closed_at: datetime | None = noted(_("各级都已定数的时间；null 表示还在进行"))

    @classmethod
    def of(cls, one: Round) -> Self:
        call = one.call
        ref = CallRef(
            id=call.pk, kind=call.kind, number=call.number, title=call.title, issuer=UnitRef.of(call.issuer)
        )  # fmt: skip
        return cls(id=one.pk, call=ref, on=one.on, opened_at=one.opened_at, closed_at=one.closed_at)


class CoverageOut(Output):
    """expected = zero + some + exempt + missing; the others are among the answered."""

    expected: int = noted(_("应报"))
    zero: int = noted(_("零报告"))
    some: int = noted(_("有情况"))
    exempt: int = noted(_("免报"))
    missing: int = noted(_("未报"))
    late: int = noted(_("迟报"))
    waiting: int = noted(_("待审核"))
    accepted: int = noted(_("已通过"))
    returned: int = noted(_("已退回"))

    @classmethod
    def of(cls, one: Coverage) -> Self:
        return cls(expected=one.expected, **one.as_dict())


class FieldOut(Output):
    """One question of a form."""

    key: str = noted(_("字段编码"))
    label: str = noted(_("名称"))
    type: Type = noted(_("类型"))
    unit: str = noted(_("计量单位"))
    section: str = noted(_("所在部分"))
    required: bool = noted(_("是否必填；没有就填 0，空白不算零"))
    matter: bool = noted(_("不为 0 时即为有情况"))
    source: str = noted(_("取数的台账；空表示手工填写"))
    kinds: list[Kind] = noted(_("问哪些类型的单位；空表示都问"))
    choices: list[str] = noted(_("选项"))

    @classmethod
    def of(cls, one: Field) -> Self:
        return cls(
            key=one.key, label=one.label, type=one.type, unit=one.unit, section=one.section, required=one.required,
            matter=one.matter, source=one.source, kinds=[Kind(kind) for kind in one.kinds], choices=list(one.choices),
        )  # fmt: skip


class NodeOut(Output):
    unit: UnitRef | None = noted(_("单位"))
    coverage: CoverageOut = noted(_("上报情况"))


class RoundOut(RoundRef):
    """A round as one unit sees it."""

    node: NodeOut = noted(_("所看的单位及其全部下级"))
    children: list[NodeOut] = noted(_("下一级各单位；本单位自己的一份也在其中，合计等于 node"))
    fields: list[FieldOut] = noted(_("表单的字段"))


class ReplyRef(Output):
    """One version of an answer."""

    id: int = shown(Reply, "id")
    number: int = shown(Reply, "number")
    kind: Reply.Kind = shown(Reply, "kind")

    @classmethod
    def of(cls, one: Reply) -> "ReplyRef":
        return ReplyRef(id=one.pk, number=one.number, kind=Reply.Kind(one.kind))


class SlotRef(Output):
    """One expected answer, there from the moment the round opens."""

    id: int = shown(Slot, "id")
    round: int = noted(_("所属的一期"))
    unit: UnitRef = noted(_("单位"))
    kind: Kind = noted(_("单位类型"))
    state: Slot.State = shown(Slot, "state")
    review: Slot.Review = shown(Slot, "review")
    late: bool = shown(Slot, "late")
    due_at: datetime = shown(Slot, "due_at")
    freeze_at: datetime = noted(_("定数时间"))
    replied_at: datetime | None = shown(Slot, "replied_at")
    exempt_reason: str = shown(Slot, "exempt_reason")

    @classmethod
    def of(cls, one: Slot) -> Self:
        return cls(**_slot_fields(one))


class VersionOut(ReplyRef):
    values: dict[str, Any] = noted(_("各字段的值（个人信息）"))
    notes: dict[str, str] = noted(_("与台账不一致的原因（个人信息）"))
    reason: str = shown(Reply, "reason")
    at: datetime = shown(Reply, "at")
    by: PersonRef | None = shown(Reply, "by")
    proxy: bool = shown(Reply, "proxy")
    returned: dict[str, str] = noted(_("退回时指出的字段及原因"))


class SlotOut(SlotRef):
    registers: dict[str, int] = noted(_("台账现在的数，按字段"))
    versions: list[VersionOut] = noted(_("历次上报，最近的在前"))


class Rounds(Page[RoundRef]):
    pass


class Slots(Page[SlotRef]):
    pass


class RoundFilters(Paging):
    on: Day | None = given(Round, "on", None)
    call: Id | None = noted(_("只要这项任务的"), None)
    open: Flag = noted(_("只要还在进行的"), False)


class SlotFilters(Paging):
    under: Id | None = noted(_("只要这个单位及其下级的"), None)
    state: Slot.State | None = given(Slot, "state", None)
    review: Slot.Review | None = given(Slot, "review", None)
    owing: Flag = noted(_("只要还没有答复或被退回的"), False)
    late: Flag = noted(_("只要迟报的"), False)


class ReplyIn(Input):
    """An answer. `key` is the sender's, one for each answer meant: the same key again is the same answer."""

    key: Text = noted(_("发送方自定的唯一标识"), min_length=1, max_length=64)
    values: Values = noted(_("各字段的值（个人信息）；数字和是否直接写，小数和日期写成文字"), max_length=400)
    notes: dict[str, Text] = noted(_("与台账不一致的原因，按字段（个人信息）"), {}, max_length=400)
    reason: Text = given(Reply, "reason", "")

    def answer(self) -> Answer:
        return Answer(self.key, self.values, self.notes, self.reason)


class OneOfMany(ReplyIn):
    slot: Id = noted(_("哪一份"))


class Many(Input):
    replies: list[OneOfMany] = noted(_("每个单位至多一份"), min_length=1, max_length=AT_ONCE)


class Outcome(Output):
    """What became of one answer: `reply`, or why it was refused."""

    slot: int = noted(_("哪一份"))
    reply: ReplyRef | None = noted(_("收下的答复；null 表示被拒绝"))
    code: str = noted(_("拒绝的类别；空表示已收到"))
    message: str = noted(_("拒绝的原因"))
    field: str | None = noted(_("出错的字段"))


class Outcomes(Output):
    items: list[Outcome] = noted(_("与所发的次序相同"))


class ReturnIn(Input):
    fields: dict[str, Text] = noted(_("要改的字段及原因"), {}, max_length=400)
    reason: Text = given(Review, "reason", "")


class AcceptIn(Input):
    slots: list[Id] = noted(_("要通过的各份：全部通过，或一份也不通过"), min_length=1, max_length=AT_ONCE)


def node_of(unit: Unit | None, coverage: Coverage) -> NodeOut:
    return NodeOut(unit=UnitRef.maybe(unit), coverage=CoverageOut.of(coverage))


def slot_of(one: Slot) -> SlotOut:
    versions = [_version(version) for version in queries.history_of(one)]
    registers = registers_of(one, spec_of(one.round.version))
    return SlotOut(**_slot_fields(one), registers=registers, versions=versions)


def _version(one: Reply) -> VersionOut:
    returned = [review.fields for review in one.reviews.all() if review.verdict == Review.Verdict.RETURNED]
    return VersionOut(
        **dict(ReplyRef.of(one)), values=one.values, notes=one.notes, reason=one.reason, at=one.at, proxy=one.proxy,
        by=PersonRef.of(one.by.person) if one.by.person else None, returned=returned[-1] if returned else {},
    )  # fmt: skip


def _slot_fields(one: Slot) -> dict[str, Any]:
    return {
        "id": one.pk, "round": one.round_id, "unit": UnitRef.of(one.unit), "kind": Kind(one.kind),
        "state": Slot.State(one.state), "review": Slot.Review(one.review), "late": one.late, "due_at": one.due_at,
        "freeze_at": one.freeze_at, "replied_at": one.replied_at, "exempt_reason": one.exempt_reason,
    }  # fmt: skip


def outcome_of(slot: int, done: Reply | Refused) -> Outcome:
    if isinstance(done, Refused):
        return Outcome(slot=slot, reply=None, code=done.code, message=str(done), field=done.field)
    return Outcome(slot=slot, reply=ReplyRef.of(done), code="", message="", field=None)
