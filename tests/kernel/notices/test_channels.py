"""The ways out of the house: only the system administrator's, and their addresses nobody's to see."""

import pytest

from tests.kernel.notices.telling import BEIJING_NOON, MINUTE, MISSING, OVERDUE, send, tell
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.notices.actions import channels
from wuli.kernel.notices.models import Channel

LIST, NEW = "/channels/", "/channels/new/"
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7fff-4bc4"


@pytest.fixture
def admin(world, client):
    client.force_login(world.user("赵系"))
    return client


def test_a_group_of_a_unit(world, admin):
    made = admin.post(NEW, {"name": "指挥部群", "address": ROBOT, "unit": "NORTH", "kinds": [MISSING]})
    assert made.status_code == 302
    one = Channel.objects.get()
    assert (one.open_address(), one.hint, one.unit.code, one.kinds) == (
        "wecombot://693a91f6-7fff-4bc4", "wecombot://…", "NORTH", [MISSING],
    )  # fmt: skip
    assert b"693a91f6" not in bytes(one.address)
    page = admin.get(LIST).text
    assert "指挥部群" in page
    assert "日报未报" in page
    event = Event.objects.get(verb="channel.added")
    assert "693a91f6" not in page + str(event.changes)


def test_somebodys_own(world, admin, group):
    admin.post(NEW, {"name": "诺敏的邮箱", "address": group.address(), "person": world.person("诺敏").number})
    one = Channel.objects.get()
    assert (one.person.name, one.unit, one.hint) == ("诺敏", None, "json://127.0.0.1/…")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"address": "file:///etc/passwd"}, "address"),
        ({"address": "syslog://"}, "address"),
        ({"address": "mailto://u:p@corp.example?pgpkey=/etc/passwd"}, "address"),
        ({"address": "jsons://[::1/x"}, "address"),
        ({"address": "json://127.0.0.1:8000/x"}, "address"),  # private, not allowed
        ({"address": "json://localhost:8000/x"}, "address"),
        ({"address": "mailto://u:p@corp.example?smtp=10.0.0.1&to=a@b.example"}, "address"),
        ({"address": "slack://only-one-part"}, "address"),
        ({"name": ""}, "name"),
        ({"unit": ""}, None),
        ({"person": "20001"}, None),
        ({"unit": "NOWHERE"}, "unit"),
        ({"unit": "", "person": "99999"}, "person"),
        ({"kinds": [OVERDUE]}, None),  # not for groups
        ({"kinds": ["nothing"]}, "kinds"),
    ],
)
def test_what_is_refused(admin, changed, field):
    answer = admin.post(NEW, {"name": "群", "address": ROBOT, "unit": "NORTH"} | changed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field or "__all__"]
    assert not Channel.objects.exists()
    assert not Event.objects.filter(verb="channel.added").exists()


def test_one_name_is_one_channel(world, admin):
    for _time in range(2):
        answer = admin.post(NEW, {"name": "群", "address": ROBOT, "unit": "NORTH"})
    assert (answer.status_code, Channel.objects.count()) == (422, 1)


@pytest.mark.parametrize("who", ["顾岚", "诺敏", "钱安", "孙审", "马力"])
@pytest.mark.parametrize("door", [LIST, NEW, "{}test/", "{}off/", "{}on/"])
def test_nobody_else_may(world, client, channel, group, who, door):
    one = channel("NORTH")
    client.force_login(world.user(who))
    address = door.format(f"{LIST}{one.pk}/")
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert (Channel.objects.get().is_active, group.heard) == (True, [])


@pytest.mark.parametrize(
    ("status", "answer", "words"),
    [
        (200, {}, "对方已接收"),
        (404, {}, "对方拒绝，HTTP 状态码 404"),
        (200, {"errcode": 93000}, "机器人拒绝，错误码 93000：机器人已被移出群或地址有误"),
        (200, {"code": 19024, "msg": "Key Words Not Found"}, "错误码 19024：安全设置不允许（关键词不符）"),
    ],
)
def test_a_message_of_trial_says_in_words_how_it_went(admin, channel, group, status, answer, words):
    one = channel("NORTH", name="指挥部群")
    group.status, group.answer = status, answer
    page = admin.post(f"{LIST}{one.pk}/test/", follow=True).text
    assert f"指挥部群：{words}" in page.replace("&quot;", '"') or words in page
    assert "secret-key" not in page
    assert len(group.heard) == 1
    assert Event.objects.filter(verb="channel.tested").count() == 1


def test_off_and_on_again(admin, channel):
    one = channel("NORTH")
    off, on = f"{LIST}{one.pk}/off/", f"{LIST}{one.pk}/on/"
    assert "停用渠道" in admin.get(off).text
    admin.post(off)
    assert not Channel.objects.get().is_active
    assert "已经停用" in admin.post(off, follow=True).text
    admin.post(on)
    assert Channel.objects.get().is_active
    assert [event.verb for event in Event.objects.filter(verb__startswith="channel.switched").order_by("pk")] == [
        "channel.switched_off", "channel.switched_on",
    ]  # fmt: skip


def test_a_broken_channel_shows_up_in_the_administrators_day(world, admin, channel, group):
    channel(person="诺敏", name="坏的")
    group.status = 500
    tell(world, "诺敏", kind="field.alarm")
    at = BEIJING_NOON
    for minutes in (0, 1, 5, 15, 60, 240):
        at += minutes * MINUTE
        send(at)
    assert "通知渠道“坏的”不通" in admin.get("/").text
    assert "1 条未能送达" in admin.get(LIST).text
    group.status = 200
    tell(world, "诺敏", kind="field.alarm", key="next", at=at)
    send(at)
    assert "不通" not in admin.get("/").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(admin, channel, django_assert_num_queries, count):
    for number in range(count):
        channel("NORTH", name=f"群 {number}")
    admin.get(LIST)
    with django_assert_num_queries(8):
        admin.get(LIST)


def test_a_robot_is_added_without_looking_anything_up(world, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: pytest.fail("asked the network"))
    made = channels.add_channel(
        name="群", address="feishu://abc-def", unit=world.unit("G"), person=None, kinds=[], by=world.user("赵系"),
        at=BEIJING_NOON,
    )  # fmt: skip
    assert made.hint == "feishu://…"


def test_a_name_that_leads_into_the_house_is_refused(world, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: [(2, 1, 6, "", ("169.254.169.254", 0))])
    with pytest.raises(Refused, match="内网"):
        channels.add_channel(
            name="群", address="jsons://innocent.example/x", unit=world.unit("G"), person=None, kinds=[],
            by=world.user("赵系"), at=BEIJING_NOON,
        )  # fmt: skip
