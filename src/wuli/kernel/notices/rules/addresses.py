"""Which addresses outside may be told to: an allow-list of services, and of what each address may ask of them."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import parse_qsl, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

LONGEST = 500


@dataclass(frozen=True)
class Service:
    """`host_is_ours`: the address names the machine to connect to, instead of a key at a well-known one."""

    label: str | Promise
    host_is_ours: bool = False


SERVICES = {
    "wecombot": Service(lazy("企业微信群机器人")),
    "dingtalk": Service(lazy("钉钉群机器人")),
    "feishu": Service(lazy("飞书群机器人")),
    "lark": Service(lazy("Lark 群机器人")),
    "workflows": Service("Microsoft Teams (Workflows)", host_is_ours=True),
    "slack": Service("Slack"),
    "mailto": Service(lazy("电子邮件"), host_is_ours=True),
    "mailtos": Service(lazy("电子邮件（加密连接）"), host_is_ours=True),
    "json": Service(lazy("网址（JSON）"), host_is_ours=True),
    "jsons": Service(lazy("网址（JSON，加密连接）"), host_is_ours=True),
}
QUERY = frozenset(
    {"smtp", "from", "to", "cc", "bcc", "name", "user", "pass", "mode", "secret", "pa", "id", "signature"}
)
"""What an address may set. Left out with care: Apprise also has words that read files and that skip certificates."""
NATIVE = (
    (re.compile(r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([\w-]+)"), "wecombot://{}"),
    (re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=(\w+)"), "dingtalk://{}"),
    (re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([\w-]+)/?"), "feishu://{}"),
    (re.compile(r"https://open\.larksuite\.com/open-apis/bot/v2/hook/([\w-]+)/?"), "lark://{}"),
)
"""Addresses as the robots' makers show them, and how Apprise writes them."""


def as_apprise(address: str) -> str:
    """The address as it is kept: one copied from a robot's page is rewritten."""
    address = address.strip()
    for pattern, form in NATIVE:
        if found := pattern.fullmatch(address):
            return form.format(found[1])
    return address


def why_not_address(address: str) -> str | None:
    """Why nothing may be sent there, by what the address itself says. It never repeats the address: it is secret."""
    scheme = scheme_of(address)
    if scheme not in SERVICES:
        return _("不支持这种地址；可用的开头是：%(known)s") % {"known": _("、").join(f"{name}://" for name in SERVICES)}
    if len(address) > LONGEST or not address.isprintable() or any(sign in address for sign in " ,"):
        return _("地址里不能有空格、逗号，长度不超过 %(most)s") % {"most": LONGEST}
    strange = sorted({name for name, _value in _query(address)} - QUERY)
    return _("地址里不能有参数：%(names)s") % {"names": _("、").join(strange)} if strange else None


def scheme_of(address: str) -> str:
    return address.partition("://")[0].lower() if "://" in address else ""


def hint_of(address: str, hosts: list[str]) -> str:
    """What is shown of an address: the service, and the machine where that is no secret."""
    service = SERVICES[scheme_of(address)]
    return (
        f"{scheme_of(address)}://{hosts[0]}/…"[:80] if service.host_is_ours and hosts else f"{scheme_of(address)}://…"
    )


def service_of(hint: str) -> str | Promise:
    """What people call the service behind a hint."""
    return SERVICES[scheme_of(hint)].label if scheme_of(hint) in SERVICES else hint


def is_private(address: str) -> bool:
    """Whether a network address lies anywhere but in the open internet."""
    ip = ip_address(address.partition("%")[0])
    return not _plain(ip).is_global or ip.is_multicast


def is_allowed(name: str, address: str, allowed: list[str]) -> bool:
    """Whether a private machine is among those that the site allows, by name, address or network."""
    return any(name == one or (_is_network(one) and ip_address(address) in ip_network(one)) for one in allowed)


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """::ffff:10.0.0.1 is 10.0.0.1 in disguise."""
    return getattr(ip, "ipv4_mapped", None) or ip


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _query(address: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(address).query, keep_blank_values=True)
    except ValueError:
        return [("?", "")]
