"""An auditor finds out who looked at a phone number, and the person concerned reads the same."""

from wuli.base.clock import now
from wuli.kernel.journal import actions as journal
from wuli.kernel.journal.models import Event
from wuli.kernel.orgs.models.posting import Duty


def test_who_looked_at_the_phone(client, world):
    person = world.person("林河")

    client.force_login(world.user("才让"))  # keeps another team: must not
    refused = client.post(f"/people/{person.pk}/unmask/", {"field": "phone", "reason": "想知道"})
    client.force_login(world.user("诺敏"))  # heads North: may, if she says why
    silent = client.post(f"/people/{person.pk}/unmask/", {"field": "phone", "reason": ""})
    shown = client.post(f"/people/{person.pk}/unmask/", {"field": "phone", "reason": "夜班联系不上"})
    assert (refused.status_code, silent.status_code, shown.status_code) == (404, 422, 200)
    assert person.phone in shown.content.decode()
    journal.seal(at=now())

    client.force_login(world.user("孙审"))
    page = client.get("/events/", {"what": "20004", "verb": "person.unmasked"})
    (line,) = page.context["lines"]
    assert "<b>诺敏</b>查看了<b>林河</b>的完整号码" in page.content.decode()
    assert person.phone not in page.content.decode()
    detail = client.get(f"/events/{line.event.pk}/").content.decode()
    assert "夜班联系不上" in detail
    assert "127.0.0.1" in detail
    assert "与前一条相接，内容未被改动" in detail
    everything_she_did = client.get("/events/", {"who": line.actor_code, "verb": "person"})
    assert [one.event.pk for one in everything_she_did.context["lines"]] == [line.event.pk]
    taken = client.get("/events/export/csv/", {"what": "20004", "verb": "person.unmasked"})
    assert "夜班联系不上" in b"".join(taken.streaming_content).decode()

    client.force_login(world.user("林河"))
    looks = client.get("/me/looks/").content.decode()
    assert "<b>诺敏</b>查看了<b>您</b>的完整号码（手机）" in looks
    assert f"{Duty.HEAD.label} · 北方板块" in looks
    assert "夜班联系不上" in looks

    told = Event.objects.filter(verb__in=["person.unmasked", "events.exported"]).order_by("id")
    assert [str(event.actor_name) for event in told] == ["诺敏", "孙审"]
