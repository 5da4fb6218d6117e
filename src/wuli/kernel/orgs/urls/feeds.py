from django.urls import path

from ..views import feeds as views

urlpatterns = [
    path("settings/feed/", views.feed, name="feed"),
    path("settings/feed/revoke/", views.feed_revoke, name="feed_revoke"),
    path("feed/<str:secret>.ics", views.feed_ics, name="feed_ics"),
]
