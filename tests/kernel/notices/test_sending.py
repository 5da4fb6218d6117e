"""From a notice to a message outside: gathered, claimed, sent, tried again, given up."""

from threading import Event as Flag

import pytest

from tests.kernel.notices.telling import (
    ALARM,
    BEIJING_NOON,
    HOUR,
    MINUTE,
    MISSING,
    OVERDUE,
    QUIETLY,
    send,
    states,
    tell,
)  # fmt: skip
from wuli.kernel.notices.actions import channels, outside, parallel, reading, routing, sending
from wuli.kernel.notices.models import Channel, Delivery, Notice, Wishes
from wuli.kernel.orgs.actions import people

NEXT = BEIJING_NOON + MINUTE


def late(*codes, world, at=BEIJING_NOON, key="round:3"):
    for code, name in codes:
        tell(world, name, kind=MISSING, text=f"{name}：请报送", unit=code, key=f"{key}:{code}", at=at)


def test_a_group_gets_one_message_for_many(world, group, channel):
    channel("NORTH")
    late(("WORKS-1", "林河"), ("WORKS-2", "周舟"), ("WORKS-3", "石强"), world=world)

    assert send() == 0  # the minute is not over: others of the turn may still come
    assert send(NEXT) == 1

    assert group.heard[0]["message"] == "2 个单位未报：一厂、二厂"  # the third is not North's
    assert states() == [("sent", 1, "")]
    assert Delivery.objects.get().notices.count() == 2
    assert Delivery.objects.get().sent_at == NEXT


def test_another_turn_or_minute_is_another_message(world, group, channel):
    channel("NORTH")
    late(("WORKS-1", "林河"), world=world)
    late(("WORKS-1", "林河"), world=world, key="round:4")
    late(("WORKS-2", "周舟"), world=world, at=NEXT)
    assert send(NEXT + MINUTE) == 3


def test_one_that_comes_late_goes_on_its_own(world, group, channel):
    channel("NORTH")
    late(("WORKS-1", "林河"), world=world)
    send(NEXT)
    late(("WORKS-2", "周舟"), world=world)
    send(NEXT)
    assert group.texts == ["林河：请报送", "周舟：请报送"]


@pytest.mark.parametrize(
    ("kind", "unit", "carries", "goes"),
    [
        (MISSING, "WORKS-1", [], True),
        (MISSING, "NORTH", [], True),
        (MISSING, "WORKS-1", [MISSING], True),
        (MISSING, "WORKS-1", [ALARM], False),
        (MISSING, "WORKS-3", [], False),
        (MISSING, None, [], False),
        (OVERDUE, "WORKS-1", [], False),  # not fit for a group
    ],
)
def test_what_a_group_hears_of(world, group, channel, kind, unit, carries, goes):
    channel("NORTH", kinds=carries)
    tell(world, "林河", kind=kind, unit=unit)
    assert send(NEXT) == goes


def test_one_person_is_told_outside_too(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏", "林河")
    assert send() == 1
    assert group.texts == ["请办理"]
    assert Notice.objects.filter(routed_at=BEIJING_NOON).count() == 2


def test_what_was_read_on_the_page_is_not_sent(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏")
    routing.route(at=BEIJING_NOON)
    reading.read_all(person=world.person("诺敏"), at=BEIJING_NOON)
    assert sending.send_due(at=NEXT) == 0
    assert states() == [("spared", 0, "read")]


def test_whoever_has_left_is_told_nothing_outside(world, group, channel):
    channel(person="马力")
    people.leave(person=world.person("马力"), on=BEIJING_NOON.date(), by=None, at=BEIJING_NOON)
    tell(world, "马力")
    assert send() == 0
    assert states() == []


def test_no_more_than_so_many_a_day(world, group, channel):
    channel(person="诺敏")
    for number in range(4):
        tell(world, "诺敏", key=f"item:{number}", at=BEIJING_NOON + number * HOUR)
        send(BEIJING_NOON + number * HOUR)
    tell(world, "诺敏", kind=ALARM, key="another kind", at=BEIJING_NOON + 4 * HOUR)
    send(BEIJING_NOON + 4 * HOUR)

    assert [state for state, _n, _why in states()] == ["sent", "sent", "spared", "spared", "sent"]
    assert Notice.objects.count() == 5  # the page shows all
    tell(world, "诺敏", key="item:9", at=BEIJING_NOON + 22 * HOUR)
    assert send(BEIJING_NOON + 22 * HOUR) == 1  # the next day


def test_the_cap_counts_each_notice_once_however_many_channels(world, group, channel):
    channel(person="诺敏", name="甲")
    channel(person="诺敏", name="乙")
    tell(world, "诺敏", key="item:1")
    tell(world, "诺敏", key="item:2")
    assert send() == 4


def test_at_night_only_what_is_urgent_goes_out(world, group, channel):
    channel(person="诺敏")
    channel("NORTH")
    night = BEIJING_NOON + 11 * HOUR  # 23:00
    tell(world, "诺敏", kind=MISSING, unit="WORKS-1", text="未报", at=night)
    tell(world, "诺敏", kind=ALARM, text="失联", key="alarm", at=night)

    assert send(night + MINUTE) == 1
    assert group.texts == ["失联"]
    assert send(night + 7 * HOUR) == 0  # 6:00
    assert send(night + 8 * HOUR) == 2  # 7:00: to the person and to the group


def test_the_night_is_that_of_the_place(world, group, channel):
    abroad = world.unit("WORKS-3")
    abroad.zone = "America/Chicago"
    abroad.save()
    channel("WORKS-3")
    tell(world, "石强", kind=MISSING, unit="WORKS-3")  # noon in Beijing, 22:00 in Chicago
    assert send(NEXT) == 0
    assert send(BEIJING_NOON + 9 * HOUR) == 1


def test_wishes_close_own_channels_for_what_is_not_urgent(world, group, channel):
    channel(person="诺敏")
    channel("NORTH")
    Wishes.objects.create(person=world.person("诺敏"), muted=[OVERDUE, MISSING, ALARM])
    tell(world, "诺敏", text="不外发")
    tell(world, "诺敏", kind=MISSING, unit="WORKS-1", text="群里还发", key="m")
    tell(world, "诺敏", kind=ALARM, text="失联", key="a")
    tell(world, "诺敏", kind=QUIETLY, text="没有关", key="q")
    send(NEXT)
    assert sorted(group.texts) == ["失联", "没有关", "群里还发"]


# Trouble


def test_a_failure_is_tried_again_with_longer_and_longer_waits(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏", kind=ALARM)
    group.status, at = 503, BEIJING_NOON
    for minutes in (1, 5, 15, 60, 240):
        send(at)
        assert send(at) == 0
        assert Delivery.objects.get().next_at == at + minutes * MINUTE
        at += minutes * MINUTE
    send(at)

    assert states() == [("given_up", 6, "http:503")]
    assert len(group.heard) == 6


def test_once_it_gets_through_all_is_well(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏")
    group.status = 500
    send()
    group.status = 200
    assert send(NEXT) == 1
    assert states() == [("sent", 2, "")]


def test_a_robot_that_refuses_with_a_number_has_not_taken_it(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏")
    group.answer = {"errcode": 45009, "errmsg": "api freq out of limit"}
    assert send() == 0
    assert states() == [("failed", 1, "robot:45009")]


def test_nobody_is_led_elsewhere(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏")
    group.status = 302
    assert send() == 0
    assert states() == [("failed", 1, "http:302")]
    assert group.paths == ["/secret-key-7f3a"]


def test_nobody_there(world, group, channel):
    channel(person="诺敏", address="json://127.0.0.1:9/x")
    tell(world, "诺敏")
    assert send() == 0
    assert states() == [("failed", 1, "unreachable")]


def test_a_private_machine_that_is_no_longer_allowed_is_not_called(world, group, channel, settings):
    channel(person="诺敏")
    settings.NOTICE_PRIVATE_HOSTS = []
    tell(world, "诺敏")
    assert send() == 0
    assert states() == [("failed", 1, "private")]
    assert group.heard == []


def test_an_address_under_a_lost_key_is_given_up(world, group, channel):
    channel(person="诺敏")
    Channel.objects.update(address=b"\x00nonsense that nobody can read")
    tell(world, "诺敏")
    assert send() == 0
    assert states() == [("given_up", 1, "unreadable")]


def test_a_process_that_died_after_sending_sends_again(world, group, channel):
    """The price of never losing one: at least once, not exactly once."""
    channel(person="诺敏")
    tell(world, "诺敏")
    routing.route(at=BEIJING_NOON)
    (parcel,) = sending.claim(at=BEIJING_NOON)
    outside.post(parcel.address, parcel.message)  # and then the power fails

    assert send(NEXT) == 0  # still claimed
    assert send(BEIJING_NOON + 5 * MINUTE) == 1
    assert (len(group.heard), states()) == (2, [("sent", 2, "")])
    sending.settle(parcel=parcel, outcome="refused", at=NEXT)  # a report from the dead changes nothing
    assert states() == [("sent", 2, "")]


def test_one_that_kills_its_process_each_time_is_given_up(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏", kind=ALARM)
    routing.route(at=BEIJING_NOON)
    claimed = [sending.claim(at=BEIJING_NOON + 5 * turn * MINUTE) for turn in range(8)]
    assert [len(parcels) for parcels in claimed] == [1] * 6 + [0, 0]
    assert states() == [("given_up", 6, "timeout")]


def test_two_ticks_send_once(world, group, channel):
    channel(person="诺敏")
    tell(world, "诺敏")
    routing.route(at=BEIJING_NOON)
    first, second = sending.claim(at=BEIJING_NOON), sending.claim(at=BEIJING_NOON)
    assert (len(first), len(second)) == (1, 0)


def test_one_channel_gets_no_more_than_a_robot_bears(world, group, channel, monkeypatch):
    monkeypatch.setattr(sending, "A_CHANNEL", 2)
    channel(person="诺敏")
    for number in range(5):
        tell(world, "诺敏", kind=ALARM, key=f"a:{number}")
    assert [send(BEIJING_NOON + turn * MINUTE) for turn in range(4)] == [2, 2, 1, 0]


def test_a_channel_that_hangs_does_not_hold_up_others(world, group, channel, monkeypatch):
    monkeypatch.setattr(parallel, "ALL_SECONDS", 1.5)
    channel(person="诺敏", address="json://127.0.0.1:1/hangs")
    channel(person="林河")
    tell(world, "诺敏", "林河")
    hanging = Flag()

    def post(address, message):
        return hanging.wait(10) and "" if "hangs" in address else outside.post(address, message)

    monkeypatch.setattr(sending, "post", post)
    assert send() == 1
    hanging.set()
    assert sorted(states()) == [("failed", 1, "timeout"), ("sent", 1, "")]


def test_what_did_not_get_its_turn_is_no_failure(world, group, channel, monkeypatch):
    monkeypatch.setattr(parallel, "CHANNEL_SECONDS", 0)
    channel(person="诺敏")
    tell(world, "诺敏")
    assert send() == 0
    assert states() == [("failed", 0, "busy")]
    monkeypatch.setattr(parallel, "CHANNEL_SECONDS", 12)
    assert send(NEXT) == 1


def test_a_channel_switched_off_sends_nothing_more(world, group, channel):
    robot = channel(person="诺敏")
    tell(world, "诺敏")
    routing.route(at=BEIJING_NOON)
    channels.switch_channel(channel=robot, on=False, by=world.user("赵系"), at=BEIJING_NOON)
    tell(world, "诺敏", key="item:4")
    assert send(NEXT) == 0
    assert states() == [("given_up", 0, "off")]


def test_nothing_said_outside_stands_in_the_log(world, group, channel, capfd, caplog):
    channel(person="诺敏")
    tell(world, "诺敏")
    group.status = 403
    send()
    assert "secret-key" not in caplog.text + "".join(capfd.readouterr())
