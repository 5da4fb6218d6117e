from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wuli.web"
    label = "web"
