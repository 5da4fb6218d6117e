from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "wuli.leadership.reports"
    label = "reports"

    def ready(self) -> None:
        from . import registry

        registry.register()
