from django.apps import AppConfig


class CascadeConfig(AppConfig):
    name = "wuli.kernel.cascade"
    label = "cascade"

    def ready(self) -> None:
        from . import registry

        registry.register()
