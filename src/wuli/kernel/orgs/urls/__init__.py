"""Pages of who is who. Each part of the app keeps its own list."""

from . import accounts, calendars, feeds, imports, people, tokens, units

app_name = "orgs"
PARTS = (units, calendars, people, imports, tokens, feeds, accounts)
urlpatterns = [pattern for part in PARTS for pattern in part.urlpatterns]
