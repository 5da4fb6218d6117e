from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "wuli.config"
    label = "house"

    def ready(self) -> None:
        from . import checks, housekeeping  # noqa: F401  the checks register themselves

        housekeeping.register()
