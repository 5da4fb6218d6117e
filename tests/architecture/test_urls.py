"""Every page and every operation of the interface says who may use it."""

from django.urls import URLPattern, get_resolver

from wuli.config.api import api
from wuli.kernel.orgs.rules.duties import Perm

BEFORE = "needed before one is signed in"
COMPANY = "the company's own log-in comes back to it"
OPEN_TO_ALL = {
    "account_login": BEFORE,
    "account_logout": "asks for nothing, ends what there is",
    "mfa_authenticate": BEFORE,
    "socialaccount_login_cancelled": COMPANY,
    "openid_connect_login": BEFORE,
    "openid_connect_callback": COMPANY,
    "wecom_login": BEFORE,
    "wecom_callback": COMPANY,
    "dingtalk_login": BEFORE,
    "dingtalk_callback": COMPANY,
    "feishu_login": BEFORE,
    "feishu_callback": COMPANY,
    "healthz": "monitoring has no account, and the answer tells nothing about anyone",
    "orgs:feed_ics": "a calendar has no session: whoever knows the secret address reads, and nobody else",
    "theme": "light or dark is chosen on the log-in page too",
    "set_language": "the language is chosen on the log-in page too",
}
"""Names of the pages that need no account, and why each may be open."""

WORDS = {"signed_in", "open", "debug"}
"""What a page may need besides permissions; `debug` pages are there for developers only."""


def leaves(resolver, prefix="", namespace=""):
    """The name, the address and the view of every pattern below `resolver`."""
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or address}", address, pattern.callback
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from leaves(pattern, address, inner)


PAGES = list(leaves(get_resolver()))


def test_every_page_says_who_may_use_it():
    bare = [f"{name} ({address})" for name, address, view in PAGES if not is_known(getattr(view, "needs", None))]
    assert bare == []


def test_every_operation_says_who_may_use_it():
    assert api.operations_without_need() == []


def test_every_open_page_has_its_reason_here():
    assert {name for name, _address, view in PAGES if view.needs == "open"} == OPEN_TO_ALL.keys()


def test_only_the_interface_leaves_the_need_to_its_operations():
    assert [name for name, _address, view in PAGES if view.needs == () and not name.startswith("api:")] == []


def is_known(needs):
    return needs in WORDS if isinstance(needs, str) else needs is not None and set(needs) <= set(Perm)
