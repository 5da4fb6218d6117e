"""Pages of who is who. Each part of the app keeps its own list."""

from . import accounts, people, roster, tokens, units

app_name = "orgs"
urlpatterns = [*units.urlpatterns, *people.urlpatterns, *roster.urlpatterns, *tokens.urlpatterns, *accounts.urlpatterns]
