"""What people and programs see when something is not there, not allowed, or broken. Nothing of the inside shows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from .pages import wants_part
from .switches import html_lang, theme_of

LAST_RESORT = (
    "<!doctype html><meta charset=utf-8><title>500</title><h1>系统出错了</h1><p>请稍后再试。<p><a href=/>回到首页</a>"
)


FRAMED = {403, 404, 429}
"""What leaves the house standing: whoever is signed in keeps the rail and the search, and goes on from there."""


@dataclass(frozen=True)
class Trouble:
    """What happened, why it may be, what to do now: three sentences for a tired person."""

    status: int
    code: str
    title: str
    why: str
    next: str


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    title, why = _("请求不完整"), _("服务器没有看懂这次请求，没有改动任何数据。")
    return answer(request, Trouble(400, "bad_request", title, why, _("请返回上一页，检查后再提交。")))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    title, why = _("您不能做这件事"), _("您现在的职责不包括这项操作。")
    return answer(request, Trouble(403, "forbidden", title, why, _("需要时，请本单位负责人办理，或请他委托您代理。")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    title, why = _("页面已过期"), _("页面打开太久，或者在别处重新登录过。为防止冒名提交，这次没有保存。")
    next_step = _("请返回上一页，先复制填好的内容，刷新页面后再提交。")
    return answer(request, Trouble(403, "stale_page", title, why, next_step))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    title, why = _("没有找到这个页面"), _("地址可能写错了，内容可能已经移走，也可能不在您的职责范围内。")
    return answer(request, Trouble(404, "not_found", title, why, _("可以从首页重新进入，或者搜索名称和编号。")))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    title, why = _("请稍候"), _("一分钟内的请求太多。")
    return answer(request, Trouble(429, "too_many", title, why, _("请过一会儿再试。")))


def broken(request: HttpRequest) -> HttpResponse:
    """Shown when our own code failed: needs no database, no session, no context processor, at worst no template."""
    try:
        title, why = _("系统出错了"), _("这是系统的问题，不是您的操作有误。错误已经记录。")
        return answer(request, Trouble(500, "broken", title, why, _("请稍后再试；急事请先打电话给上级单位。")))
    except Exception:  # whatever failed may have been the templates or the translations
        return HttpResponse(LAST_RESORT, status=500)


def wants_json(request: HttpRequest) -> bool:
    """A program asks: for JSON by name, or anywhere under /api/ unless it is a browser that shows pages."""
    accepted = request.headers.get("Accept", "")
    return accepted.startswith("application/json") or (request.path.startswith("/api/") and "text/html" not in accepted)


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    if wants_json(request):
        message = _("：").join((trouble.title, trouble.why))
        response: HttpResponse = JsonResponse({"code": trouble.code, "message": message}, status=trouble.status)
    elif wants_part(request):
        response = HttpResponse(trouble.title, status=trouble.status)
        response["X-Sentence"] = quote(_("。").join((trouble.title, trouble.next)))  # our script shows it in the corner
    else:
        response = _page(request, trouble)
    patch_vary_headers(response, ["Accept", "HX-Request"])
    return response


def _page(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """In the frame for someone signed in, where a gate on the way in has said how to ask that; else a card."""
    is_let_in = getattr(request, "is_let_in", None)
    if trouble.status in FRAMED and is_let_in and is_let_in():
        return render(request, "errors/framed.html", {"trouble": trouble}, status=trouble.status)
    return HttpResponse(render_to_string("errors/page.html", _plain_context(request, trouble)), status=trouble.status)


def _plain_context(request: HttpRequest, trouble: Trouble) -> dict[str, Any]:
    """By hand: context processors ask the database who is looking, and it may be the database that is gone."""
    theme = theme_of(request.COOKIES)
    return {"trouble": trouble, "theme": theme, "html_lang": html_lang(), "site_name": settings.SITE_NAME, "bare": True}
