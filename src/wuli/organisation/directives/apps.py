from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "wuli.organisation.directives"
    label = "directives"
