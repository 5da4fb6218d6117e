"""What `npm run build` leaves: every icon that is named, every place with its parent, nothing from outside."""

import json
import re

import pytest

from .browser import BUILT, ROOT

STATIC, SOURCE = ROOT / "build/static", ROOT / "src/wuli"
built = pytest.mark.skipif(not BUILT.exists(), reason="npm ci --ignore-scripts && npm run build")


def test_the_lock_file_names_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


@built
def test_every_icon_in_templates_and_code_is_in_the_sprite():
    sprite = (STATIC / "icons.svg").read_text()
    templates = "\n".join(path.read_text() for path in SOURCE.rglob("*.html"))
    code = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
    named = set(re.findall(r'{% icon "([^"]+)"', templates)) | set(re.findall(r'icon="([^"]+)"', code))
    assert sorted(name for name in named if f'<symbol id="{name}"' not in sprite) == []


@built
def test_nothing_points_at_a_source_map_or_another_site():
    for name in ("app.js", "early.js", "app.css"):
        text = (STATIC / name).read_text()
        assert "sourceMappingURL" not in text
        assert not re.search(r"""(?:url\(|@import |src=)["']?https?://""", text)


@built
def test_places_have_their_parents_before_them():
    places = json.loads((ROOT / "build/data/regions.json").read_text())
    seen = {None}
    for place in places:
        assert place["parent"] in seen, place
        assert place["code"] not in seen, place
        assert place["name"]
        seen.add(place["code"])


@built
@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("US", "美国", "country", None),
        ("CN", "中国", "country", None),
        ("710000", "台湾省", "province", "CN"),
        ("110101", "东城区", "county", "110000"),
        ("429004", "仙桃市", "county", "420000"),
        ("632801", "格尔木市", "county", "632800"),
        ("441900", "东莞市", "city", "440000"),
    ],
)
def test_some_places_by_hand(code, name, level, parent):
    places = {place["code"]: place for place in json.loads((ROOT / "build/data/regions.json").read_text())}
    assert [places[code][key] for key in ("name", "level", "parent")] == [name, level, parent]
    assert not {"HK", "MO", "TW"} & places.keys()
    assert sum(place["level"] == "province" for place in places.values()) == 34
