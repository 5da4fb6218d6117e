from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "wuli.kernel.journal"
    label = "journal"

    def ready(self) -> None:
        from . import registry

        registry.register()
