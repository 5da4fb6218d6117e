"""Forms within reach, and what became of their fields."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from wuli.kernel.orgs.models import User
from wuli.kernel.orgs.queries.scope import reach
from wuli.kernel.orgs.rules.duties import Perm

from ..models import Form, Reply


def forms_for(user: User, perm: Perm = Perm.FORM_DESIGN) -> QuerySet[Form]:
    """Forms whose owner lies where `user` may do `perm`."""
    return Form.objects.filter(reach(user, perm).units("owner__path")).select_related("owner").order_by("name", "pk")


def form_for(user: User, pk: int, perm: Perm = Perm.FORM_DESIGN) -> Form:
    return get_object_or_404(forms_for(user, perm), pk=pk)


def search(user: User, text: str, limit: int) -> list[Form]:
    """The first few forms within reach whose name or code holds `text`."""
    return list(forms_for(user).filter(Q(name__icontains=text) | Q(code__icontains=text))[:limit])


def was_answered(form: Form, key: str) -> bool:
    """Whether any reply to any version of `form` holds a value under `key`."""
    return Reply.objects.filter(slot__round__version__form=form, values__has_key=key).exists()
