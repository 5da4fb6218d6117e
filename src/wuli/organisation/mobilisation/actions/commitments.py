"""Members commit themselves, or the branch records it for them; it is taken back with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import FOREVER, business_date
from wuli.base.errors import Refused, refuse
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Person, User
from wuli.kernel.orgs.queries.people import person_of
from wuli.kernel.orgs.queries.scope import may_with
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Campaign, Commitment, Wording
from ..models.campaign import Way
from ..queries.campaigns import standing, wording_of
from ..queries.roll import is_member_under
from ..rules import campaigns as rules


@transaction.atomic
def sign(*, campaign: Campaign, own_words: str, by: User, at: datetime) -> Commitment:
    """Commit oneself. Twice is once: the second gets the first one back. Raises Refused."""
    campaign, person = _locked(campaign), _person(person_of(by).pk)
    if already := standing(campaign, person):
        return already
    return _commit(campaign, wording_of(campaign), person, Way.OWN, own_words.strip(), by, at)


@transaction.atomic
def record_for(*, campaign: Campaign, people: Sequence[Person], way: str, by: User, at: datetime) -> list[Commitment]:
    """Record that these members committed themselves otherwise: all of them or, with Refused, none.

    Who has signed meanwhile is left as they are.
    """
    campaign = _locked(campaign)
    if way not in (Way.PAPER, Way.SPOKEN):
        raise Refused(_("请选择是书面签署还是口头承诺"), field="way")
    if not people:
        raise Refused(_("请先选择党员"))
    wording, made = wording_of(campaign), []
    for person in Person.objects.select_related("branch", "unit").filter(pk__in=[p.pk for p in people]).order_by("pk"):
        if not may_with(by, Perm.PARTY_ORGANISE, person):
            raise Refused(_("%(person)s不在您组织的支部") % {"person": person.name}, code="beyond_reach")
        if not standing(campaign, person):
            made.append(_commit(campaign, wording, person, Way(way), "", by, at))
    return made


@transaction.atomic
def take_back(*, commitment: Commitment, reason: str, by: User, at: datetime) -> Commitment:
    """Withdraw what oneself signed; the branch withdraws what was recorded by mistake. Raises Refused."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("campaign__body", "person__branch")
    commitment = rows.get(pk=commitment.pk)
    own, person = commitment.person_id == by.person_id, commitment.person
    organises = may_with(by, Perm.PARTY_ORGANISE, person)
    refuse(rules.why_not_take_back(commitment, own=own, organises=organises, reason=reason), "reason")
    commitment.until_date = max(commitment.from_date, business_date(at, commitment.campaign.body.zone))
    commitment.ended_at, commitment.ended_by, commitment.ended_reason = at, person_of(by), reason.strip()
    commitment.save(update_fields=["until_date", "ended_at", "ended_by", "ended_reason"])
    journal.record("commitment.taken_back", subject=commitment, unit=person.branch, reason=reason, by=by, at=at)
    return commitment


def _commit(
    campaign: Campaign, wording: Wording, person: Person, way: Way, own_words: str, by: User, at: datetime
) -> Commitment:
    today = business_date(at, campaign.body.zone)
    in_scope = is_member_under(person, campaign.body.path, today)
    refuse(rules.why_not_sign(campaign, person, in_scope=in_scope, standing=None, today=today))
    commitment = Commitment.objects.create(
        campaign=campaign, person=person, wording=wording, own_words=own_words, way=way, by=person_of(by), at=at,
        from_date=today, until_date=FOREVER,
    )  # fmt: skip
    verb = "commitment.signed" if way == Way.OWN else "commitment.recorded"
    changes = {"campaign": [None, campaign.title], "way": [None, str(way)]}
    journal.record(verb, subject=commitment, unit=person.branch, changes=changes, by=by, at=at)
    return commitment


def _locked(campaign: Campaign) -> Campaign:
    """Held, so that its wording does not change under somebody's hand."""
    return Campaign.objects.select_for_update(of=("self",)).select_related("body").get(pk=campaign.pk)


def _person(pk: int) -> Person:
    return Person.objects.select_related("branch", "unit").get(pk=pk)
