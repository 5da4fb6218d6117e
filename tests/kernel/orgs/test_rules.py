import pytest

from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import DUTIES, Admin


def test_every_duty_says_where_it_can_be_held_and_what_it_may_do():
    assert set(DUTIES) == set(Duty)
    assert all(info.kinds and info.perms for info in DUTIES.values())


@pytest.mark.parametrize("duty", [duty for duty, info in DUTIES.items() if info.admin != Admin.SECURITY])
def test_nobody_hands_out_more_than_they_may_do_themselves(duty):
    mine = DUTIES[duty]
    for given in mine.grants:
        assert DUTIES[given].perms <= mine.perms


def test_the_three_administrators_share_the_view_of_the_tree_and_the_word_on_each_others_accounts():
    system, security, audit = (next(i.perms for i in DUTIES.values() if i.admin == admin) for admin in Admin)
    assert system & security == system & audit == {"unit.view"}
    assert security & audit == {"unit.view", "account.confirm"}
