"""Papers: PDF from a template, with the words of the pages and nothing fetched from outside."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wuli.base.errors import Refused

PDF = "application/pdf"


def paper(name: str, template: str, context: Mapping[str, Any], note: str = "") -> HttpResponse:
    """`name`.pdf from a template that extends papers/paper.html. `note` (who, when) stands at the foot of each page.

    Raises Refused where the system lacks the libraries that set text.
    """
    answer = HttpResponse(pdf(template, {**context, "note": note}), content_type=PDF)
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or ""
    answer["Cache-Control"] = "no-store"
    return answer


def pdf(template: str, context: Mapping[str, Any]) -> bytes:
    text = render_to_string(template, {"language": get_language(), **context})
    typesetter = _weasyprint()
    nothing = typesetter.urls.URLFetcher(allowed_protocols=[])
    return bytes(typesetter.HTML(string=text, url_fetcher=nothing).write_pdf())


def _weasyprint() -> Any:
    """Loaded when a paper is first asked for: it is heavy, and needs libraries of the system that not all have."""
    try:
        import weasyprint
    except OSError as missing:
        raise no_typesetting() from missing
    return weasyprint


def no_typesetting() -> Refused:
    return Refused(
        _("服务器缺少排版库，不能生成 PDF。请管理员安装 libpango-1.0-0、libpangoft2-1.0-0 和 libharfbuzz-subset0"),
        code="no_typesetting",
    )
