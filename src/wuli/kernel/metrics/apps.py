from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "wuli.kernel.metrics"
    label = "metrics"

    def ready(self) -> None:
        from . import registry

        registry.register()
