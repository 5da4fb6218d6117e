"""The pages: who may open what, what they do, in how many queries."""

import pytest
from django.urls import reverse

from tests.organisation.mobilisation.conftest import NOON
from wuli.kernel.ledger.models import Item
from wuli.organisation.mobilisation.actions import errands
from wuli.organisation.mobilisation.actions.errands import NewErrand


@pytest.fixture
def things(world, campaign, plan, propose):
    """One of each, of 电解支部; the campaign is the Party group's."""
    activity = plan()
    given = NewErrand(body=world.unit("P-W1-A"), title="联系两名职工", to_all=True)
    return {
        "campaign": campaign.pk, "activity": activity.pk, "vanguard": propose().pk, "branch": world.unit("P-W1-A").pk,
        "host": activity.hosts.get().pk, "own": world.person("才让").pk,
        "errand": errands.give(given, key="k", by=world.user("诺敏"), at=NOON).pk,
    }  # fmt: skip


#                           党宁 诺敏 才让 周舟 林河
WHO_MAY = {
    "participation":                     "200 200 404 200 404",
    "participation_export xlsx":         "200 200 404 200 404",
    "campaigns":                         "200 200 200 200 200",
    "campaign campaign":                 "200 200 200 200 404",
    "campaign_new":                      "200 200 404 200 404",
    "campaign_reword campaign":          "200 404 404 404 404",
    "campaign_end campaign":             "200 404 404 404 404",
    "campaign_take_back campaign own":   "404 404 404 404 404",
    "activities":                        "200 200 200 200 200",
    "activity activity":                 "200 200 200 404 404",
    "activity_new":                      "200 200 404 200 404",
    "activity_change activity":          "200 200 404 404 404",
    "activity_publish activity":         "200 200 404 404 404",
    "activity_discard activity":         "200 200 404 404 404",
    "activity_attend activity host":     "200 200 404 404 404",
    "activity_hold activity":            "200 200 404 404 404",
    "activity_not_held activity":        "200 200 404 404 404",
    "activity_calendar activity":        "200 200 200 404 404",
    "activities_calendar":               "200 200 200 200 200",
    "owing":                             "200 200 404 200 404",
    "rhythm":                            "200 404 404 404 404",
    "vanguards":                         "200 200 200 200 200",
    "vanguard vanguard":                 "200 200 200 404 404",
    "vanguard_new":                      "200 200 404 200 404",
    "errands":                           "200 200 200 200 200",
    "errand errand":                     "200 200 200 404 404",
    "errand_new":                        "200 200 404 200 404",
}  # fmt: skip


def test_who_may_open_what(client, world, things):
    found = dict.fromkeys(WHO_MAY, "")
    for who in ("党宁", "诺敏", "才让", "周舟", "林河"):
        client.force_login(world.user(who))
        for page in WHO_MAY:
            name, *words = page.split()
            address = reverse(f"mobilisation:{name}", args=[things.get(word, word) for word in words])
            found[page] = f"{found[page]} {client.get(address).status_code}".strip()
    assert found == WHO_MAY
    assert Item.objects.count() == 2
