from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "wuli.leadership.grid"
    label = "grid"
