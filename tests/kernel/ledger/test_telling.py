"""Events in words."""

from datetime import UTC, datetime

import pytest

from wuli.kernel.journal.models import Event
from wuli.kernel.ledger.rules import telling

AT = datetime(2020, 2, 3, 10, 0, tzinfo=UTC)


def event(verb, **said):
    return Event(at=AT, verb=verb, **said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"verb": "person.viewed", "actor_name": "诺敏", "subject_name": "林河"}, "<b>诺敏</b>查看了<b>林河</b>的档案"),
        ({"verb": "unit.renamed", "subject_name": "二厂"}, "<b>系统</b>为<b>二厂</b>更名"),
        ({"verb": "account.sign_in_failed"}, "登录失败：<b>（未知）</b>"),
        ({"verb": "posting.given", "subject_name": "石强"}, "<b>系统</b>在<b>一厂</b>任命了<b>石强</b>"),
        ({"verb": "who.knows", "actor_name": "甲", "subject_name": "乙"}, "<b>甲</b> who.knows <b>乙</b>"),
        ({"verb": "person.viewed", "actor_name": "<i>甲", "subject_name": "100%(who)s"},
         "<b>&lt;i&gt;甲</b>查看了<b>100%(who)s</b>的档案"),
    ],
)  # fmt: skip
def test_an_event_reads_as_a_sentence(said, sentence):
    assert telling.sentence(event(**said), "一厂") == sentence


@pytest.mark.parametrize(
    ("verb", "changes", "told"),
    [
        ("person.amended", {"phone": ["138****0001", "139****0002"]}, ("手机", "138****0001", "139****0002")),
        ("person.moved", {"unit": ["电解一班", "电解二班"]}, ("所在班组", "电解一班", "电解二班")),
        ("person.joined", {"from": [None, "2020-02-03"]}, ("生效日期", "—", "2020-02-03")),
        ("person.unmasked", {"field": [None, "identity"]}, ("查看内容", "—", "身份证号")),
        ("posting.given", {"duty": [None, "head"]}, ("职责", "—", "主要负责人")),
        ("unit.amended", {"listed": [False, True]}, ("上市公司", "否", "是")),
        ("unit.merged", {"people": [12, 0]}, ("人数", "12", "0")),
        ("account.signed_out", {"why": [None, "idle"]}, ("原因", "—", "长时间没有操作")),
        ("account.signed_in", {"how": [None, "password"]}, ("方式", "—", "密码")),
        ("roster.imported", {"counts": [None, {"joined": 3, "left": 1}]}, ("行数", "—", "新增 3，离册 1")),
        ("token.created", {"perms": [None, ["unit.view", "person.view"]]}, ("权限", "—", "unit.view、person.view")),
        ("events.checked", {"sealed": 7}, ("核验至", "—", "7")),
        ("who.knows", {"odd": [1, 2, 3]}, ("odd", "—", "1、2、3")),
    ],
)
def test_what_changed_is_told_in_the_words_of_the_forms(verb, changes, told):
    (change,) = telling.changes(event(verb, changes=changes))

    assert (change.label, change.before, change.after) == told


@pytest.mark.parametrize(
    ("verb", "label"), [("person.viewed", "查看档案"), ("person", "人员"), ("who.knows", "who.knows"), ("", "")]
)
def test_a_verb_or_a_group_has_a_label(verb, label):
    assert telling.label_of(verb) == label
