"""A form is designed in a draft, step by step, and then put in force or thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.errors import Refused, refuse
from wuli.kernel.cascade.actions import forms
from wuli.kernel.cascade.models import Form
from wuli.kernel.cascade.rules.form import read
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Draft
from ..rules import editing
from ..rules.soundness import why_not_publish

type Step = Callable[[editing.Part], editing.Part]


@dataclass(frozen=True)
class About:
    """What a form is, beside its fields."""

    owner: Unit
    name: str
    code: str
    purpose: str
    ends_on: date


@transaction.atomic
def start(about: About, spec: editing.Part, *, by: User, at: datetime, origin: str = "") -> Draft:
    """Begin a form that is not there yet: empty, or from a shipped one or a copy. Raises Refused."""
    if not may(by, Perm.FORM_DESIGN, about.owner):
        raise Refused(_("您没有为%(unit)s设计表单的职责") % {"unit": about.owner.name}, field="owner")
    if _is_taken(about.code):
        raise Refused(_("编码 %(code)s 已被使用") % {"code": about.code}, field="code")
    draft = Draft.objects.create(**vars(about), spec=spec, changed_by=by, made_at=at, changed_at=at)
    changes = {"origin": [None, origin]} if origin else {}
    journal.record("draft.started", subject=draft, unit=draft.owner, changes=changes, by=by, at=at)
    return draft


@transaction.atomic
def start_version(form: Form, *, by: User, at: datetime) -> Draft:
    """Begin the next version of a form from its newest one; the draft there is, if one was begun. Raises Refused."""
    form = Form.objects.select_for_update(of=("self",)).select_related("owner").get(pk=form.pk)
    if found := Draft.objects.filter(form=form).first():
        return found
    if not may(by, Perm.FORM_DESIGN, form.owner):
        raise Refused(_("您没有为%(unit)s设计表单的职责") % {"unit": form.owner.name})
    newest = form.versions.order_by("-number")[0]
    draft = Draft.objects.create(
        form=form, owner=form.owner, name=form.name, code=form.code, purpose=form.purpose, ends_on=form.ends_on,
        spec=newest.spec, changed_by=by, made_at=at, changed_at=at,
    )  # fmt: skip
    journal.record("draft.started", subject=draft, unit=draft.owner, by=by, at=at)
    return draft


@transaction.atomic
def change(*, draft: Draft, step: int, edit: Step, did: str, by: User, at: datetime) -> Draft:
    """One step of designing, `did` in words. Raises Refused; also if another changed the draft since `step`."""
    draft = _held(draft, by)
    if draft.step != step:
        raise Refused(
            _("%(who)s刚刚改过这份草稿，页面已更新，请再改一次") % {"who": draft.changed_by}, code="changed"
        )  # fmt: skip
    draft.spec = edit(draft.spec)
    read(draft.spec)  # a check may use the field that has just become a text
    _keep(draft, ["spec"], did, by=by, at=at)
    return draft


@transaction.atomic
def describe(*, draft: Draft, about: About, by: User, at: datetime) -> Draft:
    """Say anew what a form that is not there yet is to be. Raises Refused."""
    draft = _held(draft, by)
    if draft.form_id:
        raise Refused(_("表单已经启用，请在表单页上改名、延期"))
    if about.code != draft.code and _is_taken(about.code):
        raise Refused(_("编码 %(code)s 已被使用") % {"code": about.code}, field="code")
    if not may(by, Perm.FORM_DESIGN, about.owner):
        raise Refused(_("您没有为%(unit)s设计表单的职责") % {"unit": about.owner.name}, field="owner")
    for name, value in vars(about).items():
        setattr(draft, name, value)
    _keep(draft, list(vars(about)), _("基本信息"), by=by, at=at)
    return draft


@transaction.atomic
def publish(*, draft: Draft, from_date: date, step: int, by: User, at: datetime) -> Form:
    """Put the draft in force from a business date: a new form, or the next version of one. Raises Refused."""
    draft = _held(draft, by)
    if draft.step != step:
        raise Refused(_("%(who)s刚刚改过这份草稿，请再看一遍") % {"who": draft.changed_by}, code="changed")
    refuse(why_not_publish(draft.spec))
    if draft.form:
        form = draft.form
        forms.change_form(form=form, spec=draft.spec, from_date=from_date, by=by, at=at)
    else:
        form = forms.make_form(
            code=draft.code, name=draft.name, owner=draft.owner, purpose=draft.purpose, ends_on=draft.ends_on,
            spec=draft.spec, from_date=from_date, by=by, at=at,
        )  # fmt: skip
    changes = {"from": [None, str(from_date)]}
    journal.record("draft.published", subject=draft, unit=draft.owner, changes=changes, by=by, at=at)
    draft.delete()
    return form


@transaction.atomic
def discard(*, draft: Draft, by: User, at: datetime) -> None:
    """Throw a draft away; a form that is in force stays as it is."""
    draft = _held(draft, by)
    journal.record("draft.discarded", subject=draft, unit=draft.owner, by=by, at=at)
    draft.delete()


def _held(draft: Draft, by: User) -> Draft:
    held = Draft.objects.select_for_update(of=("self",)).select_related("owner", "form__owner", "changed_by__person")
    found = held.filter(pk=draft.pk).first()
    if found is None:
        raise Refused(_("这份草稿已经启用或放弃"), code="gone")
    if not may(by, Perm.FORM_DESIGN, found.owner):
        raise Refused(_("您没有为%(unit)s设计表单的职责") % {"unit": found.owner.name}, code="beyond_reach")
    return found


def _keep(draft: Draft, fields: list[str], did: str, *, by: User, at: datetime) -> None:
    draft.step, draft.changed_by, draft.changed_at = draft.step + 1, by, at
    draft.save(update_fields=[*fields, "step", "changed_by", "changed_at"])
    changes: dict[str, Any] = {"did": [None, did]}
    journal.record("draft.changed", subject=draft, unit=draft.owner, changes=changes, by=by, at=at)


def _is_taken(code: str) -> bool:
    return Form.objects.filter(code=code).exists() or Draft.objects.filter(code=code).exists()
