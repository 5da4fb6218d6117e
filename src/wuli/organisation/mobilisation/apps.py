from django.apps import AppConfig


class MobilisationConfig(AppConfig):
    name = "wuli.organisation.mobilisation"
    label = "mobilisation"
