"""A real browser for tests: Debian's Chromium, a watch on its console, and an accessibility check."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
BUILT = ROOT / "build/static/app.js"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

needs_browser = [pytest.mark.browser, pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium")]
"""For a module's `pytestmark`."""

# Playwright runs an event loop in the test's thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESKTOP}


@pytest.fixture
def watched(page):
    """The page, which fails its test at the end if the console showed an error or the CSP stopped something."""
    assert BUILT.exists(), "npm ci --ignore-scripts && npm run build"
    trouble = []
    page.on("console", lambda line: trouble.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.trouble = trouble
    yield page
    assert not trouble, trouble


def assert_accessible(page, **options):
    """No finding of axe on what is shown now. `options` go to axe.run."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text())
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    told = [
        f"{one['id']}: {one['help']}\n" + "\n".join(f"  {node['html'][:160]}" for node in one["nodes"][:5])
        for one in found
    ]
    assert not told, "\n".join(told)


def assert_fits(page):
    """Nothing makes the page scroll sideways."""
    page.wait_for_load_state()
    wide, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= window, page.evaluate(WIDEST)


WIDEST = """[...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth)
  .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
