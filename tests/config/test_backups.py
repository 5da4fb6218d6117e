"""A backup is worth what can be brought back from it."""

import json
import tarfile
from io import BytesIO

import pytest
from django.db import connection

from tests.config import site as sites
from wuli.base.clock import now, today
from wuli.kernel.orgs.actions import units
from wuli.kernel.orgs.actions.units import NewUnit

COUNTS = (
    "select (select count(*) from orgs_unit), (select count(*) from orgs_person), (select count(*) from journal_event)"
)


@pytest.fixture
def backup(site):
    done = site.wuli("backup", site.folder / "copy.tar.gz")
    assert done.returncode == 0, done.stderr
    return site.folder / "copy.tar.gz"


def open_units():
    for number in range(300):
        units.open_unit(NewUnit(f"N-{number}", "segment", f"板块{number}", "G"), on=today(), by=None, at=now())


def manifest_of(file):
    with tarfile.open(file) as tar:
        return json.load(tar.extractfile("manifest.json"))


def rewrite(file, said=lambda manifest: None, part=lambda content: content):
    """The same archive with `said` done to its manifest and `part` to its database."""
    with tarfile.open(file) as tar:
        parts = {member.name: tar.extractfile(member).read() for member in tar}
    manifest = json.loads(parts["manifest.json"])
    said(manifest)
    changed = {name: part(content) for name, content in parts.items()} | {
        "manifest.json": json.dumps(manifest).encode()
    }
    with tarfile.open(file, "w:gz") as tar:
        for name, content in changed.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))


def test_what_was_lost_is_brought_back(site, backup):
    before = site.sql(COUNTS)
    site.sql("delete from orgs_assignment")
    site.sql("delete from orgs_posting")

    done = site.wuli("restore", "--replace", backup)

    assert done.returncode == 0, done.stderr
    assert site.sql(COUNTS) == before
    assert site.wuli("verify", "--head", manifest_of(backup)["facts"]["head"]).returncode == 0


def test_a_new_machine_with_the_old_keys_becomes_the_old_site(site, backup):
    fresh = sites.empty(site.folder)

    done = fresh.wuli("restore", backup)

    assert done.returncode == 0, done.stderr
    assert fresh.sql(COUNTS) == site.sql(COUNTS)


def test_everyone_signs_in_anew(site, backup):
    site.sql("insert into django_session values ('left-open', 'x', '2099-01-01 00:00:00')")
    site.wuli("backup", site.folder / "with-session.tar.gz")

    site.wuli("restore", "--replace", site.folder / "with-session.tar.gz")

    assert site.sql("select count(*) from django_session") == [(0,)]


def test_a_backup_says_what_is_in_it_and_never_the_keys(site, backup):
    said = manifest_of(backup)

    assert said["engine"] == connection.vendor
    assert [(said["facts"]["rows"]["orgs_person"],)] == site.sql("select count(*) from orgs_person")
    assert said["facts"]["position"] == said["facts"]["rows"]["journal_event"]
    with tarfile.open(backup) as tar:
        assert len(tar.getnames()) == 2
    assert "only-for-tests" not in json.dumps(said)
    assert backup.stat().st_mode & 0o077 == 0


def test_the_newest_are_kept(site):
    folder = site.folder / "backups"
    folder.mkdir()
    names = ["wuli-20200101-000000.tar.gz", "wuli-20200102-000000.tar.gz", "notes.txt"]
    for name in names:
        (folder / name).touch()

    done = site.wuli("backup", "--keep", 2, folder)

    assert done.returncode == 0, done.stderr
    kept = sorted(file.name for file in folder.iterdir())
    assert len(kept) == 3
    assert kept[:2] == ["notes.txt", "wuli-20200102-000000.tar.gz"]


def test_a_folder_that_is_not_there_leaves_nothing_behind(site):
    done = site.wuli("backup", site.folder / "nowhere" / "copy.tar.gz")

    assert done.returncode == 1
    assert "nowhere" in done.stderr


REFUSED = {
    "a database with something in it": (lambda site, file: None, [], "--replace"),
    "other keys": (lambda site, file: site.settings.update(HASH_KEY="other"), ["--replace"], "secrets.json"),
    "a file cut short": (lambda site, file: file.write_bytes(file.read_bytes()[:-3000]), ["--replace"], "备份"),
    "no backup at all": (lambda site, file: file.write_text("hello"), ["--replace"], "不是完好的备份"),
    "a database that was tampered with": (
        lambda site, file: rewrite(file, part=lambda content: content[:-1] + b"x"), ["--replace"], "校验值",
    ),
    "rows that are not those counted": (
        lambda site, file: rewrite(file, lambda said: said["facts"]["rows"].update(orgs_person=1)),
        ["--replace"], "orgs_person",
    ),
    "a head that is not in the chain": (
        lambda site, file: rewrite(file, lambda said: said["facts"].update(head="0" * 63 + "1")), ["--replace"], "摘要",
    ),
    "a newer version": (
        lambda site, file: rewrite(file, lambda said: said["facts"]["migrations"].append("orgs.9999_later")),
        ["--replace"], "升级",
    ),
    "the other kind of database": (
        lambda site, file: rewrite(file, lambda said: said.update(engine="other")), ["--replace"], "other",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("harm", "options", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_brought_back_changes_nothing(site, backup, harm, options, said):
    before = site.sql(COUNTS)
    harm(site, backup)

    done = site.wuli("restore", *options, backup)

    assert done.returncode == 3
    assert said in done.stderr
    assert site.sql(COUNTS) == before
    assert not list(site.folder.glob("*restoring*"))


def test_a_site_that_is_being_served_is_not_replaced_under_its_feet(site, backup):
    with site.served("--no-worker") as server:
        sites.until_answered(f"{server.address}/healthz")
        done = site.wuli("restore", "--replace", backup)

        assert done.returncode == 3
        assert "wuli serve" in done.stderr


def test_a_backup_is_one_moment_while_others_write(site):
    """Units and the events of their opening are written together: a copy holds both or neither."""
    site.wuli("backup", site.folder / "before.tar.gz")
    before = manifest_of(site.folder / "before.tar.gz")["facts"]["rows"]
    writing = site.start(open_units, "writing", "writing")
    made = []
    while writing.is_alive() and len(made) < 4:
        file = site.folder / f"while-writing-{len(made)}.tar.gz"
        assert site.wuli("backup", file).returncode == 0
        made.append(manifest_of(file)["facts"]["rows"])
    writing.join(60)
    assert writing.exitcode == 0

    for rows in made:
        new = {table: rows[table] - before[table] for table in ("orgs_unit", "orgs_placement", "journal_event")}
        assert len(set(new.values())) == 1, new
