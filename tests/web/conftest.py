import pytest

from wuli.web import navigation, search

from .browser import browser_context_args, browser_type_launch_args, watched  # noqa: F401


@pytest.fixture
def blank_rail(monkeypatch):
    """No entries but those the test registers."""
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_groups", {"": navigation.Group("", "", 0)})
    navigation.forget()
    yield
    navigation.forget()


@pytest.fixture
def blank_search(monkeypatch):
    monkeypatch.setattr(search, "_providers", {})


@pytest.fixture
def someone(db, django_user_model):
    return django_user_model.objects.create(username="someone")
