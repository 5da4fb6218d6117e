"""The pages: who may see which, what they show, and how many questions they ask."""

import pytest
from django.urls import reverse

PAGES = ["meetings:meetings", "meetings:series_list", "meetings:series_new", "orgs:feed"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_with_and_without_rows(signed_in, dispatch, name):
    assert signed_in("诺敏").get(reverse(name)).status_code == 200
    assert signed_in("石强").get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("诺敏", 200), ("欧阳", 200), ("周舟", 200), ("顾岚", 200), ("石强", 404), ("林河", 404), ("孙审", 404)],
)
def test_who_may_see_a_meeting(signed_in, monday, who, status):
    assert signed_in(who).get(reverse("meetings:meeting", args=[monday.pk])).status_code == status


@pytest.mark.parametrize("name", ["series", "series_change", "agenda", "extra_new", "series_end", "series_ics"])
@pytest.mark.parametrize(("who", "status"), [("诺敏", 200), ("欧阳", 404), ("周舟", 404), ("石强", 404)])
def test_who_may_arrange(signed_in, dispatch, name, who, status):
    assert signed_in(who).get(reverse(f"meetings:{name}", args=[dispatch.pk])).status_code == status
