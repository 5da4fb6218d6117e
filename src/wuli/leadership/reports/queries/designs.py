"""Forms as their designers see them: what is in force, who is asked, how long it takes; and the drafts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wuli.kernel.cascade.models import Call, Form, FormVersion, Target
from wuli.kernel.cascade.queries.forms import forms_for
from wuli.kernel.cascade.rules.form import Spec, spec_of
from wuli.kernel.cascade.rules.sources import known
from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.models.unit import Kind
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Draft
from ..rules import burden

NOTICE_DAYS = 14
"""So many days before a form ends its owner is asked to prolong it, or to let it end."""


@dataclass(frozen=True)
class Design:
    """One form on a day, with the calls that ask it."""

    form: Form
    today: date
    versions: list[FormVersion]
    calls: list[Call]
    draft: Draft | None

    @property
    def version(self) -> FormVersion | None:
        """The one in force, else the first that will be."""
        begun = [one for one in self.versions if one.from_date <= self.today]
        return begun[-1] if begun else next(iter(self.versions), None)

    @property
    def coming(self) -> FormVersion | None:
        return next((one for one in self.versions if one.from_date > self.today), None)

    @property
    def spec(self) -> Spec:
        return spec_of(self.version)

    @property
    def has_ended(self) -> bool:
        return self.form.ends_on <= self.today

    @property
    def days_left(self) -> int:
        return (self.form.ends_on - self.today).days

    @property
    def ends_soon(self) -> bool:
        return 0 < self.days_left <= NOTICE_DAYS

    @property
    def kinds(self) -> list[str]:
        """The kinds of units that are asked now, from the top down."""
        asked = {kind for call in self.calls for target in call.targets.all() for kind in target.kinds}
        return [kind for kind in Kind.values if kind in asked]

    @property
    def asked_words(self) -> str:
        roots = dict.fromkeys(target.root.name for call in self.calls for target in call.targets.all())
        kinds = _("、").join(str(Kind(kind).label) for kind in self.kinds)
        return _("%(roots)s：%(kinds)s") % {"roots": _("、").join(roots), "kinds": kinds} if kinds else ""

    @property
    def minutes_a_day(self) -> float:
        """For the kind of unit that has most to fill in."""
        kinds: Iterable[str] = self.kinds or list(Kind.values)
        return max(burden.seconds_for(*burden.counted(self.spec.asked_of(kind), known())) for kind in kinds) / 60


def designs_for(user: User, at: date) -> list[Design]:
    """Every form within reach, those in force first, those that ended last."""
    forms = forms_for(user).select_related("draft").prefetch_related(*_beside())
    found = [design_of(form, at) for form in forms]
    return sorted(found, key=lambda one: (one.has_ended, not one.calls, one.form.name, one.form.pk))


def design_for(user: User, pk: int, at: date) -> Design:
    forms = forms_for(user).select_related("draft").prefetch_related(*_beside())
    return design_of(get_object_or_404(forms, pk=pk), at)


def design_of(form: Form, today: date) -> Design:
    return Design(form, today, list(form.versions.all()), list(form.calls.all()), getattr(form, "draft", None))


def drafts_for(user: User) -> QuerySet[Draft]:
    inside = reach(user, Perm.FORM_DESIGN).units("owner__path")
    return Draft.objects.filter(inside).select_related("owner", "form", "changed_by__person").order_by("-changed_at")


def draft_for(user: User, pk: int) -> Draft:
    return get_object_or_404(drafts_for(user), pk=pk)


def published_keys(draft: Draft) -> set[str]:
    """The codes of the fields of all versions: whoever counts by them must find them unchanged."""
    if draft.form is None:
        return set()
    return {key for version in draft.form.versions.all() for key in spec_of(version).by_key}


def ending_for(user: User, at: date) -> list[Design]:
    """Forms that are asked and end within two weeks, or have ended while a call would go on."""
    soon = Q(ends_on__lte=at + timedelta(days=NOTICE_DAYS), calls__status=Call.Status.ISSUED)
    forms = forms_for(user).filter(soon).distinct().prefetch_related(*_beside())
    return [one for form in forms if (one := design_of(form, at)).calls]


def _beside() -> tuple[Prefetch[str], ...]:
    """Versions in order, and the calls that ask now with whom they ask."""
    targets = Target.objects.select_related("root").order_by("pk")
    calls = Call.objects.asking().prefetch_related(Prefetch("targets", targets)).order_by("starts_on", "pk")
    return Prefetch("versions", FormVersion.objects.order_by("from_date", "number")), Prefetch("calls", calls)
