"""An epidemic response in its fourth week: leading groups, leaders back at post, duty around the clock; and one of a
cold spell that ended, with its summary."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from wuli.base.clock import business_date
from wuli.kernel.orgs.models import Kind, Line, Person, Posting, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.leadership.command.actions import duty, extents, groups, handing_over, presence, responses, standing_down
from wuli.leadership.command.actions.groups import NewGroup, Place
from wuli.leadership.command.actions.responses import NewResponse
from wuli.leadership.command.models import DutyDesk, Presence, Response, Shift, Turn
from wuli.leadership.command.queries.duty import with_people
from wuli.leadership.command.queries.presence import expected
from wuli.leadership.command.queries.responses import party_body_of, units_led
from wuli.leadership.command.rules.rotation import Pattern

from .tree import GROUP, segment_code

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEGAN = 24
"""Days ago. The published group set up its leading group on the third day of the Spring Festival."""
ROSTERED = 8
"""Days for which duty is arranged, up to some days ahead."""
LATE = 0.06
"""The share of enterprises that have not set up their group."""
NOTES = (
    (0, 90, "召开首次领导小组会议，决定每日召开疫情防控会议，实行日报告、零报告"),
    (0, 200, "通知各板块和企业主要负责人提前返岗，落实属地管理责任"),
    (2, 60, "下发发挥各级党组织和党员作用的通知；集团捐款用于抗击疫情"),
    (5, 30, "口罩等防疫物资由集团统一采购，先保一线班组"),
    (9, 45, "首批实体企业具备复工条件，按一企一策方案审批"),
)
"""Days and minutes after the activation, and what happened."""
HAPPENED = (
    ("一夜平安，接听下级单位请示电话 3 个，均已答复", "冶炼企业口罩到货时间待物资组答复", ""),
    ("二十二时接报一名返岗员工体温异常，已送定点医院，按预案处置", "等核酸检测结果，有结果立即报带班领导",
     "家属在厂区宿舍，注意安抚"),
    ("各单位日报按时报齐，无异常", "", "夜间大雪，关注通勤车和物料车"),
    ("无", "口罩到货时间待物资组答复", ""),
)  # fmt: skip


def fill(commander: User, officer: User, *, at: datetime, dice: Random) -> None:
    _cold_spell(commander, at, dice)
    response = _epidemic(commander, at)
    _lead(response, commander, at, dice)
    for line, by in ((Line.OPERATIONS, commander), (Line.PARTY, officer)):
        _return(response, line, by, at, dice)
    _staff(at, dice)
    _leave(response, commander, at)


def _epidemic(commander: User, at: datetime) -> Response:
    group, began = Unit.objects.get(code=GROUP), at - BEGAN * DAY
    body = party_body_of(group, business_date(at))
    new = NewResponse(
        kind="epidemic", title="新冠肺炎疫情防控应急响应", level=1, issuer=group,
        roots=[group, body] if body else [group],
        basis="国家启动突发公共卫生事件一级响应；集团《突发公共卫生事件专项应急预案》",
        measures="成立领导小组，主要负责人提前返岗，二十四小时值班；实行疫情日报和零报告；返岗人员先报备、后返岗。",
        activated_at=began,
    )  # fmt: skip
    response = responses.activate(new, by=commander, at=began)
    for days, minutes, text in NOTES:
        moment = began + days * DAY + timedelta(minutes=minutes)
        responses.write_note(response=response, unit=group, happened_at=moment, text=text, by=commander, at=moment)
    responses.change_level(
        response=response, level=2, reason="连续十四天无新增，分区分级防控",
        measures="领导小组和值班保持不变；低风险地区企业全面复工，中高风险地区按一企一策方案执行；日报告、零报告不停。",
        by=commander, at=at - 3 * DAY,
    )  # fmt: skip
    return response


def _leave(response: Response, commander: User, at: datetime) -> None:
    """One enterprise is where nothing is to be feared any more since yesterday, one will be in a week."""
    led = units_led(response, business_date(at)).filter(kind=Kind.ENTERPRISE).order_by("-path")
    for unit, days, reason in zip(
        led[:2], (-1, 6), ("所在国没有疫情，按当地要求执行", "所在地连续二十八天无新增"), strict=False
    ):
        extents.narrow(
            response=response, root=unit, from_date=business_date(at) + days * DAY, reason=reason, with_party=True,
            by=commander, at=at - HOUR,
        )  # fmt: skip


def _lead(response: Response, commander: User, at: datetime, dice: Random) -> None:
    """The head leads, the deputy is second, the reporter runs the office; most units within four days."""
    held, entered = _held(at), response.activated_at + 5 * DAY
    units = list(units_led(response, business_date(at)).order_by("path"))
    news = (_group(unit, held.get(unit.pk, {}), response.activated_at, dice) for unit in units)
    groups.set_up_all(response=response, groups=(one for one in news if one), by=None, at=entered)
    top = response.groups.get(unit=response.issuer)
    groups.divide(group=top, name="综合协调组", duties="会议、督办、信息汇总和对上报告", by=commander, at=at - 20 * DAY)
    groups.divide(
        group=top, name="物资保障组", duties="口罩、消毒液、防护服、测温仪的采购和调配", by=commander, at=at - 20 * DAY
    )


def _group(unit: Unit, held: dict[str, list[Person]], began: datetime, dice: Random) -> NewGroup | None:
    heads, moment = held.get(Duty.HEAD, []), began + timedelta(minutes=dice.randrange(90, 4 * 24 * 60))
    leads = heads or held.get(Duty.COMMANDER, [])
    if not leads or (unit.kind == Kind.ENTERPRISE and dice.random() < LATE):
        return None
    moment = began + HOUR if unit.kind == Kind.GROUP else moment
    people = [(leads, "leader"), (held.get(Duty.DEPUTY, []), "deputy"), (held.get(Duty.REPORTER, []), "office")]
    places = [Place(person, role) for some, role in people for person in some[:2]]
    return NewGroup(unit, places, f"{unit.name}疫控〔{began.year}〕1 号", moment)


def _return(response: Response, line: Line, by: User, at: datetime, dice: Random) -> None:
    """Most are back; some are on their way or kept away, of some nothing is known."""
    back = []
    for key in expected(response).filter(unit__line=line).select_related("person", "unit", "response").order_by("pk"):
        throw = dice.random()
        if throw < 0.9:
            back.append(key)
        elif throw < 0.96:
            status, days = dice.choice(((Presence.ON_WAY, 1), (Presence.AWAY, 5), (Presence.REMOTE, 0)))
            presence.state(
                key=key, status=status, reason="所在地交通管制" if status == Presence.AWAY else "",
                expected_on=business_date(at) + days * DAY if days else None, by=by, at=at - 2 * DAY,
            )  # fmt: skip
    presence.all_at_post(keys=back, by=by, at=at - 4 * DAY)


def _staff(at: datetime, dice: Random) -> None:
    """Desks of the group and of the segments whose people suffice; of the last the roster ends tonight."""
    held = _held(at)
    units = Unit.objects.filter(kind__in=[Kind.GROUP, Kind.SEGMENT]).open(business_date(at)).order_by("path")
    fitting = [(unit, *_crew(held.get(unit.pk, {}))) for unit in units]
    able = [one for one in fitting if len(one[2]) > 1]
    for number, (unit, leads, officers) in enumerate(able):
        ahead = 0 if number == len(able) - 1 and number else 4
        opened = at - (ROSTERED - 4) * DAY
        desk = duty.open_desk(
            unit=unit, phone=f"0154-8866 {dice.randrange(1000, 9999)}", room="应急值班室", by=None, at=opened - DAY
        )  # fmt: skip
        first = business_date(opened, unit.zone)
        pattern = Pattern(first, business_date(at, unit.zone) + ahead * DAY, time(8), 24, leads, officers)
        duty.arrange(desk=desk, pattern=pattern, by=None, at=opened)
        _hand_over(desk, at, leaving_out=number == 1)


def _crew(held: dict[str, list[Person]]) -> tuple[list[Person], list[Person]]:
    """Who can lead, and who can be on duty: people who answer there, each in one of the two."""
    leads = [*held.get(Duty.HEAD, []), *held.get(Duty.DEPUTY, [])]
    others = (person for duty_ in (Duty.REPORTER, Duty.REVIEWER, Duty.ROSTER_KEEPER, Duty.COMMANDER)
              for person in held.get(duty_, []))  # fmt: skip
    officers = [person for person in dict.fromkeys(others) if person not in leads]
    return (leads, officers) if len(officers) > 1 else ([], [*officers, *leads])


def _hand_over(desk: DutyDesk, at: datetime, *, leaving_out: bool) -> None:
    """Every shift that is over was handed over and taken over; with `leaving_out` the last of them was not."""
    shifts = list(with_people(desk.shifts.planned().filter(from_at__lt=at)).order_by("from_at"))
    ended = [(one, two) for one, two in zip(shifts, shifts[1:], strict=False) if one.until_at <= at]
    for number, (one, following) in enumerate(ended[:-1] if leaving_out else ended):
        outgoing, incoming = next(_officers(one), None), next(_officers(following), None)
        if outgoing is None or incoming is None or outgoing == incoming:
            continue
        happened, unfinished, attention = HAPPENED[(number + desk.unit.number) % len(HAPPENED)]
        note = handing_over.write(
            shift=one, happened=happened, unfinished=unfinished, attention=attention, by=outgoing,
            at=one.until_at - HOUR / 4,
        )  # fmt: skip
        handing_over.take(note=note, by=incoming, at=one.until_at)


def _officers(shift: Shift) -> Iterator[User]:
    keys = [turn.person_id for turn in shift.turns.all() if turn.role == Turn.Role.OFFICER]
    yield from User.objects.filter(person__in=keys).select_related("person").order_by("pk")


def _cold_spell(commander: User, at: datetime, dice: Random) -> None:
    """A segment was under a response of the fourth level for five days, two months ago."""
    segment = Unit.objects.get(code=segment_code(0))
    began = at - 62 * DAY
    new = NewResponse(
        kind="disaster", title="低温雨雪冰冻应急响应", level=4, issuer=segment, roots=[segment],
        basis="气象部门发布寒潮橙色预警；《低温雨雪冰冻灾害专项应急预案》",
        measures="管道、阀门、化验水防冻；通勤车装防滑链；户外作业减少。", activated_at=began,
    )  # fmt: skip
    response = responses.activate(new, by=commander, at=began)
    held, units = _held(at), units_led(response, business_date(began)).order_by("path")
    news = [_group(unit, held.get(unit.pk, {}), began, dice) for unit in units]
    groups.set_up_all(response=response, groups=[one for one in news if one], by=None, at=began + 4 * DAY + HOUR)
    there = [key for key in expected(response).order_by("pk") if dice.random() < 0.97]
    presence.all_at_post(keys=there, by=commander, at=began + 4 * DAY + 2 * HOUR)
    standing_down.stand_down(
        response=response, reason="预警解除，气温回升",
        conclusion="没有人员伤亡和设备冻损。外委单位的通勤车辆没有防滑链，已列入下次检查。",
        by=commander, at=began + 5 * DAY,
    )  # fmt: skip


def _held(at: datetime) -> dict[int, dict[str, list[Person]]]:
    """Whoever answers for units today and has an account, by unit and duty."""
    duties = (Duty.HEAD, Duty.DEPUTY, Duty.REPORTER, Duty.REVIEWER, Duty.ROSTER_KEEPER, Duty.COMMANDER)
    kinds = [Kind.GROUP, Kind.SEGMENT, Kind.ENTERPRISE]
    there = Posting.objects.on(business_date(at)).filter(duty__in=duties, unit__kind__in=kinds)
    found: dict[int, dict[str, list[Person]]] = {}
    able = there.filter(person__account__isnull=False, person__on_roll_until__gt=business_date(at))
    for one in able.select_related("person").order_by("from_date", "pk"):
        found.setdefault(one.unit_id, {}).setdefault(one.duty, []).append(one.person)
    return found
