from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "wuli.leadership.grid"
    label = "grid"

    def ready(self) -> None:
        from . import registry

        registry.register()
