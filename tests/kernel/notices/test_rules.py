"""The tables: quiet hours, tries, addresses, outcomes, what a message says."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.kernel.notices.telling import ALARM, MISSING
from wuli.kernel.notices.models import Notice
from wuli.kernel.notices.rules import addresses, gathering, quiet, retry
from wuli.kernel.notices.rules.outcomes import Outcome, words_of
from wuli.kernel.orgs.models import Unit

SHANGHAI, BERLIN, CHICAGO = "Asia/Shanghai", "Europe/Berlin", "America/Chicago"


def utc(hour, minute=0, day=3):
    return datetime(2020, 2, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "since", "until", "awake"),
    [
        (utc(4), SHANGHAI, 22, 7, utc(4)),
        (utc(14), SHANGHAI, 22, 7, utc(23)),  # 22:00 in Shanghai: until 7:00 the next day
        (utc(22, 59), SHANGHAI, 22, 7, utc(23)),  # 6:59
        (utc(23), SHANGHAI, 22, 7, utc(23)),  # 7:00: begins
        (utc(14), BERLIN, 22, 7, utc(14)),  # the same moment is 15:00 in Berlin
        (utc(2), BERLIN, 22, 7, utc(6)),
        (utc(4), CHICAGO, 22, 7, utc(13)),  # 22:00 of the day before
        (utc(4), SHANGHAI, 12, 14, utc(6)),  # a nap at noon
        (utc(6), SHANGHAI, 12, 14, utc(6)),
        (utc(14), SHANGHAI, 7, 7, utc(14)),  # none
    ],
)
def test_quiet_hours(at, zone, since, until, awake):
    assert quiet.awake_at(at, zone, time(since), time(until)) == awake


def test_a_night_with_a_change_of_clocks_ends_at_seven():
    night = datetime(2020, 3, 28, 22, 0, tzinfo=UTC)  # 23:00 in Berlin, where 2:00 becomes 3:00
    assert quiet.awake_at(night, BERLIN) == datetime(2020, 3, 29, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (6, None), (7, None)])
def test_each_wait_is_longer_until_it_is_given_up(failures, minutes):
    assert retry.next_try(failures, utc(4)) == (utc(4) + timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("wecombot://693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa", True),
        ("dingtalk://SEC1@token1/13812344417", True),
        ("feishu://abc-def", True),
        ("mailtos://wuli:pw@corp.example:465?smtp=smtp.corp.example&to=a@b.example", True),
        ("jsons://hooks.example/in", True),
        ("WECOMBOT://abc", True),
        ("file:///etc/passwd", False),
        ("syslog://", False),
        ("dbus://", False),
        ("exec:///bin/sh", False),
        ("config://x", False),
        ("windows://", False),
        ("xml://hooks.example", False),
        ("https://hooks.example/in", False),
        ("no address", False),
        ("", False),
        ("mailto://a:b@c.example?pgp=yes&pgpkey=/etc/passwd", False),
        ("workflows://host/a/b?template=/etc/passwd", False),
        ("jsons://hooks.example/in?verify=no", False),
        ("jsons://hooks.example/in?redirect=yes", False),
        ("jsons://a.example,file:///etc/passwd", False),
        ("jsons://a.example file:///etc/passwd", False),
        ("jsons://[::1", False),
        ("jsons://a.example/?" + "x" * 500, False),
    ],
)  # fmt: skip
def test_where_nothing_may_be_sent(address, good):
    reason = addresses.why_not_address(address)
    assert (reason is None) == good
    assert good or not address or "passwd" not in reason


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a-7f", "wecombot://693a-7f"),
        ("https://oapi.dingtalk.com/robot/send?access_token=0a1b2c", "dingtalk://0a1b2c"),
        (" https://open.feishu.cn/open-apis/bot/v2/hook/ab-12 ", "feishu://ab-12"),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/ab-12", "lark://ab-12"),
        ("https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=1",
         "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=1"),
        ("slack://a/b/c", "slack://a/b/c"),
    ],
)  # fmt: skip
def test_a_robots_own_address_is_understood(pasted, kept):
    assert addresses.as_apprise(pasted) == kept


@pytest.mark.parametrize(
    ("address", "private"),
    [("8.8.8.8", False), ("10.1.2.3", True), ("127.0.0.1", True), ("169.254.169.254", True), ("192.168.0.9", True),
     ("100.64.0.1", True), ("0.0.0.0", True), ("224.0.0.1", True), ("::1", True), ("fe80::1%eth0", True),
     ("::ffff:10.0.0.1", True), ("2001:4860:4860::8888", False)],
)  # fmt: skip
def test_what_is_private(address, private):
    assert addresses.is_private(address) == private


@pytest.mark.parametrize(
    ("name", "address", "allowed", "may"),
    [
        ("mail.corp", "10.0.0.9", [], False),
        ("mail.corp", "10.0.0.9", ["mail.corp"], True),
        ("mail.corp", "10.0.0.9", ["10.0.0.0/24"], True),
        ("mail.corp", "10.0.1.9", ["10.0.0.0/24", "other"], False),
        ("10.0.0.9", "10.0.0.9", ["10.0.0.9"], True),
    ],
)
def test_which_private_machines_are_allowed(name, address, allowed, may):
    assert addresses.is_allowed(name, address, allowed) == may


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("", "对方已接收"),
        ("http:404", "对方拒绝，HTTP 状态码 404"),
        ("robot:45009", "机器人拒绝，错误码 45009：发送太频繁"),
        ("robot:1", "机器人拒绝，错误码 1"),
        (Outcome.TIMEOUT, "对方没有及时回应"),
    ],
)
def test_outcomes_in_words(outcome, words):
    assert words_of(outcome) == words


def told(kind, *units, text="请今天 18:00 前报送", url="/calls/3/", key="round:3:1"):
    return [Notice(kind=kind, text=text, url=url, key=key, unit=Unit(name=name)) for name in units]


def test_one_unit_is_told_of_in_the_notices_own_words(settings):
    settings.SITE_URL = "https://wuli.example"
    message = gathering.message_of(MISSING, told(MISSING, "一厂", "一厂"))
    assert message.body == "请今天 18:00 前报送\nhttps://wuli.example/calls/3/"
    assert message.title == "五力 · 日报未报"


def test_many_units_are_named_and_then_counted():
    assert gathering.message_of(MISSING, told(MISSING, "一厂", "二厂")).body == "2 个单位未报：一厂、二厂"
    many = gathering.message_of(MISSING, told(MISSING, *[f"{n}厂" for n in range(1, 24)])).body
    assert many.startswith("23 个单位未报：1厂、2厂")
    assert many.endswith("20厂 等")


def test_a_kind_without_its_own_sentence_still_names_the_units():
    assert gathering.message_of(ALARM, told(ALARM, "一厂", "二厂")).body == "野外失联，2 个单位：一厂、二厂"


def test_where_they_lead_to_different_pages_none_is_named(settings):
    settings.SITE_URL = "https://wuli.example"
    both = told(MISSING, "一厂", url="/a/") + told(MISSING, "二厂", url="/b/")
    assert "https" not in gathering.message_of(MISSING, both).body


@pytest.mark.parametrize(("key", "turn"), [("round:3:chase:1:17", "round:3:chase:1"), ("alone", "alone")])
def test_the_turn_is_the_general_part_of_the_key(key, turn):
    assert Notice(key=key).turn == turn
