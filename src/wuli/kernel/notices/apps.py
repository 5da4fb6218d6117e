from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wuli.kernel.notices"
    label = "notices"

    def ready(self) -> None:
        from . import registry

        registry.register()
