import pytest

from tests.web.browser import browser_context_args, browser_type_launch_args, watched  # noqa: F401
from tests.world import PASSWORD


@pytest.fixture
def site(live_server, world, settings, tmp_path):
    """The named world, served. Files that come in have a folder of their own: the next test counts from one again."""
    settings.IMPORT_DIR = tmp_path / "imports"
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
