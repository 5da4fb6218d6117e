from django.apps import AppConfig


class MobilisationConfig(AppConfig):
    name = "wuli.organisation.mobilisation"
    label = "mobilisation"

    def ready(self) -> None:
        from . import registry

        registry.register()
