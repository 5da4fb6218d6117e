from django.apps import AppConfig


class CommandConfig(AppConfig):
    name = "wuli.leadership.command"
    label = "command"

    def ready(self) -> None:
        from . import registry

        registry.register()
