"""Pages of who is who. Each part of the app keeps its own list."""

from . import accounts, calendars, imports, people, tokens, units

app_name = "orgs"
PARTS = (units, calendars, people, imports, tokens, accounts)
urlpatterns = [pattern for part in PARTS for pattern in part.urlpatterns]
