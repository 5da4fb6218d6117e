from django.apps import AppConfig


class CommandConfig(AppConfig):
    name = "wuli.leadership.command"
    label = "command"
