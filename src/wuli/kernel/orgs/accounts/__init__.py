"""How people get in: our rules hung into the hooks of the log-in library (django-allauth)."""
