"""A small form of the group in the named world, made today, and a daily report of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from wuli.base import clock
from wuli.base.clock import FOREVER
from wuli.kernel.cascade.actions import forms
from wuli.leadership.reports.actions import dailies, drafts
from wuli.leadership.reports.actions.dailies import Daily

SPEC = {
    "sections": [
        {
            "title": "人员",
            "fields": [
                {"key": "present", "label": "在岗", "type": "integer", "unit": "人", "required": True},
                {"key": "fever", "label": "体温异常", "type": "integer", "unit": "人", "matter": True},
                {"key": "level", "label": "风险", "type": "choice", "choices": ["低", "高"], "kinds": ["enterprise"]},
            ],
        },
        {"title": "物资", "fields": [{"key": "masks", "label": "口罩", "type": "decimal", "unit": "只"}]},
    ],
    "checks": [{"left": ["fever"], "op": "<=", "right": ["present"], "text": "异常人数不能多于在岗人数"}],
}
HOURS = {"enterprise": (0, 2880, 2910), "segment": (0, 2940, 2970)}
"""Due in two days, so that no test depends on the hour at which it runs."""


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def lead(world):
    return world.user("顾岚")


@pytest.fixture
def form(world, lead, now, today):
    return forms.make_form(
        code="evening", name="晚报", owner=world.unit("G"), purpose="掌握人员情况", ends_on=FOREVER, spec=SPEC,
        from_date=today - timedelta(days=3), by=lead, at=now,
    )  # fmt: skip


@pytest.fixture
def daily(world, form, today):
    return Daily(
        form=form, title="晚报", number="RB-1", root=world.unit("G"), hours=HOURS, chasing=[-60, 0], first_day=today
    )


@pytest.fixture
def call(daily, lead, now):
    return dailies.begin(daily, by=lead, at=now)


@pytest.fixture
def begin(daily, lead, now):
    """Begin the daily report of this folder with something else about it."""
    return lambda **changes: dailies.begin(replace(daily, **changes), by=lead, at=now)


@pytest.fixture
def draft(form, lead, now):
    """The next version of the form, not touched yet."""
    return drafts.start_version(form, by=lead, at=now)
