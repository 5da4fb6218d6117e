"""Units and members as organisers type them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as lazy

from wuli.base.clock import today
from wuli.kernel.orgs.forms.fields import FoundField, PersonField, UnitField
from wuli.kernel.orgs.models import Kind, Unit, User
from wuli.kernel.orgs.rules.duties import Perm

from ..queries.vanguards import units_served


def body_field(user: User, **kwargs: Any) -> UnitField:
    kwargs.setdefault("label", lazy("党组织"))
    return UnitField(user=user, perm=Perm.PARTY_ORGANISE, source="units", **kwargs)


def member_field(user: User, label: Any, **kwargs: Any) -> PersonField:
    return PersonField(user=user, perm=Perm.PARTY_ORGANISE, source="people", label=label, **kwargs)


class ServedUnitField(FoundField[Unit]):
    """A unit of the operations line that the asker's Party bodies serve."""

    def rows(self, text: str) -> QuerySet[Unit]:
        return units_served(self.user).open(today()).filter(Q(code=text) | Q(name=text))


class BranchesField(FoundField[Unit]):
    """Branches, one a line: any that are open, since a joint day may cross bodies."""

    none = lazy("没有找到党支部“%(text)s”，请填名称或编码")

    def rows(self, text: str) -> QuerySet[Unit]:
        return Unit.objects.open(today()).filter(Q(code=text) | Q(name=text), kind=Kind.PARTY_BRANCH)

    def clean(self, value: Any) -> list[Unit]:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return [super(BranchesField, self).clean(line) for line in lines]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(unit.name for unit in value) if isinstance(value, list | tuple) else value
