"""Many units answered in one go: each by its own merits, the same as one by one."""

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.actions import replies
from wuli.kernel.cascade.actions.replies import Answer, Sent
from wuli.kernel.cascade.models import Reply, Slot
from wuli.kernel.cascade.queries import registers
from wuli.kernel.cascade.rules import sources
from wuli.kernel.cascade.rules.form import spec_of
from wuli.kernel.journal.models import Event

from .asking import at, evening


@pytest.fixture
def asked(world):
    return evening(world)


def _sent(asked, code, hour=14, key="", **values):
    answer = Answer(key or code, {"present": 10, "abnormal": 0} | values)
    return Sent(asked.slot(code).pk, answer, asked.keeper, at(hour))


def test_each_is_kept_or_refused_by_itself(asked):
    sent = [_sent(asked, "W1-T1"), _sent(asked, "W1-T2", abnormal=11), _sent(asked, "W2-T1", hour=15, abnormal=2)]

    zero, unfit, some = replies.file_replies(sent)

    assert (zero.kind, zero.number, asked.slot("W1-T1").reply) == ("zero", 1, zero)
    assert isinstance(unfit, Refused)
    assert unfit.field == "abnormal"
    assert asked.slot("W1-T2").state == "missing"
    assert (some.kind, asked.slot("W2-T1").late, asked.slot("W2-T1").review) == ("some", False, "waiting")
    assert Event.objects.filter(verb="reply.filed").count() == 2


def test_what_was_sent_before_is_what_is_there(asked):
    (first,) = replies.file_replies([_sent(asked, "W1-T1", key="once")])

    again, fresh = replies.file_replies([_sent(asked, "W1-T1", key="once", present=3), _sent(asked, "W1-T2")])

    assert (again.pk, again.number, again.kind) == (first.pk, 1, "zero")
    assert fresh.number == 1
    assert Reply.objects.count() == 2


def test_a_batch_names_each_unit_once(asked):
    with pytest.raises(Refused, match="只能出现一次"):
        replies.file_replies([_sent(asked, "W1-T1"), _sent(asked, "W1-T1", key="other")])

    assert not Reply.objects.exists()


def test_nothing_answers_a_slot_that_is_not_there(asked):
    (refused,) = replies.file_replies([Sent(10**9, Answer("k"), asked.keeper, at(14))])

    assert isinstance(refused, Refused)
    assert refused.code == "not_found"


def test_registers_read_for_all_are_those_read_one_by_one(asked):
    sources.register(sources.Source("tests.abnormal", "异常人员", _one, lambda part: "/", each=_each))
    try:
        PLACED.update({asked.slot(code).path: n for code, n in (("W1-T1", 2), ("W1-SHOP", 1), ("WORKS-2", 4))})
        slots = list(Slot.objects.filter(round=asked.round).select_related("round", "unit").order_by("pk"))
        spec = spec_of(asked.round.version)

        found = registers.registers_of_many(asked.round, slots, spec)

        assert found == {slot.pk: registers.registers_of(slot, spec) for slot in slots}
        assert found[asked.slot("W1-SHOP").pk] == {"abnormal": 1}
    finally:
        sources.forget("tests.abnormal")


PLACED: dict[str, int] = {}


def _each(top, on):
    return {path: n for path, n in PLACED.items() if path.startswith(top)}


def _one(part):
    return sum(n for path, n in _each(part.path, part.on).items() if not path.startswith(part.without))


@pytest.mark.parametrize("many", [1, 3])
def test_many_cost_no_more_statements_than_one(asked, many, django_assert_num_queries, settings):
    sent = [_sent(asked, code) for code in ("W1-T1", "W1-T2", "W2-T1")][:many]
    locks = 0 if "sqlite" in settings.DATABASES["default"]["ENGINE"] else 2

    spec_of(asked.round.version)  # read once in the life of a process

    with django_assert_num_queries(6 + locks):  # facts, reply, slot, event; two ends of a savepoint
        replies.file_replies(sent)
