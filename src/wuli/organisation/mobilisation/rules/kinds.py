"""The kind of items that members' tasks are."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wuli.kernel.ledger.rules.kinds import ItemKind
from wuli.kernel.orgs.rules.duties import Perm


def _page(pk: int) -> str:
    return reverse("mobilisation:errand", args=[pk])


MEMBER_TASK = ItemKind(
    "member.task", _("党员任务"), sees=Perm.PARTY_ORGANISE, opens=Perm.PARTY_ORGANISE, closes=Perm.PARTY_ORGANISE,
    page=_page,
)  # fmt: skip
"""Seen by its member, and by those who organise the branch: that someone has one tells that they are a member."""
