"""What programs get."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, Literal, Self, cast

from wuli.kernel.cascade.models import Call, Slot
from wuli.kernel.ledger.api.schemas import FileOut
from wuli.kernel.orgs.api.schemas import PersonRef, UnitRef
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.web.api.fields import Day, Output, noted, shown
from wuli.web.api.paging import Page
from wuli.web.api.words import words as _

from ..models import Asks, Directive, Proof, Receipt, Step, Urgency
from ..queries import copies, lineage
from ..queries.coverage import Progress
from ..rules.colours import Standing, directive_of
from ..rules.slips import slip_of

Hue = Literal["red", "yellow", "blue", ""]
Turn = Literal["sign", "report", "return"]
STANDING = _(
    "状态：unsigned 未签收，working 办理中，returned 退回待改，reviewing 待审核，done 已办结，exempt 免办"
)  # fmt: skip


class DirectiveRef(Output):
    id: int = shown(Directive, "id")
    number: str = noted(_("文号；草稿为空"))
    title: str = shown(Call, "title")
    issuer: UnitRef = shown(Call, "issuer")
    urgency: Urgency = shown(Directive, "urgency")
    status: Call.Status = shown(Call, "status")

    @classmethod
    def of(cls, one: Directive) -> "DirectiveRef":
        return DirectiveRef(**_ref(one))


class ProgressOut(Output):
    """issued = exempt + unsigned + working + returned + reviewing + done; the others are among these."""

    issued: int = noted(_("发给多少单位"))
    exempt: int = noted(_("免办"))
    unsigned: int = noted(_("未签收"))
    working: int = noted(_("办理中"))
    returned: int = noted(_("退回待改"))
    reviewing: int = noted(_("待审核"))
    done: int = noted(_("已办结"))
    received: int = noted(_("已签收"))
    received_late: int = noted(_("迟签"))
    done_late: int = noted(_("迟办"))
    late: int = noted(_("现在逾期"))

    @classmethod
    def of(cls, one: Progress) -> Self:
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class DirectiveOut(DirectiveRef):
    asks: Asks = shown(Directive, "asks")
    issued_at: datetime | None = shown(Call, "issued_at")
    due_on: Day = shown(Directive, "due_on")
    due_clock: time = noted(_("截止时刻，按各单位当地时间"))
    sign_by: datetime | None = shown(Directive, "sign_by")
    progress: ProgressOut | None = noted(_("全部单位的情况；null 表示草稿，或发文单位不在您的职责范围内"))

    @classmethod
    def of_office(cls, one: Directive, progress: Progress | None) -> Self:
        return cls(**_told(one, progress))


class Quoted(DirectiveRef):
    text: str = shown(Call, "text")


class DirectiveDetail(DirectiveOut):
    text: str = shown(Call, "text")
    signer: PersonRef | None = shown(Directive, "signer")
    attachments: list[FileOut] = noted(_("附件"))
    parents: list[Quoted] = noted(_("由哪些文件逐级分解而来，最上级在前"))
    instead: DirectiveRef | None = noted(_("已被替代时，现行的文件"))

    @classmethod
    def whole(cls, one: Directive, progress: Progress | None) -> Self:
        return cls(
            **_told(one, progress), text=one.call.text, signer=_person(one.signer), attachments=_attachments(one),
            **_lineage(one),
        )  # fmt: skip


class DirectiveNode(Output):
    unit: UnitRef | None = noted(_("单位"))
    is_own: bool = noted(_("true 表示所看单位自己的一份"))
    progress: ProgressOut = noted(_("该单位及其全部下级"))


class DirectiveCoverage(Output):
    unit: UnitRef = noted(_("所看的单位"))
    progress: ProgressOut = noted(_("该单位及其全部下级；等于 children 的合计"))
    children: list[DirectiveNode] = noted(_("下一级各单位"))


class SignatureOut(Output):
    """Who did something for a unit, and when."""

    by: PersonRef | None = shown(Receipt, "by", note=_("何人；null 表示系统"))
    at: datetime = noted(_("时间"))
    late: bool = noted(_("是否迟于时限"))
    proxy: bool = noted(_("是否由上级代办"))


class CopyRef(Output):
    """A unit's copy, and where it stands."""

    id: int = shown(Slot, "id")
    directive: DirectiveRef = noted(_("文件"))
    unit: UnitRef = noted(_("单位"))
    standing: Standing = noted(STANDING)
    owes_by: datetime | None = noted(_("下一步（签收或办结）的时限；null 表示不用再办"))
    colour: Hue = noted(_("red 严重逾期，yellow 逾期，blue 临近截止，空为其余"))
    receipt: SignatureOut | None = noted(_("签收；null 表示还没有"))
    done: SignatureOut | None = noted(_("办结；null 表示还没有"))
    exempt_reason: str = shown(Slot, "exempt_reason")

    @classmethod
    def of(cls, slot: Slot, at: datetime) -> Self:
        return cls(**_copy(slot, at))


class CopyRow(CopyRef):
    """A row of the proof of coverage."""

    percent: int | None = noted(_("最近一次填报的进度；null 表示没有填报"))
    evidence: int = noted(_("佐证数"))

    @classmethod
    def rows(cls, slots: list[Slot], at: datetime) -> list[Self]:
        percents, files = copies.last_percent(slot.pk for slot in slots), copies.evidence_counts(slots)
        return [cls(**_copy(slot, at), percent=percents.get(slot.pk), evidence=files.get(slot.pk, 0)) for slot in slots]


class StepOut(Output):
    """How far a unit had come, in its own words."""

    id: int = shown(Step, "id")
    percent: int = shown(Step, "percent")
    text: str = shown(Step, "text")
    by: PersonRef = shown(Step, "by")
    at: datetime = shown(Step, "at")
    is_done: bool = noted(_("是否报告办结"))
    returned: str | None = noted(_("被退回的原因；null 表示没有退回"))
    files: list[FileOut] = noted(_("佐证"))

    @classmethod
    def of(cls, one: Step) -> Self:
        reviews = sorted(one.reply.reviews.all(), key=lambda said: (said.at, said.pk)) if one.reply else []
        returned = [said.reason for said in reviews if said.verdict == said.Verdict.RETURNED]
        return cls(
            id=one.pk, percent=one.percent, text=one.text, by=PersonRef.of(one.by), at=one.at, is_done=one.is_done,
            returned=returned[-1] if returned else None, files=[FileOut.of(file) for file in one.evidence.all()],
        )  # fmt: skip


class CopyDetail(CopyRef):
    text: str = shown(Call, "text")
    attachments: list[FileOut] = noted(_("附件"))
    parents: list[Quoted] = noted(_("由哪些文件逐级分解而来，最上级在前"))
    instead: DirectiveRef | None = noted(_("已被替代时，现行的文件"))
    steps: list[StepOut] = noted(_("落实情况，最近的在前"))
    turns: list[Turn] = noted(_("您现在可以办的：sign 签收，report 填报，return 退回"))

    @classmethod
    def told(cls, slot: Slot, user: User, at: datetime) -> Self:
        directive = directive_of(slot)
        turns = [cast("Turn", name) for name in copies.offered(user, slot)]
        return cls(
            **_copy(slot, at), text=slot.round.call.text, attachments=_attachments(directive), **_lineage(directive),
            steps=[StepOut.of(one) for one in copies.steps_of(slot)], turns=turns,
        )  # fmt: skip


class ProofOut(Output):
    """A proof of coverage that somebody took. Its digest covers its rows as they stood."""

    id: int = shown(Proof, "id")
    unit: UnitRef = shown(Proof, "unit")
    as_of: datetime = shown(Proof, "as_of")
    rows: int = shown(Proof, "rows")
    digest: str = shown(Proof, "digest")
    by: PersonRef = shown(Proof, "by")

    @classmethod
    def of(cls, one: Proof) -> Self:
        return cls(
            id=one.pk, unit=UnitRef.of(one.unit), as_of=one.as_of, rows=one.rows, digest=one.digest,
            by=PersonRef.of(one.by),
        )  # fmt: skip


class Directives(Page[DirectiveOut]):
    pass


class Copies(Page[CopyRef]):
    pass


class CopyRows(Page[CopyRow]):
    pass


class Proofs(Page[ProofOut]):
    pass


def coverage_of(unit: Unit, lines: Iterable[Any], whole: Progress) -> DirectiveCoverage:
    children = [
        DirectiveNode(unit=UnitRef.maybe(line.unit), is_own=line.is_own, progress=ProgressOut.of(line.progress))
        for line in lines
    ]
    return DirectiveCoverage(unit=UnitRef.of(unit), progress=ProgressOut.of(whole), children=children)


def _ref(one: Directive) -> dict[str, Any]:
    call = one.call
    return {
        "id": one.pk, "number": one.number, "title": call.title, "issuer": UnitRef.of(call.issuer),
        "urgency": Urgency(one.urgency), "status": Call.Status(call.status),
    }  # fmt: skip


def _told(one: Directive, progress: Progress | None) -> dict[str, Any]:
    return {
        **_ref(one), "asks": Asks(one.asks), "issued_at": one.call.issued_at, "due_on": one.due_on,
        "due_clock": one.due_clock, "sign_by": one.sign_by, "progress": ProgressOut.of(progress) if progress else None,
    }  # fmt: skip


def _lineage(one: Directive) -> dict[str, Any]:
    newest = lineage.newest_of(one)
    parents = [Quoted(**_ref(parent), text=parent.call.text) for parent in lineage.parents_of(one)]
    return {"parents": parents, "instead": DirectiveRef.of(newest) if newest else None}


def _attachments(one: Directive) -> list[FileOut]:
    return [FileOut.of(file) for file in one.attachments.order_by("pk")]


def _copy(slot: Slot, at: datetime) -> dict[str, Any]:
    slip, reply, receipt = slip_of(slot, at), slot.reply, getattr(slot, "receipt", None)
    signed = SignatureOut(**_signature(receipt.by, receipt, receipt.late)) if receipt else None
    is_done = reply and slip.standing == Standing.DONE
    return {
        "id": slot.pk, "directive": DirectiveRef.of(directive_of(slot)), "unit": UnitRef.of(slot.unit),
        "standing": slip.standing, "owes_by": slip.due, "colour": slip.colour.value, "receipt": signed,
        "done": SignatureOut(**_signature(reply.by.person, reply, slot.late)) if reply and is_done else None,
        "exempt_reason": slot.exempt_reason,
    }  # fmt: skip


def _signature(by: Person | None, one: Any, late: bool) -> dict[str, Any]:
    return {"by": _person(by), "at": one.at, "late": late, "proxy": one.proxy}


def _person(one: Person | None) -> PersonRef | None:
    return PersonRef.of(one) if one else None
