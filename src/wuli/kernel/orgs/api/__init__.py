"""Who is who, for programs: the same actions and the same reach as the pages."""

from ninja import Router

from . import others, people, postings, units
from .auth import BearerToken, BrowserSession, PerCaller, admit, denied_for
from .door import once, with_origin

router = Router()
for part in (units, people, postings, others):
    router.add_router("", part.router)

__all__ = ["BearerToken", "BrowserSession", "PerCaller", "admit", "denied_for", "once", "router", "with_origin"]
