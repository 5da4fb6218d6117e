"""A campaign is issued, reworded, ended; it follows its body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.notices import actions as notices
from wuli.kernel.orgs.models import Person, Unit, User
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.models.unit import under
from wuli.kernel.orgs.queries.people import person_of

from ..models import Campaign, Commitment, Wording
from ..queries.campaigns import wording_of
from ..queries.roll import heir_of
from ..rules import campaigns as rules
from ..rules.notices import ASKED
from .turning import refuse_stranger


@dataclass(frozen=True)
class NewCampaign:
    """`last_day` is included; without one it goes on until it is ended."""

    title: str
    body: Unit
    items: Sequence[str]
    from_date: date
    last_day: date | None = None
    text: str = ""

    @property
    def until_date(self) -> date:
        return date.fromordinal(self.last_day.toordinal() + 1) if self.last_day else FOREVER


@transaction.atomic
def issue(new: NewCampaign, *, by: User, at: datetime) -> Campaign:
    """Ask every member of the branches at and below the body. Raises Refused.

    Its secretaries get a notice each; members find it on their day, those who join later too.
    """
    refuse_stranger(by, new.body, "body")
    today = business_date(at, new.body.zone)
    why_not = rules.why_not_issue(
        title=new.title, items=new.items, body=new.body, from_date=new.from_date, until_date=new.until_date, today=today
    )
    if why_not:
        raise Refused(why_not[1], field=why_not[0])
    campaign = Campaign.objects.create(
        title=new.title.strip(), text=new.text.strip(), body=new.body, from_date=new.from_date,
        until_date=new.until_date, issued_by=person_of(by), issued_at=at,
    )  # fmt: skip
    Wording.objects.create(campaign=campaign, number=1, items=list(new.items), at=at, by=person_of(by))
    changes = {"items": [None, list(new.items)], "from": [None, str(new.from_date)]}
    journal.record("campaign.issued", subject=campaign, unit=new.body, changes=changes, by=by, at=at)
    _tell_secretaries(campaign, _("请组织党员承诺：%(title)s"), "issued", by=by, at=at)
    return campaign


@transaction.atomic
def reword(
    *, campaign: Campaign, items: Sequence[str], reason: str, asks_again: bool, by: User, at: datetime
) -> Wording:
    """Change the items from now on. Who signed keeps what they signed, or is asked to sign again. Raises Refused."""
    campaign = _locked(campaign)
    refuse_stranger(by, campaign.body)
    before, today = wording_of(campaign), business_date(at, campaign.body.zone)
    refuse(rules.why_not_reword(campaign, items=items, before=before.items, today=today), "items")
    wording = Wording.objects.create(
        campaign=campaign, number=before.number + 1, items=list(items), at=at, by=person_of(by), reason=reason.strip(),
        asks_again=asks_again,
    )  # fmt: skip
    if asks_again:
        Commitment.objects.filter(campaign=campaign, until_date=FOREVER).update(
            until_date=today, ended_at=at, ended_by=person_of(by), ended_reason=_("承诺文字修改，请重新签")
        )
        _tell_secretaries(
            campaign, _("承诺文字已修改，请组织党员重新签：%(title)s"), f"worded-{wording.number}", by=by, at=at
        )
    changes = {"items": [before.items, wording.items], "asks_again": [None, asks_again]}
    journal.record(
        "campaign.reworded", subject=campaign, unit=campaign.body, changes=changes, reason=reason, by=by, at=at
    )
    return wording


@transaction.atomic
def end(*, campaign: Campaign, reason: str, by: User, at: datetime) -> Campaign:
    """Ask nobody any more, from today on. What was signed stays. Raises Refused."""
    campaign = _locked(campaign)
    refuse_stranger(by, campaign.body)
    today = business_date(at, campaign.body.zone)
    refuse(rules.why_not_end(campaign, reason=reason, today=today), "reason")
    changes = {"until": [str(campaign.until_date), str(max(today, campaign.from_date))]}
    campaign.until_date, campaign.ended_reason = max(today, campaign.from_date), reason.strip()
    campaign.save(update_fields=["until_date", "ended_reason"])
    journal.record("campaign.ended", subject=campaign, unit=campaign.body, changes=changes, reason=reason, by=by, at=at)
    return campaign


def follow_bodies(*, at: datetime) -> int:
    """Part of the tick: a campaign that goes on follows its body into the one that this was merged into."""
    merged = Campaign.objects.going(business_date(at)).filter(body__merged_into__isnull=False).order_by("pk")
    return sum(_follow(campaign, at) for campaign in merged)


@transaction.atomic
def _follow(campaign: Campaign, at: datetime) -> bool:
    campaign = _locked(campaign)
    heir = heir_of(campaign.body)
    if heir.pk == campaign.body_id:
        return False
    changes = {"body": [campaign.body.name, heir.name]}
    campaign.body = heir
    campaign.save(update_fields=["body"])
    journal.record("campaign.moved", subject=campaign, unit=heir, changes=changes, at=at)
    return True


def _tell_secretaries(campaign: Campaign, sentence: str, turn: str, *, by: User, at: datetime) -> None:
    today = business_date(at, campaign.body.zone)
    posted = {
        "postings__duty": Duty.PARTY_SECRETARY,
        "postings__from_date__lte": today,
        "postings__until_date__gt": today,
    }
    secretaries = Person.objects.on_roll(today).filter(under(campaign.body.path, "postings__unit__path"), **posted)
    notices.notify(
        to=secretaries.exclude(pk=person_of(by).pk).only("pk"), kind=ASKED, text=sentence % {"title": campaign.title},
        key=f"campaign:{campaign.pk}:{turn}", url=reverse("mobilisation:campaign", args=[campaign.pk]),
        unit=campaign.body, by=by, at=at,
    )  # fmt: skip


def _locked(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("body").get(pk=campaign.pk)
