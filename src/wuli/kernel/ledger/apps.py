from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "wuli.kernel.ledger"
    label = "ledger"

    def ready(self) -> None:
        from . import registry

        registry.register()
