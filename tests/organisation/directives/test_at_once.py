"""Two who issue, sign, report, pass on or take back at the same moment."""

from threading import Event as Signal

import pytest
from django.db import connection, transaction
from django.db.models import Count

from tests.threads import at_once
from wuli.base.errors import Refused
from wuli.kernel.cascade.models import Call
from wuli.organisation.directives.actions import drafting, ending, issuing, signing
from wuli.organisation.directives.models import Directive, Receipt, Series, Step

from . import office as party
from .office import at

pytestmark = pytest.mark.django_db(transaction=True)


def answered(work):
    """What an action gave, or its refusal."""

    def tried():
        try:
            return work()
        except Refused as no:
            return no

    return tried


def drafts(world, number):
    return [drafting.draft(party.paper(world), by=world.user("党宁"), at=at(9)) for _one in range(number)]


def issue(world, directive):
    return issuing.issue(directive=directive, by=world.user("党宁"), at=at(9)).number


@pytest.mark.parametrize("before", [0, 1], ids=["the first of the year", "later"])
def test_offices_that_issue_at_once_get_numbers_one_after_the_other(staffed, before):
    for directive in drafts(staffed, before):
        issue(staffed, directive)
    four = drafts(staffed, 4)

    numbers = at_once(*[lambda one=one: issue(staffed, one) for one in four])

    assert sorted(numbers) == [f"同舟党发〔2020〕{before + n}号" for n in (1, 2, 3, 4)]
    assert Series.objects.get().last == before + 4


def test_a_number_taken_waits_for_whoever_took_it_before(staffed):
    """The second waits until the first has issued, or has given it up."""
    first, second = drafts(staffed, 2)
    issue(staffed, drafts(staffed, 1)[0])
    taken = Signal()

    def give_up():
        with transaction.atomic():
            issue(staffed, first)
            taken.set()
            connection.cursor().execute("select 1")
            transaction.set_rollback(True)

    def next_one():
        assert taken.wait(20)
        return issue(staffed, second)

    assert at_once(give_up, next_one)[1] == "同舟党发〔2020〕2号"
    assert Directive.objects.get(pk=first.pk).is_draft


def test_the_same_draft_issued_by_two_goes_out_once(staffed):
    (draft,) = drafts(staffed, 1)
    done = at_once(*[answered(lambda: issue(staffed, draft))] * 2)
    assert sorted(map(str, done)) == sorted(["同舟党发〔2020〕1号", f"“{draft.call.title}”已经签发"])
    assert Series.objects.get().last == 1


def test_the_same_number_typed_by_two_is_given_to_one(staffed):
    paper = party.paper(staffed, number="同舟党发〔2020〕9号")
    write = answered(lambda: drafting.draft(paper, by=staffed.user("党宁"), at=at(9)))
    done = at_once(write, write)
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    assert Call.objects.count() == 1


def test_two_who_sign_at_once_leave_one_receipt(staffed):
    office = party.issued(staffed)
    done = at_once(
        answered(lambda: office.sign("P-W2", at(10))), answered(lambda: office.sign("P-W2", at(10), by="诺敏"))
    )
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    assert Receipt.objects.count() == 1


def test_two_who_open_at_once_do_no_harm(staffed):
    office = party.issued(staffed)
    user, slot = office.secretary("P-W2"), office.slot("P-W2")
    at_once(*[lambda: signing.note_opening(slot=slot, by=user, at=at(10))] * 2)
    assert Directive.objects.aggregate(n=Count("call__rounds__slots__opening"))["n"] == 1


def test_two_reports_of_the_end_are_one(staffed):
    office = party.issued(staffed)
    office.sign("P-W2", at(10))
    done = at_once(*[answered(lambda key=key: office.report("P-W2", at(11), key=key)) for key in "ab"])
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    assert Step.objects.count() == 1


def test_what_is_passed_on_while_it_is_taken_back_is_taken_back_too(staffed):
    """Whichever comes first: nothing is left in force under what is revoked."""
    office = party.issued(staffed, targets={staffed.unit("P"): ["party_committee"]})
    office.sign("P-NORTH", at(10))
    north = staffed.unit("P-NORTH")
    paper = party.paper(
        staffed, issuer=north, targets={north: ["party_branch"]}, parent=office.again(), prefix="北方党发"
    )
    child = drafting.draft(paper, by=staffed.user("诺敏"), at=at(10))

    at_once(
        answered(lambda: issuing.issue(directive=child, by=staffed.user("诺敏"), at=at(11))),
        answered(lambda: ending.revoke(directive=office.again(), reason="发错了", by=office.writer, at=at(11))),
    )

    assert Directive.objects.get(pk=office.directive.pk).call.status == Call.Status.REVOKED
    assert Directive.objects.get(pk=child.pk).call.status in (Call.Status.DRAFT, Call.Status.REVOKED)


def test_two_papers_do_not_stand_in_place_of_one_another(staffed):
    one, other = party.issued(staffed), party.issued(staffed)

    def replace(old, new):
        old, new = old.again(), new.again()  # as both saw them before
        return answered(
            lambda: ending.supersede(directive=old, new=new, reason="改", by=staffed.user("党宁"), at=at(11))
        )

    done = at_once(replace(one, other), replace(other, one))

    assert sorted(isinstance(answer, Refused) for answer in done) == [False, True]
    assert sorted(Call.objects.values_list("status", flat=True)) == ["issued", "superseded"]
