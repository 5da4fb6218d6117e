"""The list of places: loaded whole, corrected when it changes, and never shortened."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.world import START
from wuli.base.errors import Refused
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.actions.regions import Loaded, load_regions
from wuli.kernel.orgs.models import Region

CHINA = {"code": "CN", "name": "中国", "level": "country", "parent": None, "name_en": "China"}
YUNNAN = {"code": "530000", "name": "云南省", "level": "province", "parent": "CN", "name_en": "Yunnan"}
WENSHAN = {"code": "532600", "name": "文山", "level": "city", "parent": "530000", "name_en": ""}
MALIPO = {"code": "532624", "name": "麻栗坡县", "level": "county", "parent": "532600", "name_en": ""}
ALL = [CHINA, YUNNAN, WENSHAN, MALIPO]


@pytest.fixture
def load(tmp_path):
    def load(rows):
        file = tmp_path / "regions.json"
        file.write_text(rows if isinstance(rows, str) else json.dumps(rows), encoding="utf-8")
        return load_regions(file=file, by=None, at=START)

    return load


@pytest.mark.django_db
def test_a_list_is_loaded_with_parents_and_told_to_the_journal(load):
    assert load(ALL) == Loaded(new=4, changed=0, same=0, kept=0)
    assert Region.objects.get(code="532624").parent.parent.parent.name == "中国"
    assert Event.objects.get().changes["new"] == [None, 4]


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_says_so(load):
    load(ALL)
    assert load(ALL) == Loaded(new=0, changed=0, same=4, kept=0)
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_new_name_is_taken_over_and_a_code_no_longer_listed_is_kept(load):
    load(ALL)
    renamed = WENSHAN | {"name": "文山壮族苗族自治州"}

    assert load([CHINA, YUNNAN, renamed]) == Loaded(new=0, changed=1, same=2, kept=1)
    assert Region.objects.get(code="532600").name == "文山壮族苗族自治州"
    assert Region.objects.filter(code="532624").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        pytest.param("{not a list", "不能读取", id="not JSON"),
        pytest.param([CHINA, MALIPO], "第 2 条的上级“532600”", id="a child before its parent"),
        pytest.param([CHINA | {"level": "planet"}], "第 1 条", id="an unknown level"),
        pytest.param([CHINA, {"code": "530000"}], "第 2 条", id="a row without a name"),
        pytest.param([CHINA, "530000"], "第 2 条", id="a row that is none"),
    ],
)
def test_a_bad_list_is_refused_as_a_whole(load, rows, sentence):
    with pytest.raises(Refused, match=sentence):
        load(rows)

    assert not Region.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_missing_list_says_how_it_is_made(tmp_path):
    with pytest.raises(CommandError, match="npm run build") as refused:
        call_command("regions", file=tmp_path / "none.json")

    assert refused.value.returncode == 3


@pytest.mark.django_db
def test_the_command_says_what_it_did(tmp_path, capsys):
    file = tmp_path / "regions.json"
    file.write_text(json.dumps(ALL), encoding="utf-8")

    call_command("regions", file=file)

    assert "新增 4" in capsys.readouterr().out
