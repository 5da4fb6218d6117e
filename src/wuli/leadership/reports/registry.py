"""What this app adds to the house: entries of the rail, forms about to end, verbs."""

from collections.abc import Callable, Iterable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy

from wuli.base.clock import today
from wuli.kernel.cascade.queries import forms
from wuli.kernel.journal.rules import verbs
from wuli.kernel.orgs.access import actor
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm
from wuli.web import day, navigation, search
from wuli.web.day import Task, When
from wuli.web.search import Hit

from .queries.designs import ending_for
from .rules.verbs import GROUPS


def register() -> None:
    for group in GROUPS:
        verbs.register(group)
    search.register("forms", pgettext_lazy("plural", "表单"), _find)
    day.register("forms.ending", _ending)
    navigation.register_group("work", lazy("工作"), order=10)
    navigation.register(*_entries())


def _entries() -> Iterator[navigation.Entry]:
    yield navigation.Entry(
        "dailies", pgettext_lazy("plural", "日报"), "reports:dailies", "report-analytics", "work", order=30,
        visible=_allowed(Perm.CALL_ISSUE), under=("reports:daily", "reports:layout"),
    )  # fmt: skip
    yield navigation.Entry(
        "forms", pgettext_lazy("plural", "表单"), "reports:forms", "list-details", "work", order=40,
        visible=_allowed(Perm.FORM_DESIGN), under=("reports:form", "reports:draft", "reports:burden"),
    )  # fmt: skip


def _allowed(perm: Perm) -> Callable[[HttpRequest], bool]:
    return lambda request: may(actor(request), perm)


def _find(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    if not may(actor(request), Perm.FORM_DESIGN):
        return []
    return [
        Hit(one.name, one.owner.name, reverse("reports:form", args=[one.pk]), "list-details")
        for one in forms.search(actor(request), text, limit)
    ]


def _ending(request: HttpRequest) -> Iterable[Task]:
    """Forms of mine that end within two weeks while a call would go on asking them."""
    if not may(actor(request), Perm.FORM_DESIGN):
        return
    for one in ending_for(actor(request), today()):
        left = one.days_left
        yield Task(
            title=_("表单“%(form)s”即将停用") % {"form": one.form.name} if left > 0 else
            _("表单“%(form)s”已停用，日报不再开新一期") % {"form": one.form.name},
            detail=_("%(day)s 停用：要继续填报请延期，不再需要就结束日报") % {"day": one.form.ends_on},
            url=reverse("reports:form_amend", args=[one.form.pk]), verb=_("去延期"), icon="calendar",
            when=When.WAITING if left > 7 else When.TODAY if left > 0 else When.NOW,
            due_words=ngettext("还有 %(n)d 天", "还有 %(n)d 天", left) % {"n": left} if left > 0 else "",
        )  # fmt: skip
