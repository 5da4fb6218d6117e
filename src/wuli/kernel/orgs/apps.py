from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "wuli.kernel.orgs"
    label = "orgs"

    def ready(self) -> None:
        from . import registry

        registry.register()
