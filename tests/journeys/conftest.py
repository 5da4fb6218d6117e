import pytest

from tests.web.browser import browser_context_args, browser_type_launch_args, watched  # noqa: F401
from tests.world import PASSWORD


@pytest.fixture
def site(live_server, world):
    """The named world, served."""
    return live_server.url


@pytest.fixture
def enter(watched, site, world):  # noqa: F811
    """Log someone in as they would: by name and password."""

    def log_in(name):
        watched.context.clear_cookies()
        watched.goto(f"{site}/account/login/")
        watched.get_by_label("登录名").fill(world.person(name).number)
        watched.get_by_label("密码").fill(PASSWORD)
        watched.get_by_role("button", name="登录").click()
        watched.wait_for_url(f"{site}/")
        return watched

    return log_in
