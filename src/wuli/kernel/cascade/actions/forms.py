"""Forms: made, changed from a business date to come, renamed, prolonged or ended."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wuli.base.clock import business_date
from wuli.base.errors import Refused
from wuli.kernel.journal import actions as journal
from wuli.kernel.orgs.models import Unit, User
from wuli.kernel.orgs.queries.scope import may
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Form, FormVersion, Round
from ..queries import forms as queries
from ..rules.form import read, retyped


@transaction.atomic
def make_form(
    *, code: str, name: str, owner: Unit, purpose: str, ends_on: date, spec: Mapping[str, Any], from_date: date,
    by: User | None, at: datetime,
) -> Form:  # fmt: skip
    """A form with its first version, in force from a business date. Raises Refused."""
    _refuse_beyond_reach(by, owner)
    if Form.objects.filter(code=code).exists():
        raise Refused(_("编码 %(code)s 已被使用") % {"code": code}, field="code")
    _refuse_nameless(name, purpose)
    if ends_on <= from_date:
        raise Refused(_("停用日期应晚于启用日期"), field="ends_on")
    read(spec)
    form = Form.objects.create(code=code, name=name.strip(), owner=owner, purpose=purpose.strip(), ends_on=ends_on)
    FormVersion.objects.create(form=form, number=1, from_date=from_date, spec=spec)
    journal.record("form.made", subject=form, unit=owner, by=by, at=at, changes={"from": [None, str(from_date)]})
    return form


@transaction.atomic
def change_form(*, form: Form, spec: Mapping[str, Any], from_date: date, by: User | None, at: datetime) -> FormVersion:
    """A new version, in force from a business date to come: what has been asked stays as it was. Raises Refused.

    A later version that has not begun yet is replaced. A field that was answered keeps its type, or its sums would mix.
    """
    form = _held(form)
    _refuse_beyond_reach(by, form.owner)
    if from_date <= business_date(at, form.owner.zone):
        raise Refused(_("新版本最早从下一个业务日期起启用"), field="from_date")
    if from_date >= form.ends_on:
        raise Refused(_("表单在 %(day)s 停用，请先延期") % {"day": form.ends_on}, field="from_date")
    if Round.objects.filter(version__form=form, on__gte=from_date).exists():
        raise Refused(_("%(day)s 的填报已经开始，请选更晚的日期") % {"day": from_date}, field="from_date")
    _refuse_retyped(form, spec)
    last = form.versions.order_by("-number")[0]
    if last.from_date >= from_date:
        last.spec, last.from_date = spec, from_date
        last.save(update_fields=["spec", "from_date"])
    else:
        last = FormVersion.objects.create(form=form, number=last.number + 1, from_date=from_date, spec=spec)
    changes = {"version": [None, last.number], "from": [None, str(from_date)]}
    journal.record("form.changed", subject=form, unit=form.owner, by=by, at=at, changes=changes)
    return last


@transaction.atomic
def amend_form(*, form: Form, name: str, purpose: str, ends_on: date, by: User | None, at: datetime) -> Form:
    """Rename a form, say its purpose anew, prolong it or end it from a day to come. Raises Refused."""
    form = _held(form)
    _refuse_beyond_reach(by, form.owner)
    _refuse_nameless(name, purpose)
    if ends_on != form.ends_on and ends_on <= business_date(at, form.owner.zone):
        raise Refused(_("停用日期最早为下一个业务日期"), field="ends_on")
    if ends_on <= form.versions.order_by("-number")[0].from_date:
        raise Refused(_("停用日期应晚于最近一个版本的启用日期"), field="ends_on")
    new = {"name": name.strip(), "purpose": purpose.strip(), "ends_on": ends_on}
    changes = {key: [str(getattr(form, key)), str(value)] for key, value in new.items() if getattr(form, key) != value}
    if not changes:
        raise Refused(_("没有任何改动"))
    for key, value in new.items():
        setattr(form, key, value)
    form.save(update_fields=list(new))
    journal.record("form.amended", subject=form, unit=form.owner, by=by, at=at, changes=changes)
    return form


def why_not_ask(form: Form, starts_on: date) -> str | None:
    """Why nobody can be asked this form from `starts_on`: it has ended by then, or has not begun."""
    if form.ends_on <= starts_on:
        return _("表单“%(form)s”已经停用") % {"form": form}
    if not form.versions.on(starts_on).exists():
        return _("表单“%(form)s”在 %(day)s 还没有启用") % {"form": form, "day": starts_on}
    return None


def _held(form: Form) -> Form:
    return Form.objects.select_for_update(of=("self",)).select_related("owner").get(pk=form.pk)


def _refuse_beyond_reach(by: User | None, owner: Unit) -> None:
    """The system itself (None) may make any form; a person those of units their duties reach."""
    if by is not None and not may(by, Perm.FORM_DESIGN, owner):
        raise Refused(_("您没有为%(unit)s设计表单的职责") % {"unit": owner.name}, code="beyond_reach", field="owner")


def _refuse_nameless(name: str, purpose: str) -> None:
    if not name.strip():
        raise Refused(_("请写表单名称"), field="name")
    if not purpose.strip():
        raise Refused(_("请写明收集这些信息的用途"), field="purpose")


def _refuse_retyped(form: Form, spec: Mapping[str, Any]) -> None:
    new = read(spec)
    for version in form.versions.order_by("number"):
        for one in retyped(read(version.spec), new):
            if queries.was_answered(form, one.key):
                raise Refused(
                    _("“%(field)s”已经有人填报，不能改变类型；请另设一个字段") % {"field": one.label},
                    code="retyped", field=one.key,
                )  # fmt: skip
