"""Make the pictures of the README from a small demonstration group: `make pictures`."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parents[1]
OUT = HERE / "docs" / "pictures"
PORT = 8941
PASSWORD = "Tongzhou-2020"
"""The one that `wuli demo` prints."""
SITE = f"http://127.0.0.1:{PORT}"
WULI = [str(Path(sys.executable).parent / "wuli")]
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"]  # fmt: skip
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

#         file            who         language   theme    size      page, and the link to follow there
SHOTS = [
    ("my-day",            "lianluo",  "zh-hans", "light", DESKTOP, "/"),
    ("board",             "zhihui",   "zh-hans", "light", DESKTOP, "/rounds/ > tbody tr:nth-child(3) a"),
    ("directives",        "dangwu",   "zh-hans", "light", DESKTOP, "/directives/sent/"),
    ("meetings-en",       "zhihui",   "en",      "light", DESKTOP, "/meetings/"),
    ("grid",              "zhihui",   "zh-hans", "light", DESKTOP, "/grid/"),
    ("units",             "zhihui",   "zh-hans", "light", DESKTOP, "/units/"),
    ("unit-en",           "zhihui",   "en",      "light", DESKTOP, "/units/ > tr.level-1 a.nm"),
    ("blind-spots",       "zhihui",   "zh-hans", "light", DESKTOP, "/blind-spots/"),
    ("roster-dark-en",    "lianluo",  "en",      "dark",  DESKTOP, "/roster/"),
    ("my-day-phone",      "yuangong", "zh-hans", "light", PHONE,   "/"),
    ("events",            "shenji",   "zh-hans", "light", DESKTOP, "/events/"),
]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"WULI_DATA_DIR": folder, "WULI_ADMIN_SECOND_FACTOR": "0", "WULI_LOG_LEVEL": "ERROR"}
        subprocess.run([*WULI, "demo", "--no-serve", "--people", "3000"], env=env, check=True)
        server = subprocess.Popen([*WULI, "serve", "--port", str(PORT), "--workers", "1"], env=env)
        try:
            _wait()
            _shoot()
        finally:
            server.terminate()
            server.wait(20)


def _wait() -> None:
    for _try in range(100):
        try:
            urllib.request.urlopen(f"{SITE}/healthz")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")


def _shoot() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGS)
        for name, who, language, theme, size, address in SHOTS:
            context = chromium.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
            page = context.new_page()
            _enter(page, who)
            for cookie, value in (("django_language", language), ("theme", theme)):
                context.add_cookies([{"name": cookie, "value": value, "url": SITE}])
            address, _then, link = address.partition(" > ")
            page.goto(SITE + address)
            if link:
                page.locator(link).first.click()
                page.wait_for_load_state()
            page.screenshot(path=OUT / f"{name}.png")
            context.close()
        chromium.close()


def _enter(page: Page, who: str) -> None:
    page.goto(f"{SITE}/account/login/")
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(f"{SITE}/")


if __name__ == "__main__":
    main()
