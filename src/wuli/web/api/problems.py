"""Everything that is refused is refused in one shape: a stable code, a sentence, and the field at fault."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from wuli.base.errors import Refused

from .fields import Output, noted

SENTENCES: dict[str, str | Promise] = {
    "missing": lazy("缺少这一项"),
    "extra_forbidden": lazy("没有这一项，请核对名称"),
    "repeated": lazy("只能给出一次"),
    "string_type": lazy("应为文字"),
    "string_unicode": lazy("含有无法识别的字符"),
    "string_too_long": lazy("最多 %(max_length)s 个字"),
    "string_too_short": lazy("不能少于 %(min_length)s 个字"),
    "control_sign": lazy("不能含有控制字符"),
    "int_type": lazy("应为整数"),
    "int_parsing": lazy("应为整数"),
    "int_parsing_size": lazy("应为整数"),
    "int_from_float": lazy("应为整数"),
    "bool_type": lazy("应为 true 或 false"),
    "day": lazy("应为 2020-03-05 这样的日期，在 1900 年至 2999 年之间"),
    "enum": lazy("应为以下之一：%(expected)s"),
    "greater_than_equal": lazy("不能小于 %(ge)s"),
    "less_than_equal": lazy("不能大于 %(le)s"),
    "model_type": lazy("应为 JSON 对象"),
    "model_attributes_type": lazy("应为 JSON 对象"),
    "cursor": lazy("翻页位置无效，请从第一页重新开始"),
}
NO_VALUE = lazy("不是有效的值")


class Denied(Exception):
    """Who asks may not come in, or not do this anywhere."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence = status, code, sentence


class FieldProblem(Output):
    field: str = noted(lazy("字段、参数或请求头的名称"))
    code: str = noted(lazy("供程序判断"))
    message: str = noted(lazy("供人阅读"))


class Problem(Output):
    """Why nothing was done."""

    code: str = noted(lazy("供程序判断，不随语言改变"))
    message: str = noted(lazy("供人阅读，语言随 Accept-Language"))
    field: str | None = noted(lazy("第一处出错的字段、参数或请求头"), None)
    errors: list[FieldProblem] | None = noted(lazy("所有出错之处"), None)


def problem(status: int, code: str, message: str, **more: Any) -> HttpResponse:
    said = Problem(code=code, message=message, **more).model_dump(exclude_none=True)
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def invalid(faults: list[tuple[str, str, dict[str, Any]]]) -> HttpResponse:
    """422 for the (field, type, context) of each fault; an empty field means the body as a whole."""
    errors = [FieldProblem(field=field, code=kind, message=_sentence(kind, context)) for field, kind, context in faults]
    first = errors[0]
    message = _("：").join((first.field, first.message)) if first.field else _("请求体应为 JSON 对象")
    return problem(422, "invalid", message, field=first.field or None, errors=errors)


def _sentence(kind: str, context: dict[str, Any]) -> str:
    if "expected" in context:
        context = context | {"expected": context["expected"].replace(" or ", ", ").replace("'", "")}
    return str(SENTENCES.get(kind, NO_VALUE)) % context


def on_refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """A field at fault is 422, a state that does not allow it is 409."""
    errors = [FieldProblem(field=field, code=no.code, message=why) for field, why in no.errors.items()] or None
    return problem(422 if no.field else 409, no.code, str(no), field=no.field, errors=errors)


def on_invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    return invalid([(_field(error["loc"]), error["type"], error.get("ctx", {})) for error in wrong.errors])


def on_denied(request: HttpRequest, denied: Denied) -> HttpResponse:
    response = problem(denied.status, denied.code, denied.sentence)
    return _challenged(response) if denied.status == 401 else response


def on_anonymous(request: HttpRequest, wrong: AuthenticationError) -> HttpResponse:
    return _challenged(problem(401, "not_signed_in", _("请在 Authorization 头中给出令牌，或先登录")))


def on_missing(request: HttpRequest, wrong: Http404) -> HttpResponse:
    return problem(404, "not_found", _("没有找到，或不在您的权限范围内"))


def on_throttled(request: HttpRequest, wrong: Throttled) -> HttpResponse:
    return problem(429, "too_many", _("请求过于频繁，请在 %(wait)d 秒后再试") % {"wait": wrong.wait or 60})


def on_too_large(request: HttpRequest, wrong: RequestDataTooBig) -> HttpResponse:
    return problem(413, "too_large", _("请求体太大"))


def on_http_error(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """The library's own: in practice a body that it cannot parse."""
    return problem(wrong.status_code, "not_json", _("请求体不是合法的 JSON"))


def wrong_method(allowed: str) -> HttpResponse:
    allowed = ", ".join(sorted(allowed.split(", ")))
    response = problem(405, "wrong_method", _("此地址不支持这种请求方法，可用：%(allowed)s") % {"allowed": allowed})
    response["Allow"] = allowed
    return response


HANDLERS: dict[type[Exception], Any] = {
    Refused: on_refused,
    Denied: on_denied,
    ValidationError: on_invalid,
    AuthenticationError: on_anonymous,
    Throttled: on_throttled,
    HttpError: on_http_error,
    RequestDataTooBig: on_too_large,
    Http404: on_missing,
}


def _field(place: tuple[str | int, ...]) -> str:
    """("body", parameter, "name") → name; ("query", "name") → name; "" for the body as a whole."""
    return ".".join(str(part) for part in place[2 if place[0] == "body" else 1 :])


def _challenged(response: HttpResponse) -> HttpResponse:
    response["WWW-Authenticate"] = "Bearer"
    return response
