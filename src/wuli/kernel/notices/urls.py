from django.urls import path

from .views import channels, deliveries, mine

app_name = "notices"
urlpatterns = [
    path("notices/", mine.notice_list, name="mine"),
    path("notices/<int:pk>/", mine.notice_open, name="open"),
    path("notices/read/", mine.read_all, name="read_all"),
    path("notices/bell/", mine.bell, name="bell"),
    path("notices/settings/", mine.settings, name="settings"),
    path("notices/sent/", deliveries.deliveries, name="deliveries"),
    path("channels/", channels.channel_list, name="channels"),
    path("channels/new/", channels.channel_add, name="channel_add"),
    path("channels/<int:pk>/test/", channels.channel_test, name="channel_test"),
    path("channels/<int:pk>/off/", channels.channel_switch_off, name="channel_switch_off"),
    path("channels/<int:pk>/on/", channels.channel_switch_on, name="channel_switch_on"),
]
