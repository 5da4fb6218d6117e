"""What is to be said of a form before it is asked: what stops it, and what its designer should think about."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from wuli.kernel.cascade.rules.form import Spec, Type, read


def why_not_publish(spec: Mapping[str, Any]) -> str | None:
    """Why nobody can be asked this; a spec that cannot be read raises Refused itself."""
    if not read(spec).fields:
        return _("还没有字段")
    if blank := next((one["title"] for one in spec["sections"] if not one["fields"]), None):
        return _("“%(section)s”一节没有字段，请删除或补上") % {"section": blank}
    return None


def remarks(spec: Spec, known: Collection[str]) -> Iterator[str]:
    """What is allowed, and may still be a mistake."""
    if spec.fields and not any(one.matter for one in spec.fields):
        yield _("没有一个字段是“要报告的情况”：每份上报都会是零报告")
    for one in spec.fields:
        if one.source and one.source not in known:
            yield _("“%(field)s”对应的台账 %(source)s 还没有启用，启用前由人填写") % {
                "field": one.label, "source": one.source}  # fmt: skip
        if one.type is Type.TEXT and one.required:
            yield _("“%(field)s”是必填的文字：没有情况的单位也得写字") % {"field": one.label}
