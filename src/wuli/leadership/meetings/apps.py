from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "wuli.leadership.meetings"
    label = "meetings"

    def ready(self) -> None:
        from . import registry

        registry.register()
