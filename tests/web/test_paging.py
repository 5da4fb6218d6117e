import base64
import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wuli.web.paging import page_of

pytestmark = pytest.mark.django_db
within_one_test = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def things():
    """Rows with few different labels, so that ties are the rule."""
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        ContentType(pk=number, app_label="abc"[number % 3], model=f"m{number % 7}-{number}") for number in range(1, 24)
    )
    return ContentType.objects.all()


def cursor(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@within_one_test
@given(
    size=st.integers(1, 30),
    order=st.sampled_from(
        [("pk",), ("-pk",), ("app_label", "pk"), ("-app_label", "pk"), ("app_label", "-model", "pk")]
    ),
)
def test_walking_forward_and_back_shows_every_row_once_in_order(things, size, order):
    pages, mark = [], ""
    while True:
        page = page_of(things, order=order, cursor=mark, size=size)
        pages.append(page.rows)
        if not page.next:
            break
        mark = page.next
    assert [row for rows in pages for row in rows] == list(things.order_by(*order))

    back = [page.rows]
    while page.previous:
        page = page_of(things, order=order, cursor=page.previous, size=size)
        back.append(page.rows)
    assert [row for rows in reversed(back) for row in rows] == list(things.order_by(*order))


def test_a_page_is_one_query(things, django_assert_num_queries):
    first = page_of(things, order=("app_label", "pk"), size=5)
    with django_assert_num_queries(1):
        second = page_of(things, order=("app_label", "pk"), cursor=first.next, size=5)
    with django_assert_num_queries(1):
        page_of(things, order=("app_label", "pk"), cursor=second.previous, size=5)


@within_one_test
@given(st.one_of(st.text(), st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
@example("x" * 5000)
@example(cursor("n"))
@example(cursor("n", 1, 2, 3))
@example(cursor("q", "a", 1))
@example(cursor("n", "a", 10**40))
@example(cursor("n", "a", 1e400))
@example(cursor("n", "a\x00", 1))
@example(cursor("n", None, 1))
@example(cursor("n", ["a"], 1))
@example(cursor("n", "a", "one"))
@example(cursor("n", {"a": 1}, 1))
def test_a_cursor_that_is_not_ours_is_the_first_page(things, broken):
    first = page_of(things, order=("app_label", "pk"), size=5)
    assert page_of(things, order=("app_label", "pk"), cursor=broken, size=5) == first


def test_a_row_gone_meanwhile_does_not_lose_the_place(things):
    first = page_of(things, order=("pk",), size=5)
    things.filter(pk=5).delete()

    assert [row.pk for row in page_of(things, order=("pk",), cursor=first.next, size=2).rows] == [6, 7]


def test_beyond_the_end_one_can_go_back(things):
    first = page_of(things, order=("pk",), size=20)
    things.filter(pk__gt=20).delete()
    beyond = page_of(things, order=("pk",), cursor=first.next, size=20)

    assert beyond.rows == []
    assert beyond.next == ""
    assert [row.pk for row in page_of(things, order=("pk",), cursor=beyond.previous, size=20).rows] == list(
        range(1, 20)
    )


def test_before_the_start_is_the_first_page(things):
    second = page_of(things, order=("pk",), cursor=page_of(things, order=("pk",), size=5).next, size=5)
    things.filter(pk__lt=6).delete()

    assert page_of(things, order=("pk",), cursor=second.previous, size=5).rows[0].pk == 6


def test_columns_of_related_rows_and_unknown_columns(things):
    from django.contrib.auth.models import Permission

    Permission.objects.bulk_create(Permission(content_type_id=n % 5 + 1, codename=f"c{n}", name="x") for n in range(12))
    found = Permission.objects.select_related("content_type")
    order = ("content_type__app_label", "pk")
    first = page_of(found, order=order, size=7)
    rest = page_of(found, order=order, cursor=first.next, size=7)
    assert first.rows + rest.rows == list(found.order_by(*order))

    with pytest.raises(FieldDoesNotExist):
        page_of(things, order=("nothing",), cursor=cursor("n", 1), size=5)
