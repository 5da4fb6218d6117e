import json

import pytest

from wuli.config.demo.places import ABROAD, AT_HOME


@pytest.fixture(scope="session")
def regions_file(tmp_path_factory):
    """The places of the demonstration, written as the build writes all places."""
    rows = [{"code": "CN", "name": "中国", "level": "country", "parent": None, "name_en": "China"}]
    rows += [{"code": code, "name": place.name, "level": "country", "parent": None, "name_en": code}
             for code, place in ABROAD.items()]  # fmt: skip
    for province, places in AT_HOME.items():
        rows.append({"code": f"{province}0000", "name": province, "level": "province", "parent": "CN", "name_en": ""})
        rows += [{"code": place.region, "name": place.name, "level": "city", "parent": f"{province}0000", "name_en": ""}
                 for place in places]  # fmt: skip
    file = tmp_path_factory.mktemp("regions") / "regions.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    return file
