"""The one place that speaks to the world outside: through Apprise, to known services, with every answer judged.

Apprise takes a robot's answer for good when HTTP says 200, but the robots of WeCom, DingTalk and Feishu also refuse
with 200 and a number in the body. So its plugins call `requests` through `Ear`, which listens and follows no redirects.
"""

import socket
import sys
from threading import local
from typing import Any

from django.conf import settings

from wuli.base.errors import Refused, refuse

from ..rules import addresses as rules
from ..rules.gathering import Message
from ..rules.outcomes import Outcome, words_of

CONNECT_SECONDS, READ_SECONDS = 4.0, 6.0
OK = 200
NUMBERS = ("errcode", "code", "StatusCode")
"""Where robots put the number of their refusal; 0 is none."""


class Blocked(Exception):
    """The address leads into a network where this site may not go."""


def post(address: str, message: Message) -> str:
    """Send once; returns the outcome's code, "" if it was taken. Never raises, and keeps the address to itself."""
    try:
        service = _service(address)
        check_hosts(service)
    except Refused:
        return Outcome.UNREADABLE
    except Blocked:
        return Outcome.PRIVATE
    _heard.outcome = None
    try:
        taken = service.notify(title=message.title, body=message.body, body_format="text")
    except Exception:  # a plugin's fault must not stop the others, and its words may hold the address
        return Outcome.REFUSED
    heard: str | None = _heard.outcome
    return heard or (Outcome.SENT if taken else Outcome.REFUSED)


def examine(address: str) -> str:
    """What may be shown of `address`, which must be one that this site sends to. Raises Refused."""
    refuse(rules.why_not_address(address), "address")
    service = _service(address)
    try:
        check_hosts(service)
    except Blocked as private:
        raise Refused(words_of(Outcome.PRIVATE), field="address") from private
    return rules.hint_of(address, hosts_of(service))


def hosts_of(service: Any) -> list[str]:
    """The machines that this address names; none for services at one well-known place."""
    if not rules.SERVICES[service.schema].host_is_ours:
        return []
    return [getattr(service, "smtp_host", None) or service.host]


def check_hosts(service: Any) -> None:
    """Raises Blocked if a machine named by the address, or one its name leads to, is private and not allowed."""
    for name in hosts_of(service):
        for address in _addresses(name):
            if rules.is_private(address) and not rules.is_allowed(name, address, settings.NOTICE_PRIVATE_HOSTS):
                raise Blocked


def _addresses(name: str) -> set[str]:
    """A name that leads nowhere is left to fail when it is called: behind a proxy, only the proxy may know it."""
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
    except (OSError, UnicodeError):
        return set()


def _service(address: str) -> Any:
    """Apprise's plugin for `address`. Raises Refused for one that it, or this site, cannot use."""
    import apprise  # a third of a second, which only the sender should wait for

    asset = apprise.AppriseAsset(app_id="Wuli", storage_mode=apprise.PersistentStoreMode.MEMORY)
    known = rules.why_not_address(address) is None
    service = apprise.Apprise.instantiate(address, asset=asset, suppress_exceptions=True) if known else None
    if service is None or getattr(service, "use_pgp", False) or getattr(service, "template", None):
        raise Refused(words_of(Outcome.UNREADABLE), field="address")
    service.schema = rules.scheme_of(address)
    service.redirects, service.verify_certificate = False, True
    service.socket_connect_timeout, service.socket_read_timeout = CONNECT_SECONDS, READ_SECONDS
    _listen(service)
    return service


_heard = local()


class Ear:
    """Stands in for the module `requests` in a plugin: what is posted through it is overheard."""

    def __init__(self, requests: Any) -> None:
        self._requests = requests

    def __getattr__(self, name: str) -> Any:
        return getattr(self._requests, name)

    def post(self, *args: Any, **kwargs: Any) -> Any:
        return self.request("post", *args, **kwargs)

    def request(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Note how it went for the thread that sends."""
        try:
            answer = self._requests.request(method, *args, **kwargs | {"allow_redirects": False})
        except self._requests.Timeout:
            _heard.outcome = Outcome.TIMEOUT
            raise
        except self._requests.RequestException:
            _heard.outcome = Outcome.UNREACHABLE
            raise
        _heard.outcome = _judged(answer)
        return answer


def _listen(service: Any) -> None:
    module = sys.modules[type(service).__module__]
    requests = getattr(module, "requests", None)
    if requests is not None and not isinstance(requests, Ear):
        module.requests = Ear(requests)  # type: ignore[attr-defined]


def _judged(answer: Any) -> str | None:
    """The outcome that Apprise would not tell; None where it is believed."""
    if not answer.ok or answer.is_redirect:
        return f"http:{answer.status_code}"
    try:
        said = answer.json()
    except ValueError:
        return None
    numbers = [said[name] for name in NUMBERS if isinstance(said, dict) and isinstance(said.get(name), int)]
    return next((f"robot:{number}" for number in numbers if number), None)
