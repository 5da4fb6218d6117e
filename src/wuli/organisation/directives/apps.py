from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "wuli.organisation.directives"
    label = "directives"

    def ready(self) -> None:
        from . import registry

        registry.register()
